"""Calendar events as schedules: days, times, and the years in which they count."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from transpile.dialects.kit.values import runs
from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.calendar_parts import DAYS, MONTHS, YEARS
from transpile.model import Schedule
from transpile.model.days import WEEK, DayRule, Days
from transpile.model.schedule import AtChange
from transpile.sources.text import Span

_FIRST, _MOST = 2026, 12
"""Years before the first one are over; so many runs of years become rules."""

_HOURS, _MINUTES = 24, 24 * 60
_DAY_ONE, _SEARCHED = date(2026, 1, 1), timedelta(days=366)
"""The days that are searched for starts that are near each other."""


def schedule_of(event: CalendarEvent, span: Span, zone: str | None) -> Schedule:
    """The schedule of an event that elapses once in a minute, and has days left."""
    times = tuple(event.times)
    minutes = sorted({minute for _, minute in times})
    is_hourly = len(times) == _HOURS * len(minutes)
    return Schedule(
        span,
        days=Days(tuple(_rules(event))),
        times=() if is_hourly else times,
        minutes=tuple(minutes) if is_hourly else (),
        timezone=zone,
        skips=True,
        at_change=AtChange.ONCE,
    )


def last_day(event: CalendarEvent) -> date | None:
    """The last day of its schedule; None if it goes on to the end of all years."""
    limits = list(_years(event))
    until = limits[-1][1] if limits else None
    if until is None:
        return None
    for year in range(until.year - 1, _FIRST - 1, -1):
        days = list(event.days_between(date(year, 1, 1), date(year, 12, 31)))
        if days:
            return days[-1]
    return None


def has_days(event: CalendarEvent) -> bool:
    """True if it elapses on some day that is not over."""
    days = event.days_between(date(_FIRST, 1, 1), date(YEARS.high, 12, 31))
    return next(days, None) is not None


def gap(events: Sequence[CalendarEvent]) -> int | None:
    """The minimum number of minutes between two starts; None for a day or more."""
    times = [sorted({hour * 60 + minute for hour, minute in event.times}) for event in events]
    near = [after - before for each in times for before, after in pairwise(each)]
    if near and min(near) == 1:
        return 1
    days_of = [set(event.days_between(_DAY_ONE, _DAY_ONE + _SEARCHED)) for event in events]
    last: int | None = None
    for number in range(_SEARCHED.days):
        day = _DAY_ONE + timedelta(days=number)
        today = {t for each, days in zip(times, days_of, strict=True) if day in days for t in each}
        for minute in sorted(today):
            start = number * _MINUTES + minute
            near += [start - last] if last is not None else []
            last = start
    least = min(near, default=_MINUTES)
    return least if least < _MINUTES else None


def _rules(event: CalendarEvent) -> Iterator[DayRule]:
    week = tuple(sorted((day + 1) % len(WEEK) for day in event.weekdays)) or WEEK
    months = event.month_numbers
    month_days = event.month_days
    for since, until in _years(event):
        yield DayRule(
            week=week,
            month_days=() if len(month_days) == DAYS.high else month_days,
            months=() if len(months) == MONTHS.high else months,
            since=since,
            until=until,
        )


def _years(event: CalendarEvent) -> Iterator[tuple[date | None, date | None]]:
    """The runs of its years, each from a day to before another; None where there is no limit."""
    if not event.years:
        yield None, None
        return
    found = [(a, b) for a, b in runs(event.year_numbers) if b >= _FIRST]
    for first, last in found[:_MOST]:
        since = date(first, 1, 1) if first > _FIRST else None
        yield since, None if last == YEARS.high else date(last + 1, 1, 1)
