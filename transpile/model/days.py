"""Days, by rules and by lists."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from transpile.sources.text import Span

if TYPE_CHECKING:
    from transpile.model.rule_calendars import RuleCalendar

WEEK = tuple(range(7))
"""All days of a week, from Sunday = 0."""

DAYS = ("su", "mo", "tu", "we", "th", "fr", "sa")
"""The names of the days."""

_LONGEST_MONTH = 31

_DAY = timedelta(days=1)

_SURE = 28
"""The number of days that every month has."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days under a name; `dates` are sorted and each there once."""

    name: str
    span: Span = field(compare=False)
    dates: tuple[date, ...]

    def __contains__(self, day: date) -> bool:
        place = bisect_left(self.dates, day)
        return self.dates[place : place + 1] == (day,)


@dataclass(frozen=True, slots=True)
class Every:
    """Each of the `first` days, and every so many days after it: 14 for every other week."""

    count: int
    first: tuple[date, ...]

    def __contains__(self, day: date) -> bool:
        return any(day >= first and (day - first).days % self.count == 0 for first in self.first)

    def __str__(self) -> str:
        return f"every {self.count} days from {', '.join(map(str, self.first))}"


@dataclass(frozen=True, slots=True)
class CronDays:
    """What the last three fields of a cron expression say.

    Days of the month and of the week, if both are given, are days of either kind.
    """

    week: tuple[int, ...] = WEEK
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    def __contains__(self, day: date) -> bool:
        in_week, in_month = week_day(day) in self.week, day.day in self.month_days
        both = self.month_days and self.week != WEEK
        found = in_week or in_month if both else in_week and (in_month or not self.month_days)
        return found and (not self.months or day.month in self.months)


@dataclass(frozen=True, slots=True)
class DayRule:
    """Days that are allowed by all of this; nothing given allows every day.

    Days of the `week` count from Sunday = 0, those of a month from 1 or, back from its end, from
    -1. With a `run_calendar` only its days count, those of `exclude_calendars` never do; so it is
    with `run_rules` and `exclude_rules`. The days begin with `since` and end before `until`.
    """

    week: tuple[int, ...] = WEEK
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    every: Every | None = None
    run_calendar: Calendar | None = None
    exclude_calendars: tuple[Calendar, ...] = ()
    since: date | None = None
    until: date | None = None
    run_rules: "RuleCalendar | None" = None
    exclude_rules: "tuple[RuleCalendar, ...]" = ()

    def __contains__(self, day: date) -> bool:
        return (
            week_day(day) in self.week
            and (not self.months or day.month in self.months)
            and (not self.month_days or not in_month(day).isdisjoint(self.month_days))
            and (self.every is None or day in self.every)
            and (self.run_calendar is None or day in self.run_calendar)
            and not any(day in calendar for calendar in self.exclude_calendars)
            and (self.run_rules is None or day in self.run_rules)
            and not any(day in calendar for calendar in self.exclude_rules)
            and (self.since is None or self.since <= day)
            and (self.until is None or day < self.until)
        )

    @property
    def cron(self) -> CronDays:
        """As few days as cron can say that hold all of these: of the week, or of the month."""
        found: set[int] = set()
        for number in self.month_days:
            # The last day of a month is the 28th to the 31st.
            last = _LONGEST_MONTH + 1 + number
            found |= {number} if number > 0 else {max(n, 1) for n in range(last - 3, last + 1)}
        if not found or len(self.week) * _LONGEST_MONTH <= len(found) * len(WEEK):
            return CronDays(self.week, (), self.months)
        return CronDays(WEEK, tuple(sorted(found)), self.months)

    @property
    def is_cron(self) -> bool:
        """True if a cron expression can say exactly these days."""
        cron = self.cron
        return DayRule(cron.week, cron.month_days, cron.months) == self

    @property
    def asked(self) -> "DayRule":
        """The same days, without rules that all dates of its run calendar meet."""
        if self.run_calendar is None:
            return self
        rules = replace(self, run_calendar=None, exclude_calendars=(), exclude_rules=())
        if not all(day in rules for day in self.run_calendar.dates):
            return self
        return DayRule(
            run_calendar=self.run_calendar,
            exclude_calendars=self.exclude_calendars,
            exclude_rules=self.exclude_rules,
        )

    def __str__(self) -> str:
        rule = self.asked
        parts = [",".join(DAYS[day] for day in rule.week)] if rule.week != WEEK else []
        parts += [f"day {ranged(rule.month_days)}"] if rule.month_days else []
        parts += [f"of month {ranged(rule.months)}"] if rule.months else []
        parts += [str(rule.every)] if rule.every else []
        parts += [f"on days of {self.run_calendar.name}"] if self.run_calendar else []
        parts += [f"on days of {self.run_rules.name}"] if self.run_rules else []
        parts += [f"from {self.since}"] if self.since else []
        parts += [f"before {self.until}"] if self.until else []
        text = " ".join(parts) or "daily"
        excluded = [calendar.name for calendar in self.exclude_calendars]
        excluded += [calendar.name for calendar in self.exclude_rules]
        return f"{text} except {', '.join(excluded)}" if excluded else text


@dataclass(frozen=True, slots=True)
class Days:
    """Days that one of the rules allows."""

    rules: tuple[DayRule, ...] = (DayRule(),)

    def __contains__(self, day: date) -> bool:
        return any(day in rule for rule in self.rules)

    @property
    def cron(self) -> CronDays:
        """Days that cron can say: all of these, and others if they have to be looked up."""
        crons = [rule.cron for rule in self.rules]
        months = {month for cron in crons for month in cron.months}
        months = months if all(cron.months for cron in crons) else set()
        by_week = [cron for cron in crons if not cron.month_days]
        week = {day for cron in by_week for day in cron.week} if by_week else set(WEEK)
        month_days = {day for cron in crons for day in cron.month_days}
        if by_week and len(week) == len(WEEK):
            month_days = set()
        fields = (week, month_days, months)
        return CronDays(*(tuple(sorted(numbers)) for numbers in fields))

    @property
    def looks_up(self) -> bool:
        """True if cron cannot say just these days."""
        if any(rule.is_cron and rule.cron == self.cron for rule in self.rules):
            return False
        same_months = len({rule.months for rule in self.rules}) == 1
        return not (same_months and all(rule.is_cron for rule in self.rules))

    @property
    def rule_calendars(self) -> "tuple[RuleCalendar, ...]":
        """The calendars of rules that decide, each once."""
        found: dict[RuleCalendar, None] = {}
        for rule in self.rules:
            found |= dict.fromkeys((rule.run_rules,) if rule.run_rules else ())
            found |= dict.fromkeys(rule.exclude_rules)
        return tuple(found)

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars of dates that decide, each once."""
        found: dict[Calendar, None] = {}
        for rule in self.rules:
            found |= dict.fromkeys((rule.run_calendar,) if rule.run_calendar else ())
            found |= dict.fromkeys(rule.exclude_calendars)
        return tuple(found)

    def __str__(self) -> str:
        return " or ".join(map(str, self.rules))


def ranged(numbers: Iterable[int]) -> str:
    """`1,2,3,5` as `1-3,5`: runs of three and more as ranges."""
    parts: list[str] = []
    run: list[int] = []
    for number in [*sorted(numbers), None]:
        if run and number != run[-1] + 1:
            is_range = len(run) > 2 and run[0] >= 0
            parts += [f"{run[0]}-{run[-1]}"] if is_range else [str(n) for n in run]
            run = []
        if number is not None:
            run.append(number)
    return ",".join(parts)


def week_day(day: date) -> int:
    """The number of a day in its week, from Sunday = 0."""
    return day.isoweekday() % 7


def in_month(day: date) -> frozenset[int]:
    """The numbers of a day in its month: 28 and -1 on the last day of February."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return frozenset((day.day, day.day - 1 - (following - date(day.year, day.month, 1)).days))


def shifted(days: DayRule, count: int) -> list[DayRule] | None:
    """The days shifted by a number of days; None if that depends on the length of a month."""
    if not count:
        return [days]
    moved = replace(
        days,
        week=tuple(sorted((day + count) % 7 for day in days.week)),
        every=_every(days.every, count) if days.every else None,
        run_calendar=_calendar(days.run_calendar, count) if days.run_calendar else None,
        exclude_calendars=tuple(_calendar(c, count) for c in days.exclude_calendars),
        run_rules=days.run_rules and days.run_rules.moved(count),
        exclude_rules=tuple(calendar.moved(count) for calendar in days.exclude_rules),
        since=days.since and days.since + count * _DAY,
        until=days.until and days.until + count * _DAY,
    )
    if not days.month_days:
        return None if days.months else [moved]
    groups: dict[int, list[int]] = {}
    for number in days.month_days:
        month, other = 0, number + count
        if number > 0 >= other:
            # Day 0 of a month is the last one of the month before.
            month, other = -1, other - 1
        elif number < 0 <= other:
            month, other = 1, other + 1
        if max(abs(number), abs(other)) > _SURE:
            return None
        groups.setdefault(month, []).append(other)
    return [
        replace(moved, month_days=tuple(sorted(numbers)), months=_months(days.months, month))
        for month, numbers in sorted(groups.items())
    ]


def _every(every: Every, count: int) -> Every:
    return Every(every.count, tuple(day + count * _DAY for day in every.first))


def _calendar(calendar: Calendar, count: int) -> Calendar:
    dates = tuple(day + count * _DAY for day in calendar.dates)
    return Calendar(f"{calendar.name} {count:+} DAYS", calendar.span, dates)


def _months(months: tuple[int, ...], count: int) -> tuple[int, ...]:
    return tuple(sorted((month - 1 + count) % 12 + 1 for month in months))
