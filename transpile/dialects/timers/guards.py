"""Tests of the date in front of a command: `[ "$(date +%d)" -le 7 ] && job` names days.

Only tests whose meaning is certain are read; commands keep all others.
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from transpile.dialects.timers.shell_words import Piece, pieces
from transpile.model.days import WEEK, DayRule, Days

_MONTH_DAYS, _MONTHS = tuple(range(1, 32)), tuple(range(1, 13))
_DAY_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_FORMATS: dict[str, tuple[str, Callable[[int], str]]] = {
    "%d": ("month_days", lambda n: f"{n:02}"),
    "%-d": ("month_days", str),
    "%e": ("month_days", lambda n: f"{n:2}"),
    "%u": ("week", lambda n: str(n or 7)),
    "%w": ("week", str),
    "%a": ("week", lambda n: _DAY_NAMES[n][:3]),
    "%A": ("week", lambda n: _DAY_NAMES[n]),
    "%m": ("months", lambda n: f"{n:02}"),
    "%-m": ("months", str),
    "%b": ("months", lambda n: _MONTH_NAMES[n - 1][:3]),
    "%h": ("months", lambda n: _MONTH_NAMES[n - 1][:3]),
    "%B": ("months", lambda n: _MONTH_NAMES[n - 1]),
}
"""What a format of date counts, and how it prints a number, in the C locale."""

_NUMBERS = {"month_days": _MONTH_DAYS, "week": WEEK, "months": _MONTHS}
_INTEGERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": operator.eq,
    "-ne": operator.ne,
    "-lt": operator.lt,
    "-le": operator.le,
    "-gt": operator.gt,
    "-ge": operator.ge,
}
_STRINGS: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}
_MIRRORED = {"-lt": "-gt", "-le": "-ge", "-gt": "-lt", "-ge": "-le"}
_SHORT_NUMBER = re.compile(r"[0-9]{1,4}")
_WORD = re.compile(r"[A-Za-z0-9 ]{1,20}")
_AHEAD = re.compile(r"\+?([1-9][0-9]?) ?days?")
_LOCALE = re.compile(r"(?:LC_[A-Z]+|LANG)=[\w.-]*")
_MOST_AHEAD = 28
_ENDS = {"[": "]", "[[": "]]"}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a call of date prints: a format, so many days ahead."""

    format: str
    ahead: int = 0
    quoted: bool = False


def read_test(words: Sequence[Piece], strict: bool) -> DayRule | None:
    """The days on which a test holds; None if that is not certain.

    `strict`: the shell may be one whose `[` takes no `==` and that has no `[[`.
    """
    values = [word.value for word in words]
    if not words or any(not word.is_word for word in words):
        return None
    if values[0] in _ENDS:
        if values[-1] != _ENDS[values[0]]:
            return None
        operands = list(words[1:-1])
    elif values[0] == "test":
        operands = list(words[1:])
    else:
        return None
    brackets = values[0] == "[["
    if len(operands) != 3 or (strict and (brackets or operands[1].value == "==")):
        return None
    left, comparison, right = operands
    return _compared(left, comparison.value, right, brackets)


def _compared(left: Piece, comparison: str, right: Piece, brackets: bool) -> DayRule | None:
    first, second = _printed(left), _printed(right)
    if first and second:
        return None if brackets else _end_of_month(first, second, comparison)
    if second:
        first, right, comparison = second, left, _MIRRORED.get(comparison, comparison)
    if first is None or right.dynamic:
        return None
    if comparison in _INTEGERS:
        # [[ takes 08 for a bad octal number.
        if not _SHORT_NUMBER.fullmatch(right.value) or (brackets and first.format in ("%d", "%m")):
            return None
        number, holds = int(right.value), _INTEGERS[comparison]
        return _days(first, lambda text: text.strip().isdigit() and holds(int(text), number))
    if comparison in _STRINGS and _WORD.fullmatch(right.value):
        # An argument without quotes loses its blanks.
        bare = first.format == "%e" and not (first.quoted or brackets)
        same = _STRINGS[comparison]
        return _days(first, lambda text: same(text.strip() if bare else text, right.value))
    return None


def _days(printed: Printed, holds: Callable[[str], bool]) -> DayRule | None:
    """The days on which what is printed meets the test; None if there are none."""
    kind, show = _FORMATS[printed.format]
    found = tuple(number for number in _NUMBERS[kind] if holds(show(number)))
    if printed.ahead and kind == "month_days":
        return DayRule(month_days=(-1,)) if found == (1,) and printed.ahead == 1 else None
    if printed.ahead and kind != "week":
        return None
    if kind == "week":
        found = tuple(sorted((number - printed.ahead) % 7 for number in found))
        return DayRule(week=found) if found else None
    if not found:
        return None
    if len(found) == len(_NUMBERS[kind]):
        return DayRule()
    return DayRule(month_days=found) if kind == "month_days" else DayRule(months=found)


def _end_of_month(first: Printed, second: Printed, comparison: str) -> DayRule | None:
    """The last days of a month: those from which some days ahead it is another month."""
    near, far = sorted((first, second), key=lambda printed: printed.ahead)
    is_month = near.format == far.format and _FORMATS[near.format][0] == "months"
    if not is_month or near.ahead or not far.ahead or comparison not in ("!=", "-ne"):
        return None
    return DayRule(month_days=tuple(range(-far.ahead, 0)))


def _printed(word: Piece) -> Printed | None:
    """What the call of date prints that the word consists of; None if it is no such word."""
    text = word.value
    if text.startswith("$(") and text.endswith(")"):
        inner = text[2:-1]
    elif len(text) > 1 and text[0] == text[-1] == "`":
        inner = text[1:-1]
    else:
        return None
    words, complete = pieces(inner)
    if not complete or any(not w.is_word or w.dynamic for w in words):
        return None
    values = [w.value for w in words]
    while values and _LOCALE.fullmatch(values[0]):
        del values[0]
    if values[:1] not in (["date"], ["/bin/date"], ["/usr/bin/date"]):
        return None
    return _call(values[1:], word.quoted)


def _call(arguments: list[str], quoted: bool) -> Printed | None:
    formats: list[str] = []
    ahead = 0
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-d", "--date"):
            found = _days_ahead(next(rest, ""))
        elif argument.startswith("--date="):
            found = _days_ahead(argument.removeprefix("--date="))
        elif argument == "-v+1d":
            found = 1
        elif argument.startswith("+") and argument[1:] in _FORMATS:
            formats.append(argument[1:])
            continue
        else:
            return None
        if found is None:
            return None
        ahead = found
    return Printed(formats[0], ahead, quoted) if len(formats) == 1 else None


def _days_ahead(text: str) -> int | None:
    if text in ("tomorrow", "next day"):
        return 1
    match = _AHEAD.fullmatch(text)
    return int(match[1]) if match and int(match[1]) <= _MOST_AHEAD else None


# -------------------------------------------------------------------- days


def opposite(rule: DayRule) -> DayRule | None:
    """The days on which the test of such a rule does not hold; None if one rule cannot say them."""
    if rule.week != WEEK:
        return DayRule(week=tuple(day for day in WEEK if day not in rule.week))
    if rule.month_days:
        others = tuple(day for day in _MONTH_DAYS if day not in rule.month_days)
        return DayRule(month_days=others) if rule.month_days[0] > 0 and others else None
    if rule.months:
        return DayRule(months=tuple(month for month in _MONTHS if month not in rule.months))
    return None


def limited(days: Days, guards: Sequence[DayRule]) -> Days | None:
    """The days that meet all the rules too; None if there are none, or plain days cannot say it."""
    rules = list(days.rules)
    try:
        for guard in guards:
            rules = [both for rule in rules if (both := _intersection(rule, guard)) is not None]
    except ValueError:
        return None
    return Days(tuple(dict.fromkeys(rules))) if rules else None


def _intersection(rule: DayRule, guard: DayRule) -> DayRule | None:
    """The days of both rules; None if there are none. Raises ValueError if no rule can say them."""
    week = tuple(day for day in rule.week if day in guard.week)
    months = _common(rule.months, guard.months, _MONTHS)
    month_days = _common_days(rule.month_days, guard.month_days)
    if not week or months is None or month_days is None:
        return None
    return replace(rule, week=week, months=months, month_days=month_days)


def _common(
    one: tuple[int, ...], other: tuple[int, ...], every: tuple[int, ...]
) -> tuple[int, ...] | None:
    """The numbers in both, of which none given are all; None if there are none."""
    both = [number for number in one or every if number in (other or every)]
    if not both:
        return None
    return () if len(both) == len(every) else tuple(both)


def _common_days(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...] | None:
    """The days of a month in both; None if there are none. Raises ValueError."""
    if not (one and other) or one == other:
        return one or other
    if one[0] > 0 and other[0] > 0:
        return _common(one, other, _MONTH_DAYS)
    plain, last = (one, other) if one[0] > 0 else (other, one)
    # The last n days of the shortest month begin n days before the 29th.
    if plain[0] > 0 and set(range(_MOST_AHEAD + 1 + last[0], 32)) <= set(plain):
        return last
    raise ValueError("days that count from both ends of a month")
