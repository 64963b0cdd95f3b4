"""Finds the job whose schedule starts a workflow."""

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from transpile.findings.codes.cuts import StartMissed, StartTimeInBox
from transpile.findings.codes.schedules import PlannedTimeAsStart
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.lowering.placement import is_timed
from transpile.model import Facts, InitialStatus, Schedule, SettledJob
from transpile.model.starts import starts_of


def find_starter(facts: Facts, diagnostics: Diagnostics) -> SettledJob | None:
    """The first job, one without upstream jobs if there is any, that starts by the clock.

    A job on ice starts nothing. All others that start by the clock have the same clock, but for
    those that only have a place in the plan: those start with the others.
    """
    waiting = {d.downstream for d in facts.dependencies if d.upstream not in facts.externals}
    jobs = (facts.jobs[name] for name in facts.groups[0])
    scheduled = {
        job.name: job.schedule
        for job in jobs
        if job.schedule is not None and job.status is not InitialStatus.ON_ICE
    }
    first = min(scheduled, key=lambda name: (scheduled[name].placed, name in waiting), default=None)
    for name, schedule in scheduled.items():
        if schedule.placed and name not in waiting and not _starts_there(facts, name, first):
            planned = PlannedTimeAsStart(schedule=str(schedule), name=name)
            report(planned, facts.jobs[name], diagnostics)
    _report_missed(facts, diagnostics)
    late = {*facts.cuts, *waiting}
    for name in facts.order:
        job = facts.jobs[name]
        if is_timed(facts, name) and _may_miss(facts, job, late, first):
            found = StartTimeInBox(name=name, box=job.box or "", schedule=str(job.schedule))
            report(found, job, diagnostics)
    return None if first is None else facts.jobs[first]


def _starts_there(facts: Facts, name: str, first: str | None) -> bool:
    """True if a job never starts before its place in the plan, at which its workflow starts."""
    clocks = (facts.jobs[each].schedule for each in (name, first) if each is not None)
    starts = {clock.when() if clock else None for clock in clocks}
    return facts.said.engine.starts_at_places and len(starts) == 1


def _report_missed(facts: Facts, diagnostics: Diagnostics) -> None:
    """Report jobs without start times that other workflows would have to start."""
    for name in facts.groups[0]:
        job, cut = facts.jobs[name], facts.cuts.get(name)
        if name in facts.unstarted:
            continue
        if cut and not cut.starts and job.schedule is None and facts.said.engine.remembers:
            found = StartMissed(name=name, upstream=", ".join(cut.asked))
            diagnostics.add(found, cut.span, job=name, text=cut.text)


def _may_miss(facts: Facts, job: SettledJob, waiting: set[str], first: str | None) -> bool:
    """True if a start time of a member may come before its box starts, or after the member ran.

    `waiting` are the jobs that wait for others, `first` is the one whose clock starts them all.
    """
    around = facts.graph.ancestors(job.name)
    clock = facts.jobs[around[-1]].schedule
    if facts.said.engine.times_pass:
        return clock is None or not _starts_there(facts, around[-1], first)
    if clock is None or clock.placed or waiting.intersection(around):
        return True
    if any(facts.jobs[box].schedule is not None for box in around[:-1]):
        return True
    assert job.schedule is not None
    return _misses(clock.when(), job.schedule.when())


@lru_cache(maxsize=1024)
def _misses(clock: Schedule, own: Schedule) -> bool:
    """True if two times of a member come during one run of its box, or one when the run starts."""
    starts, ticks = starts_of(clock), starts_of(own)
    during = Counter(bisect_right(starts, tick) for tick in ticks if starts and tick >= starts[0])
    return max(during.values(), default=0) > 1 or not set(starts).isdisjoint(ticks)


def report(finding: Finding, job: SettledJob, diagnostics: Diagnostics) -> None:
    """Report something about the schedule of a job."""
    span = job.schedule.span if job.schedule else job.span
    diagnostics.add(finding, span, job=job.name, text=str(job.schedule))
