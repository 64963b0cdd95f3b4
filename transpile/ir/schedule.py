"""When a job starts by the clock."""

from dataclasses import dataclass, replace
from datetime import date

from transpile.source import Span


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days under a name; `dates` are sorted and each there once."""

    name: str
    span: Span
    dates: tuple[date, ...]

    def __contains__(self, day: date) -> bool:
        return day in self.dates


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts at each of `times` (hour, minute), or at `minutes` of every hour, on `days`.

    Or else as `cron` says, an expression of five fields. Days count from Sunday = 0. `timezone` is
    an IANA name, or None where the source names none. With `month_days` or `months` it starts only
    on these days of the month, and in these months. With a `run_calendar` it starts only on its
    days, and on no day of the `exclude_calendars`; `excluded_calendar` names one whose days are not
    known. `also` are more schedules that start the same job.
    """

    span: Span
    days: tuple[int, ...]
    times: tuple[tuple[int, int], ...] = ()
    minutes: tuple[int, ...] = ()
    timezone: str | None = None
    excluded_calendar: str | None = None
    run_window: str | None = None
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    also: "tuple[Schedule, ...]" = ()
    cron: str | None = None
    run_calendar: Calendar | None = None
    exclude_calendars: tuple[Calendar, ...] = ()

    def when(self) -> "Schedule":
        """The same times without the place they were read from: equal when they mean the same."""
        return replace(self, span=Span("", 0), also=tuple(other.when() for other in self.also))

    def each(self) -> "tuple[Schedule, ...]":
        """Itself and those that start the same job, too, each on its own."""
        return (replace(self, also=()), *self.also)

    def runs_on(self, day: date) -> bool:
        """Whether the day is one of its own; what is in `also` does not count."""
        return (
            day.isoweekday() % 7 in self.days
            and (not self.month_days or day.day in self.month_days)
            and (not self.months or day.month in self.months)
            and (self.run_calendar is None or day in self.run_calendar)
            and not any(day in calendar for calendar in self.exclude_calendars)
        )

    @property
    def looks_up(self) -> bool:
        """True when calendars decide on which days it starts."""
        return self.run_calendar is not None or bool(self.exclude_calendars)

    def __str__(self) -> str:
        if self.cron is not None:
            return " ".join(filter(None, (self.cron, self.timezone)))
        names = ("su", "mo", "tu", "we", "th", "fr", "sa")
        days = "daily" if len(self.days) == len(names) else ",".join(names[d] for d in self.days)
        times = ", ".join(f"{hour:02}:{minute:02}" for hour, minute in self.times)
        minutes = "minutes " + ", ".join(str(minute) for minute in self.minutes)
        if self.month_days or self.months:
            days = "day " + ",".join(map(str, self.month_days)) if self.month_days else days
            days += " of month " + ",".join(map(str, self.months)) if self.months else ""
        if self.run_calendar:
            days = f"on days of {self.run_calendar.name}"
        if self.exclude_calendars:
            days += " except " + ", ".join(calendar.name for calendar in self.exclude_calendars)
        own = " ".join(filter(None, (times or minutes, days, self.timezone)))
        return "; ".join((own, *map(str, self.also)))
