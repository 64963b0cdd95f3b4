"""Texts with holes: places for values that are known only when a job runs."""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from transpile.model import Text, VariableRef

Hole: TypeAlias = str | VariableRef
"""Shell text or a reference that gives the value when the job runs."""

_HOLE = re.compile("\0(\\d+)(q?)\0")


def with_variables(
    value: str, pattern: re.Pattern[str], variable: Callable[[re.Match[str]], VariableRef]
) -> Text:
    """The text, with a variable in place of each match of the pattern."""
    parts: list[Hole] = []
    at = 0
    for match in pattern.finditer(value):
        parts += [value[at : match.start()], variable(match)]
        at = match.end()
    return tuple(part for part in (*parts, value[at:]) if part != "") or (value,)


def merged(parts: Iterable[Hole]) -> Text:
    """The text of these parts; adjacent plain parts become one."""
    found: list[Hole] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


class Holes:
    """The holes of some texts.

    While a text is parsed, a hole in it is its number between two NULs; a `q` behind the number
    marks a hole between quotes.
    """

    def __init__(self) -> None:
        self.holes: list[Hole] = []

    def put(self, hole: Hole) -> str:
        """The mark for the hole in a text."""
        self.holes.append(hole)
        return f"\0{len(self.holes) - 1}\0"

    def inside(self, text: str) -> list[Hole]:
        """The holes of a text."""
        return [self.holes[int(match[1])] for match in _HOLE.finditer(text)]

    def is_static(self, text: str) -> bool:
        """True if the text is known without a shell, another job or a helper."""
        return all(isinstance(h, VariableRef) and not (h.jobs or h.part) for h in self.inside(text))

    def text(self, text: str) -> Text:
        """The parts of a text that no shell splits, such as a path."""
        return merged(self._pieces(text))

    def words(self, words: Iterable[str], lead: str = "") -> Text:
        """Words as shell text, quoted where necessary."""
        parts: list[Hole] = [lead] if lead else []
        for number, word in enumerate(words):
            parts += [" "] if number else []
            parts += self._quoted(word)
        return merged(parts)

    def plain(self, text: str) -> str:
        """The final form of a piece of text between holes."""
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
        """The quoted word; a variable outside quotes stays bare, as the source splits its value."""
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
    """The text with its holes marked as quoted."""
    return _HOLE.sub("\0\\1q\0", text)


def shown(text: str) -> str:
    """The text with `...` in place of holes, for messages."""
    return _HOLE.sub("...", text)


def has_holes(text: str) -> bool:
    """True if the text has holes."""
    return _HOLE.search(text) is not None
