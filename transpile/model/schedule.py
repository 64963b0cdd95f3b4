"""When a job starts by the clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from transpile.model.days import Calendar, DayRule, Days, shifted
from transpile.model.plain_days import plain
from transpile.model.rule_calendars import RuleCalendar
from transpile.sources.text import Span

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """The minutes of the day at which a job may start, both ends in; may go over midnight.

    A start outside the window is put off to the opening if that is nearer than the last close, and
    lost if the close is nearer. Half way between them, either may happen.
    """

    opens: int
    closes: int

    def __contains__(self, minute: int) -> bool:
        if self.opens <= self.closes:
            return self.opens <= minute <= self.closes
        return minute >= self.opens or minute <= self.closes

    def __str__(self) -> str:
        ends = (divmod(minute, 60) for minute in (self.opens, self.closes))
        return "-".join(f"{hour:02}:{minute:02}" for hour, minute in ends)

    def start(self, minute: int) -> tuple[int, int] | None:
        """When a start of that minute takes place, and how many days later; None for never."""
        if minute in self:
            return minute, 0
        since, left = (minute - self.closes) % _DAY, (self.opens - minute) % _DAY
        return None if since < left else (self.opens, int(minute > self.opens))

    def is_unsettled(self, minute: int) -> bool:
        """True half way between the last close and the next opening."""
        is_middle = (minute - self.closes) % _DAY == (self.opens - minute) % _DAY
        return is_middle and minute not in self


@dataclass(frozen=True, slots=True)
class StartRule:
    """What the source checks whenever the job would start, whatever starts it.

    The time lies in the `window`, and the day in none of the calendars that are `excluded`.
    """

    window: Window | None = None
    excluded: tuple[Calendar | RuleCalendar, ...] = ()
    timezone: str | None = None


class AtChange(Enum):
    """What a schedule does where the clock changes, if not what its engine settles.

    SHOWN: it starts whenever the clock shows one of its times, as Flyte does. ONCE: it starts the
    first time that the clock shows it. Neither makes up for a time that the clock skips. MADE_UP:
    like ONCE, and it starts right after a time that the clock skips.
    """

    SHOWN = "shown"
    ONCE = "once"
    MADE_UP = "made up"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts at each of `times` (hour, minute), or at `minutes` of every hour, on `days`.

    Or else as `cron` says, an expression of five fields. `timezone` is an IANA name, or None where
    the source names none. A start outside of the `window` is put off or lost. With `skips` a start
    is left out while an earlier run goes on. One that is `placed` holds nothing back until then:
    its time is a place in a plan. `also` are more schedules that start the same job.
    """

    span: Span
    days: Days = field(default_factory=Days)
    times: tuple[tuple[int, int], ...] = ()
    minutes: tuple[int, ...] = ()
    timezone: str | None = None
    window: Window | None = None
    skips: bool = False
    placed: bool = False
    also: "tuple[Schedule, ...]" = ()
    cron: str | None = None
    at_change: AtChange | None = None

    def when(self) -> "Schedule":
        """The same times without the place they were read from: equal when they mean the same."""
        return replace(self, span=Span("", 0), also=tuple(other.when() for other in self.also))

    def each(self) -> "tuple[Schedule, ...]":
        """This schedule and the others of the same job, each on its own."""
        return (replace(self, also=()), *self.also)

    def opened(self) -> "tuple[Schedule, ...]":
        """The same starts as schedules without a window, each on its own, on plain days.

        Raises ValueError where cron expressions and a look-up of days cannot say them.
        """
        found = (one for each in self.each() for one in each._opened())
        return tuple(replace(one, days=plain(one.days)) for one in found)

    def _opened(self) -> "Iterator[Schedule]":
        if self.window is None:
            yield self
            return
        if self.window.opens == self.window.closes:
            raise ValueError("both ends are the same")
        times = self.times or tuple((h, minute) for h in range(24) for minute in self.minutes)
        minutes = [hour * 60 + minute for hour, minute in times]
        settled = [minute for minute in minutes if not self.window.is_unsettled(minute)]
        starts = {start for minute in settled if (start := self.window.start(minute))}
        # Where another start is put off to the same opening, it does not matter.
        if not starts.issuperset(filter(None, map(self.window.start, minutes))):
            raise ValueError("a start is half way between the close and the opening")
        later: dict[int, set[tuple[int, int]]] = {}
        for minute, count in starts:
            later.setdefault(count, set()).add(divmod(minute, 60))
        for count, found in sorted(later.items()):
            days = self.days if count == 0 else self._days_later(count)
            yield replace(self, days=days, times=tuple(sorted(found)), minutes=(), window=None)

    def _days_later(self, count: int) -> Days:
        if any(rule.exclude_calendars or rule.exclude_rules for rule in self.days.rules):
            raise ValueError("the opening may be on a day that is left out")
        found: list[DayRule] = []
        for rule in self.days.rules:
            moved = shifted(rule, count)
            if moved is None:
                raise ValueError("the opening is on a day that depends on the month")
            found += moved
        return Days(tuple(found))

    def __str__(self) -> str:
        if self.cron is not None:
            return " ".join(filter(None, (self.cron, self.timezone)))
        times = ", ".join(f"{hour:02}:{minute:02}" for hour, minute in self.times)
        minutes = "minutes " + ", ".join(str(minute) for minute in self.minutes)
        own = " ".join(filter(None, (times or minutes, str(self.days), self.timezone)))
        own += f" within {self.window}" if self.window else ""
        return "; ".join((own, *map(str, self.also)))


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many minutes after a start time (hour, minute), or after each one if `time` is None."""

    minutes: int
    time: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when a job must have started and ended, so that nobody is alarmed."""

    starts: tuple[Deadline, ...] = ()
    ends: tuple[Deadline, ...] = ()
