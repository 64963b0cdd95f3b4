"""IN conditions to what a job waits for, and the dates of events."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.plan import NOTHING, Event, EventDate, Every, On, Some, Wait

_WORDS = {
    "": On.ORDER,
    "ODAT": On.ORDER,
    "ODATE": On.ORDER,
    "PREV": On.PREVIOUS,
    "NEXT": On.NEXT,
    "STAT": On.NONE,
    "****": On.ANY,
    "$$$$": On.ANY,
}
_OFFSET = re.compile(r"([+-])\s*(\d{1,3})", re.ASCII)
_FIXED = re.compile(r"\d{4}", re.ASCII)


_DEEPEST = 50
"""Maximum depth of brackets."""


class BracketError(Exception):
    """A bracket has no other half, or brackets are nested too deep."""


def date_of(text: str) -> EventDate | None:
    """The date of an event as exports spell it; None if it is none."""
    word = text.strip().upper()
    if word in _WORDS:
        return EventDate(_WORDS[word])
    if match := _OFFSET.fullmatch(word):
        number = int(match[1] + match[2])
        return EventDate(On.OFFSET, number) if number else EventDate()
    return EventDate(On.FIXED, int(word)) if _FIXED.fullmatch(word) else None


@dataclass(frozen=True, slots=True)
class Waits:
    """What a job waits for, in both readings of and and or without brackets; mostly the same."""

    and_first: Wait
    one_of_the_others: Wait

    @property
    def is_mixed(self) -> bool:
        """True if the readings differ."""
        return self.and_first != self.one_of_the_others


def read_waits(terms: Iterable[tuple[Element, Event]]) -> Waits:
    """The meaning of the IN conditions of one job. Raises BracketError.

    Control-M: AND_OR of a condition joins it to the one before, so that of the first one says
    nothing; OP has the brackets around it.
    """
    stack: list[_Level] = [_Level()]
    for element, event in terms:
        brackets = element.get("OP")
        joins_or = element.get("AND_OR").upper().startswith("O")
        for _ in range(brackets.count("(")):
            stack[-1].join(is_or=joins_or)
            stack.append(_Level())
            joins_or = False
        if len(stack) > _DEEPEST:
            raise BracketError
        stack[-1].join(is_or=joins_or)
        stack[-1].add(Waits(event, event))
        for _ in range(brackets.count(")")):
            if len(stack) == 1:
                raise BracketError
            inner = stack.pop()
            stack[-1].add(inner.waits())
    if len(stack) > 1:
        raise BracketError
    return stack[0].waits()


class _Level:
    """The terms between two brackets, each with the operator in front of it."""

    def __init__(self) -> None:
        self._terms: list[tuple[bool, Waits]] = []
        self._is_or = False

    def join(self, *, is_or: bool) -> None:
        self._is_or = is_or

    def add(self, term: Waits) -> None:
        self._terms.append((self._is_or and bool(self._terms), term))

    def waits(self) -> Waits:
        return Waits(
            _and_first([(is_or, term.and_first) for is_or, term in self._terms]),
            _one_of_the_others([(is_or, term.one_of_the_others) for is_or, term in self._terms]),
        )


def _and_first(terms: list[tuple[bool, Wait]]) -> Wait:
    """AND binds closer than OR."""
    groups: list[list[Wait]] = []
    for is_or, term in terms:
        if is_or or not groups:
            groups.append([])
        groups[-1].append(term)
    return _some([_every(group) for group in groups]) if groups else NOTHING


def _one_of_the_others(terms: list[tuple[bool, Wait]]) -> Wait:
    """z/OS: all terms without a mark, and one of those with the mark for or.

    The term in front of the first OR belongs to its alternatives if no AND joins it.
    """
    marks = [is_or for is_or, _ in terms]
    if any(marks[1:]) and not all(marks[1:]):
        needed = [term for is_or, term in terms if not is_or]
        return _every([*needed, _some([term for is_or, term in terms if is_or])])
    return _and_first(terms)


def _every(terms: list[Wait]) -> Wait:
    return terms[0] if len(terms) == 1 else Every(tuple(terms))


def _some(terms: list[Wait]) -> Wait:
    return terms[0] if len(terms) == 1 else Some(tuple(terms))


def shown(wait: Wait, *, inside: bool = False) -> str:
    """What a job waits for, in words."""
    if isinstance(wait, Event):
        return wait.name
    word = " and " if isinstance(wait, Every) else " or "
    text = word.join(shown(term, inside=True) for term in wait.terms)
    return f"({text})" if inside else text
