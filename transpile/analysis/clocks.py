"""Reports schedules that a change of the clock affects: the source and Flyte differ there."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from transpile.findings.codes.clocks import (
    ConfusingClockChange,
    RepeatedHour,
    SkippedHour,
    StartLost,
    StartRepeated,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import InitialStatus, Job, Network, Schedule
from transpile.model.clock import ClockChange, clock_changes
from transpile.model.days import CronDays
from transpile.model.engine import Engine
from transpile.model.schedule import AtChange

YEARS = (2026, 2037)
"""The first and the last year to check."""


def report_clock_changes(
    network: Network, jobs: Mapping[str, Job], diagnostics: Diagnostics
) -> None:
    """After this pass every schedule that a change of the clock affects is reported.

    Flyte starts what happens: nothing in an hour that is left out, and twice in one that is
    repeated. The source makes up for the one, and starts once in the other, where that is settled.
    Other changes than those of an hour at night confuse Flyte's scheduler.
    """
    live = {n: job for n, job in jobs.items() if job.status is not InitialStatus.ON_ICE}
    scheduled = [(name, job.schedule) for name, job in live.items() if job.schedule]
    for job, schedule in [*scheduled, *([(None, network.schedule)] if network.schedule else [])]:
        for each in schedule.each():
            if each.timezone is not None:
                is_member = job is not None and jobs[job].box is not None
                _report(job, each, network.engine, diagnostics, is_member=is_member)


def _report(
    job: str | None,
    schedule: Schedule,
    engine: type[Engine],
    diagnostics: Diagnostics,
    *,
    is_member: bool,
) -> None:
    seen: set[str] = set()
    zone = schedule.timezone or ""
    for change in clock_changes(zone, date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)):
        if is_member and engine.settles(change):
            continue
        wall = None if _starts_alike(schedule, change) else next(_met(schedule, change), None)
        by_cron = () if is_member or schedule.cron is not None else schedule.opened()
        why = (_confuses(each, change) for each in by_cron)
        finding: Finding | None = None
        if reason := next(filter(None, why), ""):
            day = f"{change.after:%Y-%m-%d}"
            finding = ConfusingClockChange(timezone=zone, day=day, why=reason)
        elif wall is not None:
            finding = _found(schedule, change, wall, engine)
        if finding and finding.code not in seen:
            seen.add(finding.code)
            diagnostics.add(finding, schedule.span, job=job, text=str(schedule))


def _starts_alike(schedule: Schedule, change: ClockChange) -> bool:
    """True if the source starts in that hour as Flyte does."""
    rule = schedule.at_change
    return rule is AtChange.SHOWN or (rule is AtChange.ONCE and change.is_forward)


def _found(
    schedule: Schedule, change: ClockChange, wall: datetime, engine: type[Engine]
) -> Finding:
    """The finding about a start in a changed hour."""
    zone, at, day = schedule.timezone or "", f"{wall:%H:%M}", f"{wall:%Y-%m-%d}"
    if schedule.at_change is None and not engine.settles(change):
        kind = SkippedHour if change.is_forward else RepeatedHour
        return kind(timezone=zone, time=at, day=day)
    if change.is_forward:
        return StartLost(timezone=zone, time=at, day=day, then=f"{change.after:%H:%M}")
    which = "second" if schedule.at_change is None else "first"
    return StartRepeated(timezone=zone, time=at, day=day, which=which)


def _confuses(schedule: Schedule, change: ClockChange) -> str:
    """Why Flyte's scheduler may be wrong on that day or the next one; empty if it is not.

    robfig/cron goes on by whole hours, and takes the hour 0 for the sign of a new day: without it,
    the day before goes on. To a day behind one that is none of the schedule's it comes from that
    one's midnight; east of Greenwich it takes a midnight that does not happen for the day before.
    """
    day = change.after.date()
    if abs(change.after - change.before) != timedelta(hours=1):
        near = day in schedule.days or day + timedelta(days=1) in schedule.days
        return "its clock changes by more or less than an hour" if near else ""
    if not (change.is_forward and change.concerns(datetime.combine(day, time()))):
        return ""
    by_cron = schedule.days.cron
    goes_on = day - timedelta(days=1) in by_cron
    east = change.before > change.moment.replace(tzinfo=None)
    wrong = day not in by_cron if goes_on else east and day in schedule.days
    return "its clock has no midnight then" if wrong else ""


def _met(schedule: Schedule, change: ClockChange) -> Iterator[datetime]:
    """The starts of the schedule in the hour that this change skips or repeats.

    Both sides start minutes of every hour in the hours that happen, unless the source starts once.
    """
    for day in sorted({change.before.date(), change.after.date()}):
        walls = (datetime.combine(day, at) for at in _times_on(schedule, day))
        yield from (wall for wall in walls if change.concerns(wall))


def _times_on(schedule: Schedule, day: date) -> Iterator[time]:
    if schedule.cron is not None:
        minutes, hours, month_days, months, week = schedule.cron.split()
        days = CronDays(
            _numbers(week, 0, 6),
            () if month_days == "*" else _numbers(month_days, 1, 31),
            _numbers(months, 1, 12),
        )
        for hour in _numbers(hours, 0, 23) if day in days and hours != "*" else ():
            yield from (time(hour, minute) for minute in _numbers(minutes, 0, 59))
        return
    if schedule.minutes and schedule.at_change is AtChange.ONCE and day in schedule.days:
        yield from (time(hour, minute) for hour in range(24) for minute in schedule.minutes)
    for each in schedule.opened() if schedule.times else ():
        if day in each.days:
            yield from (time(hour, minute) for hour, minute in each.times)


def _numbers(field: str, low: int, high: int) -> tuple[int, ...]:
    """The numbers that a field of a cron expression allows."""
    found: set[int] = set()
    for part in field.split(","):
        numbers, _, step = part.partition("/")
        first, dash, last = (f"{low}-{high}" if numbers == "*" else numbers).partition("-")
        found.update(range(int(first), int(last if dash else first) + 1, int(step or 1)))
    return tuple(sorted(found))
