"""Outcomes of jobs and how a run ends, the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

KILLED = None
"""The exit code of a job that its time limit or a person killed."""

SCRIPTS = ("PRE", "POST")
"""A script around a command has an outcome of its own: job name, a blank, one of these words."""


class State(Enum):
    """How a job, a box or a whole run ends. UNFINISHED: the box has started and never completes."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TERMINATED = "terminated"
    NOT_RUN = "not_run"
    UNFINISHED = "unfinished"

    @property
    def shown(self) -> str:
        """The state in reports: UNFINISHED counts as failed."""
        return "failed" if self is State.UNFINISHED else self.value


ENDED = frozenset((State.SUCCEEDED, State.FAILED, State.TERMINATED))
"""States of jobs that ran to their end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit code or KILLED for each attempt of a job; further attempts repeat the last one."""

    codes: tuple[int | None, ...] = (0,)

    def of(self, attempt: int) -> int | None:
        """The exit code of an attempt, counted from 0."""
        return self.codes[min(attempt, len(self.codes) - 1)]

    def __str__(self) -> str:
        return ", ".join("killed" if code is KILLED else f"exit {code}" for code in self.codes)


@dataclass(frozen=True, slots=True)
class Ending:
    """How one job ended; `attempts` is how often its command ran."""

    state: State
    exit_code: int | None = None
    attempts: int = 0


Seconds: TypeAlias = Mapping[str, float]
"""Duration of an attempt, by job; a job that is not listed takes one second."""

NO_SECONDS: Seconds = MappingProxyType({})

NOT_RUN = Ending(State.NOT_RUN)


LONG_AGO = -86_400.0
"""The second at which runs of other workflows began, unless their age matters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new status of a job in another workflow, `at` so many seconds from the start of the run.

    It is older if the number is negative. UNFINISHED means that the job runs. `began` is the second
    at which the job's run began.
    """

    at: float
    ending: Ending
    began: float = LONG_AGO


Far: TypeAlias = Mapping[str, tuple[Change, ...]]
"""The statuses of jobs in other workflows, the oldest first; a job without any has never run."""

NO_FAR: Far = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Run:
    """How each job ended, by name, and the whole: SUCCEEDED or FAILED.

    `order` lists pairs: the second job, if it ran, started after the end of the first. `apart`
    lists pairs, too: the second job does not start while the first one runs.
    """

    jobs: dict[str, Ending]
    whole: State
    order: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
