"""Days of one item of ON or EXCEPT: a name, a date, a calendar or an iCalendar rule."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from lark import Token

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.calendars import Free, listed, read_date
from transpile.dialects.tws.values import Clause, signed, unquoted
from transpile.model import WEEK, Calendar, DayRule, Every
from transpile.model.days import DAYS, shifted, week_day
from transpile.sources.text import Span

REQUEST = "REQUEST"
WEEKEND = (0, 6)

_DAY = timedelta(days=1)
_NAMES = tuple(name.upper() for name in DAYS)
_NAMED = {
    **{name: (number,) for number, name in enumerate(_NAMES)},
    "EVERYDAY": WEEK,
    "WEEKDAYS": tuple(day for day in WEEK if day not in WEEKEND),
}
_NUMBERED = re.compile(r"(?P<number>[+-]?[1-5])?(?P<day>[A-Z]{2})")
_MONTHS = 12
LONGEST = 999
"""Largest offset that is translated; larger ones are taken for typing errors."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The context of an item; `since` is the first day of validity of its run cycle.

    `name` is the name for calendars made of single dates. `free` returns the free days, or None if
    their calendar is unknown.
    """

    calendars: Named[Calendar]
    name: str
    span: Span
    since: date | None
    free: Callable[[], Free | None]


def days_of(clause: Clause, reading: Reading) -> list[DayRule] | None:
    """The days of an item, in parts; None if they are not known."""
    word = cast(Token, clause.children[0])
    offset = [t for t in clause.children[1:] if isinstance(t, Token)]
    if word.type == "STRING":
        return None if offset else _rule(unquoted(word), reading)
    upper = word.upper()
    if offset:
        is_known = upper not in _NAMED and len(offset) == 2
        calendar = reading.calendars.find(upper) if is_known else None
        return _later(calendar, offset[0], offset[1].upper(), reading) if calendar else None
    if upper in _NAMED:
        return [DayRule(_NAMED[upper])]
    if upper == "WORKDAYS":
        return _workdays(reading)
    day = read_date(word)
    if day is not None:
        return [listed(reading.name, reading.span, {day})]
    calendar = reading.calendars.find(upper)
    return [DayRule(run_calendar=calendar)] if calendar else None


def _workdays(reading: Reading) -> list[DayRule] | None:
    free = reading.free()
    return [DayRule(free.work_week, exclude_calendars=(free.calendar,))] if free else None


def _free_days(reading: Reading) -> list[DayRule] | None:
    free = reading.free()
    if free is None:
        return None
    return [*([DayRule(free.week)] if free.week else []), DayRule(run_calendar=free.calendar)]


def _later(calendar: Calendar, offset: str, unit: str, reading: Reading) -> list[DayRule] | None:
    """The days of a calendar moved by an offset of days, weekdays or workdays."""
    count, unit = signed(offset), unit.rstrip("S")
    free = reading.free() if unit == "WORKDAY" else None
    if unit == "DAY":
        days = DayRule(run_calendar=calendar)
        return shifted(days, count) if abs(count) <= LONGEST else None
    if not 0 < abs(count) <= LONGEST or (unit == "WORKDAY" and free is None):
        # The meaning of an offset of zero working days is not documented.
        return None
    step = _DAY if count > 0 else -_DAY
    found = set()
    for date_ in calendar.dates:
        day = date_
        for _ in range(abs(count)):
            day += step
            while day in free if free else week_day(day) in WEEKEND:
                day += step
        found.add(day)
    later = listed(f"{calendar.name} {count:+} {unit}S", calendar.span, found)
    return [replace(later, week=free.work_week if free else _NAMED["WEEKDAYS"])]


# -------------------------------------------------------------------- iCalendar rules


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for part in text.upper().split(";"):
        key, _, value = part.partition("=")
        if key.strip():
            found[key.strip()] = re.sub(r"\s", "", value)
    return found


def _rule(text: str, reading: Reading) -> list[DayRule] | None:
    """FREQ, INTERVAL and one of BYDAY, BYMONTHDAY (with BYMONTH), BYWORKDAY, BYFREEDAY."""
    pairs = _pairs(text)
    frequency = pairs.pop("FREQ", "")
    interval = pairs.pop("INTERVAL", "1")
    count = int(interval) if re.fullmatch(r"\d{1,3}", interval) else 0
    if not count:
        return None
    for key, read in (("BYWORKDAY", _workdays), ("BYFREEDAY", _free_days)):
        if pairs == {key: ""} and (frequency, count) == ("DAILY", 1):
            return read(reading)
    months = _numbers(pairs.pop("BYMONTH"), 1, _MONTHS) if "BYMONTH" in pairs else ()
    parts = None if months is None else _parts(frequency, pairs, months)
    if parts is None or count == 1:
        return parts
    if months or reading.since is None:
        return None
    if frequency == "DAILY" and parts == [DayRule()]:
        return [DayRule(every=Every(count, (reading.since,)))]
    if frequency == "WEEKLY":
        return _weeks(parts[0].week, count, reading.since)
    return _months(parts, count, reading.since) if frequency == "MONTHLY" else None


def _parts(frequency: str, pairs: dict[str, str], months: tuple[int, ...]) -> list[DayRule] | None:
    """The days of a rule with interval 1; None if they are not documented.

    The documentation does not define combinations of BYDAY and BYMONTHDAY.
    """
    by_month_day = pairs == {"BYMONTHDAY": pairs.get("BYMONTHDAY")}
    by_day = pairs == {"BYDAY": pairs.get("BYDAY")}
    if pairs and not by_month_day and not by_day:
        return None
    if by_month_day:
        numbers = _numbers(pairs["BYMONTHDAY"], -31, 31)
        is_known = numbers and frequency in ("DAILY", "MONTHLY", *(("YEARLY",) if months else ()))
        return [DayRule(month_days=numbers, months=months)] if numbers and is_known else None
    if by_day:
        found = [_NUMBERED.fullmatch(word) for word in pairs["BYDAY"].split(",")]
        if not all(match and match["day"] in _NAMES for match in found):
            return None
        named = [(match["number"], _NAMES.index(match["day"])) for match in found if match]
        if frequency == "MONTHLY" and all(number for number, _ in named):
            return _numbered([(int(number), day) for number, day in named], months)
        is_known = frequency in ("DAILY", "WEEKLY", "MONTHLY")
        if not is_known or any(number for number, _ in named):
            return None
        return [DayRule(tuple(sorted({day for _, day in named})), months=months)]
    return [DayRule(months=months)] if frequency == "DAILY" else None


def _numbered(named: list[tuple[int, int]], months: tuple[int, ...]) -> list[DayRule]:
    """Numbered days of a month, such as 2TH: the Thursday among the days from 8 to 14."""
    found: dict[int, set[int]] = {}
    for number, day in named:
        first = 7 * number - 6 if number > 0 else 7 * number
        found.setdefault(day, set()).update(range(first, min(first + 7, 32)))
    days_of_week: dict[tuple[int, ...], list[int]] = {}
    for day, numbers in sorted(found.items()):
        days_of_week.setdefault(tuple(sorted(numbers)), []).append(day)
    return [DayRule(tuple(week), numbers, months) for numbers, week in days_of_week.items()]


def _weeks(week: tuple[int, ...], count: int, since: date) -> list[DayRule] | None:
    """Days of the week every `count` weeks from `since`; None if the readings differ.

    The documentation does not say on which day a week begins, nor whether weeks are counted from
    that of `since` or from the first run.
    """
    after = week_day(since)
    readings = set()
    for begin in (0, 1):
        start = since - (after - begin) % 7 * _DAY
        days = (start + (day - begin) % 7 * _DAY for day in week)
        late = (day if day >= since else day + 7 * count * _DAY for day in days)
        readings.add(tuple(sorted(late)))
    readings.add(tuple(sorted(since + (day - after) % 7 * _DAY for day in week)))
    first = readings.pop()
    return [DayRule(week, every=Every(7 * count, first))] if not readings else None


def _months(parts: list[DayRule], count: int, since: date) -> list[DayRule] | None:
    """The days every `count` months; None unless a year is a multiple of `count` months."""
    before = [date(since.year, since.month, day) for day in range(1, since.day)]
    if _MONTHS % count or any(day in part for part in parts for day in before):
        return None
    months = {(since.month - 1 + number) % _MONTHS + 1 for number in range(0, _MONTHS, count)}
    return [DayRule(p.week, p.month_days, tuple(sorted(months))) for p in parts]


def _numbers(text: str, least: int, most: int) -> tuple[int, ...] | None:
    words = text.split(",")
    if not all(re.fullmatch(r"[+-]?\d{1,2}", word) for word in words):
        return None
    found = {int(word) for word in words}
    sound = all(least <= number <= most and number for number in found)
    return tuple(sorted(found)) if sound else None


# -------------------------------------------------------------------- comparison


def key_of_day(clause: Clause) -> str:
    """A text that is equal for items with equal days."""
    parts = [t for t in clause.children if isinstance(t, Token)]
    word = unquoted(parts[0]).upper()
    if parts[0].type == "STRING":
        word = ";".join(
            sorted(f"{k}={v}" for k, v in _pairs(word).items() if (k, v) != ("INTERVAL", "1"))
        )
    return " ".join((word, *(re.sub(r"\s", "", t).upper() for t in parts[1:])))
