"""Cuts: conditions that lead from one workflow into another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from transpile.model.condition import (
    FALSE,
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    label_of,
    replaced,
    simplified,
)
from transpile.sources.text import Span

_WORDS = {
    StatusTest.SUCCESS: "succeeded",
    StatusTest.FAILURE: "failed",
    StatusTest.DONE: "ended",
    StatusTest.TERMINATED: "was killed",
    StatusTest.NOT_RUNNING: "does not run",
    StatusTest.NOT_FAILED: "has not failed",
    StatusTest.NOT_SUCCEEDED: "did not succeed",
    StatusTest.OVER: "is over",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """What a job needs of other workflows, or, in a box, of one job or another of its own.

    The job waits until `condition` holds; if the cut `starts`, its workflow has no clock and starts
    when it does. `text` is the whole condition of the job in the source, `span` its place. `legacy`
    has the jobs that it asks about on the legacy side, each with the command that asks, `interval`
    the seconds between two questions. `before` has such commands of jobs that have moved: for what
    they did before.
    """

    job: str
    condition: Condition
    text: str
    span: Span
    starts: bool = False
    legacy: tuple[tuple[str, str], ...] = ()
    interval: int = 0
    before: tuple[tuple[str, str], ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The jobs that the condition asks about, in its order."""
        return tuple(dict.fromkeys(atom.job for atom in self._atoms()))

    @property
    def asked_here(self) -> tuple[str, ...]:
        """The jobs on the platform that the condition asks about."""
        return tuple(job for job in self.asked if job not in dict(self.legacy))

    def needs_any_end(self, job: str) -> bool:
        """True if another end of this job than success may open the gate, or start the workflow.

        A wait opens when an atom comes true. A start happens at each end of a job that the
        condition names, if the condition holds then.
        """
        if self.starts:
            return simplified(replaced(self.condition, partial(_if_not_succeeded, job))) != FALSE
        about = (atom for atom in self._atoms() if atom.job == job)
        return any(not isinstance(a, Status) or a.test is not StatusTest.SUCCESS for a in about)

    @property
    def limit(self) -> int | None:
        """How many minutes after the start of the run something may still meet the condition."""
        limits = [getattr(atom, "by", None) for atom in self._atoms()]
        known = [limit for limit in limits if limit is not None]
        return max(known) if known and len(known) == len(limits) else None

    def _atoms(self) -> Iterator[Status | ExitCode | OutputValue]:
        return (a for a in atoms(self.condition) if not isinstance(a, GlobalValue))

    @property
    def shown(self) -> str:
        """The condition in words."""
        return _shown(self.condition)


def _if_not_succeeded(job: str, atom: Atom) -> Condition:
    """The atom, or false if it asks for the success of this job."""
    asks = isinstance(atom, Status) and atom.test is StatusTest.SUCCESS
    return FALSE if asks and not isinstance(atom, GlobalValue) and atom.job == job else atom


def told_by(cuts: Iterable[Cut]) -> dict[str, tuple[Cut, ...]]:
    """The cuts that look at each job, apart from those that ask again and again."""
    return _by_job(cut for cut in cuts if not cut.legacy)


def polled_by(cuts: Iterable[Cut]) -> dict[str, tuple[Cut, ...]]:
    """The cuts that ask about each job on the platform again and again."""
    return _by_job(cut for cut in cuts if cut.legacy)


def _by_job(cuts: Iterable[Cut]) -> dict[str, tuple[Cut, ...]]:
    found: defaultdict[str, list[Cut]] = defaultdict(list)
    for cut in cuts:
        for job in cut.asked_here:
            found[job].append(cut)
    return {job: tuple(looking) for job, looking in found.items()}


def _shown(condition: Condition, *, inside: bool = False) -> str:
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        text = word.join(_shown(term, inside=True) for term in condition.terms)
        return f"({text})" if inside else text
    if isinstance(condition, GlobalValue):
        return f"{condition.name} {condition.operator} {condition.value}"
    name = label_of(condition)
    if isinstance(condition, ExitCode):
        operator = "" if condition.operator == "=" else f"{condition.operator} "
        text = f"{name} ended with exit code {operator}{condition.value}"
    elif isinstance(condition, OutputValue):
        text = f"{condition.name} of {name} {condition.operator} {condition.value}"
    else:
        text = f"{name} {_WORDS[condition.test]}"
    return text + _window(condition)


def _window(atom: Status | ExitCode | OutputValue) -> str:
    """The age of a status that counts, in words."""
    if not isinstance(atom, OutputValue) and atom.begun:
        by = "" if atom.by is None else f", at most {_hours(atom.by)} after this start"
        return f" in the run begun {' to '.join(map(_moment, atom.begun))} this one{by}"
    if atom.lookback is None:
        return ""
    return f" in the last {_hours(atom.lookback)}" if atom.lookback else " since the last run"


def _hours(count: int) -> str:
    """Minutes as hours and minutes."""
    hours, minutes = divmod(count, 60)
    return f"{hours}:{minutes:02}"


def _moment(minutes: int) -> str:
    """A moment before or after the start of a run."""
    return f"{_hours(abs(minutes))} {'before' if minutes < 0 else 'after'}"
