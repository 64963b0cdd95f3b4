"""Words of composer text: names, quoted text, times, return codes."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lark import Token, Tree

from transpile.dialects.kit.texts import with_variables
from transpile.dialects.kit.values import time_of_day
from transpile.model import Text, VariableRef
from transpile.sources.text import Span

Clause = Tree[Token]
"""A clause of an object: its keyword and what stands behind it."""

CODES = range(256)
"""The exit codes that a process can have."""

_LISTED = {"day": ",", "file": ",", "need": ",", "reference": ",", "term": " |"}
"""Clauses that stand in lists, with what parts them."""

_PARAMETER = re.compile(r"\^([A-Za-z][\w.-]*)\^")


class Key(NamedTuple):
    """What names an object: its workstation and its own name, in upper case."""

    workstation: str
    name: str


def within(origin: Span, line: int, column: int) -> Span:
    """A place inside of a text that begins at `origin`; line and column count from 0 there."""
    return Span(origin.file, origin.line + line, column + (1 if line else origin.column))


def place_of(origin: Span, text: str, at: int) -> Span:
    """The place of a character of a text that begins at `origin`."""
    return within(origin, text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)


def key_of(word: str, workstation: str = "") -> Key:
    """The object that a word names; without a workstation in it, one on that workstation."""
    before, sign, name = word.partition("#")
    return Key((before if sign else workstation).upper(), (name if sign else before).upper())


def split_name(word: str, workstation: str = "") -> tuple[str, str]:
    """Workstation and name as they are spelled."""
    before, sign, name = word.partition("#")
    return (before, name) if sign else (workstation, before)


def words(clause: Clause, kind: str) -> list[Token]:
    """The words of one kind in a clause, in order."""
    return [t for t in clause.children if isinstance(t, Token) and t.type == kind]


def inner(clause: Clause, *kinds: str) -> list[Clause]:
    """The clauses inside a clause that are of these kinds, in order."""
    return [c for c in clause.children if isinstance(c, Tree) and c.data in kinds]


def first(clause: Clause) -> Token:
    """The first word of a clause."""
    return next(tokens(clause))


def tokens(clause: Clause) -> Iterator[Token]:
    """Every word of a clause, in order."""
    for child in clause.children:
        if isinstance(child, Token):
            yield child
        elif isinstance(child, Tree):
            yield from tokens(child)


def spelled(clause: Clause) -> str:
    """The clause as one line."""
    parts: list[str] = []
    before: Tree[Token] | None = None
    for child in clause.children:
        if isinstance(child, Tree):
            if before is not None and child.data == before.data in _LISTED:
                parts[-1] += _LISTED[str(child.data)]
            parts.append(spelled(child))
            before = child
        elif child is not None:
            parts.append(str(child))
            before = None
    return " ".join(" ".join(parts).split())


def unquoted(word: str) -> str:
    """Text without its quotes. A backslash keeps a quote, and is itself a character elsewhere."""
    if len(word) > 1 and word[0] == word[-1] == '"':
        return word[1:-1].replace('\\"', '"')
    return word


def text(value: str, lookup: Callable[[str], str] = str) -> Text:
    """The text with its `^NAME^` parameters as holes; `lookup` gives their full names."""
    return with_variables(
        value, _PARAMETER, lambda match: VariableRef(lookup(match[1].upper()), match[0])
    )


def clock(word: str) -> tuple[int, int] | None:
    """`0630` as (hour, minute)."""
    if len(word) > 4:
        return None
    hour, minute = divmod(int(word), 100)
    return time_of_day(hour, minute)


def minutes(word: str) -> int | None:
    """A duration `hhmm` in minutes."""
    hours, rest = divmod(int(word), 100)
    return hours * 60 + rest if rest < 60 else None


def signed(word: str) -> int:
    """`+ 2` or `-1`."""
    return int(re.sub(r"\s", "", word))


def accepts(expression: Clause, code: int) -> bool:
    """Whether an expression about a return code is true of this one."""
    if expression.data == "comparison":
        sign, number = words(expression, "OPERATOR")[0], int(words(expression, "NUMBER")[0])
        return {
            "=": code == number,
            "<>": code != number,
            "!=": code != number,
            "<": code < number,
            "<=": code <= number,
            ">": code > number,
            ">=": code >= number,
        }[str(sign)]
    found = [accepts(c, code) for c in expression.children if isinstance(c, Tree)]
    if expression.data == "negated":
        return not found[0]
    return all(found) if expression.data == "conjunction" else any(found)
