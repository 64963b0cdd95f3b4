"""What a real platform adds to the times of a simulated one, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds from a cause to its effect."""

    tick: float = 0.0
    """From the time of a schedule to the start of its execution."""
    look: float = 0.0
    """From the start of a task that looks at other workflows to its question."""
    tell: float = 0.0
    """From the start of a task that tells other workflows to its answer to their gates."""
    part: float = 0.0
    """From the end of a workflow that a launch-plan node runs to the end of that node."""


NONE = Delays()
"""Nothing takes time but jobs, waits and the polls that the emitted code makes.

The default for a log of one side, which shows the times that follow from the source alone.
"""

ASKING = Delays(look=1.0, tell=1.0)
"""The default of dry-run: who asks does so a second after what it asks about."""

SEEN = Delays(tick=1.0, look=0.8, tell=5.0, part=33.0)
"""As seen on Flyte 1.16.8 with flytekit 1.16.31 (admin, propeller and scheduler on one machine).

tick: schedules with the zones of New York and Kolkata fired in their minute, with the exact time as
kickoff; the second stands for the creation of the execution. look: a gate whose condition held
before it started was passed 0.8 s later. tell: a gate was passed 5 s after the start of the task
that told it. part: propeller sees the end of a launched workflow at its next resync, every 30 s,
and its nodes later than those of its own workflow; five parts in a row took 179 s instead of 14 s.
"""
