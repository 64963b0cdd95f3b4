"""Texts with holes: places for what only a run knows."""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from transpile.model import Text, VariableRef

Hole: TypeAlias = str | VariableRef
"""Text for a shell, or a reference, in the place of what only a run knows."""

_HOLE = re.compile("\0(\\d+)(q?)\0")


def with_variables(
    value: str, pattern: re.Pattern[str], variable: Callable[[re.Match[str]], VariableRef]
) -> Text:
    """The text with a variable in the place of each match of the pattern."""
    parts: list[Hole] = []
    at = 0
    for match in pattern.finditer(value):
        if match.start() > at:
            parts.append(value[at : match.start()])
        parts.append(variable(match))
        at = match.end()
    if at < len(value) or not parts:
        parts.append(value[at:])
    return tuple(parts)


def merged(parts: Iterable[Hole]) -> Text:
    """The text of these parts; neighbours that are plain text become one part."""
    found: list[Hole] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


class Holes:
    """The holes of some texts.

    Inside a text that is still being taken apart, a hole is its number between two NULs, with a `q`
    behind the number if it stands between quotes.
    """

    def __init__(self) -> None:
        self.holes: list[Hole] = []

    def put(self, hole: Hole) -> str:
        """What stands for the hole in a text."""
        self.holes.append(hole)
        return f"\0{len(self.holes) - 1}\0"

    def inside(self, text: str) -> list[Hole]:
        """The holes of a text."""
        return [self.holes[int(match[1])] for match in _HOLE.finditer(text)]

    def is_static(self, text: str) -> bool:
        """False if only a shell, another job or a helper knows the whole text."""
        return all(isinstance(h, VariableRef) and not (h.jobs or h.part) for h in self.inside(text))

    def text(self, text: str) -> Text:
        """A text that no shell splits, such as a path or the value of a variable."""
        return merged(self._pieces(text))

    def words(self, words: Iterable[str], lead: str = "") -> Text:
        """Words as shell text, each quoted as far as it needs it."""
        parts: list[Hole] = [lead] if lead else []
        for number, word in enumerate(words):
            parts += [" "] if number else []
            parts += self._quoted(word)
        return merged(parts)

    def plain(self, text: str) -> str:
        """A piece of text between holes as it ends up."""
        return text

    def _pieces(self, text: str) -> Iterator[Hole]:
        at = 0
        for match in _HOLE.finditer(text):
            if match.start() > at:
                yield self.plain(text[at : match.start()])
            yield self.holes[int(match[1])]
            at = match.end()
        if at < len(text):
            yield self.plain(text[at:])

    def _quoted(self, word: str) -> Iterator[Hole]:
        """The source splits words after it has put values in: a bare variable may be several."""
        at = 0
        for match in _HOLE.finditer(word):
            if match.start() > at:
                yield shlex.quote(self.plain(word[at : match.start()]))
            hole = self.holes[int(match[1])]
            loose = isinstance(hole, VariableRef) and not match[2]
            yield from (hole,) if loose else ('"', hole, '"')
            at = match.end()
        if at < len(word) or not word:
            yield shlex.quote(self.plain(word[at:]))


def in_quotes(text: str) -> str:
    """The text with its holes marked as standing between quotes."""
    return _HOLE.sub("\0\\1q\0", text)


def shown(text: str) -> str:
    """The text for a reader."""
    return _HOLE.sub("...", text)


def has_holes(text: str) -> bool:
    """True if the text has a hole."""
    return _HOLE.search(text) is not None
