"""When cron starts a line: the moments, and the same as a schedule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.dialects.timers.cron_fields import CronFields, read_fields
from transpile.dialects.timers.settings import VIXIE
from transpile.model import Schedule
from transpile.model.clock import ClockChange, clock_changes
from transpile.model.days import WEEK, DayRule, Days, week_day
from transpile.model.schedule import AtChange
from transpile.sources.text import Span

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_MADE_UP, _HELD_BACK = timedelta(minutes=179), timedelta(minutes=180)
"""The longest changes of the clock, forward and back, that cron makes up for: Debian's cron.c."""

_MONTH_DAYS, _MONTHS, _HOURS = range(1, 32), range(1, 13), range(24)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class CronClock:
    """Starts a line at the minutes that its fields allow, on the days of `only` if it is given.

    The fields are in `zone`, or else in that of the server. With `once` it follows systemd, which
    starts a time that the clock repeats the first time only, and makes up for none.
    """

    fields: CronFields
    zone: str | None = None
    once: bool = False
    only: Days | None = None

    @classmethod
    def read(cls, text: str, engine: str = VIXIE) -> "CronClock":
        """The clock of five fields or a nickname. Raises ValueError with the reason."""
        return cls(read_fields(text, engine))

    @property
    def at_change(self) -> AtChange:
        """What it does where the clock changes, as schedules say it."""
        if self.once:
            return AtChange.ONCE
        return AtChange.SHOWN if self.fields.wild or self.zone is not None else AtChange.MADE_UP

    def __contains__(self, day: date) -> bool:
        fields = self.fields
        in_month, in_week = day.day in fields.month_days, week_day(day) in fields.week
        found = in_month and in_week if fields.both else in_month or in_week
        return found and day.month in fields.months and (self.only is None or day in self.only)

    # ---------------------------------------------------------------- moments

    def fires(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments (UTC) from `begin` until before `end` at which it fires, in order.

        `zone` is that of the server. Times that the clock skips, and cron makes up for, fire at the
        same moment, each for itself.
        """
        lost = set(self.lost(zone, begin, end))
        yield from (m for m in self._moments(self.zone or zone, begin, end) if m not in lost)

    def lost(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments at which a line with a zone of its own does not fire.

        While the clock of the server repeats times, cronie starts such lines only if they have `*`
        in the minute or the hour.
        """
        if self.zone is None or self.fields.wild or self.once:
            return
        for change in clock_changes(zone, *_days_around(begin, end)):
            until = change.moment + (change.before - change.after)
            if not change.is_forward and until - change.moment <= _HELD_BACK:
                since, until = max(begin, change.moment), min(end, until)
                yield from self._moments(self.zone, since, until)

    def _moments(self, zone: str, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The moments, with what happens at each change of the clock of the zone."""
        changes = clock_changes(zone, *_days_around(begin, end))
        since, held_until = begin, datetime.min
        for change in changes:
            until = min(change.moment, end)
            if since < until:
                yield from self._between(change.before, change.moment, since, until, held_until)
            if begin <= change.moment < end:
                yield from self._made_up(change)
            since = max(since, change.moment)
            held_until = change.before if self._holds_back(change) else datetime.min
        if since < end:
            wall = changes[-1].after if changes else _wall(begin, zone)
            moment = changes[-1].moment if changes else begin
            yield from self._between(wall, moment, since, end, held_until)

    def _between(
        self, wall: datetime, moment: datetime, since: datetime, until: datetime, held: datetime
    ) -> Iterator[datetime]:
        """The moments of a time without changes, in which the clock shows `wall` at `moment`."""
        offset = wall - moment.replace(tzinfo=None)
        first, last = (each.replace(tzinfo=None) + offset for each in (since, until))
        for shown in self._shown(max(first, held), last):
            yield (shown - offset).replace(tzinfo=timezone.utc)

    def _shown(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """The local times that it names from the first one until before the last one."""
        hours, minutes = sorted(self.fields.hours), sorted(self.fields.minutes)
        day = datetime(first.year, first.month, first.day)
        while day < last:
            if day.date() in self:
                for hour in hours:
                    at = day + hour * _HOUR
                    if at + _HOUR <= first or at >= last:
                        continue
                    times = (at + minute * _MINUTE for minute in minutes)
                    yield from (time for time in times if first <= time < last)
            day += _DAY

    def _made_up(self, change: ClockChange) -> Iterator[datetime]:
        """The starts at fixed times that cron makes up for right after the clock went forward."""
        skipped = change.after - change.before
        if self.at_change is AtChange.MADE_UP and timedelta() < skipped <= _MADE_UP:
            for _ in self._shown(change.before, change.after):
                yield change.moment

    def _holds_back(self, change: ClockChange) -> bool:
        """True if no time that the change repeats fires again."""
        if self.at_change is AtChange.SHOWN or change.is_forward:
            return False
        return self.once or change.before - change.after <= _HELD_BACK

    # ---------------------------------------------------------------- schedule

    def days(self) -> Days | None:
        """The days, in as few words as possible; None if it never fires."""
        fields = self.fields
        if not (fields.minutes and fields.hours and fields.months):
            return None
        every_month_day = len(fields.month_days) == len(_MONTH_DAYS)
        every_week_day = len(fields.week) == len(WEEK)
        month_days = () if every_month_day else tuple(sorted(fields.month_days))
        months = () if len(fields.months) == len(_MONTHS) else tuple(sorted(fields.months))
        week = tuple(sorted(fields.week))
        if fields.both:
            rules = [DayRule(week, month_days, months)] if week and fields.month_days else []
        elif every_month_day or every_week_day:
            rules = [DayRule(months=months)]
        else:
            rules = [DayRule(week, (), months)] if week else []
            rules += [DayRule(WEEK, month_days, months)] if month_days else []
        found = tuple(rule for rule in rules if _occurs(rule))
        return Days(found) if found else None

    def schedule(self, span: Span, zone: str | None, days: Days) -> Schedule:
        """The starts on those days as a schedule; `zone` is that of the server."""
        minutes, hours = (tuple(sorted(n)) for n in (self.fields.minutes, self.fields.hours))
        # Of a line at fixed times each time counts on its own where the clock changes.
        every_hour = len(hours) == len(_HOURS) and self.at_change is not AtChange.MADE_UP
        return Schedule(
            span,
            days,
            times=() if every_hour else tuple((h, m) for h in hours for m in minutes),
            minutes=minutes if every_hour else (),
            timezone=self.zone or zone,
            at_change=self.at_change,
        )


def _occurs(rule: DayRule) -> bool:
    """True if one of the months is long enough for one of the days."""
    first = min(rule.month_days, default=1)
    return any(first <= _LONGEST[month - 1] for month in rule.months or _MONTHS)


def _days_around(begin: datetime, end: datetime) -> tuple[date, date]:
    return (begin - _DAY).date(), (end + _DAY).date()


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
