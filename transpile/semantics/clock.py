"""When the source's engine starts a job by the clock.

AutoSys, where the clock changes: of an hour that happens twice it passes over the first one. A job
of an hour that does not happen starts right after it; minutes of every hour leave that hour out.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.ir import Schedule
from transpile.ir.clock import clock_changes

UTC = "UTC"
"""The zone of a schedule that names none, on both sides."""

_DAY = timedelta(days=1)


def starts(schedule: Schedule, first: date, days: int) -> list[datetime]:
    """The moments (UTC) of all starts on so many days from the first one, by the clock there."""
    found = {moment for each in schedule.each() for moment in _starts(each, first, days)}
    return sorted(found)


def _starts(schedule: Schedule, first: date, days: int) -> Iterator[datetime]:
    zone = schedule.timezone or UTC
    info = ZoneInfo(zone)
    changes = clock_changes(zone, first - 2 * _DAY, first + (days + 2) * _DAY)
    for number in range(days):
        day = first + number * _DAY
        if day not in schedule.days:
            continue
        for hour, minute in _times(schedule):
            wall = datetime(day.year, day.month, day.day, hour, minute)
            gaps = (change for change in changes if change.is_forward and change.concerns(wall))
            gap = next(gaps, None)
            if gap is None:
                # The second of two, where there are two.
                yield wall.replace(tzinfo=info, fold=1).astimezone(timezone.utc)
            elif schedule.times:
                yield gap.moment


def _times(schedule: Schedule) -> Iterator[tuple[int, int]]:
    yield from schedule.times
    yield from ((hour, minute) for hour in range(24) for minute in schedule.minutes)
