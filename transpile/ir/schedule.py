"""When a job starts by the clock."""

from dataclasses import dataclass, field, replace

from transpile.ir.days import Days
from transpile.source import Span


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts at each of `times` (hour, minute), or at `minutes` of every hour, on `days`.

    Or else as `cron` says, an expression of five fields. `timezone` is an IANA name, or None where
    the source names none. `excluded_calendar` names a calendar whose days are not known. With
    `skips` a start is left out while an earlier run goes on. `also` are more schedules that start
    the same job.
    """

    span: Span
    days: Days = field(default_factory=Days)
    times: tuple[tuple[int, int], ...] = ()
    minutes: tuple[int, ...] = ()
    timezone: str | None = None
    excluded_calendar: str | None = None
    run_window: str | None = None
    skips: bool = False
    also: "tuple[Schedule, ...]" = ()
    cron: str | None = None

    def when(self) -> "Schedule":
        """The same times without the place they were read from: equal when they mean the same."""
        return replace(self, span=Span("", 0), also=tuple(other.when() for other in self.also))

    def each(self) -> "tuple[Schedule, ...]":
        """Itself and those that start the same job, too, each on its own."""
        return (replace(self, also=()), *self.also)

    def __str__(self) -> str:
        if self.cron is not None:
            return " ".join(filter(None, (self.cron, self.timezone)))
        times = ", ".join(f"{hour:02}:{minute:02}" for hour, minute in self.times)
        minutes = "minutes " + ", ".join(str(minute) for minute in self.minutes)
        own = " ".join(filter(None, (times or minutes, str(self.days), self.timezone)))
        own += " unless it still runs" if self.skips else ""
        return "; ".join((own, *map(str, self.also)))
