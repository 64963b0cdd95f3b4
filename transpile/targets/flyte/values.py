"""Expressions of emitted modules: what is printed in the place of a value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to a name of the emitted module, in the place of a value."""

    id: str


class Moment(str):
    """The name of an input or parameter that is a datetime; all others of jobs are strings."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """A string with the values of names inside."""

    parts: tuple[str | Name, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """A collection of exit codes, given as ranges with both ends in."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration."""

    count: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a run-time helper."""

    function: str
    arguments: "tuple[Value, ...]" = ()
    keywords: "tuple[tuple[str, Value], ...]" = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values, compared by an operator of Python's."""

    left: "Value"
    operator: str
    right: "Value"


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `and` or `or`."""

    word: str
    terms: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Input:
    """A value that the workflow is handed."""

    name: str


@dataclass(frozen=True, slots=True)
class Output:
    """A value that a node of the workflow returns."""

    node: str
    name: str


Value: TypeAlias = Union[
    str,
    int,
    float,
    bool,
    Input,
    Output,
    Name,
    Joined,
    Codes,
    Minutes,
    Call,
    Comparison,
    Logic,
    "tuple[Value, ...]",
    "dict[str, Value]",
]


def parts(value: Value) -> tuple[Value, ...]:
    """What an expression is made of, one level down."""
    if isinstance(value, Call):
        return (*value.arguments, *(argument for _, argument in value.keywords))
    if isinstance(value, Logic):
        return value.terms
    if isinstance(value, Comparison):
        return (value.left, value.right)
    if isinstance(value, Joined):
        return value.parts
    if isinstance(value, dict):
        return tuple(value.values())
    return value if isinstance(value, tuple) else ()


def sources(value: Value) -> Iterator[Input | Output]:
    """The inputs of the workflow and the outputs of nodes that a value is made of."""
    if isinstance(value, Input | Output):
        yield value
    for part in parts(value):
        yield from sources(part)
