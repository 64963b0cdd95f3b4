"""Turns schedules into the cron expressions of flyteadmin: five fields, Sunday = 0.

Flyte loses a start while an execution of the same launch plan goes on. Where the source loses a
start while any run goes on, one expression has to fire at all start times. It may also fire at
other times; then the execution has to check the time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transpile.model import WEEK, Schedule
from transpile.model.days import ranged

_Time = tuple[int, int]

_MOST_EMPTY, _FEW = 4, 12
"""Maximum number of firings without a start, per start; so many a day are always allowed."""

_MARGIN = 5
"""Minutes that a firing without a start may keep its launch plan busy."""

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Firing:
    """A cron expression, and the schedule whose starts are among its firings.

    `times` are the start times that an execution has to check; empty if it only fires at these.
    """

    cron: str
    schedule: Schedule
    times: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """True if an execution has to check its day or time."""
        return bool(self.times) or self.schedule.days.looks_up


def firings(schedule: Schedule, *, as_one: bool = True) -> list[Firing]:
    """The expressions for a schedule and all others of the same job, each a launch plan.

    With `as_one`, all times of the same days share one where the source loses starts.
    """
    return [firing for each in _united(schedule.opened()) for firing in _firings(each, as_one)]


def _united(schedules: Sequence[Schedule]) -> list[Schedule]:
    """The schedules, with all times of the same days in one."""
    found: dict[Schedule, Schedule] = {}
    for each in schedules:
        same = replace(each.when(), times=())
        times = {*each.times, *(found[same].times if same in found else ())}
        found[same] = replace(each, times=tuple(sorted(times)))
    return list(found.values())


def _firings(schedule: Schedule, as_one: bool) -> Iterator[Firing]:
    days = _days(schedule)
    if schedule.cron is not None:
        yield Firing(schedule.cron, schedule)
    elif schedule.minutes:
        yield Firing(f"{ranged(schedule.minutes)} * {days}", schedule)
    else:
        groups = _groups(schedule.times)
        whole = (_minutes(schedule.times), _hours(schedule.times))
        as_one = as_one and schedule.skips and len(groups) > 1
        if as_one and _is_worth_it(schedule.times, *whole):
            times = tuple(f"{hour:02}:{minute:02}" for hour, minute in sorted(schedule.times))
            yield Firing(_expression(*whole, days), schedule, times)
            return
        for cron in sorted(_expression(minutes, hours, days) for minutes, hours in groups):
            yield Firing(cron, schedule)


def _days(schedule: Schedule) -> str:
    days = schedule.days.cron
    week = "*" if days.week == WEEK else ranged(days.week)
    return f"{ranged(days.month_days) or '*'} {ranged(days.months) or '*'} {week}"


def _expression(minutes: Sequence[int], hours: Sequence[int], days: str) -> str:
    return f"{ranged(minutes)} {ranged(hours)} {days}"


def _minutes(times: Sequence[_Time]) -> list[int]:
    return sorted({minute for _, minute in times})


def _hours(times: Sequence[_Time]) -> list[int]:
    return sorted({hour for hour, _ in times})


def _groups(times: Sequence[_Time]) -> list[tuple[list[int], tuple[int, ...]]]:
    """Minutes and hours of the fewest expressions that fire at these times only."""
    hours_of: dict[int, list[int]] = {}
    for hour, minute in times:
        hours_of.setdefault(minute, []).append(hour)
    minutes_of: dict[tuple[int, ...], list[int]] = {}
    for minute, hours in sorted(hours_of.items()):
        minutes_of.setdefault(tuple(hours), []).append(minute)
    return [(minutes, hours) for hours, minutes in minutes_of.items()]


def _is_worth_it(times: Sequence[_Time], minutes: Sequence[int], hours: Sequence[int]) -> bool:
    """True if few firings are no start, and none comes right before a start."""
    fired = {hour * 60 + minute for hour in hours for minute in minutes}
    wanted = {hour * 60 + minute for hour, minute in times}
    empty = fired - wanted
    if len(empty) > max(_MOST_EMPTY * len(wanted), _FEW):
        return False
    before = {(start - minutes) % _DAY for start in wanted for minutes in range(1, _MARGIN + 1)}
    return empty.isdisjoint(before)
