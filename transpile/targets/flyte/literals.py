"""Prints values as Python source in black's style."""

import re
from collections.abc import Mapping

from transpile.lowering.entity_types import Type, TypeOf
from transpile.targets.flyte.values import (
    Call,
    Codes,
    Comparison,
    Fixed,
    Input,
    Joined,
    Lambda,
    Logic,
    Minutes,
    Name,
    Negation,
    Output,
    Value,
)

_TYPE = re.compile(r"(?:(?:bool|datetime|dict|float|int|list|str|tuple)[\[\], ]*)+")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """A one-line string literal, in single quotes if they need fewer escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{_escaped(text, quote)}{quote}"


def _escaped(text: str, quote: str) -> str:
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text.replace(quote, "\\" + quote)
    return "".join(_character(c, quote) for c in text)


def _character(character: str, quote: str) -> str:
    if character == quote:
        return "\\" + quote
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def python(value: Value) -> str:
    """A value as an expression."""
    if isinstance(value, str):
        return string(value)
    if isinstance(value, Call):
        arguments = [python(argument) for argument in value.arguments]
        return f"{value.function}({', '.join([*arguments, *map(keyword, value.keywords)])})"
    if isinstance(value, Comparison):
        return f"{python(value.left)} {value.operator} {python(value.right)}"
    if isinstance(value, Logic):
        return _logic(value)
    if isinstance(value, Negation):
        return f"not {operand(value.term)}"
    return _plain(value)


def _logic(value: Logic) -> str:
    # Comparisons bind less than & and |.
    apart = Logic if value.word in ("and", "or") else Logic | Comparison
    terms = (
        f"({python(term)})" if isinstance(term, apart) else python(term) for term in value.terms
    )
    return f" {value.word} ".join(terms)


def _plain(value: Value) -> str:
    if isinstance(value, Name):
        return value.id
    if isinstance(value, Joined):
        return _joined(value)
    if isinstance(value, Fixed):
        end = "," if len(value.items) == 1 else ""
        return f"({', '.join(map(python, value.items))}{end})"
    if isinstance(value, Lambda):
        parameter = f" {value.parameter}" if value.parameter else ""
        return f"lambda{parameter}: {python(value.body)}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{string(k)}: {python(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Codes):
        return _codes(value)
    if isinstance(value, Minutes):
        hours, minutes = divmod(value.count, 60)
        return f"timedelta(minutes={value.count})" if minutes else f"timedelta(hours={hours})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(python, value))}]"
    if isinstance(value, int | float):
        return repr(value)
    raise TypeError(f"{value!r} is no value that can be printed")


def bound(value: Value, held: Mapping[str, str] | None = None) -> str:
    """The value of a node's input as an expression.

    An imperative workflow has a variable for each input, which `held` names.
    """
    if isinstance(value, Input):
        return value.name if held is None else held[value.name]
    if isinstance(value, Output):
        return f"{value.node}.{value.name}"
    if isinstance(value, tuple):
        return f"[{', '.join(bound(item, held) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{string(k)}: {bound(v, held)}" for k, v in value.items()) + "}"
    return python(value)


def comparison(value: Value) -> str:
    """A condition as an expression of Flyte promises."""
    if not isinstance(value, Logic):
        return python(value)
    terms = (
        f"({comparison(term)})" if isinstance(term, Logic | Comparison) else comparison(term)
        for term in value.terms
    )
    return (" & " if value.word == "and" else " | ").join(terms)


def annotation(kind: Type) -> str:
    """A type as an expression. Raises ValueError if it is not a type."""
    if isinstance(kind, TypeOf):
        found = f"{kind.entity}.python_interface.{kind.side}[{string(kind.name)}]"
        return kind.around.format(found)
    if not _TYPE.fullmatch(kind):
        raise ValueError(f"{kind!r} is no type")
    return kind


def operand(value: Value) -> str:
    """An expression that may follow `not`."""
    text = python(value)
    return f"({text})" if isinstance(value, Logic | Comparison) else text


def keyword(pair: tuple[str, Value]) -> str:
    """One `name=value` of a call."""
    return f"{pair[0]}={python(pair[1])}"


def _joined(value: Joined) -> str:
    texts = "".join(part for part in value.parts if isinstance(part, str))
    quote = "'" if texts.count('"') > texts.count("'") else '"'
    inside = (
        (
            f"{{{part.id}}}"
            if isinstance(part, Name)
            else _escaped(part, quote).replace("{", "{{").replace("}", "}}")
        )
        for part in value.parts
    )
    return f"f{quote}{''.join(inside)}{quote}"


def _codes(value: Codes) -> str:
    if len(value.ranges) == 1 and value.ranges[0][0] < value.ranges[0][1]:
        low, high = value.ranges[0]
        return f"range({high + 1})" if low == 0 else f"range({low}, {high + 1})"
    parts = [
        str(low) if low == high else f"*range({low}, {high + 1})" for low, high in value.ranges
    ]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
