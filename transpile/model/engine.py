"""The engine of a source: the rules by which its scheduler runs jobs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from transpile.findings.need import Need
from transpile.model.clock import ClockChange
from transpile.model.condition import Condition
from transpile.model.day_engine import DayEngine
from transpile.model.outcome import NO_FAR, NO_SECONDS, Ending, Far, Outcome, Run, Seconds, State

if TYPE_CHECKING:
    from transpile.model.facts import Facts

Values = Mapping[str, str | None]
"""Values of global variables and of outputs; None is a variable that is not set."""


class Engine(ABC):
    """Base of the engines; each dialect puts its own one into the networks that it reads.

    Passes ask the class. An instance is made for the jobs of one workflow, after the passes, and
    runs them.
    """

    name: ClassVar[str]

    over_days: ClassVar[type[DayEngine]]
    """The engine of the same source over days."""

    remembers: ClassVar[bool] = False
    """Conditions see statuses of earlier runs."""

    loses_starts: ClassVar[bool] = False
    """A start that comes while the job runs is lost."""

    joins: ClassVar[bool] = False
    """A job starts only after all jobs that its condition names have ended."""

    retries_killed: ClassVar[bool] = False
    """Retries apply to jobs that were killed, too."""

    starts_at_places: ClassVar[bool] = False
    """Nothing starts before its place in the plan."""

    times_pass: ClassVar[bool] = False
    """A start time that has passed when a member of a box could start holds it back no more."""

    needs: ClassVar[tuple[tuple[str, Need], ...]] = ()
    """Keys of notes, and the kind of need that their values name; commas stand between several."""

    @staticmethod
    def settles(change: ClockChange) -> bool:
        """True if a job runs once in an hour that the clock repeats, and after one that it skips.

        False means that the documents of the source do not say.
        """
        return False

    @staticmethod
    def words_about(name: str, line: str) -> frozenset[str]:
        """Words that mark lines about a job anywhere in its file; `line` is where it is defined.

        None in formats that keep all lines about a job together.
        """
        return frozenset()

    @staticmethod
    def other_names(name: str) -> tuple[str, ...]:
        """Upper-case names by which commands of the scheduler may call a job, too."""
        return ()

    @abstractmethod
    def __init__(self, facts: "Facts") -> None:
        """Prepare for running the jobs of one workflow."""

    @abstractmethod
    def run(
        self,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds = NO_SECONDS,
        far: Far = NO_FAR,
    ) -> Run:
        """How everything ends; jobs without an outcome succeed.

        A job with a cut also waits until its condition holds, given the statuses `far` away.
        """

    @abstractmethod
    def boxes(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State], values: Values
    ) -> dict[str, State]:
        """The states of boxes whose jobs ended so; `reported` are those that are known.

        A box that is reported as NOT_RUN has not started.
        """

    @abstractmethod
    def is_met(self, cut: Condition, far: Far) -> bool:
        """True if a condition holds whose jobs have these statuses now."""
