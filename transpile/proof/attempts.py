"""The attempts of a node, and where in simulated time the running one is."""

import contextvars
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from transpile.model.outcome import KILLED, Outcome

_SUCCESS = Outcome()


class ContainerEnded(BaseException):
    """The platform ended the container. The code of tasks does not catch this."""

    def __init__(self, *, lost: bool) -> None:
        super().__init__()
        self.lost = lost


@dataclass(frozen=True, slots=True)
class Pause:
    """When a poll asks again: some whole number of intervals from now.

    It is the first such moment after an attempt has ended, or `change` seconds have passed; None
    means that nothing else changes.
    """

    interval: float
    change: float | None


class Later(BaseException):
    """A poll has found nothing: the task begins again when the time that it spent is over.

    With a pause it begins again when that is over.
    """

    def __init__(self, pause: Pause | None = None) -> None:
        super().__init__()
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Asked:
    """How the commands of the n-th run of a job end, and how many seconds each takes."""

    outcome: Outcome
    seconds: float
    number: int = 0


@dataclass(slots=True)
class Attempts:
    """The planned `outcome` of a node, and what its commands did so far.

    Its commands took `seconds` in total, `before` this attempt. The platform ends the container of
    this attempt in `left` seconds (None: never) and loses those of the next `losing` attempts when
    a command ends. `blocked` is why a node of an untranslatable job fails. `scripts` are the
    planned outcomes of PRE and POST scripts, `parts` counts the runs of each part. `outputs` are
    the planned values for other jobs; None if the command decides. `told` are the cuts that the
    node told. `ask` may give another outcome and duration when an attempt starts. A task
    that `polls`, for `polled` seconds so far, or since the moment `asks_since`, goes on with its
    attempt; it does not poll if its outcome is `planned`. The node is the run of this `number` of
    its job, if it was asked for; the end of the attempt `asked` is known.
    """

    outcome: Outcome | None
    duration: float
    left: float | None = None
    losing: float = 0
    count: int = 0
    exit_code: int | None = None
    killed: bool = False
    seconds: float = 0.0
    before: float = 0.0
    blocked: str | None = None
    scripts: Mapping[str, Outcome] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    tries: int = 0
    losses: int = 0
    outputs: Mapping[str, str] | None = None
    told: tuple[Any, ...] = ()
    ask: Callable[[], Asked | None] | None = None
    asked: int = -1
    polls: bool = False
    polled: float = 0.0
    asks_since: datetime | None = None
    planned: bool = False
    number: int = 0

    @property
    def fails(self) -> bool:
        """True if the next run of its command is to fail."""
        return self.outcome is not None and self.outcome.of(self.count) != 0

    def settle(self, attempt: int) -> None:
        """Ask how an attempt ends, once."""
        if self.ask is not None and attempt != self.asked:
            self.asked, found = attempt, self.ask()
            if found is not None:
                self.outcome, self.duration = found.outcome, found.seconds
                self.number = self.number or found.number

    def next(self, limit: float) -> int | None:
        """The exit code of the next attempt, or KILLED; a `limit` of 0 means none."""
        self.settle(self.count)
        outcome = self.outcome or _SUCCESS
        code = outcome.of(self.count - self.losses)
        self.count += 1
        taken = min(self.duration, limit or self.duration)
        self.spend(taken)
        self._end(KILLED if taken < self.duration else code)
        return self.exit_code

    def spend(self, seconds: float) -> None:
        """Let a command take so long. Raises ContainerEnded if its container ends before."""
        left = self.left
        if left is not None and left < seconds:
            self.seconds += left
            self.end_container(lost=False)
        self.seconds += seconds
        self.elapse(seconds)
        if self.losing > 0:
            self.losing -= 1
            self.losses += 1
            self.end_container(lost=True)

    def end_container(self, *, lost: bool) -> NoReturn:
        """End the container and its command. Raises ContainerEnded."""
        self.exit_code, self.killed = None, not lost
        raise ContainerEnded(lost=lost)

    def elapse(self, seconds: float) -> None:
        """Subtract from the time that the container has left."""
        self.left = None if self.left is None else self.left - seconds

    def is_told(self, *, execute: bool) -> bool:
        """True if the next command ends as planned, False if it really runs."""
        return self.outcome is not None or self.losing > 0 or not execute

    def next_part(self, kind: str) -> int | None:
        """The next exit code of a part of a node, or KILLED; scripts take no time."""
        before = self.parts.get(kind, 0)
        self.parts[kind] = before + 1
        if kind == "JOB":
            self.settle(self.tries)
        outcome = self.scripts.get(kind, _SUCCESS) if kind != "JOB" else self.outcome or _SUCCESS
        if kind == "JOB":
            self.spend(self.duration)
        return outcome.of(before)

    def record(self, code: int | None) -> None:
        """Count an attempt that ended so."""
        self.count += 1
        self._end(code)

    def _end(self, code: int | None) -> None:
        self.exit_code = code
        self.killed = code is KILLED

    def record_failure(self, code: int | None) -> None:
        """Count an attempt that failed, even without an exit code."""
        self.record(code)
        self.killed = False


CURRENT: contextvars.ContextVar[Attempts] = contextvars.ContextVar("attempts")
"""The attempts of the node whose task function is running."""


@dataclass(frozen=True, slots=True)
class Here:
    """When an attempt begins, and the Flyte Admin that it finds.

    With `timeless`, start times of jobs have come.
    """

    begun: datetime
    admin: Any
    timeless: bool = False


HERE: contextvars.ContextVar[Any] = contextvars.ContextVar("here", default=None)
"""Where the running task function is in simulated time; None in a run without other workflows."""
