"""Pieces of a source, by how `transpile minify` treats their words."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from transpile.sources.text import Source


class Treatment(Enum):
    """How the words of a piece are treated.

    NAMES replaces words and long numbers. KNOWN also keeps words of the format, and all numbers.
    KEEP keeps all: the format shows that the text holds no name.
    ZONE keeps the name of a time zone, and is KNOWN for any other text. PROSE masks each letter and
    digit. ASIDE removes all but line breaks, and the marks of a comment.
    """

    NAMES = "names"
    KNOWN = "known"
    KEEP = "keep"
    ZONE = "zone"
    PROSE = "prose"
    ASIDE = "aside"


class Piece(NamedTuple):
    """The text from `start` to `end`, and how its words are treated."""

    start: int
    end: int
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class Minifier:
    """How `transpile minify` reads a format.

    `pieces` cuts a source into pieces, in order and without overlaps; text between them that holds
    words is refused. `words` are those that KNOWN keeps; `public` those that stay in names, too,
    such as keywords inside text that holds names; `calls` those by which commands call the
    scheduler: they stay in any estate. All are in lower case. With `names_files` other text refers
    to files by name, so that the names of files are replaced word by word.
    """

    pieces: Callable[[Source], Iterable[Piece]]
    words: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    names_files: bool = False


def parted(
    text: str,
    pattern: re.Pattern[str],
    otherwise: Treatment = Treatment.NAMES,
    start: int = 0,
    end: int | None = None,
) -> Iterator[Piece]:
    """The pieces of a part of the text, by the named groups of the pattern's matches.

    A group is named after its treatment, with any digits behind it. Other text is treated as
    `otherwise` says.
    """
    end = len(text) if end is None else end
    at = start
    for match in pattern.finditer(text, start, end):
        found = {match.span(name): name for name in match.groupdict() if match[name]}
        for (first, last), name in sorted(found.items()):
            if at < first:
                yield Piece(at, first, otherwise)
            yield Piece(first, last, Treatment[name.rstrip("0123456789")])
            at = last
    if at < end:
        yield Piece(at, end, otherwise)


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts, in lower case."""
    return frozenset(word.lower() for text in texts for word in re.findall(r"[A-Za-z]+", text))


class Places:
    """Offsets in a text, by line and column."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; line and column start at 1."""
        return self._starts[line - 1] + column - 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
