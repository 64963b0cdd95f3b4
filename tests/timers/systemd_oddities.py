"""What systemd 252 does otherwise than systemd.time(7) says, from its source and observed.

- An open repetition (`N/STEP`) goes on beyond the last number of its field, and the search with it:
  the next minute after 23:56 in `*:0/7` is the 63rd, and 00:00 is lost. So it is with the 25th hour
  at the end of a month, the 47th day of December, and the 63rd second at the end of an hour.
  systemd issue 40260.
- Where the clock changes between the time from which the search goes on and the one beyond, it
  begins an hour late.
- An hour that the clock skips stands for the one as much later. What lies before that is lost.
- In an hour that the clock shows twice, an event with `~` goes on with the second time.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.calendar_parts import SECOND, Parts

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


def elapses(
    event: CalendarEvent, moments: Iterable[datetime], base: datetime
) -> Iterator[datetime]:
    """Those of the moments at which systemd 252 lets the event elapse, all after `base`.

    The moments are in the zone of the event.
    """
    previous = base
    for moment in moments:
        found = moment.replace(fold=0)
        if not any(loses(event, previous, found) for loses in _LOSES):
            yield moment
            previous = found


def is_same_but_repeated(event: CalendarEvent, zone: str, one: int, other: int) -> bool:
    """True if two moments (seconds since 1970) show the same time, and the event has a `~`."""
    info = ZoneInfo(event.zone or zone)
    shown = {_plain(datetime.fromtimestamp(at, info)) for at in (one, other)}
    return event.from_end and len(shown) == 1


def _loses_seconds(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """The first seconds of an hour."""
    hour = wall.replace(minute=0, second=0, microsecond=0)
    if not timedelta() < _plain(hour) - _plain(previous) <= timedelta(minutes=1) or wall.minute:
        return False
    beyond = _beyond(event.seconds, _second(previous), 60 * SECOND)
    return beyond is not None and _second(wall) < beyond


def _loses_minutes(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """The first minutes of a day."""
    if not (_follows(event, previous, wall) and previous.hour == 23 and wall.hour == 0):
        return False
    beyond = _beyond(event.minutes, previous.minute, 60) if _has(event.hours, 23, 23) else None
    return beyond is not None and wall.minute < beyond


def _loses_hours(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """The first hours of a month; of another day, if its clock changes."""
    beyond = _beyond(event.hours, previous.hour, 24) if _follows(event, previous, wall) else None
    if beyond is None:
        return False
    day = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    if wall.day > 1:
        return _is_before(wall, day, day + beyond * _HOUR)
    return wall.hour < beyond


def _loses_days(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """The first days of a year; the first hour of another month, if the clock changes in it."""
    first = wall.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = first - _DAY
    is_searched = _has(event.months, end.month, 12) and _has(event.years, end.year, 2199)
    if event.from_end or previous >= first or not is_searched:
        return False
    begin = previous.day if (previous.year, previous.month) == (end.year, end.month) else 1
    found = [day for day in event.days_of(end.year, end.month) if day >= begin]
    beyond = _beyond(event.days, max(found, default=begin - 1), end.day + 1, is_met=True)
    if beyond is None:
        return False
    return wall.day <= beyond if wall.month == 1 else _is_before(wall, first, first + beyond * _DAY)


def _loses_behind_gap(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """The times before the one for which a skipped hour stands."""
    for hour in sorted({n for part in event.hours for n in part.numbers(23)}):
        skipped = wall.replace(hour=hour, minute=0, second=0, microsecond=0)
        shown = skipped.astimezone(timezone.utc).astimezone(wall.tzinfo)
        if _plain(shown) != _plain(skipped):
            return previous < skipped < wall < shown
    return False


_LOSES = (_loses_seconds, _loses_minutes, _loses_hours, _loses_days, _loses_behind_gap)


def _is_before(wall: datetime, back: datetime, over: datetime) -> bool:
    """True if a time is before the one from which systemd searches.

    That is `back`, as a clock shows it that is like the clock at `over`.
    """
    shift = (back.utcoffset() or timedelta()) - (over.utcoffset() or timedelta())
    return wall < back + shift


def _beyond(parts: Parts, after: int, limit: int, *, is_met: bool = False) -> int | None:
    """How far a repetition exceeds the end of its field, if no number of the field is left.

    The search begins behind a number that the field has.
    """
    begin = after + 1 if is_met or _has(parts, after, limit - 1) else after
    if begin >= limit or any(begin <= n < limit for p in parts for n in p.numbers(limit - 1)):
        return None
    opens = [part for part in parts if part.step and part.stop is None]
    steps = [-(-(limit - part.start) // part.step) * part.step for part in opens]
    return min((part.start + n - limit for part, n in zip(opens, steps, strict=True)), default=None)


def _has(parts: Parts, number: int, last: int) -> bool:
    return not parts or any(number in part.numbers(last) for part in parts)


def _follows(event: CalendarEvent, previous: datetime, wall: datetime) -> bool:
    """True if the day before is that of `previous`, and the event allows it."""
    day = previous.date()
    return wall.date() - day == _DAY and next(event.days_between(day, day), None) is not None


def _plain(wall: datetime) -> datetime:
    return wall.replace(tzinfo=None, fold=0)


def _second(wall: datetime) -> int:
    return wall.second * SECOND + wall.microsecond
