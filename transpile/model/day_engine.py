"""The engine of a source over days: which jobs its scheduler starts, and when."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol

from transpile.model.readings import Reading, taken
from transpile.model.run_log import Operation, Period, RunEnds, RunLog
from transpile.model.ticks import ScheduleClock

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network

WAITS = "waits"
"""The label of a detail that says what a job waits for, as its condition does."""


class Clock(Hashable, Protocol):
    """What starts jobs by the time, as the source reads it."""

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterable[datetime]:
        """The moments (UTC) from `begin` until before `end` at which it fires, in order.

        `zone` is that of the scheduler; a clock with a zone of its own ignores it.
        """


Clocks = Mapping[str | None, tuple[Clock, ...]]
"""The clocks of each job; those of a whole network under None."""

Details = Mapping[str | None, Mapping[str, str]]
"""What is said of each job, in words by label; what is said of a whole network under None."""


class DayEngine(ABC):
    """Base of the engines over days. An instance is made for one network and one period.

    It reads what the source says (`facts.said`), so that whatever cannot be emitted runs, too.
    """

    readings: ClassVar[tuple[Reading, ...]] = ()
    """The open questions of the source."""

    submits: ClassVar[bool] = False
    """A network is started by hand, at the beginning of the period."""

    schedule_notes: ClassVar[frozenset[str]] = frozenset()
    """Notes of jobs that spell what their clocks mean."""

    operations: ClassVar[frozenset[str]] = frozenset()
    """The events of operators that it knows."""

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        self.facts = facts
        self.period = period
        self.answers = taken(self.readings, chosen)

    @abstractmethod
    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Run the jobs of the network through the period; nothing has run before it."""

    @classmethod
    def clocks(cls, said: "Network") -> Clocks:
        """What starts jobs by the time, whether that can be emitted or not."""
        jobs = ((name, job.schedule) for name, job in said.jobs.items())
        return {
            name: tuple(ScheduleClock(each) for each in schedule.when().each())
            for name, schedule in jobs
            if schedule is not None and schedule.cron is None
        }

    @classmethod
    def details(cls, said: "Network") -> Details:
        """What the plan of a network says of its jobs beside the model, without places."""
        return {}
