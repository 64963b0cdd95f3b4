"""Compares schedules by the moments at which they start jobs.

Two clocks that are written alike are the same. Others are compared moment by moment, on the days of
a period, and on all days near the dates that only one version lists: in a calendar, or as the first
or last day of a rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from transpile.drift.sides import Key, Side
from transpile.model import Calendar, Days
from transpile.model.day_engine import Clock
from transpile.model.rule_calendars import RuleCalendar
from transpile.model.ticks import UTC
from transpile.model.words import NOTHING, in_words

FIRST_YEAR = 2026
"""The year of the first day if no calendar lists dates."""

DAYS = 400
"""Length of the period in days: more than a year."""

_DAY = timedelta(days=1)
_NEAR = 10
"""So many days around a listed date are compared, because rules move starts away from it."""

_EARLIEST, _LATEST = date(1970, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are compared."""

    first: date
    days: int = DAYS

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (self.days - 1) * _DAY


@dataclass(frozen=True, slots=True)
class Dates:
    """The starts of a job in both versions; `gained` and `lost` are moments (UTC), in order.

    `zone` is that of the new schedule. `old` and `new` are the schedules in words.
    """

    old: str
    new: str
    zone: str
    gained: tuple[datetime, ...]
    lost: tuple[datetime, ...]

    @property
    def is_same(self) -> bool:
        """True if no start is gained or lost."""
        return not self.gained and not self.lost


Clocks = tuple[Clock, ...]


def first_day(sides: Iterable[Side]) -> date:
    """1 January of the last year that a calendar of the first side with calendars lists."""
    for side in sides:
        listed = {day for group in side.groups for c in group.clocks.values() for day in _listed(c)}
        years = [day.year for day in listed if _EARLIEST <= day <= _LATEST]
        if years:
            return date(max(years), 1, 1)
    return date(FIRST_YEAR, 1, 1)


def compare_dates(
    old: Side, new: Side, pair: tuple[Key | None, Key | None], networks: tuple[int, int], span: Span
) -> Dates | None:
    """The starts of a job, or of whole networks for no job; None if the clocks are the same."""
    left, zone = _clocks(old, pair[0], networks[0])
    right, new_zone = _clocks(new, pair[1], networks[1])
    if left == right and (zone == new_zone or not left):
        return None
    days = _days(left, right, span)
    before, after = _moments(left, zone, days), _moments(right, new_zone, days)
    return Dates(
        _shown(old, pair[0], networks[0]),
        _shown(new, pair[1], networks[1]),
        new_zone if right else zone,
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
    )


def excluded_dates(calendars: Iterable[Calendar | RuleCalendar], span: Span) -> frozenset[date]:
    """The days of calendars: those that they list, and those of rules in the span."""
    days = [span.first + number * _DAY for number in range(span.days)]
    found: set[date] = set()
    for calendar in calendars:
        if isinstance(calendar, Calendar):
            found.update(calendar.dates)
        else:
            found.update(day for day in days if day in calendar)
    return frozenset(found)


# ---------------------------------------------------------------- clocks


def _clocks(side: Side, key: Key | None, network: int) -> tuple[Clocks, str]:
    """The clocks of a job, or of its network, and the zone of those that name none."""
    group = side.groups[network]
    schedule = side.jobs[key].schedule if key is not None else group.said.schedule
    zone = schedule.timezone if schedule is not None else None
    return group.clocks.get(key.name if key is not None else None, ()), zone or UTC


def _shown(side: Side, key: Key | None, network: int) -> str:
    """The schedule in words."""
    group = side.groups[network]
    clocks, _ = _clocks(side, key, network)
    schedule = side.jobs[key].schedule if key is not None else group.said.schedule
    if schedule is None or any(type(clock).__str__ is not object.__str__ for clock in clocks):
        return "; ".join(map(_in_words, clocks)) or NOTHING
    return str(schedule)


def _in_words(clock: Clock) -> str:
    has_words = type(clock).__str__ is not object.__str__
    return str(clock) if has_words else in_words(clock)


def _moments(clocks: Clocks, zone: str, days: tuple[tuple[date, date], ...]) -> frozenset[datetime]:
    return frozenset(moment for clock in clocks for moment in _fires(clock, zone, days))


@lru_cache(maxsize=1024)
def _fires(clock: Clock, zone: str, days: tuple[tuple[date, date], ...]) -> tuple[datetime, ...]:
    """The moments on the days of each span, from a first one to a last one."""
    found: list[datetime] = []
    for first, last in days:
        begin, end = (_midnight(day) for day in (first, last + _DAY))
        found += clock.fires(zone, begin, end)
    return tuple(found)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)


# ---------------------------------------------------------------- days


def _days(old: Clocks, new: Clocks, span: Span) -> tuple[tuple[date, date], ...]:
    """The spans of days that are compared, from a first day to a last one."""
    found = {span.first.toordinal() + number for number in range(span.days)}
    for day in set(_listed(old)) ^ set(_listed(new)):
        if _EARLIEST <= day <= _LATEST:
            middle = day.toordinal()
            found.update(range(middle - _NEAR, middle + _NEAR + 1))
    spans: list[list[int]] = []
    for number in sorted(found):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in spans)


def _listed(clocks: Clocks) -> Iterator[date]:
    """The dates that clocks list."""
    for clock in clocks:
        days = getattr(clock, "days", None)
        if isinstance(days, Days):
            yield from _listed_days(days)


def _listed_days(days: Days) -> Iterator[date]:
    for calendar in days.calendars:
        yield from calendar.dates
    for rule in days.rules:
        yield from (day for day in (rule.since, rule.until) if day is not None)
        yield from rule.every.first if rule.every is not None else ()
    for rules in days.rule_calendars:
        for listed in rules.lists:
            yield from listed.dates
        for cycle in rules.cycles:
            for first, last in cycle.periods:
                yield from (first, last)
