"""When the source starts each job of a workflow: at its times, and after other jobs.

A start is identified by the start time that caused it. All runs are assumed to succeed and to take
the same time. A job with start times starts at each of them, a job with a condition
when a job that it names ends, and members of a box when the box starts, or at their own times. A
job that has neither starts by hand only. A time that only places a job in the plan of its day
(`Schedule.placed`) does not hold it back.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from transpile.model import Facts
from transpile.proof.source_clock import starts


def starts_of_jobs(
    facts: Facts, first: date, days: int, lasting: timedelta
) -> dict[str, list[datetime]]:
    """The starts (UTC) of each job of one workflow on so many days, if runs take `lasting`.

    Jobs that stand for outside jobs are left out.
    """
    found: dict[str, list[datetime]] = {}
    upstream = awaited(facts)
    for name in facts.order:
        job = facts.jobs[name]
        if name in facts.externals:
            continue
        ticks = starts(job.schedule, first, days) if job.schedule else []
        if job.box is not None:
            box = found.get(job.box, [])
            found[name] = _at_own_times(box, ticks) if job.schedule else box
        elif job.schedule and not (job.schedule.placed and name in upstream):
            found[name] = kept(ticks, lasting) if job.schedule.skips else ticks
        else:
            goes_on = facts.said.engine.remembers or job.schedule is not None
            found[name] = _following(upstream.get(name, ()), found) if goes_on else []
    return found


def awaited(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The upstream jobs of each job, without missing and outside jobs."""
    found: dict[str, dict[str, None]] = {}
    for each in facts.dependencies:
        if not each.missing and each.upstream not in facts.externals:
            found.setdefault(each.downstream, {})[each.upstream] = None
    return {name: tuple(others) for name, others in found.items()}


def kept(moments: Iterable[datetime], lasting: timedelta) -> list[datetime]:
    """The moments at which no earlier run is still going on."""
    found: list[datetime] = []
    for moment in moments:
        if not found or moment >= found[-1] + lasting:
            found.append(moment)
    return found


def _at_own_times(box: list[datetime], ticks: list[datetime]) -> list[datetime]:
    """The starts of a member: its first own time in each run of its box."""
    places = (bisect_left(ticks, moment) for moment in box)
    return sorted({ticks[place] for place in places if place < len(ticks)})


def _following(upstream: Iterable[str], found: dict[str, list[datetime]]) -> list[datetime]:
    """The starts of all upstream jobs, each of which may start the job when it ends."""
    # Most upstream jobs share one list of starts.
    several = list({id(moments): moments for n in upstream if (moments := found.get(n))}.values())
    return several[0] if len(several) == 1 else sorted({m for one in several for m in one})
