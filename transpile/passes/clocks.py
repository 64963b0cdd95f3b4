"""Schedules that meet a change of the clock, where the source and Flyte do different things."""

from collections.abc import Iterator
from datetime import date, datetime, time

from transpile.diagnostics import Diagnostics
from transpile.ir import Job, Network, Schedule
from transpile.ir.clock import ClockChange, clock_changes

YEARS = (2026, 2037)
"""The first and the last year that are looked at."""


def report_clock_changes(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass each schedule is reported that a change of the clock meets.

    Flyte starts what happens: nothing in an hour that is left out, and twice in one that is
    repeated. The source makes up for the one, and starts once in the other.
    """
    for job in network.jobs.values():
        for schedule in job.schedule.each() if job.schedule else ():
            if schedule.timezone is not None:
                _report(job, schedule, schedule.timezone, diagnostics)
    return network


def _report(job: Job, schedule: Schedule, zone: str, diagnostics: Diagnostics) -> None:
    seen: set[str] = set()
    for change in clock_changes(zone, date(YEARS[0], 1, 1), date(YEARS[1], 12, 31)):
        code = "A521" if change.is_forward else "A522"
        wall = None if code in seen else next(_met(schedule, change), None)
        if wall is not None:
            seen.add(code)
            fields = {"timezone": zone, "time": f"{wall:%H:%M}", "day": f"{wall:%Y-%m-%d}"}
            diagnostics.add(code, schedule.span, job=job.name, text=str(schedule), **fields)


def _met(schedule: Schedule, change: ClockChange) -> Iterator[datetime]:
    """The starts of the schedule that happen never, or twice, at this change."""
    times = [time(hour, minute) for hour, minute in schedule.times]
    if not change.is_forward:
        times += [time(hour, minute) for hour in range(24) for minute in schedule.minutes]
    for day in sorted({change.before.date(), change.after.date()}):
        if schedule.runs_on(day):
            walls = (datetime.combine(day, at) for at in times)
            yield from (wall for wall in walls if change.concerns(wall))
