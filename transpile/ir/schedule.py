"""When a job starts by the clock."""

from dataclasses import dataclass

from transpile.source import Span


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts at each of `times` (hour, minute), or at `minutes` of every hour, on `days`.

    Days count from Sunday = 0. `timezone` is an IANA name, or None where the source names none.
    """

    span: Span
    days: tuple[int, ...]
    times: tuple[tuple[int, int], ...] = ()
    minutes: tuple[int, ...] = ()
    timezone: str | None = None
    excluded_calendar: str | None = None
    run_window: str | None = None

    def when(self) -> "Schedule":
        """The same times without the place they were read from: equal when they mean the same."""
        nowhere = Span("", 0)
        return Schedule(
            nowhere,
            self.days,
            self.times,
            self.minutes,
            self.timezone,
            self.excluded_calendar,
            self.run_window,
        )

    def __str__(self) -> str:
        names = ("su", "mo", "tu", "we", "th", "fr", "sa")
        days = "daily" if len(self.days) == len(names) else ",".join(names[d] for d in self.days)
        times = ", ".join(f"{hour:02}:{minute:02}" for hour, minute in self.times)
        minutes = "minutes " + ", ".join(str(minute) for minute in self.minutes)
        return " ".join(filter(None, (times or minutes, days, self.timezone)))
