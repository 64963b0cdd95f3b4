"""Calendars of Control-M: years of days in DEFCAL exports.

Control-M: YEAR has a string with a letter for each day, Y for those of the calendar (ctrlm9 18553).
Some exports have 31 letters for each month; those behind the end of a month say nothing.
"""

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from transpile.dialects.controlm.codes.days import (
    CalendarDefinedTwice,
    CalendarUnusable,
    PeriodicCalendar,
)
from transpile.dialects.controlm.elements import Element
from transpile.dialects.kit.names import Named
from transpile.findings.codes.reading import UnusedCalendar
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar
from transpile.sources.text import Span

CALENDARS = ("CALENDAR", "RULE_BASED_CALENDAR")
"""Tags of calendars beside folders."""

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

_DAY = timedelta(days=1)
_LONGEST = 31
_YEARS = range(1900, 2200)
_BLANKS = re.compile(r"\s+")
_RANGE = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", re.ASCII)
_PERIODS = "it has periods"
_BROKEN = "its definition cannot be used"


@dataclass(frozen=True, slots=True)
class WorkDays:
    """The dates of a calendar; days of other years than these are not known."""

    calendar: Calendar
    years: frozenset[int]

    def __contains__(self, day: date) -> bool:
        return day in self.calendar

    def knows(self, day: date) -> bool:
        """True if the calendar says whether the day is one of its days."""
        return day.year in self.years

    def days(self) -> Iterator[date]:
        """All days that the calendar knows, in order."""
        for year in sorted(self.years):
            yield from _days_of(year)

    def step(self, day: date, count: int) -> date | None:
        """The n-th of its days after the day, or before it; None if it does not know that many."""
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left and self.knows(day := day + step):
            left -= day in self
        return None if left else day


@dataclass(frozen=True, slots=True)
class Defined:
    """A calendar: `work` has its dates, or `rules` its criteria; else `reason` says why not."""

    name: str
    span: Span
    work: WorkDays | None = None
    rules: Element | None = None
    reason: str = ""


def read_calendars(elements: Iterable[Element], diagnostics: Diagnostics) -> Named[Defined]:
    """The calendars among these elements; a later definition replaces an earlier one."""
    found: Named[Defined] = Named()
    for element in elements:
        if element.tag not in CALENDARS or not element.get("NAME"):
            continue
        defined = _defined(element, diagnostics)
        earlier = found.add(defined.name, defined)
        if earlier is not None and not _is_same(earlier, defined):
            place = f"{earlier.span.file}:{earlier.span.line}"
            again = CalendarDefinedTwice(name=defined.name, earlier=place)
            diagnostics.add(again, element.span(), text=defined.name)
    return found


def report_unused(calendars: Named[Defined], diagnostics: Diagnostics) -> None:
    """Report the calendars that nothing has looked for."""
    for defined in calendars.unused():
        diagnostics.add(UnusedCalendar(name=defined.name), defined.span, text=defined.name)


def _is_same(one: Defined, other: Defined) -> bool:
    if one.rules is not None and other.rules is not None:
        return one.rules.attributes == other.rules.attributes
    return one.work == other.work and one.reason == other.reason


def _defined(element: Element, diagnostics: Diagnostics) -> Defined:
    name, span = element.get("NAME"), element.span()
    kind = element.get("TYPE").upper().replace("_", "").replace("-", "")
    inner = next(element.all("RULE_BASED_CALENDAR"), None)
    if inner is not None or kind == "RULEBASED" or element.tag == "RULE_BASED_CALENDAR":
        return Defined(name, span, rules=inner or element)
    if kind == "PERIODIC":
        diagnostics.add(PeriodicCalendar(name=name), element.span("TYPE"), text=name)
        return Defined(name, span, reason=_PERIODS)
    years: dict[int, tuple[date, ...]] = {}
    is_sound = True
    for year in element.all("YEAR"):
        try:
            number, dates = _year(year)
            if years.setdefault(number, dates) != dates:
                raise _Wrong("NAME", f"the year {number} is there twice")
        except _Wrong as wrong:
            unusable = CalendarUnusable(name=name, reason=wrong.reason)
            diagnostics.add(unusable, year.span(wrong.attribute), text=year.word(wrong.attribute))
            is_sound = False
    if not is_sound:
        return Defined(name, span, reason=_BROKEN)
    dates = tuple(sorted(day for each in years.values() for day in each))
    return Defined(name, span, WorkDays(Calendar(name, span, dates), frozenset(years)))


# -------------------------------------------------------------------- years


class _Wrong(Exception):
    """A year cannot be read, because of this attribute."""

    def __init__(self, attribute: str, reason: str) -> None:
        super().__init__(reason)
        self.attribute = attribute
        self.reason = reason


def _year(element: Element) -> tuple[int, tuple[date, ...]]:
    """A year and its days. Raises _Wrong."""
    word = element.get("NAME")
    year = int(word) if re.fullmatch(r"\d{4}", word, re.ASCII) else 0
    if year not in _YEARS:
        raise _Wrong("NAME", f"{word or 'nothing'} is no year")
    if any(month in element.attributes for month in MONTHS):
        return year, tuple(_by_months(element, year))
    return year, tuple(_by_letters(element.attributes.get("DAYS", ""), year))


def _by_months(element: Element, year: int) -> Iterator[date]:
    """The days of a year with an attribute for each month: letters, or days such as 1,10-15."""
    for number, month in enumerate(MONTHS, 1):
        days = _days_of(year, number)
        text = element.get(month)
        letters = _BLANKS.sub("", text).upper()
        if letters and set(letters) <= set("YN"):
            if len(letters) not in (len(days), _LONGEST):
                raise _Wrong(month, f"{month} has {len(letters)} letters")
            yield from (day for day, letter in zip(days, letters, strict=False) if letter == "Y")
            continue
        for part in filter(None, map(str.strip, text.split(","))):
            match = _RANGE.fullmatch(part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
            if not 1 <= first <= last <= _LONGEST:
                raise _Wrong(month, f"{part} is no day of {month}")
            yield from days[first - 1 : last]


def _by_letters(text: str, year: int) -> Iterable[date]:
    """The days of a year with a letter for each day. Raises _Wrong.

    Blanks come from line breaks; if the length is right only with them, each is a day without Y.
    """
    days = _days_of(year)
    letters = _BLANKS.sub("", text).upper()
    lengths = (len(days), 366, 12 * _LONGEST)
    if len(letters) not in lengths and len(text) in lengths:
        letters = re.sub(r"\s", "N", text).upper()
    if strange := sorted(set(letters) - set("YN")):
        raise _Wrong("DAYS", f"DAYS of {year} has the letter {strange[0]}")
    if len(letters) == len(days):
        return _marked(days, letters)
    if len(letters) == 12 * _LONGEST:
        return _in_grid(letters, year)
    if len(letters) != 366:
        raise _Wrong("DAYS", f"DAYS of {year} has {len(letters)} letters, not {len(days)}")
    # One letter too many: of 29 February, or of a day behind the end of the year.
    found = _marked(days, letters)
    if found != _marked(days, letters[:59] + letters[60:]):
        raise _Wrong("DAYS", f"DAYS of {year} has 366 letters, the year 365 days")
    return found


def _in_grid(letters: str, year: int) -> list[date]:
    found: list[date] = []
    for month in range(12):
        part = letters[month * _LONGEST : (month + 1) * _LONGEST]
        found += _marked(_days_of(year, month + 1), part)
    return found


def _marked(days: list[date], letters: str) -> list[date]:
    return [day for day, letter in zip(days, letters, strict=False) if letter == "Y"]


def _days_of(year: int, month: int = 0) -> list[date]:
    """The days of a year, or of a month."""
    first = date(year, month or 1, 1)
    if not month:
        return [first + number * _DAY for number in range(365 + isleap(year))]
    days = (first + number * _DAY for number in range(_LONGEST))
    return [day for day in days if day.month == month]
