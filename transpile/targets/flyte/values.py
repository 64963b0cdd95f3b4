"""Expressions of emitted modules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union

_OPERATORS = {"=": "==", "not =": "!=", "not !=": "=="}


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to a name of the emitted module."""

    id: str


class Moment(str):
    """The name of an input or parameter of type datetime instead of str."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """An f-string: texts and names."""

    parts: tuple[str | Name, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """A collection of numbers such as exit codes, as ranges that include both ends."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration in minutes."""

    count: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function."""

    function: str
    arguments: "tuple[Value, ...]" = ()
    keywords: "tuple[tuple[str, Value], ...]" = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two values by a Python operator."""

    left: "Value"
    operator: str
    right: "Value"


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `and`, `or`, `&` or `|`."""

    word: str
    terms: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    """A term behind `not`."""

    term: "Value"


@dataclass(frozen=True, slots=True)
class Input:
    """An input of the workflow."""

    name: str


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a node of the workflow."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A tuple; plain tuples are printed as lists."""

    items: "tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function of one parameter, or of none if that is empty."""

    parameter: str
    body: "Value"


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
    Negation,
    Lambda,
    Fixed,
    "tuple[Value, ...]",
    "dict[str, Value]",
]


def parts(value: Value) -> tuple[Value, ...]:
    """The direct parts of an expression."""
    if isinstance(value, Call):
        return (*value.arguments, *(argument for _, argument in value.keywords))
    if isinstance(value, Logic):
        return value.terms
    if isinstance(value, Comparison):
        return (value.left, value.right)
    if isinstance(value, Negation):
        return (value.term,)
    if isinstance(value, Lambda):
        return (value.body,)
    if isinstance(value, Joined):
        return value.parts
    if isinstance(value, Fixed):
        return value.items
    if isinstance(value, dict):
        return tuple(value.values())
    return value if isinstance(value, tuple) else ()


def sources(value: Value) -> Iterator[Input | Output]:
    """The workflow inputs and node outputs in a value."""
    if isinstance(value, Input | Output):
        yield value
    for part in parts(value):
        yield from sources(part)


def python_operator(sign: str) -> str:
    """The operator of Python that means the same as that of a condition."""
    return _OPERATORS.get(sign, sign)
