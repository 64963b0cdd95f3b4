"""Quartz expressions: the moments at which a trigger fires.

Quartz searches the times of the local clock. It fires once at a time that the clock repeats, the
second time, and never at one that it skips. Recorded runs of Quartz confirm this (tests/azkaban).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from transpile.dialects.azkaban.schedules import DAYS, FIELDS, SECONDS, numbers
from transpile.dialects.kit.cron import CronError, Field
from transpile.dialects.kit.days import shown_moments
from transpile.model.days import week_day

_YEARS = Field("years", 1970, 2099)
_DAY = timedelta(days=1)
_LAST = re.compile(r"L(?:-(?P<before>[0-9]{1,2}))?(?P<work>W)?")
_NEAREST = re.compile(r"(?P<day>[0-9]{1,2})W")
_IN_MONTH = re.compile(r"(?P<day>[1-7]|[A-Z]{3})(?:L|#(?P<which>[1-5]))")
_WORK_DAYS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Quartz:
    """An expression; `month_day` and `week_day` are what it says about days, else empty."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    months: frozenset[int]
    years: frozenset[int]
    month_day: str
    week_day: str

    @classmethod
    def read(cls, expression: str) -> "Quartz":
        """The expression of six or seven fields. Raises CronError."""
        parts = expression.upper().split()
        if len(parts) not in (6, 7):
            raise CronError("it does not have six or seven fields")
        if (parts[3] == "?") == (parts[5] == "?"):
            raise CronError("Quartz needs ? for the days of the month or the days of the week")
        minutes, hours, _, months, _ = FIELDS
        found = cls(
            tuple(numbers(parts[0], SECONDS)),
            tuple(numbers(parts[1], minutes)),
            tuple(numbers(parts[2], hours)),
            frozenset(numbers(parts[4], months)),
            frozenset(numbers(parts[6] if len(parts) == 7 else "*", _YEARS)),
            parts[3].replace("?", ""),
            parts[5].replace("?", ""),
        )
        # Reads the days, too.
        found.days_of(2026, 1)
        return found

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end` at which it fires, in order."""
        times = [time(*found) for found in product(self.hours, self.minutes, self.seconds)]

        def times_of(day: date) -> Iterator[datetime]:
            yield from (datetime.combine(day, at) for at in times if self._is_on(day))

        yield from shown_moments(zone, begin, end, times_of, folds=(1,))

    def _is_on(self, day: date) -> bool:
        if day.month not in self.months or day.year not in self.years:
            return False
        return day.day in self.days_of(day.year, day.month)

    def days_of(self, year: int, month: int) -> frozenset[int]:
        """The days of a month on which it fires. Raises CronError."""
        length = calendar.monthrange(year, month)[1]
        if self.month_day:
            return frozenset(_month_days(self.month_day, date(year, month, length)))
        return frozenset(_week_days(self.week_day, date(year, month, length)))


def _month_days(text: str, last: date) -> list[int]:
    """The days of a month that ends with the day `last`."""
    if end := _LAST.fullmatch(text):
        day = last - int(end["before"] or 0) * _DAY
        return [] if day.month != last.month else [_nearest(day, last) if end["work"] else day.day]
    if nearest := _NEAREST.fullmatch(text):
        day_of_month = int(nearest["day"])
        if not 1 <= day_of_month <= 31:
            raise CronError(f"{text} for the days of the month is not supported")
        # A month without the day: the search goes over its end.
        return [] if day_of_month > last.day else [_nearest(last.replace(day=day_of_month), last)]
    return numbers(text, FIELDS[2])


def _nearest(day: date, last: date) -> int:
    """The nearest day from Monday to Friday in the same month."""
    if week_day(day) in _WORK_DAYS:
        return day.day
    if week_day(day) == 6:
        return day.day + 2 if day.day == 1 else day.day - 1
    return day.day - 2 if day == last else day.day + 1


def _week_days(text: str, last: date) -> list[int]:
    """The days of a month that ends with the day `last`, by days of the week."""
    every = [last.replace(day=number) for number in range(1, last.day + 1)]
    if text == "L":
        text = "7"
    if found := _IN_MONTH.fullmatch(text):
        word = found["day"]
        number = DAYS.index(word) if word in DAYS else int(word) - 1 if word.isdigit() else -1
        on = [day.day for day in every if week_day(day) == number]
        if number < 0:
            raise CronError(f"{text} for the days of the week is not supported")
        if found["which"] is None:
            return on[-1:]
        which = int(found["which"])
        return on[which - 1 : which]
    allowed = {found - 1 for found in numbers(text, FIELDS[4])}
    return [day.day for day in every if week_day(day) in allowed]
