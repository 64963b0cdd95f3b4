"""Values of variables, known or known only in a run, and the functions on them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias

from transpile.model import VariableRef


class Clock(Enum):
    """Whose date it is: of the order, of the working day or of the clock when the job starts."""

    ORDER = "order"
    WORKING = "working day"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class DatePart:
    """A part of a date or time, by its letter for `date`, so many days away. `word` asks for it."""

    clock: Clock
    letter: str
    word: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class ShellPart:
    """Shell text that gives the value; `word` asks for it."""

    text: str
    word: str


Part: TypeAlias = str | VariableRef | DatePart | ShellPart
Value: TypeAlias = tuple[Part, ...]
"""The parts of a value; only plain text is known before the run."""

WIDTHS = {"Y": 4, "C": 2, "y": 2, "m": 2, "d": 2, "j": 3, "H": 2, "M": 2, "S": 2}
"""The number of digits of each part of a date."""

_INSIDE = {("Y", 0, 2): "C", ("Y", 2, 4): "y"}
"""Parts of parts, by their first digit and the one behind the last."""

_FORMS = {"CALCDATE": "ymd", "CALCDTE": "ymd", "$CALCDATE": "Ymd", "$CALCDTE": "Ymd"}
_OPERAND = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
_SHIFT = re.compile(r"[+-]\d{1,6}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)


class FunctionError(Exception):
    """A function without a known value; the message says why."""


def static(value: Value) -> str | None:
    """The text of a value, or None if a part of it is known only in a run."""
    found = [part for part in value if isinstance(part, str)]
    return "".join(found) if len(found) == len(value) else None


def joined(parts: Iterable[Part]) -> Value:
    """The parts without empty ones; adjacent plain texts become one."""
    found: list[Part] = []
    plain: list[str] = []
    for part in parts:
        if isinstance(part, str):
            plain.append(part)
            continue
        found += ["".join(plain)] if any(plain) else []
        plain = []
        found.append(part)
    return (*found, "".join(plain)) if any(plain) else tuple(found)


def calculated(left: Value, operator: str, right: Value) -> Value:
    """The sum or difference of two numbers. Raises FunctionError.

    Numbers with zeros in front are refused: no manual says whether the result has them too.
    """
    words = [(static(operand) or "").strip() for operand in (left, right)]
    if not all(map(_OPERAND.fullmatch, words)):
        raise FunctionError("both operands must be numbers that are known before the run")
    first, second = map(int, words)
    return (str(first + second if operator == "PLUS" else first - second),)


def called(function: str, arguments: Value) -> Value:
    """The value of a function. Raises FunctionError."""
    words = _words(arguments)
    if function in ("SUBSTR", "$SUBSTR"):
        return _substring(words)
    if function in _FORMS:
        return _moved(words, _FORMS[function])
    raise FunctionError("it has no translation")


def _words(value: Value) -> list[Value]:
    """The words between blanks."""
    words: list[list[Part]] = [[]]
    for part in value:
        if not isinstance(part, str):
            words[-1].append(part)
            continue
        first, *others = re.split(r"\s+", part)
        words[-1].append(first)
        words += ([word] for word in others)
    return [word for word in map(joined, words) if word]


def _substring(words: list[Value]) -> Value:
    """`%%SUBSTR text start length`; the first character has the number 1."""
    numbers = [static(word) or "" for word in words[-2:]]
    if len(words) != 3 or not all(map(_DIGITS.fullmatch, numbers)):
        raise FunctionError("it takes a text, a start and a length")
    start, length = (int(number[-9:]) for number in numbers)
    found = list(_cut(words[0], start - 1, start - 1 + length))
    if start < 1 or sum(len(p) if isinstance(p, str) else WIDTHS[p.letter] for p in found) < length:
        raise FunctionError("the text is too short")
    return joined(found)


def _cut(value: Value, begin: int, end: int) -> Iterator[str | DatePart]:
    """The characters of a value from `begin` to before `end`."""
    at = 0
    for part in value:
        if at >= end:
            return
        if isinstance(part, VariableRef | ShellPart):
            raise FunctionError("the text is known only in a run")
        width = len(part) if isinstance(part, str) else WIDTHS[part.letter]
        low, high = max(begin - at, 0), min(end - at, width)
        at += width
        if low >= high:
            continue
        if isinstance(part, str):
            yield part[low:high]
        elif (low, high) == (0, width):
            yield part
        elif (part.letter, low, high) in _INSIDE:
            yield replace(part, letter=_INSIDE[part.letter, low, high])
        else:
            raise FunctionError(f"it cuts {part.word} into digits, which are known only in a run")


def _moved(words: list[Value], form: str) -> Value:
    """A date, so many days later or earlier; `form` has its letters."""
    shift = static(words[1]) if len(words) == 2 else None
    if shift is None or not _SHIFT.fullmatch(shift):
        raise FunctionError("it takes a date and a number of days with its sign")
    days, day = int(shift), words[0]
    text = static(day)
    if text is not None:
        return (_later(text, days, form),)
    parts = [part for part in day if isinstance(part, DatePart)]
    one_date = len({(part.clock, part.days) for part in parts}) == 1
    if len(parts) != len(day) or "".join(p.letter for p in parts) != form or not one_date:
        raise FunctionError("its date is put together in a run")
    return tuple(replace(part, days=part.days + days) for part in parts)


def _later(text: str, days: int, form: str) -> str:
    """A known date, moved. Two digits of a year mean one of this century."""
    width = sum(WIDTHS[letter] for letter in form)
    if not (len(text) == width and text.isascii() and text.isdecimal()):
        raise FunctionError(f"{text[:20]} is no date of its form")
    century = "20" if form == "ymd" else ""
    try:
        whole = f"{century}{text}"
        found = date(int(whole[:4]), int(whole[4:6]), int(whole[6:])) + timedelta(days)
    except (ValueError, OverflowError):
        raise FunctionError(f"{text} is no date") from None
    return f"{found.year:04}{found.month:02}{found.day:02}"[len(century) :]
