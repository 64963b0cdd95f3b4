"""The engine of IBM Workload Scheduler: how each stream and job ends in one run.

The rules follow the product's documentation: [F] follows, [C] "Evaluating and processing a
conditional dependency flow", [J] "Job definition" (recovery, rccondsucc), [S] job stream states.
Where no page defines the behaviour [?], the engine takes the reading that stops more jobs.

The plain engine implements all rules. [F] A job or stream starts when all its dependencies are met,
and no job starts before its stream; a job that waits for a job outside the run stays on hold. [C] A
job whose condition is false, or that is suppressed, does not run. [J] RCCONDSUCC defines the exit
codes that are a success, and RECOVERY RERUN runs an abended job again; a job with NOP succeeds
without running. [?] A killed job is ABEND, and its recovery options do not count. [S] A stream is
SUCC if every job is SUCC or suppressed, ABEND if all jobs ended and one abended, else STUCK. [?] A
job that abends makes its stream ABEND even if a conditional dependency handles the failure.
"""

from transpile.dialects.kit.engine import PlainEngine
from transpile.dialects.tws.day_engine import TwsDays
from transpile.findings.need import Need


class Tws(PlainEngine):
    """The rules for streams that run together; a stream is a box."""

    name = "tws"
    over_days = TwsDays
    needs = (
        ("machine", Need.HOST),
        ("streamlogon", Need.USER),
    )

    @staticmethod
    def other_names(name: str) -> tuple[str, ...]:
        """Names in upper case: the scheduler ignores case, and the workstation is optional."""
        upper, (_, sign, job) = name.upper(), name.upper().partition("#")
        return (upper, f"@#{job}", job) if sign else ()
