"""Schedules that meet a change of the clock, where the source and Flyte do different things."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from transpile.diagnostics import Diagnostics
from transpile.ir import Job, Network, Schedule
from transpile.ir.clock import ClockChange, clock_changes

YEARS = (2026, 2037)
"""The first and the last year that are looked at."""


def report_clock_changes(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass each schedule is reported that a change of the clock meets.

    Flyte starts what happens: nothing in an hour that is left out, and twice in one that is
    repeated. The source makes up for the one, and starts once in the other. Other changes than
    those of an hour at night confuse Flyte's scheduler.
    """
    for job in network.jobs.values():
        for schedule in job.schedule.each() if job.schedule else ():
            if schedule.timezone is not None and schedule.cron is None:
                _report(job, schedule, schedule.timezone, diagnostics)
    return network


def _report(job: Job, schedule: Schedule, zone: str, diagnostics: Diagnostics) -> None:
    seen: set[str] = set()
    for change in clock_changes(zone, date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)):
        code = "A521" if change.is_forward else "A522"
        wall = next(_met(schedule, change), None)
        fields = {"timezone": zone}
        if why := _confuses(schedule, change):
            code, wall, fields["why"] = "A528", change.after, why
        if wall is not None and code not in seen:
            seen.add(code)
            fields |= {"time": f"{wall:%H:%M}", "day": f"{wall:%Y-%m-%d}"}
            diagnostics.add(code, schedule.span, job=job.name, text=str(schedule), **fields)


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
    """The starts of the schedule that happen never, or twice, at this change."""
    times = [time(hour, minute) for hour, minute in schedule.times]
    if not change.is_forward:
        times += [time(hour, minute) for hour in range(24) for minute in schedule.minutes]
    for day in sorted({change.before.date(), change.after.date()}):
        if day in schedule.days:
            walls = (datetime.combine(day, at) for at in times)
            yield from (wall for wall in walls if change.concerns(wall))
