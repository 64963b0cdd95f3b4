"""Start conditions: trees of All and AnyOf over atoms that test the state of another job."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from transpile.sources.text import Span

Begun: TypeAlias = tuple[int, int]
"""When a run of another workflow began: between two moments, in minutes from the start of this run.

They are negative if they are before it."""


class StatusTest(Enum):
    """What an atom asks of a job's last status.

    A job that is OVER has ended, or will never run; one that is NOT_SUCCEEDED is, without success.
    AWAITED is true at any time: the emitted node waits for the job, the source does not.
    """

    SUCCESS = "success"
    FAILURE = "failure"
    DONE = "done"
    TERMINATED = "terminated"
    NOT_RUNNING = "notrunning"
    STARTED = "started"
    NOT_FAILED = "not failed"
    NOT_SUCCEEDED = "not succeeded"
    OVER = "over"
    AWAITED = "awaited"


INTERNAL = (StatusTest.STARTED, StatusTest.NOT_FAILED)
"""Tests that occur in no source: a box has started; a job has not failed."""


@dataclass(frozen=True, slots=True)
class Status:
    """True if `job` has a status of that kind. `lookback` is the window in minutes.

    `lookback` None: of any age; 0: reached since this job last ended. `begun` limits the run that
    the status is of; with `by` it counts if it was reached at most so many minutes after the start
    of this run. `offset` counts characters from the start of the condition's text; `span` is
    its place where the condition is not one text. `instance` names another scheduler, or is None.
    """

    job: str
    test: StatusTest
    lookback: int | None = None
    instance: str | None = None
    offset: int = 0
    span: Span | None = None
    begun: Begun | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class ExitCode:
    """True if the last exit code of `job` compares so with `value`."""

    job: str
    operator: str
    value: int
    lookback: int | None = None
    instance: str | None = None
    offset: int = 0
    span: Span | None = None
    begun: Begun | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class GlobalValue:
    """True if the global variable compares so with `value`, as strings."""

    name: str
    operator: str
    value: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class OutputValue:
    """True if `job` succeeded and what it handed over as `name` compares so with `value`.

    Operators are those of COMPARISONS, with "not " before them the opposite. A number is compared
    as one, a string as a string. What was not handed over is the string null.
    """

    job: str
    name: str
    operator: str
    value: str | int = ""
    lookback: int | None = None
    instance: str | None = None
    offset: int = 0
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class All:
    """True if every term is."""

    terms: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True if at least one term is."""

    terms: "tuple[Condition, ...]"


Atom: TypeAlias = Status | ExitCode | GlobalValue | OutputValue
Condition: TypeAlias = Atom | All | AnyOf


_BAD_ENDS = (StatusTest.FAILURE, StatusTest.TERMINATED)

NULL = "null"
"""The value of an output that the job did not hand over."""

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""The functions of the operators of ExitCode and GlobalValue."""

TRUE: Condition = All(())
FALSE: Condition = AnyOf(())


def atoms(condition: Condition | None) -> Iterator[Atom]:
    """Every atom of the condition, from left to right."""
    stack = [condition] if condition is not None else []
    while stack:
        term = stack.pop()
        if isinstance(term, All | AnyOf):
            stack.extend(reversed(term.terms))
        else:
            yield term


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """The terms that must all be true."""
    if isinstance(condition, All):
        for term in condition.terms:
            yield from conjuncts(term)
    else:
        yield condition


def label_of(atom: Status | ExitCode | OutputValue) -> str:
    """The name of an atom's job, with `^` and the instance if that is another one."""
    return f"{atom.job}^{atom.instance}" if atom.instance else atom.job


def holds_of_ice(atom: Status | ExitCode | OutputValue) -> bool:
    """True if the atom holds for a job on ice, whatever its look-back.

    Such a job has no status and no exit code, but holds nobody up: it counts as one that ended well
    and does not run.
    """
    return isinstance(atom, Status) and atom.test not in _BAD_ENDS


def holds(condition: Condition, of_atom: Callable[[Atom], bool]) -> bool:
    """True if the condition holds; `of_atom` tells which atoms do."""
    if isinstance(condition, All):
        return all(holds(term, of_atom) for term in condition.terms)
    if isinstance(condition, AnyOf):
        return any(holds(term, of_atom) for term in condition.terms)
    return of_atom(condition)


def replaced(condition: Condition, of_atom: Callable[[Atom], Condition]) -> Condition:
    """The condition with each atom replaced."""
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(replaced(term, of_atom) for term in condition.terms))
    return of_atom(condition)


def simplified(condition: Condition) -> Condition:
    """The condition without constants, with neither single terms nor repeated ones in a group."""
    if not isinstance(condition, All | AnyOf):
        return condition
    neutral, absorbing = (TRUE, FALSE) if isinstance(condition, All) else (FALSE, TRUE)
    kind = type(condition)
    terms: dict[Condition, None] = {}
    for term in map(simplified, condition.terms):
        if term == absorbing:
            return absorbing
        if term != neutral:
            terms.update(dict.fromkeys(term.terms if isinstance(term, kind) else (term,)))
    return next(iter(terms)) if len(terms) == 1 else kind(tuple(terms))
