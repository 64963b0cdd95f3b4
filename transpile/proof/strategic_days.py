"""The days of an estate that are worth playing: where calendars and clocks do what they rarely do.

They are the ends of months and quarters, the dates of calendars, changes of the clock, and the day
after each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transpile.model import Calendar, Facts, Schedule
from transpile.model.clock import clock_changes

_DAY = timedelta(days=1)
_YEAR = 366
_BEFORE = 2
"""Number of days that are played before a strategic one, so that statuses are there."""

_MOST_DATES = 60
"""A calendar with more dates in a year names ordinary days."""

_CLOCK, _QUARTER, _HOLIDAY, _MONTH = 4, 3, 2, 1
"""How much each kind of day is worth."""


@dataclass(frozen=True, slots=True)
class StrategicDay:
    """A day, why it matters, and how much."""

    day: date
    why: str
    worth: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A number of days from a first one, and the strategic days in it."""

    first: date
    days: tuple[StrategicDay, ...]


def stretches(
    networks: Sequence[Facts], zone: str, today: date, length: int, most: int
) -> list[Stretch]:
    """At most so many stretches of days in the year from today, the most telling ones first."""
    left = sorted(strategic_days(networks, zone, today), key=lambda found: (found.day, found.why))
    found: list[Stretch] = []
    while left and len(found) < most:
        before = min(_BEFORE, max(length - 2, 0)) * _DAY
        candidates = dict.fromkeys(max(today, each.day - before) for each in left)
        best = max(candidates, key=lambda first: _worth(_inside(left, first, length), first))
        inside = _inside(left, best, length)
        if not inside:
            break
        found.append(Stretch(best, tuple(inside)))
        left = [each for each in left if each not in inside]
    return found or [Stretch(today, ())]


def _worth(days: Sequence[StrategicDay], first: date) -> tuple[int, int]:
    """What the days of a stretch are worth; of equal stretches the earliest is best."""
    return sum(each.worth for each in days), -first.toordinal()


def _inside(days: Sequence[StrategicDay], first: date, length: int) -> list[StrategicDay]:
    """The days in a stretch with the day after each, if it is long enough for that."""
    last = first + (length - 1) * _DAY
    after = _DAY if length > 1 else 0 * _DAY
    return [each for each in days if first <= each.day and each.day + after <= last]


def strategic_days(networks: Sequence[Facts], zone: str, today: date) -> Iterator[StrategicDay]:
    """The strategic days of an estate in the year from today."""
    last = today + _YEAR * _DAY
    for day in (today + number * _DAY for number in range(_YEAR)):
        if (day + _DAY).day == 1:
            is_quarter = day.month % 3 == 0
            why = "end of the quarter" if is_quarter else "end of the month"
            yield StrategicDay(day, why, _QUARTER if is_quarter else _MONTH)
    schedules = [each for facts in networks for each in _schedules(facts)]
    zones = dict.fromkeys((zone, *(each.timezone for each in schedules if each.timezone)))
    for name in zones:
        for change in clock_changes(name, today, last):
            yield StrategicDay(change.after.date(), f"the clock changes in {name}", _CLOCK)
    calendars = dict.fromkeys(c for each in schedules for c in each.days.calendars)
    for calendar in calendars:
        dates = _dates(calendar, today, last)
        for day in dates if len(dates) <= _MOST_DATES else ():
            yield StrategicDay(day, f"in calendar {calendar.name}", _HOLIDAY)


def _dates(calendar: Calendar, first: date, last: date) -> list[date]:
    number = (last - first).days
    return [day for n in range(number) if (day := first + n * _DAY) in calendar]


def _schedules(facts: Facts) -> Iterator[Schedule]:
    own = facts.said.schedule
    if own is not None:
        yield from own.each()
    for job in facts.said.jobs.values():
        if job.schedule is not None:
            yield from job.schedule.each()
