"""Generates statuses of jobs in other workflows: before a run, and changes during it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from transpile.model import Cut, ExitCode, Facts, Status, atoms
from transpile.model.outcome import LONG_AGO, Change, Ending, State

BEFORE = -20.0
"""The moment of statuses that are older than the run."""
EARLY, LATE = 0.5, 3.5
"""The moments of changes during the run: jobs start and end at whole seconds."""

_LONGEST_MARGIN = 3_600.0
"""Maximum number of seconds by which a status is inside or outside of a look-back window."""

_SUCCESS = Ending(State.SUCCEEDED, 0)
_FAILURE = Ending(State.FAILED, 1)
_KILLED = Ending(State.TERMINATED)
_RUNS = Ending(State.UNFINISHED)

Changes = tuple[Change, ...]


def asked_by(cut: Cut, facts: Facts) -> dict[str, list[Status | ExitCode]]:
    """The jobs of other workflows that a cut asks about, with what it asks."""
    found: dict[str, list[Status | ExitCode]] = {}
    for atom in atoms(cut.condition):
        if isinstance(atom, Status | ExitCode) and atom.job not in facts.jobs:
            found.setdefault(atom.job, []).append(atom)
    return found


def far_choices(facts: Facts) -> list[list[tuple[str, Changes]]]:
    """What each job may do whose end a run waits for; a success before it comes first."""
    found: dict[str, list[Status | ExitCode]] = {}
    for cut in facts.cuts.values():
        for job, asked in asked_by(cut, facts).items() if not cut.starts else ():
            found.setdefault(job, []).extend(asked)
    return [
        [(job, changes) for changes in _meant(asked, (*_before(asked), *_during(asked)))]
        for job, asked in found.items()
    ]


def statuses(asked: list[Status | ExitCode]) -> list[Changes]:
    """The statuses that a job may have when something looks at it."""
    return _meant(asked, (*_before(asked), (Change(BEFORE, _RUNS),)))


def _meant(asked: list[Status | ExitCode], found: Iterable[Changes]) -> list[Changes]:
    """The changes without repetitions, those of no special run in one that is asked about."""
    meant = next((30.0 * sum(atom.begun) for atom in asked if atom.begun), LONG_AGO)
    every = (
        tuple(replace(c, began=meant) if c.began == LONG_AGO else c for c in changes)
        for changes in found
    )
    return list(dict.fromkeys(every))


def _endings(asked: list[Status | ExitCode]) -> list[Ending]:
    codes = {a.value + step for a in asked if isinstance(a, ExitCode) for step in (-1, 0, 1)}
    known = (code for code in sorted(codes) if code >= 0)
    special = (Ending(State.FAILED if code else State.SUCCEEDED, code) for code in known)
    return list(dict.fromkeys((_SUCCESS, _FAILURE, _KILLED, *special)))


def _before(asked: list[Status | ExitCode]) -> Iterator[Changes]:
    for ending in _endings(asked):
        yield (Change(BEFORE, ending),)
    yield ()
    for minutes in {atom.lookback for atom in asked if atom.lookback}:
        margin = min(_LONGEST_MARGIN, 30.0 * minutes)
        for inside in (margin, -margin):
            yield (Change(inside - 60.0 * minutes, _SUCCESS),)
    for first, last in {atom.begun for atom in asked if atom.begun}:
        for minute in (first - 1, first, last, last + 1):
            yield (Change(BEFORE, _SUCCESS, 60.0 * minute),)


def _during(asked: list[Status | ExitCode]) -> Iterator[Changes]:
    for ending in _endings(asked):
        yield (Change(LATE, ending),)
        yield Change(BEFORE, _RUNS), Change(LATE, ending)
    yield Change(BEFORE, _FAILURE), Change(LATE, _SUCCESS)
    spans = {atom.begun for atom in asked if atom.begun}
    if not spans:
        # In one run a success stays.
        yield Change(BEFORE, _SUCCESS), Change(EARLY, _FAILURE)
    for first, last in spans:
        for minute in (first - 1, last + 1):
            yield Change(BEFORE, _FAILURE), Change(LATE, _SUCCESS, 60.0 * minute)
    for by in {atom.by for atom in asked if atom.by is not None}:
        for moment in (60.0 * by - EARLY, 60.0 * by + EARLY):
            yield (Change(moment, _SUCCESS),)


def shown(changes: Changes) -> str:
    """The statuses of a job in words."""
    return ", then ".join(map(_shown, changes)) or "has never run"


def _shown(change: Change) -> str:
    state, code = change.ending.state, change.ending.exit_code
    what = "running" if state is State.UNFINISHED else state.shown
    what += f" ({code})" if code else ""
    when = f"{-change.at:g} s before" if change.at < 0 else f"at {change.at:g} s"
    run = "" if change.began == LONG_AGO else f", in a run from {change.began / 60:g} min"
    return f"{what} {when}{run}"
