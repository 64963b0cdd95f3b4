"""When the source starts each job of an estate: at its times, and after other jobs.

A start is identified by the start time that caused it. All runs are assumed to succeed and to take
the same time. A job with start times starts at each of them, a job with a condition
when a job that it names ends, and members of a box when the box starts, or at their own times. A
job that has neither starts by hand only. A time that only places a job in the plan of its day
(`Schedule.placed`) does not hold it back; its days count.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from transpile.model import Facts, InitialStatus, Schedule
from transpile.model.graph import topological
from transpile.model.ticks import UTC, starts

_Runs = Mapping[datetime, datetime]
"""When a job starts, by the start time that caused it."""


def starts_of_jobs(
    facts: Facts, first: date, days: int, lasting: timedelta
) -> dict[str, list[datetime]]:
    """The starts (UTC) of each job of a network on so many days, if runs take `lasting`.

    Jobs on ice, and those that stand for outside jobs, are left out.
    """
    runs: dict[str, _Runs] = {}
    upstream = awaited(facts)
    for name in _ordered(facts, upstream):
        job = facts.jobs[name]
        if name in facts.externals or job.status is InitialStatus.ON_ICE:
            continue
        ticks = starts(job.schedule, first, days) if job.schedule else []
        if job.box is not None:
            box = runs.get(job.box, {})
            runs[name] = _at_own_times(box, ticks) if job.schedule else box
        elif job.schedule and not (job.schedule.placed and name in upstream):
            found = kept(ticks, lasting) if job.schedule.skips else ticks
            runs[name] = {moment: moment for moment in found}
        else:
            goes_on = facts.said.engine.remembers or job.schedule is not None
            following = _following(upstream.get(name, ()), runs) if goes_on else {}
            runs[name] = _on_days(following, job.schedule) if job.schedule else following
    # Most members share the runs of their box.
    shown = {id(found): sorted(set(found.values())) for found in runs.values()}
    return {name: shown[id(found)] for name, found in runs.items()}


def _ordered(facts: Facts, upstream: Mapping[str, Iterable[str]]) -> list[str]:
    """The jobs behind their boxes and upstream jobs; those that wait for themselves come last."""
    names = [*facts.order, *sorted(facts.left_out)]
    place = {name: number for number, name in enumerate(names)}
    behind: list[list[int]] = [[] for _ in names]
    for number, name in enumerate(names):
        box = facts.jobs[name].box
        for other in (*upstream.get(name, ()), *((box,) if box else ())):
            if other in place:
                behind[place[other]].append(number)
    order = topological(behind)
    return [names[n] for n in (*order, *sorted(set(range(len(names))) - set(order)))]


def awaited(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The upstream jobs of each job, without missing and outside jobs and those on ice.

    A job with a place in a plan starts with its workflow, whatever it waits for elsewhere.
    """
    found: dict[str, dict[str, None]] = {}
    clocks = {name: job.schedule for name, job in facts.jobs.items() if job.schedule}
    placed = {name for name, clock in clocks.items() if clock.placed}
    iced = {name for name, job in facts.jobs.items() if job.status is InitialStatus.ON_ICE}
    idle = iced.union(facts.externals)
    far = (each for each in facts.far if each.downstream not in placed)
    for each in (*facts.dependencies, *far):
        if not each.missing and each.upstream not in idle:
            found.setdefault(each.downstream, {})[each.upstream] = None
    return {name: tuple(others) for name, others in found.items()}


def kept(moments: Iterable[datetime], lasting: timedelta) -> list[datetime]:
    """The moments at which no earlier run is still going on."""
    found: list[datetime] = []
    for moment in moments:
        if not found or moment >= found[-1] + lasting:
            found.append(moment)
    return found


def _at_own_times(box: _Runs, ticks: list[datetime]) -> _Runs:
    """The starts of a member: its first own time in each run of its box."""
    places = ((cause, moment, bisect_left(ticks, cause)) for cause, moment in box.items())
    return {
        cause: max(moment, ticks[place]) for cause, moment, place in places if place < len(ticks)
    }


def _on_days(runs: _Runs, schedule: Schedule) -> _Runs:
    """The runs on the days of a schedule."""
    zoned = [(each.days, ZoneInfo(each.timezone or UTC)) for each in schedule.each()]
    return {
        cause: moment
        for cause, moment in runs.items()
        if any(cause.astimezone(zone).date() in days for days, zone in zoned)
    }


def _following(upstream: Iterable[str], runs: Mapping[str, _Runs]) -> _Runs:
    """The starts of all upstream jobs, each of which may start the job when it ends."""
    # Most upstream jobs share one box.
    several = list({id(found): found for n in upstream if (found := runs.get(n))}.values())
    causes = {cause for found in several for cause in found}
    return {cause: cause for cause in causes}
