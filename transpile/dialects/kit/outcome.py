"""Outcomes and states, the same for every engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

KILLED = None
"""In the place of an exit code: the job was killed, by its time limit or by a person."""


class State(Enum):
    """How a job, a box or a whole ends. UNFINISHED: a box started and never completes."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TERMINATED = "terminated"
    NOT_RUN = "not_run"
    UNFINISHED = "unfinished"

    @property
    def shown(self) -> str:
        """The state in reports: a box that never completes has failed to."""
        return "failed" if self is State.UNFINISHED else self.value


ENDED = frozenset((State.SUCCEEDED, State.FAILED, State.TERMINATED))
"""The states of what ran to its end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens if a job runs: each attempt's exit code, or KILLED; the last one repeats."""

    codes: tuple[int | None, ...] = (0,)

    def of(self, attempt: int) -> int | None:
        """The exit code of an attempt, counted from 0."""
        return self.codes[min(attempt, len(self.codes) - 1)]

    def __str__(self) -> str:
        return ", ".join("killed" if code is KILLED else f"exit {code}" for code in self.codes)


@dataclass(frozen=True, slots=True)
class Ending:
    """How one job ended. `attempts` counts how often its command ran."""

    state: State
    exit_code: int | None = None
    attempts: int = 0


Seconds: TypeAlias = Mapping[str, float]
"""What an attempt of each job takes; one second where it is not said."""

NO_SECONDS: Seconds = MappingProxyType({})

NOT_RUN = Ending(State.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Run:
    """How each job ended, by name, and the whole: SUCCEEDED or FAILED.

    `order` is the partial order in which they ran: the second job of a pair, if it ran, started
    after the end of the first. While the first job of a pair in `apart` runs, the second does not
    start.
    """

    jobs: dict[str, Ending]
    whole: State
    order: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
