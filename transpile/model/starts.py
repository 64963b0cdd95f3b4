"""The start times of a schedule, as moments."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from transpile.model.schedule import Schedule

UTC = ZoneInfo("UTC")
_FIRST, _DAYS = date(2026, 1, 1), 731
"""The days that are searched for start times."""


@lru_cache(maxsize=4096)
def starts_of(schedule: Schedule) -> tuple[datetime, ...]:
    """The start times (UTC) of a schedule in two years, in order."""
    found: set[datetime] = set()
    for each in schedule.opened():
        zone = ZoneInfo(each.timezone) if each.timezone else UTC
        times = {*each.times, *((hour, minute) for hour in range(24) for minute in each.minutes)}
        walls = [time(hour, minute, tzinfo=zone) for hour, minute in times]
        days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
        for day in days:
            if day in each.days:
                found.update(datetime.combine(day, wall).astimezone(UTC) for wall in walls)
    return tuple(sorted(found))
