"""Clauses of composer text and the words in them: names, quoted text, times."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lark import Token, Tree

from transpile.dialects.kit.texts import with_variables
from transpile.dialects.kit.values import time_of_day
from transpile.model import Text, VariableRef
from transpile.sources.text import Span

Clause = Tree[Token]
"""A clause of an object: its keyword and the words and clauses behind it."""

_SEPARATORS = {"day": ",", "file": ",", "need": ",", "reference": ",", "term": " |"}
"""Clauses that stand in lists, with the separator of the list."""

_PARAMETER = re.compile(r"\^([A-Za-z][\w.-]*)\^")


class Key(NamedTuple):
    """Identifies an object: its workstation and its own name, in upper case."""

    workstation: str
    name: str

    def __str__(self) -> str:
        return "#".join(filter(None, self))


# -------------------------------------------------------------------- places


def within(origin: Span, line: int, column: int) -> Span:
    """The place in a text that begins at `origin`; line and column count from 0 in the text."""
    return Span(origin.file, origin.line + line, column + (1 if line else origin.column))


def place_of(origin: Span, text: str, at: int) -> Span:
    """The place of the character `at` of a text that begins at `origin`."""
    return within(origin, text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)


def span_of(word: Token, origin: Span) -> Span:
    """The place of a word in an object that begins at `origin`."""
    return within(origin, (word.line or 1) - 1, (word.column or 1) - 1)


# -------------------------------------------------------------------- names


def key_of(word: str, workstation: str = "") -> Key:
    """The object that a word names, on `workstation` unless the word names another one."""
    return Key(*(part.upper() for part in split_name(word, workstation)))


def split_name(word: str, workstation: str = "") -> tuple[str, str]:
    """Workstation and name as spelled."""
    before, sign, name = word.partition("#")
    return (before, name) if sign else (workstation, before)


# -------------------------------------------------------------------- parts of clauses


def of_kind(clauses: Iterable[object], *kinds: str) -> list[Clause]:
    """The clauses of these kinds, in order."""
    return [c for c in clauses if isinstance(c, Tree) and c.data in kinds]


def inner(clause: Clause, *kinds: str) -> list[Clause]:
    """The clauses of these kinds directly inside a clause, in order."""
    return of_kind(clause.children, *kinds)


def nested(clause: Clause, outer: str, *kinds: str) -> list[Clause]:
    """The clauses of these kinds inside the `outer` clauses of a clause, in order."""
    return [found for part in inner(clause, outer) for found in inner(part, *kinds)]


def words(clause: Clause, kind: str = "NAME") -> list[Token]:
    """The words of one kind directly inside a clause, in order."""
    return [t for t in clause.children if isinstance(t, Token) and t.type == kind]


def keyword(clause: Clause, kind: str = "NAME") -> str:
    """The first word of one kind in upper case; empty if the clause has none."""
    return next((str(word).upper() for word in words(clause, kind)), "")


def string(clause: Clause) -> str:
    """The quoted text of a clause, without its quotes."""
    return unquoted(words(clause, "STRING")[0])


def first(clause: Clause) -> Token:
    """The first word of a clause, at any depth."""
    return next(tokens(clause))


def tokens(clause: Clause) -> Iterator[Token]:
    """Every word of a clause at any depth, in order."""
    for child in clause.children:
        if isinstance(child, Token):
            yield child
        elif isinstance(child, Tree):
            yield from tokens(child)


def spelled(clause: Clause) -> str:
    """The clause on one line."""
    parts: list[str] = []
    before: Clause | None = None
    for child in clause.children:
        if isinstance(child, Tree):
            if before is not None and child.data == before.data in _SEPARATORS:
                parts[-1] += _SEPARATORS[str(child.data)]
            parts.append(spelled(child))
            before = child
        elif child is not None:
            parts.append(str(child))
            before = None
    return one_line(" ".join(parts))


# -------------------------------------------------------------------- values


def one_line(value: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(value.split())


def unquoted(word: str) -> str:
    """The word without its quotes. A backslash is an escape only before a quote."""
    if len(word) > 1 and word[0] == word[-1] == '"':
        return word[1:-1].replace('\\"', '"')
    return word


def text(value: str, lookup: Callable[[str], str] = str) -> Text:
    """The text with its `^NAME^` parameters as variables; `lookup` returns their full names."""
    return with_variables(
        value, _PARAMETER, lambda match: VariableRef(lookup(match[1].upper()), match[0])
    )


def clock(word: str) -> tuple[int, int] | None:
    """The time of day `hhmm` as (hour, minute); None if invalid."""
    return time_of_day(*divmod(int(word), 100)) if len(word) <= 4 else None


def minutes(word: str) -> int | None:
    """The duration `hhmm` in minutes; None if invalid."""
    hours, rest = divmod(int(word), 100)
    return hours * 60 + rest if rest < 60 else None


def signed(word: str) -> int:
    """The number of an offset such as `+ 2` or `-1`; 0 if empty."""
    return int(re.sub(r"\s", "", word) or 0)
