"""Calendars of composer text: lists of dates, and free days."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from transpile.dialects.tws.values import place_of
from transpile.findings.codes.schedules import InvalidDate
from transpile.findings.diagnostics import Diagnostics
from transpile.model import WEEK, Calendar, DayRule
from transpile.model.days import week_day
from transpile.sources.text import Span

DEFAULT_FREE_DAYS = "HOLIDAYS"
"""The calendar of free days of streams that name no other."""

_DATE = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})")
_PLAIN = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_YEARS = range(1900, 9000)
_WORD = re.compile(r'"(?:[^"\\]|\\[\s\S])*"|[^\s,]+')


def read_date(word: str) -> date | None:
    """The date `12/31/2026`, `12/31/26` or `20261231`; None if it is none of these."""
    match = _DATE.fullmatch(word) or _PLAIN.fullmatch(word)
    if match is None:
        return None
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    try:
        return date(year, int(match["month"]), int(match["day"])) if year in _YEARS else None
    except ValueError:
        return None


def read_calendar(text: str, span: Span, diagnostics: Diagnostics) -> Iterator[Calendar]:
    """The calendar of a name, a description and dates; none is made if a date is invalid."""
    first, *words = _WORD.finditer(text)
    dates: set[date] = set()
    is_valid = True
    for word in words:
        day = read_date(word[0])
        if day is not None:
            dates.add(day)
        elif not word[0].startswith('"'):
            place = place_of(span, text, word.start())
            diagnostics.add(InvalidDate(value=word[0], name=first[0]), place, text=word[0])
            is_valid = False
    if is_valid:
        yield Calendar(first[0], span, tuple(sorted(dates)))


def listed(name: str, span: Span, dates: Iterable[date]) -> DayRule:
    """These dates, as a calendar."""
    return DayRule(run_calendar=Calendar(name, span, tuple(sorted(dates))))


@dataclass(frozen=True, slots=True)
class Free:
    """Free days: days of each week, and those of a calendar."""

    week: tuple[int, ...]
    calendar: Calendar

    def __contains__(self, day: date) -> bool:
        return week_day(day) in self.week or day in self.calendar

    @property
    def work_week(self) -> tuple[int, ...]:
        """The other days of a week."""
        return tuple(day for day in WEEK if day not in self.week)
