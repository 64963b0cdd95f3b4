"""Chooses the schedule that starts a workflow."""

from collections.abc import Iterable

from transpile.findings.codes.schedules import (
    NoStartTime,
    OwnStartTime,
    PlannedTimeAsStart,
    SeveralSchedules,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Dependency, Facts, Schedule, SettledJob


def choose_schedule(facts: Facts, diagnostics: Diagnostics) -> SettledJob | None:
    """The job whose schedule starts the workflow; jobs that start at other times are reported.

    A workflow has one clock. Among the jobs without upstream jobs, it is the schedule by which most
    jobs start.
    """
    # Stand-ins for jobs of other estates start with the workflow that waits for them.
    known = [d for d in facts.dependencies if not d.missing and d.upstream not in facts.externals]
    waiting = {d.downstream for d in known}
    scheduled = [job for job in map(facts.jobs.__getitem__, facts.order) if job.schedule]
    top = [job for job in scheduled if job.box is None]
    free = [job for job in top if job.name not in waiting]
    chosen = _chosen(free or top, _Behind(facts, known))
    for job in scheduled:
        if _follows(job, chosen, waiting):
            continue
        if job.schedule and job.schedule.placed and job in free:
            planned = PlannedTimeAsStart(schedule=str(job.schedule), name=job.name)
            report(planned, job, diagnostics)
        if chosen is None or job.name in waiting or job.box is not None:
            if chosen is None or job is chosen or _differs(job, chosen):
                shown = f"{job.schedule}{_only_overlap(job, chosen)}"
                report(OwnStartTime(name=job.name, schedule=shown), job, diagnostics)
        elif _differs(job, chosen):
            shown = f"{_shown(job.schedule)}{_only_overlap(job, chosen)}"
            by = _shown(chosen.schedule)
            several = SeveralSchedules(chosen=chosen.name, by=by, name=job.name, schedule=shown)
            report(several, job, diagnostics)
    for name in facts.order if chosen else ():
        job = facts.jobs[name]
        is_own = name not in waiting and name not in facts.externals
        if chosen and job.schedule is None and job.box is None and is_own:
            found = NoStartTime(name=name, chosen=chosen.name)
            diagnostics.add(found, job.span, job=name, text=name)
    return chosen


class _Behind:
    """Counts the jobs that start because of others: downstream jobs, and members of boxes."""

    def __init__(self, facts: Facts, dependencies: Iterable[Dependency]) -> None:
        self._next: dict[str, set[str]] = {name: set(m) for name, m in facts.members.items()}
        for found in dependencies:
            self._next.setdefault(found.upstream, set()).add(found.downstream)

    def count(self, names: Iterable[str]) -> int:
        """The number of these jobs and all jobs behind them."""
        reached, pending = set[str](), list(names)
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending += self._next.get(name, ())
        return len(reached)


def _chosen(jobs: list[SettledJob], behind: _Behind) -> SettledJob | None:
    """The first job, by name, with the schedule that starts most jobs."""
    by_schedule: dict[Schedule, list[str]] = {}
    for job in jobs:
        assert job.schedule is not None
        by_schedule.setdefault(job.schedule.when(), []).append(job.name)
    ranked = ((-behind.count(names), min(names)) for names in by_schedule.values())
    first = min(ranked, default=None)
    return next((job for job in jobs if first and job.name == first[1]), None)


def _differs(job: SettledJob, other: SettledJob) -> bool:
    return (
        job.schedule is None
        or other.schedule is None
        or (job.schedule.when() != other.schedule.when())
    )


def _follows(job: SettledJob, chosen: SettledJob | None, waiting: set[str]) -> bool:
    """True for a job that waits for others on the same days and for no start time."""
    one, other = job.schedule, chosen.schedule if chosen else None
    if one is None or other is None or job is chosen or job.name not in waiting:
        return False
    return one.placed and [s.days for s in one.each()] == [s.days for s in other.each()]


def _only_overlap(job: SettledJob, chosen: SettledJob | None) -> str:
    """A remark for schedules that differ only in how they treat overlapping starts."""
    one, other = job.schedule, chosen.schedule if chosen else None
    is_same = one and other and one.skips and str(one) == str(other)
    return " unless it still runs" if is_same else ""


def _shown(schedule: Schedule | None) -> str:
    """The schedule with its time zone, by default that of the server."""
    zone = "" if schedule is None or schedule.timezone else " in the zone of the server"
    return f"{schedule}{zone}"


def report(finding: Finding, job: SettledJob, diagnostics: Diagnostics) -> None:
    """Report something about the schedule of a job."""
    span = job.schedule.span if job.schedule else job.span
    diagnostics.add(finding, span, job=job.name, text=str(job.schedule))
