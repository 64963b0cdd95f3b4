"""Computes when flyteadmin's scheduler starts a launch plan, as robfig/cron does.

On most days every time that the fields name happens once. Around a change of the clock
the walk of `SpecSchedule.Next` is followed step by step, since the result depends on each step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

from transpile.model.clock import clock_changes

UTC = "UTC"
"""The zone of a cron expression that names none."""

_DAY, _HOUR, _MINUTE, _SECOND = (timedelta(seconds=s) for s in (86_400, 3_600, 60, 1))


class BadCron(ValueError):
    """An expression that flyteadmin refuses."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the five fields of an expression allow; None for a star."""

    minutes: frozenset[int]
    hours: frozenset[int]
    month_days: frozenset[int] | None
    months: frozenset[int]
    days: frozenset[int] | None

    def on(self, day: date) -> bool:
        """True if the day matches; of days of month and week, if both are given, one is enough."""
        if day.month not in self.months:
            return False
        by_month = self.month_days is None or day.day in self.month_days
        by_week = self.days is None or day.isoweekday() % 7 in self.days
        if self.month_days is None or self.days is None:
            return by_month and by_week
        return by_month or by_week


def parse(expression: str) -> Fields:
    """The fields of an expression of numbers, ranges, steps, lists and stars. Raises BadCron."""
    words = expression.split()
    if len(words) != 5 or not set(expression) <= set("0123456789,-*/ "):
        raise BadCron(f"{expression!r} does not consist of five fields of numbers")
    if "7" in words[4]:
        raise BadCron(f"{expression!r}: days of the week are 0 to 6")
    try:
        expanded, _ = croniter.expand(expression)
    except ValueError as error:
        raise BadCron(str(error)) from error
    sets = [None if "*" in values else frozenset(map(int, values)) for values in expanded]
    minutes, hours, month_days, months, days = sets
    return Fields(
        minutes=frozenset(range(60)) if minutes is None else minutes,
        hours=frozenset(range(24)) if hours is None else hours,
        month_days=month_days,
        months=frozenset(range(1, 13)) if months is None else months,
        days=days,
    )


def launches(expression: str, zone: str | None, first: date, days: int) -> list[datetime]:
    """The moments (UTC) of all starts on so many days from the first one, in that time zone.

    Raises BadCron.
    """
    fields, name = parse(expression), zone or UTC
    info = ZoneInfo(name)
    changes = clock_changes(name, first - 2 * _DAY, first + (days + 2) * _DAY)
    odd = {change.after.date() + number * _DAY for change in changes for number in (-1, 0, 1)}
    found: list[datetime] = []
    walked: date | None = None
    for day in (first + number * _DAY for number in range(days)):
        if day not in odd:
            found += _plain(fields, day, info)
        elif walked is None or day > walked:
            walked = day
            while walked + _DAY in odd:
                walked += _DAY
            begin = day
            while begin - _DAY in odd:
                begin -= _DAY
            found += _Walk(fields, info).between(begin, walked)
    last = first + (days - 1) * _DAY
    return [moment for moment in found if first <= moment.astimezone(info).date() <= last]


def _plain(fields: Fields, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    if not fields.on(day):
        return
    for hour in sorted(fields.hours):
        for minute in sorted(fields.minutes):
            wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
            yield wall.astimezone(timezone.utc)


@dataclass(slots=True)
class _Walk:
    """robfig/cron's search: `_now` is its t, in UTC, `_added` its flag of the same name."""

    _fields: Fields
    _zone: ZoneInfo
    _now: datetime = field(init=False)
    _added: bool = field(init=False, default=False)

    def between(self, first: date, last: date) -> Iterator[datetime]:
        """All starts from the first day's midnight to the last one's."""
        self._now = self._date(datetime(first.year, first.month, first.day)) - _SECOND
        end = self._date(datetime(last.year, last.month, last.day) + _DAY)
        before = self._now
        while self._next(end) and self._now < end:
            if self._now > before:
                before = self._now
                yield before
            else:
                # In a repeated hour the search goes back; starting a minute later gets past it.
                before += _MINUTE
                self._now = before

    def _next(self, end: datetime) -> bool:
        self._now += _SECOND
        self._added = False
        while self._now < end + _DAY:
            if self._to_month() and self._to_day() and self._to_hour() and self._to_minute():
                return True
        return False

    @property
    def _wall(self) -> datetime:
        return self._now.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def _offset(self, moment: datetime) -> timedelta:
        return moment.astimezone(self._zone).utcoffset() or timedelta()

    def _date(self, wall: datetime) -> datetime:
        """Go's time.Date: the offset is looked up at most twice."""
        plain = wall.replace(tzinfo=timezone.utc)
        guess = plain - self._offset(plain)
        return plain - self._offset(guess)

    def _to_month(self) -> bool:
        while self._wall.month not in self._fields.months:
            wall = self._wall
            if not self._added:
                self._added = True
                wall = datetime(wall.year, wall.month, 1)
            year, month = divmod(wall.year * 12 + wall.month, 12)
            self._now = self._date(wall.replace(year=year, month=month + 1))
            if month == 0:
                return False
        return True

    def _to_day(self) -> bool:
        while not self._fields.on(self._wall.date()):
            wall = self._wall
            if not self._added:
                self._added = True
                wall = datetime(wall.year, wall.month, wall.day)
                wall = self._date(wall).astimezone(self._zone).replace(tzinfo=None, fold=0)
            self._now = self._date(wall + _DAY)
            hour = self._wall.hour
            if hour:
                self._now += (24 - hour if hour > 12 else -hour) * _HOUR
            if self._wall.day == 1:
                return False
        return True

    def _to_hour(self) -> bool:
        while self._wall.hour not in self._fields.hours:
            if not self._added:
                self._added = True
                self._now = self._date(self._wall.replace(minute=0, second=0))
            self._now += _HOUR
            if self._wall.hour == 0:
                return False
        return True

    def _to_minute(self) -> bool:
        while self._wall.minute not in self._fields.minutes:
            if not self._added:
                self._added = True
                self._now = self._now.replace(second=0)
            self._now += _MINUTE
            if self._wall.minute == 0:
                return False
        if self._now.second:
            # It goes on second by second, to the next minute's first one.
            self._added = True
            self._now = self._now.replace(second=0) + _MINUTE
            return self._wall.minute != 0 and self._wall.minute in self._fields.minutes
        return True
