"""The engine of a source over days: which jobs its scheduler starts, and when."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from transpile.model.readings import Reading, taken
from transpile.model.run_log import Operation, Period, RunEnds, RunLog

if TYPE_CHECKING:
    from transpile.model.facts import Facts


class DayEngine(ABC):
    """Base of the engines over days. An instance is made for one network and one period.

    It reads what the source says (`facts.said`), so that whatever cannot be emitted runs, too.
    """

    readings: ClassVar[tuple[Reading, ...]] = ()
    """The open questions of the source."""

    submits: ClassVar[bool] = False
    """A network is started by hand, at the beginning of the period."""

    operations: ClassVar[frozenset[str]] = frozenset()
    """The events of operators that it knows."""

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        self.facts = facts
        self.period = period
        self.answers = taken(self.readings, chosen)

    @abstractmethod
    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Run the jobs of the network through the period; nothing has run before it."""
