"""When the source starts a job by the clock.

`at_change` of a schedule says what it does where the clock changes. Without it, a start time in a
repeated hour means the second one, and minutes of every hour start in both. A start time in a
skipped hour starts right after it, and minutes of every hour leave that hour out. A start outside
the run window is put off to the opening if that is nearer than the last close, else lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.model.clock import clock_changes
from transpile.model.days import Days
from transpile.model.schedule import AtChange, Schedule

UTC = "UTC"
"""The zone of a schedule that names none, on both sides of a comparison."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ScheduleClock:
    """The clock of a schedule that has no cron expression."""

    schedule: Schedule

    @property
    def days(self) -> Days:
        """The days that decide when it fires."""
        return self.schedule.days

    def __str__(self) -> str:
        return str(self.schedule)

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end` at which it fires, in order."""
        first = begin.date() - 2 * _DAY
        moments = starts(self.schedule, first, (end - begin).days + 5, zone)
        yield from (moment for moment in moments if begin <= moment < end)


def starts(schedule: Schedule, first: date, days: int, zone: str = UTC) -> list[datetime]:
    """The moments (UTC) of all starts on so many days from the first one, in its time zone.

    A schedule that names no time zone is in `zone`.
    """
    found = {m for each in schedule.each() for m in _starts(each, first, days, zone)}
    return sorted(found)


def _starts(schedule: Schedule, first: date, days: int, zone: str) -> Iterator[datetime]:
    zone = schedule.timezone or zone
    info = ZoneInfo(zone)
    changes = clock_changes(zone, first - 2 * _DAY, first + (days + 2) * _DAY)
    for number in range(days):
        day = first + number * _DAY
        if day not in schedule.days:
            continue
        for wall in _walls(schedule, day):
            gaps = (change for change in changes if change.is_forward and change.concerns(wall))
            gap = next(gaps, None)
            if gap is None:
                for fold in _folds(schedule):
                    yield wall.replace(tzinfo=info, fold=fold).astimezone(timezone.utc)
            elif _makes_up(schedule):
                yield gap.moment


def _folds(schedule: Schedule) -> tuple[int, ...]:
    """Which of two times that look the same start: 0 for the first one, 1 for the second one."""
    if schedule.at_change in (AtChange.ONCE, AtChange.MADE_UP):
        return (0,)
    return (1,) if schedule.times and schedule.at_change is None else (0, 1)


def _makes_up(schedule: Schedule) -> bool:
    if schedule.at_change is None:
        return bool(schedule.times)
    return schedule.at_change is AtChange.MADE_UP


def _walls(schedule: Schedule, day: date) -> Iterator[datetime]:
    """The local start times of a day; times outside the run window move to its opening."""
    for hour, minute in _times(schedule):
        wall = datetime(day.year, day.month, day.day, hour, minute)
        if schedule.window is not None:
            # The last close and the next opening, of the windows around that day.
            window, midnight = schedule.window, datetime(day.year, day.month, day.day)
            around = [midnight + number * _DAY for number in (-1, 0, 1, 2)]
            if hour * 60 + minute not in window:
                opening = min(o for o in _at(around, window.opens) if o > wall)
                close = max(c for c in _at(around, window.closes) if c < wall)
                if opening - wall >= wall - close:
                    continue
                wall = opening
        yield wall


def _at(days: list[datetime], minute: int) -> list[datetime]:
    return [day + timedelta(minutes=minute) for day in days]


def _times(schedule: Schedule) -> Iterator[tuple[int, int]]:
    yield from schedule.times
    yield from ((hour, minute) for hour in range(24) for minute in schedule.minutes)
