"""Parts of calendar events: numbers with ranges and repetitions, as systemd reads them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from transpile.sources.grammars import Grammar

SECOND = 1_000_000
"""Seconds are counted in microseconds."""

SHORTHANDS = {
    "minutely": "*:*",
    "hourly": "*:0",
    "daily": "0:0",
    "weekly": "mon",
    "monthly": "*-1",
    "quarterly": "1,4,7,10-1",
    "yearly": "1-1",
    "annually": "1-1",
    "anually": "1-1",
    **dict.fromkeys(("semiannually", "semi-annually", "biannually", "bi-annually"), "1,7-1"),
}
"""Events with a name of their own."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_MOST_PARTS = 241
"""systemd reads so many parts of one list."""

_LARGEST = 2**31 - 1
_ZEROS = re.compile(r"0*([0-9]{1,10})")

Node = Tree[Token]


class Part(NamedTuple):
    """The numbers from `start` to `stop`, by default to the end, in steps. Step 0: one number."""

    start: int
    stop: int | None = None
    step: int = 0

    def numbers(self, last: int) -> range:
        """Its numbers; `last` is the end."""
        if not self.step:
            return range(self.start, self.start + 1)
        return range(self.start, (last if self.stop is None else self.stop) + 1, self.step)

    def backwards(self, length: int) -> range:
        """Its days in a month of that length, if they count from the end of the month."""
        first = length + 1 - (self.start if self.stop is None else self.stop)
        last = length if self.stop is None else length + 1 - self.start
        return range(first, (last if self.step else first) + 1, self.step or 1)

    def spelled(self, width: int, unit: int) -> str:
        """Its normal form; numbers count `unit` parts of one."""
        text = _spelled(self.start, width, unit)
        if self.stop is not None:
            text += f"..{_spelled(self.stop, width, unit)}"
        if self.step and not (self.stop is not None and self.step == unit):
            text += f"/{_spelled(self.step, 1, unit)}"
        return text


Parts = tuple[Part, ...]
"""Numbers of a field; none stand for all numbers."""


class Field(NamedTuple):
    """A field of an event, with its lowest and highest number."""

    name: str
    low: int
    high: int
    width: int = 2
    unit: int = 1

    def checked(self, parts: Parts, *, from_end: bool = False) -> Parts:
        """The parts in their normal form. Raises ValueError."""
        found = tuple(sorted({_plain(part) for part in parts}, key=_order))
        for number, part in enumerate(found, 1):
            # A day counts at most 28 days back from the end of the month. systemd takes three more
            # days off for each part of the list, and refuses `*-*~20,27`.
            high = self.high - 3 * number if from_end else self.high
            if not self._fits(part, high, from_end=from_end):
                raise ValueError(f"{part.spelled(1, self.unit)} is no part of the {self.name}")
        return found

    def _fits(self, part: Part, high: int, *, from_end: bool) -> bool:
        if not self.low <= part.start <= high or part.step > high - self.low:
            return False
        if part.stop is not None:
            return part.start + part.step <= part.stop <= high
        return part.start - part.step >= self.low if from_end else part.start + part.step <= high

    def spelled(self, parts: Parts) -> str:
        """The normal form of the parts."""
        if self.unit > 1 and parts == EVERY_SECOND:
            return "*"
        return ",".join(part.spelled(self.width, self.unit) for part in parts) or "*"


YEARS = Field("years", 1970, 2199, width=4)
MONTHS = Field("months", 1, 12)
DAYS = Field("days", 1, 31)
HOURS = Field("hours", 0, 23)
MINUTES = Field("minutes", 0, 59)
SECONDS = Field("seconds", 0, 60 * SECOND - 1, unit=SECOND)

ZERO: Parts = (Part(0),)
EVERY_SECOND: Parts = (Part(0, None, SECOND),)


def parse(text: str) -> Node:
    """The tree of an event without its zone. Raises ValueError."""
    if not text.isascii():
        raise ValueError("it has characters beyond ASCII")
    try:
        tree: Node = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        at = getattr(error, "column", -1)
        place = f"character {at}" if at > 0 else "its end"
        raise ValueError(f"it cannot be read from {place} on") from None
    first = tree.children[0]
    if isinstance(first, Token) and first.type == "SHORTHAND":
        tree = _GRAMMAR.parse(SHORTHANDS[first.lower()])
    return tree


def weekdays_of(tree: Node) -> frozenset[int]:
    """The numbers of the weekdays, from Monday = 0; none stand for all. Raises ValueError."""
    found: set[int] = set()
    for each in tree.find_data("weekday_range"):
        tokens = [str(token)[:3].title() for token in each.children if token != "-"]
        first, last = (WEEKDAYS.index(word) for word in (tokens[0], tokens[-1]))
        if last < first:
            raise ValueError(f"{WEEKDAYS[first]}..{WEEKDAYS[last]} ends before it begins")
        found.update(range(first, last + 1))
    return frozenset(found) if len(found) < len(WEEKDAYS) else frozenset()


def parts_of(tree: Node) -> Parts:
    """The parts of a list of numbers. Raises ValueError."""
    return tuple(Part(*numbers) for numbers in _read(tree, _number, 1))


def seconds_of(tree: Node) -> Parts:
    """The parts of the seconds, in microseconds. Raises ValueError."""
    if not _nodes(tree):
        return EVERY_SECOND
    found = _read(tree, _decimal, SECOND)
    for node, (start, stop, step) in zip(_nodes(tree), found, strict=True):
        is_short = stop is not None and start + step > stop
        if is_short and len(_nodes(node)) == 2:
            raise ValueError("a range of less than a second needs a repetition")
    return tuple(Part(*numbers) for numbers in found)


def years_of(tree: Node) -> Parts:
    """The parts of the years; those of two digits are from 1970 to 2069. Raises ValueError."""
    return tuple(
        Part(_year(part.start), None if part.stop is None else _year(part.stop), part.step)
        for part in parts_of(tree)
    )


def whole(text: str) -> int:
    """The number that the digits say. Raises ValueError."""
    match = _ZEROS.fullmatch(text)
    if match is None:
        raise ValueError("a number is too large")
    return int(match[1])


_GRAMMAR = Grammar("calendar_event.lark", "event")


def _nodes(tree: Node) -> list[Node]:
    return [child for child in tree.children if isinstance(child, Tree)]


def _read(
    tree: Node, number: Callable[[Node], int], unit: int
) -> list[tuple[int, int | None, int]]:
    """Start, stop and step of each part."""
    nodes = _nodes(tree)
    if len(nodes) > _MOST_PARTS:
        raise ValueError(f"a list has more than {_MOST_PARTS} parts")
    found: list[tuple[int, int | None, int]] = []
    for node in nodes:
        first, *others = _nodes(node)
        given = {each.data.removeprefix("second_"): number(_nodes(each)[0]) for each in others}
        stop = given.get("stop")
        step = given.get("step", unit if stop is not None else 0)
        if "step" in given and not step:
            raise ValueError("a repetition of 0 never ends")
        found.append((number(first), stop, step))
    return found


def _number(node: Node) -> int:
    return _checked(whole(str(node.children[0])))


def _decimal(node: Node) -> int:
    """Microseconds; the seventh digit rounds."""
    seconds, *fraction = (str(child) for child in node.children)
    digits = fraction[0][1:] if fraction else ""
    rounds = "5" <= digits[6:7] <= "9"
    return _checked(whole(seconds) * SECOND + int(digits[:6].ljust(6, "0")) + rounds)


def _checked(number: int) -> int:
    if number > _LARGEST:
        raise ValueError("a number is too large")
    return number


def _plain(part: Part) -> Part:
    """The same numbers, with a range that ends with the last of them."""
    start, stop, step = part
    if stop is None:
        return part
    if stop > start and step:
        stop -= (stop - start) % step
    return Part(start) if stop == start else Part(start, stop, step)


def _order(part: Part) -> tuple[int, ...]:
    return (part.start, -1 if part.stop is None else part.stop, part.step)


def _year(number: int) -> int:
    if number < 70:
        return number + 2000
    return number + 1900 if number < 100 else number


def _spelled(number: int, width: int, unit: int) -> str:
    whole_part, rest = divmod(number, unit)
    return f"{whole_part:0{width}}" + (f".{rest:06}" if rest else "")
