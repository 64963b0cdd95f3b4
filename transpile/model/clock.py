"""Changes of the clock in a time zone."""

import functools
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At `moment` (UTC) the clock goes from `before` to `after`, both without a zone.

    What lies between happens never where the clock goes forward, and twice where it goes back.
    """

    moment: datetime
    before: datetime
    after: datetime

    @property
    def is_forward(self) -> bool:
        """True if the clock skips times."""
        return self.after > self.before

    def concerns(self, wall: datetime) -> bool:
        """True for a time that the clock skips or repeats."""
        return min(self.before, self.after) <= wall < max(self.before, self.after)


@functools.lru_cache(maxsize=64)
def clock_changes(zone: str, first: date, last: date) -> tuple[ClockChange, ...]:
    """The changes from the first day to the last one, in order."""
    info = ZoneInfo(zone)
    found = []
    low = datetime(first.year, first.month, first.day, tzinfo=timezone.utc)
    end = datetime(last.year, last.month, last.day, tzinfo=timezone.utc) + timedelta(days=1)
    while low < end:
        high = low + timedelta(days=1)
        if _offset(low, info) != _offset(high, info):
            found.append(_change(low, high, info))
        low = high
    return tuple(found)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> ClockChange:
    """The change between two moments; a day has at most one."""
    old, new = _offset(low, zone), _offset(high, zone)
    while high - low > _MINUTE:
        middle = low + (high - low) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        low, high = (middle, high) if _offset(middle, zone) == old else (low, middle)
    plain = high.replace(tzinfo=None)
    return ClockChange(high, plain + old, plain + new)
