"""Reads the time fields of a crontab line: five fields, or a nickname such as @daily."""

import functools
import re
from dataclasses import dataclass

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from transpile.dialects.kit.cron import DAYS, MONTHS, NICKNAMES
from transpile.dialects.kit.cron import Field as Unit
from transpile.dialects.timers.settings import SYSTEMD, VIXIE
from transpile.sources.grammars import Grammar

REBOOT = "@reboot"
_GRAMMAR = Grammar("cron_fields.lark", ["vixie", "cronie"])
_BLANKS = re.compile(r"[ \t]+")
_LONGEST_NUMBER, _LARGEST = 18, 2**63 - 1


MINUTE = Unit("minute", 0, 59)
HOUR = Unit("hour", 0, 23)
MONTH_DAY = Unit("day of the month", 1, 31)
MONTH = Unit("month", 1, 12, MONTHS)
WEEK_DAY = Unit("day of the week", 0, 7, DAYS)
UNITS = (MINUTE, HOUR, MONTH_DAY, MONTH, WEEK_DAY)


@dataclass(frozen=True, slots=True)
class Field:
    """The numbers of one field. `star`: it begins with `*`, whatever follows.

    `readings` are parts that cron takes otherwise than they look, and what it makes of them.
    `random` are parts of which cronie chooses one number; it is the lowest one here.
    """

    numbers: frozenset[int]
    star: bool = False
    readings: tuple[tuple[str, str], ...] = ()
    random: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CronFields:
    """When a line starts. Days of the `week` count from Sunday = 0.

    `both`: a day has to be one of the month's and one of the week's days, not just either.
    `wild`: the minute or the hour begins with `*`.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    month_days: frozenset[int]
    months: frozenset[int]
    week: frozenset[int]
    both: bool = True
    wild: bool = False
    readings: tuple[tuple[str, str], ...] = ()
    random: tuple[str, ...] = ()


_NONE: frozenset[int] = frozenset()
_NEVER = CronFields(_NONE, _NONE, _NONE, _NONE, _NONE)


def read_fields(text: str, engine: str = VIXIE) -> CronFields:
    """The fields, or what the nickname stands for. Raises ValueError with the reason.

    Those of @reboot hold no number.
    """
    text = text.strip(" \t")
    if text == REBOOT:
        return _NEVER
    if text.startswith("@"):
        if text not in NICKNAMES:
            raise ValueError(f"{text} is not a nickname of a time")
        text = NICKNAMES[text]
    words = _BLANKS.split(text)
    if len(words) != len(UNITS):
        raise ValueError("it does not have five time fields")
    return of_words(tuple(words), engine)


@functools.lru_cache(maxsize=1024)
def of_words(words: tuple[str, ...], engine: str) -> CronFields:
    """What five fields say. Raises ValueError with the reason."""
    fields = [read_field(word, unit, engine) for word, unit in zip(words, UNITS, strict=True)]
    minute, hour, month_day, month, week_day = fields
    return CronFields(
        minute.numbers,
        hour.numbers,
        month_day.numbers,
        month.numbers,
        frozenset(number % 7 for number in week_day.numbers),
        # A timer of systemd starts on days that meet all that it names.
        both=month_day.star or week_day.star or engine == SYSTEMD,
        wild=minute.star or hour.star,
        readings=tuple(reading for field in fields for reading in field.readings),
        random=tuple(part for field in fields for part in field.random),
    )


@functools.lru_cache(maxsize=4096)
def read_field(text: str, unit: Unit, engine: str) -> Field:
    """The numbers of a field. Raises ValueError with the reason."""
    start = "vixie" if engine == VIXIE else "cronie"
    try:
        tree = _GRAMMAR.parse(text, start=start)
    except UnexpectedInput:
        raise ValueError(f"{text} cannot be the {unit.name}") from None
    numbers: set[int] = set()
    readings: list[tuple[str, str]] = []
    random: list[str] = []
    for part in tree.children:
        if isinstance(part, Tree):
            found = _part(part, unit, engine)
            numbers |= found.numbers
            readings += found.readings
            random += found.random
        else:
            taken = text.removesuffix(part)
            readings.append((text, f"{taken}: it ignores the rest of the field"))
    return Field(frozenset(numbers), text.startswith("*"), tuple(readings), tuple(random))


def _part(part: Tree[Token], unit: Unit, engine: str) -> Field:
    """The numbers of one part of a list. Raises ValueError with the reason."""
    words = [token for token in part.children if isinstance(token, Token)]
    text = "".join(words)
    if part.data == "random":
        if engine == SYSTEMD:
            raise ValueError(f"{text} cannot be the {unit.name}")
        return _random(words, text, unit)
    step = 1
    if part.data == "stepped":
        step = _number(words.pop(), Unit("step", 1, 2**31))
    if words[0].type == "ALL":
        return Field(frozenset(range(unit.low, unit.high + 1, step)))
    # cronie checks the numbers that a range holds, not its ends.
    checks_ends = engine == VIXIE or len(words) == 1
    first = _number(words[0], unit, within=checks_ends)
    last = _number(words[-1], unit, within=checks_ends)
    if first > last:
        if engine == SYSTEMD:
            raise ValueError(f"{text} is a range that goes backwards")
        return Field(frozenset(), readings=((text, f"no {unit.name}: the range goes backwards"),))
    if first < unit.low or last - (last - first) % step > unit.high:
        raise ValueError(_outside(text, unit))
    return Field(frozenset(range(first, last + 1, step)))


def _random(words: list[Token], text: str, unit: Unit) -> Field:
    """The choice of cronie between two numbers, which is the lowest one here."""
    at = next(place for place, word in enumerate(words) if word.type == "TILDE")
    low = _number(words[0], unit) if at else unit.low
    high = _number(words[-1], unit) if at < len(words) - 1 else unit.high
    if low > high:
        raise ValueError(f"{text} is a range that goes backwards")
    return Field(frozenset((low,)), random=(text,) if low < high else ())


def _outside(text: str, unit: Unit) -> str:
    return f"{text} cannot be the {unit.name}, which goes from {unit.low} to {unit.high}"


def _number(word: str, unit: Unit, within: bool = True) -> int:
    """The number that a word stands for. Raises ValueError with the reason."""
    if word.lower() in unit.words:
        return unit.words.index(word.lower()) + unit.low
    digits = word.lstrip("0") or "0"
    if not word.isdigit():
        raise ValueError(f"{word} cannot be the {unit.name}")
    # Both engines keep 32 bits of a number.
    number = int(digits) if len(digits) <= _LONGEST_NUMBER else _LARGEST
    number = (number + 2**31) % 2**32 - 2**31
    if within and not unit.low <= number <= unit.high:
        raise ValueError(_outside(word, unit))
    return number
