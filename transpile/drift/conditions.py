"""Compares conditions by their truth tables: which statuses start one of them and not the other.

An atom is true or false by what it asks about, a subject: the status of a job, its exit code, the
value of a variable. Tables have a row for each combination of the subjects' cases. If there are too
many, telling rows and rows drawn by a fixed rule stand for all of them.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product
from math import prod
from typing import NamedTuple

from transpile.model import (
    COMPARISONS,
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
    holds,
    label_of,
    simplified,
)
from transpile.model.days import ranged

MOST_ROWS = 4096
"""Maximum number of rows of a complete table."""

_DRAWN, _DENSITIES = 2000, (0.05, 0.2, 0.5, 0.8, 0.95)

_TRUE_OF = {
    StatusTest.SUCCESS: "S",
    StatusTest.FAILURE: "F",
    StatusTest.DONE: "SFT",
    StatusTest.TERMINATED: "T",
    StatusTest.NOT_RUNNING: "SFTNW",
    StatusTest.STARTED: "SFTR",
    StatusTest.NOT_FAILED: "SRNW",
    StatusTest.NOT_SUCCEEDED: "FTN",
    StatusTest.OVER: "SFTN",
    StatusTest.AWAITED: "SFTRNW",
}
"""The states in which each test is true, by the letters of _STATES."""

_STATES = {
    "S": "{} succeeded",
    "F": "{} failed",
    "R": "{} is running",
    "T": "{} was terminated",
    "W": "{} has not started",
    "N": "{} does not run",
}


class Case(NamedTuple):
    """One answer of a subject, in words, with the atoms that it makes true."""

    words: str
    true: frozenset[Atom]


Row = tuple[Case, ...]
"""One case of each subject."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """How the meanings of two conditions differ.

    With the cases in `example` one of them holds and the other does not: the new one if `starts`.
    `is_sampled`: the table is too large, and no more than samples of it were compared. There is no
    `example` if they show no difference and the conditions are written differently.
    """

    example: tuple[str, ...]
    starts: bool = False
    is_sampled: bool = False


def contrast(old: Condition, new: Condition) -> Contrast | None:
    """The difference in meaning of two conditions; None if they mean the same."""
    old, new = simplified(_bare(old)), simplified(_bare(new))
    if _sorted(old) == _sorted(new):
        return None
    subjects = _subjects((*atoms(old), *atoms(new)))
    size = prod(len(cases) for cases in subjects)
    is_whole = size <= MOST_ROWS
    table = product(*subjects) if is_whole else _samples(subjects)
    differing = [row for row in table if _value(old, row) != _value(new, row)]
    if not differing:
        return None if is_whole else Contrast((), is_sampled=True)
    row = min(differing, key=lambda row: _distance(row, subjects))
    if is_whole:
        example = _telling(row, subjects, frozenset(differing))
    else:
        telling = [case for case in row if not _is_idle(case, row, old, new, subjects)]
        example = _in_order(telling or row[:1], subjects)
    return Contrast(example, _value(new, row), not is_whole)


def written(condition: Condition) -> str:
    """The condition as text: equal for conditions that differ in the order of terms only."""
    return _sorted(simplified(_bare(condition)))


def bare(atom: Atom) -> Atom:
    """The atom without the place where it stands."""
    fields = {name: getattr(atom, name) for name in atom.__slots__ if name not in _PLACES}
    return type(atom)(**fields)


_PLACES = ("offset", "span")


def _bare(condition: Condition) -> Condition:
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(map(_bare, condition.terms)))
    return bare(condition)


def _sorted(condition: Condition) -> str:
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        terms = sorted(map(_sorted, condition.terms))
        return f"({word.join(terms)})" if terms else str(isinstance(condition, All))
    return _asked(condition)


def _asked(atom: Atom) -> str:
    """An atom in words."""
    if isinstance(atom, GlobalValue):
        return f"{atom.name} {atom.operator} {atom.value}"
    window = _window(atom)
    lead = f"{label_of(atom)} ({window})" if window else label_of(atom)
    if isinstance(atom, Status):
        return f"{atom.test.value} of {lead}"
    if isinstance(atom, ExitCode):
        return f"exit code of {lead} {atom.operator} {atom.value}"
    return f"{atom.name} of {lead} {atom.operator} {atom.value}"


def _window(atom: Atom) -> str:
    """Which runs of its job an atom asks about, in words; all of them for an empty text."""
    if isinstance(atom, GlobalValue) or atom.lookback is None:
        parts = []
    elif atom.lookback == 0:
        parts = ["since its last run"]
    else:
        parts = [f"within {atom.lookback} minutes"]
    if isinstance(atom, Status | ExitCode):
        parts += [f"begun {atom.begun[0]} to {atom.begun[1]} minutes"] if atom.begun else []
        parts += [f"by minute {atom.by}"] if atom.by is not None else []
    return ", ".join(parts)


# ---------------------------------------------------------------- subjects and their cases


def _subjects(found: Sequence[Atom]) -> list[tuple[Case, ...]]:
    """The cases of each subject, in the order in which the conditions name them."""
    groups: dict[tuple[str, str], list[Atom]] = {}
    for atom in dict.fromkeys(found):
        kind = type(atom).__name__
        if isinstance(atom, GlobalValue):
            name = atom.name
        else:
            name = _asked(atom) if isinstance(atom, OutputValue) else label_of(atom)
        groups.setdefault((kind, name), []).append(atom)
    return [
        tuple(_distinct(_in_windows(_cases(name, group), group)))
        for (_, name), group in groups.items()
    ]


def _in_windows(cases: Iterator[Case], group: Sequence[Atom]) -> Iterator[Case]:
    """The cases, each in all windows that the atoms name, and outside of some of them."""
    windows = sorted({_window(atom) for atom in group} - {""}, key=_width(group))
    for case in cases:
        yield case
        for outside in _misses(windows):
            true = (atom for atom in case.true if _window(atom) not in outside)
            yield Case(f"{case.words}, but not {' nor '.join(outside)}", frozenset(true))


def _misses(windows: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The windows that a run may miss: with one of minutes all narrower ones, others at will."""
    minutes = [window for window in windows if window.startswith("within") and "," not in window]
    others = [window for window in windows if window not in minutes]
    narrow = [tuple(minutes[:number]) for number in range(len(minutes) + 1)]
    free = [some for number in range(len(others) + 1) for some in combinations(others, number)]
    yield from ((*first, *more) for first in narrow for more in free if first or more)


def _width(group: Sequence[Atom]) -> Callable[[str], tuple[int, str]]:
    """The order of windows, from the narrowest one."""
    minutes = {_window(atom): getattr(atom, "lookback", None) or 0 for atom in group}
    return lambda window: (minutes[window], window)


def _distinct(cases: Iterator[Case]) -> Iterator[Case]:
    """The first case for each set of true atoms."""
    seen: set[frozenset[Atom]] = set()
    for case in cases:
        if case.true not in seen:
            seen.add(case.true)
            yield case


def _cases(name: str, group: Sequence[Atom]) -> Iterator[Case]:
    first = group[0]
    if isinstance(first, Status):
        for state, words in _STATES.items():
            tests = (a for a in group if isinstance(a, Status) and state in _TRUE_OF[a.test])
            yield Case(words.format(name), frozenset(tests))
    elif isinstance(first, ExitCode):
        yield from _codes(name, [atom for atom in group if isinstance(atom, ExitCode)])
    elif isinstance(first, GlobalValue):
        yield from _values(name, [atom for atom in group if isinstance(atom, GlobalValue)])
    else:
        yield Case(name, frozenset((first,)))
        yield Case(f"not {name}", frozenset())


def _codes(name: str, group: Sequence[ExitCode]) -> Iterator[Case]:
    """A case for each class of exit codes that the atoms tell apart, and one without a code."""
    limits = {atom.value + step for atom in group for step in (-1, 0, 1)}
    codes: dict[frozenset[Atom], list[int]] = {}
    for code in sorted({0, *limits}):
        true = frozenset[Atom](a for a in group if COMPARISONS[a.operator](code, a.value))
        codes.setdefault(true, []).append(code)
    for true, members in codes.items():
        yield Case(f"{name} exits with {ranged(members[:1])}", true)
    yield Case(f"{name} has no exit code", frozenset())


def _values(name: str, group: Sequence[GlobalValue]) -> Iterator[Case]:
    values = {atom.value + more for atom in group for more in ("", "~")} | {""}
    for value in sorted(values, key=lambda each: (each.endswith("~"), not each, each)):
        true = frozenset(a for a in group if COMPARISONS[a.operator](value, a.value))
        shown = "another value" if value.endswith("~") else repr(value)
        yield Case(f"{name} is {shown}", true)


# ---------------------------------------------------------------- rows


def _value(condition: Condition, row: Row) -> bool:
    true = {atom for case in row for atom in case.true}
    return holds(condition, true.__contains__)


def _distance(row: Row, subjects: Sequence[Sequence[Case]]) -> tuple[int, tuple[int, ...]]:
    """How far a row is from the one in which each subject has its first case."""
    places = tuple(cases.index(case) for case, cases in zip(row, subjects, strict=True))
    return sum(place > 0 for place in places), places


def _telling(
    row: Row, subjects: Sequence[Sequence[Case]], differing: frozenset[Row]
) -> tuple[str, ...]:
    """The cases of the row that matter: with them, any cases of the others differ, too."""
    kept: list[Row] = [(case,) for case in row]
    for number, cases in enumerate(subjects):
        tried = [*kept[:number], tuple(cases), *kept[number + 1 :]]
        if prod(map(len, tried)) <= len(differing) and differing.issuperset(product(*tried)):
            kept = tried
    told = [own for cases, own in zip(kept, row, strict=True) if cases == (own,)]
    # Opposites differ in every row: one of them is example enough.
    return _in_order(told or row[:1], subjects)


def _in_order(row: Sequence[Case], subjects: Sequence[Sequence[Case]]) -> tuple[str, ...]:
    """The words of cases, those first that are not the first ones of their subjects."""
    usual = {cases[0] for cases in subjects}
    return tuple(case.words for case in sorted(row, key=usual.__contains__))


def _is_idle(
    case: Case, row: Row, old: Condition, new: Condition, subjects: Sequence[Sequence[Case]]
) -> bool:
    """True if neither condition changes with another case of its subject."""
    place = row.index(case)
    others = ((*row[:place], other, *row[place + 1 :]) for other in subjects[place])
    known = _value(old, row), _value(new, row)
    return all((_value(old, other), _value(new, other)) == known for other in others)


def _samples(subjects: Sequence[Sequence[Case]]) -> Iterator[Row]:
    """Rows with all first or all last cases but one, and rows drawn by a fixed rule."""
    first = tuple(cases[0] for cases in subjects)
    last = tuple(cases[-1] for cases in subjects)
    draw = random.Random(len(subjects))
    yield from chain((first, last), *map(_changed(subjects), (first, last)))
    for number in range(_DRAWN):
        density = _DENSITIES[number % len(_DENSITIES)]
        yield tuple(
            cases[0] if draw.random() < density else draw.choice(cases) for cases in subjects
        )


def _changed(subjects: Sequence[Sequence[Case]]) -> Callable[[Row], Iterator[Row]]:
    def rows(row: Row) -> Iterator[Row]:
        for place, cases in enumerate(subjects):
            yield from ((*row[:place], case, *row[place + 1 :]) for case in cases)

    return rows


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The condition with other names of jobs."""
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(renamed(term, names) for term in condition.terms))
    atom = bare(condition)
    if isinstance(atom, GlobalValue) or atom.job not in names or atom.instance is not None:
        return atom
    return replace(atom, job=names[atom.job])
