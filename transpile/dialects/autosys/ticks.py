"""The start times of AutoSys as moments, and the hours of run windows.

Where the clock skips an hour, start_times in it fall to the first minute after it, with their
minutes as seconds, and only the earliest one of a job runs; start_mins in it do not exist. Where
the clock repeats an hour, start_times mean the second one and start_mins both. [AutoSys: Daylight
Time Changes, Standard Time Changes]
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.model import Calendar, Days, Schedule, Window
from transpile.model.clock import ClockChange, clock_changes
from transpile.model.rule_calendars import RuleCalendar
from transpile.model.run_log import Period

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)

Documented = Callable[[ClockChange], bool]
"""True for a change of the clock to which the rules of the documents are applied."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A start time. `excluded`: its day is left out. `moved`: a change of the clock decides it."""

    at: datetime
    excluded: bool = False
    moved: bool = False


def ticks(schedule: Schedule, period: Period, documented: Documented) -> list[Tick]:
    """The start times of a schedule in a period, in order."""
    found: dict[datetime, Tick] = {}
    for each in schedule.each():
        zone = each.timezone or period.zone
        everyday = _with_excluded(each.days)
        for day, changes in _days(zone, period):
            if day in everyday:
                excluded = day not in each.days
                for tick in _of_day(each, day, ZoneInfo(zone), changes, documented):
                    found.setdefault(tick.at, replace(tick, excluded=excluded))
    return [found[at] for at in sorted(found) if period.begin <= at < period.end]


def _with_excluded(days: Days) -> Days:
    return Days(tuple(replace(rule, exclude_calendars=(), exclude_rules=()) for rule in days.rules))


def _days(zone: str, period: Period) -> Iterator[tuple[date, tuple[ClockChange, ...]]]:
    """The local days around a period, each with the changes of the clock in it."""
    info = ZoneInfo(zone)
    first = period.begin.astimezone(info).date() - _DAY
    last = period.end.astimezone(info).date() + _DAY
    changes = clock_changes(zone, first, last)
    day = first
    while day <= last:
        yield day, tuple(c for c in changes if day in (c.before.date(), c.after.date()))
        day += _DAY


def _of_day(
    schedule: Schedule,
    day: date,
    zone: ZoneInfo,
    changes: tuple[ClockChange, ...],
    documented: Documented,
) -> Iterator[Tick]:
    put_off: list[Tick] = []
    for hour, minute in schedule.times:
        wall = datetime(day.year, day.month, day.day, hour, minute)
        change = next((c for c in changes if c.concerns(wall)), None)
        if change is None:
            yield Tick(_utc(wall, zone))
        elif not documented(change):
            yield Tick(_utc(wall, zone), moved=True)
        elif change.is_forward:
            put_off.append(Tick(change.moment + timedelta(seconds=minute), moved=True))
        else:
            yield Tick(_utc(wall, zone, fold=1), moved=True)
    yield from sorted(put_off, key=lambda tick: tick.at)[:1]
    for hour in range(24) if schedule.minutes else ():
        for minute in schedule.minutes:
            wall = datetime(day.year, day.month, day.day, hour, minute)
            change = next((c for c in changes if c.concerns(wall)), None)
            if change is None:
                yield Tick(_utc(wall, zone))
            elif not change.is_forward:
                yield Tick(_utc(wall, zone), moved=True)
                yield Tick(_utc(wall, zone, fold=1), moved=True)


def _utc(wall: datetime, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The moment of a local time; one that the clock skips counts from before the change."""
    return wall.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc)


class Openings:
    """When a run window is open in a period, and a day before and after it.

    Its ends are minutes that belong to it. Where the clock changes, a close that is skipped moves
    an hour on and an opening to the end of the gap; of a repeated hour the first close and the
    second opening count.
    """

    def __init__(self, window: Window, zone: str, period: Period) -> None:
        info = ZoneInfo(zone)
        self.opens: list[datetime] = []
        self.closes: list[datetime] = []
        for day, changes in _days(zone, period):
            midnight = datetime(day.year, day.month, day.day)
            opening = midnight + timedelta(minutes=window.opens)
            gap = next((c for c in changes if c.is_forward and c.concerns(opening)), None)
            self.opens.append(gap.moment if gap else _utc(opening, info, fold=1))
            self.closes.append(_utc(midnight + timedelta(minutes=window.closes), info))
        self.opens.sort()
        self.closes.sort()

    def is_open(self, now: datetime) -> bool:
        """True if a job may start now."""
        opening, close = self.last_opening(now), self.last_close(now)
        return opening is not None and (close is None or close < opening or now < close + _MINUTE)

    def last_opening(self, now: datetime) -> datetime | None:
        """The latest opening until now."""
        place = bisect_right(self.opens, now)
        return self.opens[place - 1] if place else None

    def last_close(self, now: datetime) -> datetime | None:
        """The latest close until now."""
        place = bisect_right(self.closes, now)
        return self.closes[place - 1] if place else None

    def next_opening(self, now: datetime) -> datetime | None:
        """The first opening after now."""
        place = bisect_right(self.opens, now)
        return self.opens[place] if place < len(self.opens) else None


def is_excluded(calendars: Iterable[Calendar | RuleCalendar], zone: str, moment: datetime) -> bool:
    """True on the days of one of the calendars."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    return any(day in calendar for calendar in calendars)
