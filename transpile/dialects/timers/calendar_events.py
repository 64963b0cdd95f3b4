"""Calendar events: the moments at which a timer of systemd elapses, as systemd computes them."""

import functools
import heapq
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from lark import Token, Tree

from transpile.dialects.timers.calendar_parts import (
    DAYS,
    HOURS,
    MINUTES,
    MONTHS,
    SECOND,
    SECONDS,
    WEEKDAYS,
    YEARS,
    ZERO,
    Node,
    Part,
    Parts,
    parse,
    parts_of,
    seconds_of,
    weekdays_of,
    whole,
    years_of,
)
from transpile.model.zones import zone_named

UTC = "UTC"

_DAY = timedelta(days=1)
_LATEST_EPOCH = 2**37


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Local times that all of this allows; a field without parts allows all its numbers.

    `weekdays` count from Monday = 0. With `from_end` the days count back from 1, the last day of
    the month. Seconds are in microseconds. `zone` is its own time zone, as the source spells it.
    """

    weekdays: frozenset[int] = frozenset()
    years: Parts = ()
    months: Parts = ()
    days: Parts = ()
    from_end: bool = False
    hours: Parts = ZERO
    minutes: Parts = ZERO
    seconds: Parts = ZERO
    zone: str | None = None

    @staticmethod
    def read(text: str) -> "CalendarEvent":
        """The event of the text. Raises ValueError with the reason."""
        text, zone = _without_zone(text)
        if not text:
            raise ValueError("it is empty")
        tree = parse(text)
        last = tree.children[-1]
        if isinstance(last, Token):
            return _at_epoch(last[1:].strip(), weekdays_of(tree))
        given = {node.data: node for node in tree.children if isinstance(node, Tree)}
        years, months, days, from_end = _date(given["date"]) if "date" in given else ((), (), (), 0)
        hours, minutes, seconds = _time(given["time"]) if "time" in given else (ZERO, ZERO, ZERO)
        return CalendarEvent(
            weekdays_of(tree),
            YEARS.checked(years),
            MONTHS.checked(months),
            DAYS.checked(days, from_end=bool(days and from_end)),
            bool(days and from_end),
            HOURS.checked(hours),
            MINUTES.checked(minutes),
            SECONDS.checked(seconds),
            zone,
        )

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end`, in order.

        They are local times in its own zone, or else in `zone`. A time that the clock skips is
        left out, and one that it shows twice counts the first time.
        """
        info = _info(self.zone or zone)
        first, last = begin.astimezone(info).date() - _DAY, end.astimezone(info).date() + _DAY
        for day in self.days_between(first, last):
            for moment in _in_order(self._walls(day), info):
                if moment >= end:
                    return
                if moment >= begin:
                    yield moment

    def days_between(self, first: date, last: date) -> Iterator[date]:
        """The days on which it elapses, both ends in."""
        years, months = _set(self.years, YEARS.high), _set(self.months, MONTHS.high)
        for year in range(first.year, min(last.year, YEARS.high) + 1):
            if years and year not in years:
                continue
            for month in sorted(months) or range(1, MONTHS.high + 1):
                for number in self.days_of(year, month):
                    day = date(year, month, number)
                    if first <= day <= last and self.meets_week(day):
                        yield day

    def days_of(self, year: int, month: int) -> list[int]:
        """The days of a month that it allows, whatever their weekday."""
        length = monthrange(year, month)[1]
        if self.from_end:
            found = {day for part in self.days for day in part.backwards(length)}
        else:
            found = _set(self.days, length) if self.days else set(range(1, length + 1))
        return sorted(day for day in found if day <= length)

    def meets_week(self, day: date) -> bool:
        """True if it allows the weekday."""
        return not self.weekdays or day.weekday() in self.weekdays

    @property
    def times(self) -> Iterator[tuple[int, int]]:
        """The hours and minutes of a day at which it elapses."""
        minutes = _numbers(self.minutes, MINUTES.high)
        return ((hour, minute) for hour in _numbers(self.hours, HOURS.high) for minute in minutes)

    @property
    def second(self) -> int | None:
        """The microseconds after the minute at which it elapses; None if there are several."""
        first, *others = islice(_merged(self.seconds), 2)
        return None if others else first

    @property
    def loses_starts(self) -> bool:
        """True if an open repetition may not fit its field, such as that of `*:0/7`.

        systemd 252 then loses some starts at the beginning of a day, month or year: it takes the
        number beyond the end of the field for one of the next field (its issue 40260).
        """
        fields = ((self.minutes, MINUTES.high), (self.hours, HOURS.high))
        opens = [(p, high) for parts, high in fields for p in parts if p.step and p.stop is None]
        days = () if self.from_end else self.days
        is_open = any(part.step and part.stop is None for part in days)
        return is_open or any((high + 1 - part.start) % part.step for part, high in opens)

    @property
    def year_numbers(self) -> tuple[int, ...]:
        """Its years; none if it allows all."""
        return tuple(sorted(_set(self.years, YEARS.high)))

    @property
    def month_numbers(self) -> tuple[int, ...]:
        """Its months; none if it allows all."""
        return tuple(sorted(_set(self.months, MONTHS.high)))

    @property
    def month_days(self) -> tuple[int, ...]:
        """The numbers of its days; those that count from the end of a month are negative."""
        if self.from_end:
            longest = DAYS.high
            days = {day for part in self.days for day in part.backwards(longest)}
            return tuple(sorted(day - longest - 1 for day in days))
        return tuple(sorted(_set(self.days, DAYS.high)))

    def _walls(self, day: date) -> Iterator[datetime]:
        for hour, minute in self.times:
            wall = datetime.combine(day, time(hour, minute))
            for each in _merged(self.seconds):
                yield wall + timedelta(microseconds=each)

    def __str__(self) -> str:
        """Its normal form."""
        dash = "~" if self.from_end else "-"
        day = f"{YEARS.spelled(self.years)}-{MONTHS.spelled(self.months)}{dash}"
        clock = f"{HOURS.spelled(self.hours)}:{MINUTES.spelled(self.minutes)}"
        text = f"{day}{DAYS.spelled(self.days)} {clock}:{SECONDS.spelled(self.seconds)}"
        return " ".join(filter(None, (_week(self.weekdays), text, self.zone)))


def _without_zone(text: str) -> tuple[str, str | None]:
    """The text before its time zone, and that zone."""
    if text[-4:].lower() == " utc":
        return text[:-4], UTC
    head, blank, word = text.rpartition(" ")
    return (head, word) if blank and _is_zone(word) else (text, None)


def _is_zone(word: str) -> bool:
    """True for a zone; systemd wants the exact spelling, and knows old names and `posix/`."""
    if len(word) > 100 or not word.isascii() or word == "localtime":
        return False
    return zone_named(word) is not None and _is_loaded(word)


@functools.cache
def _is_loaded(word: str) -> bool:
    try:
        return ZoneInfo(word).key == word
    except (KeyError, OSError, ValueError):
        return False


@functools.cache
def _info(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def _date(node: Node) -> tuple[Parts, Parts, Parts, bool]:
    """Years, months and days, and whether these count from the end of the month."""
    *years, months, days = (child for child in node.children if isinstance(child, Tree))
    found = years_of(years[0]) if years else ()
    return found, parts_of(months), parts_of(days), "~" in node.children


def _time(node: Node) -> tuple[Parts, Parts, Parts]:
    hours, minutes, *seconds = (child for child in node.children if isinstance(child, Tree))
    return parts_of(hours), parts_of(minutes), seconds_of(seconds[0]) if seconds else ZERO


def _at_epoch(text: str, weekdays: frozenset[int]) -> CalendarEvent:
    """One second, counted from 1970 in UTC."""
    seconds = whole(text.lstrip("+-"))
    if seconds > _LATEST_EPOCH or (text[:1] == "-" and seconds):
        raise ValueError("it is outside of the years from 1970 to 2199")
    at = datetime.fromtimestamp(seconds, timezone.utc)
    years = YEARS.checked((Part(at.year),))
    day = (years, (Part(at.month),), (Part(at.day),), False)
    clock = ((Part(at.hour),), (Part(at.minute),), (Part(at.second * SECOND),))
    return CalendarEvent(weekdays, *day, *clock, UTC)


def _numbers(parts: Parts, last: int) -> Iterable[int]:
    return sorted(_set(parts, last)) if parts else range(last + 1)


def _set(parts: Parts, last: int) -> set[int]:
    return {number for part in parts for number in part.numbers(last)}


def _merged(parts: Parts) -> Iterator[int]:
    """The seconds in order, each once; there may be a million in one second."""
    ranges = [part.numbers(SECONDS.high) for part in parts]
    return (number for number, _ in groupby(heapq.merge(*ranges)))


def _in_order(walls: Iterable[datetime], info: ZoneInfo) -> Iterator[datetime]:
    """The moments at which the clock shows these times of one day for the first time.

    systemd looks for the hour first, then for the minute. Where the clock skips the beginning of an
    hour and the rest of that hour is shown, it goes on with the next hour.
    """
    offset, is_constant = timedelta(), None
    for wall in walls:
        if is_constant is None:
            midnight = datetime.combine(wall.date(), time())
            offset, later = (_offset(at, info) for at in (midnight, midnight + _DAY))
            is_constant = offset == later
        if is_constant:
            yield (wall - offset).replace(tzinfo=timezone.utc)
            continue
        hour = wall.replace(minute=0, second=0, microsecond=0)
        if _shown(wall, info) == wall and _shown(hour, info).hour == wall.hour:
            yield (wall - _offset(wall, info)).replace(tzinfo=timezone.utc)


def _shown(wall: datetime, info: ZoneInfo) -> datetime:
    """The time itself; one that is skipped is as much later as the clock goes forward."""
    moment = (wall - _offset(wall, info)).replace(tzinfo=timezone.utc)
    return moment.astimezone(info).replace(tzinfo=None)


def _offset(wall: datetime, info: ZoneInfo) -> timedelta:
    return wall.replace(tzinfo=info).utcoffset() or timedelta()


def _week(weekdays: frozenset[int]) -> str:
    """The normal form of weekdays."""
    texts: list[str] = []
    for _, group in groupby(enumerate(sorted(weekdays)), key=lambda pair: pair[1] - pair[0]):
        run = [WEEKDAYS[day] for _, day in group]
        texts += [f"{run[0]}..{run[-1]}"] if len(run) > 2 else run
    return ",".join(texts)
