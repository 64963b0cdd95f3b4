"""Pairs instances of streams: which instance of another stream a reference means.

Composer: a reference means the closest instance before, or due at the same time. With SAMEDAY,
RELATIVE or FROM it means one in a span of time: the closest before, or else the closest after.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from lark import Token

from transpile.dialects.tws.instances import due_cycles, times_of
from transpile.dialects.tws.units import Unit
from transpile.dialects.tws.values import Clause, clock, first, signed, tokens, words
from transpile.model import Schedule
from transpile.model.condition import Begun
from transpile.model.starts import UTC, starts_of

_MARGIN = timedelta(hours=12)
"""By how much a run may at most begin before or after its time."""

_MOST_TIMES = 96
"""Maximum number of start times a day of streams whose instances are compared."""

_LONGEST = timedelta(days=31)
"""The instances of a span are known if it is at least so far from the ends of both years."""

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_ANY = datetime(2026, 7, 1, tzinfo=UTC)
"""A start of a stream that no clock starts."""

_BEFORE = datetime.min.replace(tzinfo=UTC)

_Span: TypeAlias = tuple[datetime, datetime]
_Pairs: TypeAlias = list[tuple[datetime, int]]
"""Starts of a stream, each with the place of a start of the other one."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The instance of another stream that a reference means.

    `is_near`: one clock starts both. `begun` is the span in which its run begins, if it is known.
    """

    begun: Begun | None
    is_near: bool


def meant(unit: Unit, other: Unit, criteria: list[Clause]) -> Meant | None:
    """The instance of `other` that each instance of `unit` refers to; None if it is not known."""
    if _names_days(criteria) and any(map(_is_put_off, (unit, other))):
        return None
    mine, others = _starts(unit), _starts(other)
    if unit.when == other.when:
        here = mine or (_ANY,)
        if not all(_is_in(span_of(criteria, start, unit.schedule), start) for start in here):
            return None
        return Meant(_begun([(start, place) for place, start in enumerate(mine)], mine), True)
    found = _pairs(mine, others, criteria, unit.schedule)
    if not found or unit.schedule is None or other.schedule is None:
        return None
    if (unit.schedule.timezone is None) is not (other.schedule.timezone is None):
        return None
    if unit.schedule.placed and _days(unit.schedule) == _days(other.schedule):
        zone = _zone(unit.schedule)
        is_near = all(_day(start, zone) == _day(others[place], zone) for start, place in found)
        return Meant(_begun(found, others), True) if is_near else None
    begun = _begun(found, others)
    return Meant(begun, False) if begun else None


def _starts(unit: Unit) -> tuple[datetime, ...]:
    """The start times of a stream in two years; none if its instances are not compared."""
    schedule = unit.schedule
    if schedule is None or any(len(each.times) > _MOST_TIMES for each in schedule.each()):
        return ()
    return () if _starts_late(unit) else starts_of(schedule.when())


def _pairs(
    mine: Sequence[datetime],
    others: Sequence[datetime],
    criteria: list[Clause],
    schedule: Schedule | None,
) -> _Pairs:
    """The instance that each start refers to; empty if one refers to none."""
    if not others:
        return []
    found: _Pairs = []
    edge = _LONGEST if _spans(criteria) else timedelta()
    for start in mine[bisect_left(mine, others[0] + edge) : bisect_right(mine, others[-1] - edge)]:
        place = picked(others, start, span_of(criteria, start, schedule))
        if place is None:
            return []
        found.append((start, place))
    return found


def picked(others: Sequence[datetime], start: datetime, span: _Span | None) -> int | None:
    """The place of the closest start in a span before a moment, or else after it."""
    if span is None:
        return None
    low, high = span
    place = bisect_right(others, min(high, start)) - 1
    if place >= 0 and others[place] >= low:
        return place
    place = bisect_left(others, max(low, start))
    return place if place < len(others) and others[place] <= high else None


def _begun(found: _Pairs, others: Sequence[datetime]) -> Begun | None:
    """The span in which the runs begin that are meant; None if others begin in it, too."""
    if not found:
        return None
    apart = [others[place] - start for start, place in found]
    before = [others[place - 1] - start for start, place in found if place]
    after = [others[place + 1] - start for start, place in found if place + 1 < len(others)]
    least, most = min(apart), max(apart)
    free_before = least - max(before, default=least - 2 * _MARGIN)
    free_after = min(after, default=most + 2 * _MARGIN) - most
    if min(free_before, free_after) <= timedelta():
        return None
    low, high = least - min(free_before / 2, _MARGIN), most + min(free_after / 2, _MARGIN)
    return low // _MINUTE, high // _MINUTE


# -------------------------------------------------------------------- criteria


def span_of(criteria: list[Clause], start: datetime, schedule: Schedule | None) -> _Span | None:
    """The span in which an instance may be that a start refers to; None if it is not known."""
    found = [t for criterion in criteria[:1] for t in tokens(criterion)]
    kinds = [t.type for t in found]
    if not _spans(criteria):
        return _BEFORE, start
    if "RELATIVE" in kinds:
        low, high = (_minutes(t) for t in found if t.type in ("OFFSET", "NUMBER"))
        return start + low * _MINUTE, start + high * _MINUTE
    zone = _zone(schedule)
    if "SAMEDAY" in kinds:
        return _at(start, zone, 0), _at(start, zone, 24 * 60) - _MINUTE
    middle = kinds.index("TO")
    low_time, high_time = map(_minute_of, (found[:middle], found[middle:]))
    if schedule is None or "TIMEZONE" in kinds or low_time is None or high_time is None:
        return None
    return _at(start, zone, low_time), _at(start, zone, high_time)


def _is_in(span: _Span | None, start: datetime) -> bool:
    return span is not None and span[0] <= start <= span[1]


def _at(start: datetime, zone: ZoneInfo, minute: int) -> datetime:
    """A minute, counted from the beginning of the day of a start."""
    later, rest = divmod(minute, 24 * 60)
    day = start.astimezone(zone).date() + later * _DAY
    return datetime.combine(day, time(*divmod(rest, 60)), zone).astimezone(UTC)


def _minute_of(moment: Sequence[Token]) -> int | None:
    """The minute of a time, counted from the beginning of the day; None if it is invalid."""
    time_of_day = clock(next(f"{t:>04}" for t in moment if t.type == "NUMBER"))
    if time_of_day is None:
        return None
    later = sum(signed(t) for t in moment if t.type == "OFFSET")
    return (later * 24 + time_of_day[0]) * 60 + time_of_day[1]


def _minutes(word: str) -> int:
    number = signed(word)
    hours, rest = divmod(abs(number), 100)
    return (hours * 60 + rest) * (-1 if number < 0 else 1)


# -------------------------------------------------------------------- days


def _spans(criteria: list[Clause]) -> bool:
    """True if a criterion names a span of time, and not just what is before."""
    return bool(criteria) and first(criteria[0]).type != "PREVIOUS"


def _names_days(criteria: list[Clause]) -> bool:
    return bool(criteria) and first(criteria[0]).type in ("SAMEDAY", "FROM")


def _is_put_off(unit: Unit) -> bool:
    """True if a stream is due on another day than that of its run cycle."""
    return any(words(moment, "OFFSET") for moment in _times(unit, "at", "schedtime"))


def _starts_late(unit: Unit) -> bool:
    """True if a stream may start later than its place in the plan says."""
    return bool(_times(unit, "at") and _times(unit, "schedtime"))


def _times(unit: Unit, *kinds: str) -> list[Clause]:
    stream = unit.stream
    return [time for cycle in due_cycles(stream) for time in times_of(stream, cycle, *kinds)]


def _days(schedule: Schedule) -> list[object]:
    return [(each.days, each.timezone, each.skips) for each in schedule.each()]


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _zone(schedule: Schedule | None) -> ZoneInfo:
    return ZoneInfo(schedule.timezone) if schedule and schedule.timezone else UTC
