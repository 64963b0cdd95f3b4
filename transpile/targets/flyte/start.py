"""Which schedule starts a workflow, where its jobs have several, and what overlapping starts do."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from transpile.findings.codes.clocks import (
    LaunchPlansOverlap,
    LongRunSkipsStart,
    SkippedWhileDownstreamRuns,
)
from transpile.findings.codes.schedules import (
    NoStartTime,
    OwnStartTime,
    PlannedTimeAsStart,
    SeveralSchedules,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Dependency, Job, Network, Schedule
from transpile.targets.flyte.crons import crons

_HOUR, _DAY = 60, 24 * 60
_FIRST, _DAYS = date(2026, 1, 1), 731
"""The days on which starts by several rules are looked for."""


def choose_schedule(
    network: Network,
    names: list[str],
    dependencies: list[Dependency],
    diagnostics: Diagnostics,
) -> Job | None:
    """The job whose schedule starts the workflow; jobs that start at other times are reported.

    A launch plan for each schedule would run the whole workflow several times, so there is one
    schedule: of the jobs that nothing but the clock holds back, that by which most jobs start. The
    order of the jobs does not matter.
    """
    jobs = network.jobs
    # What stands for a job elsewhere starts with the workflow that waits for it.
    known = [d for d in dependencies if not d.missing and d.upstream not in network.externals]
    waiting = {d.downstream for d in known}
    scheduled = [job for job in (jobs[name] for name in names) if job.schedule]
    top = [job for job in scheduled if job.box is None]
    free = [job for job in top if job.name not in waiting]
    chosen = _chosen(free or top, _Behind(network, known))
    for job in scheduled:
        if _follows(job, chosen, waiting):
            continue
        if job.schedule and job.schedule.placed and job in free:
            planned = PlannedTimeAsStart(schedule=str(job.schedule), name=job.name)
            _report(planned, job, diagnostics)
        if chosen is None or job.name in waiting or job.box is not None:
            if chosen is None or job is chosen or _differs(job, chosen):
                shown = f"{job.schedule}{_only_overlap(job, chosen)}"
                _report(OwnStartTime(name=job.name, schedule=shown), job, diagnostics)
        elif _differs(job, chosen):
            shown = f"{_shown(job.schedule)}{_only_overlap(job, chosen)}"
            by = _shown(chosen.schedule)
            several = SeveralSchedules(chosen=chosen.name, by=by, name=job.name, schedule=shown)
            _report(several, job, diagnostics)
    for name in names if chosen else ():
        job = jobs[name]
        is_own = name not in waiting and name not in network.externals
        if chosen and job.schedule is None and job.box is None and is_own:
            found = NoStartTime(name=name, chosen=chosen.name)
            diagnostics.add(found, job.span, job=name, text=name)
    return chosen


def report_overlaps(network: Network, chosen: Job, diagnostics: Diagnostics) -> None:
    """Say where launch plans that skip overlapping starts may skip others than the source."""
    schedule = chosen.schedule
    if schedule is None or not schedule.skips:
        return
    others = [n for n in network.order if network.jobs[n].box is None and n != chosen.name]
    several = any(name not in network.externals for name in others)
    gap = _gap(schedule)
    if gap is None:
        if several:
            _report(LongRunSkipsStart(name=chosen.name), chosen, diagnostics)
        return
    hours, minutes = divmod(gap, _HOUR)
    name, apart = chosen.name, f"{hours}:{minutes:02}"
    if several:
        _report(SkippedWhileDownstreamRuns(name=name, gap=apart), chosen, diagnostics)
    count = sum(len(crons(each)) for each in schedule.opened())
    if count > 1:
        _report(LaunchPlansOverlap(plans=count, name=name, gap=apart), chosen, diagnostics)


class _Behind:
    """How many jobs start because a job does: those that wait for it, and the members of both."""

    def __init__(self, network: Network, dependencies: Iterable[Dependency]) -> None:
        self._next: dict[str, set[str]] = {name: set(m) for name, m in network.members.items()}
        for found in dependencies:
            self._next.setdefault(found.upstream, set()).add(found.downstream)

    def count(self, names: Iterable[str]) -> int:
        """The jobs behind any of these, themselves included."""
        reached, pending = set[str](), list(names)
        while pending:
            name = pending.pop()
            if name not in reached:
                reached.add(name)
                pending += self._next.get(name, ())
        return len(reached)


def _chosen(jobs: list[Job], behind: _Behind) -> Job | None:
    """The first job by name of those whose common schedule starts most jobs."""
    by_schedule: dict[Schedule, list[str]] = {}
    for job in jobs:
        assert job.schedule is not None
        by_schedule.setdefault(job.schedule.when(), []).append(job.name)
    ranked = ((-behind.count(names), min(names)) for names in by_schedule.values())
    first = min(ranked, default=None)
    return next((job for job in jobs if first and job.name == first[1]), None)


def _gap(schedule: Schedule) -> int | None:
    """The fewest minutes between two starts; None where there is a day or more between them."""
    if schedule.cron is not None:
        return None
    found = [(each.days, _minutes(each)) for each in schedule.opened()]
    if all(days == found[0][0] for days, _ in found):
        times = sorted({minute for _, minutes in found for minute in minutes})
        starts = [*times, times[0] + _DAY]
    else:
        days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
        starts = [
            number * _DAY + minute
            for number, day in enumerate(days)
            for minute in sorted({m for days, minutes in found if day in days for m in minutes})
        ]
    least = min((b - a for a, b in pairwise(starts)), default=_DAY)
    return least if least < _DAY else None


def _minutes(schedule: Schedule) -> set[int]:
    minutes = {hour * _HOUR + minute for hour, minute in schedule.times}
    return minutes | {hour * _HOUR + minute for hour in range(24) for minute in schedule.minutes}


def _differs(job: Job, other: Job) -> bool:
    return (
        job.schedule is None
        or other.schedule is None
        or (job.schedule.when() != other.schedule.when())
    )


def _follows(job: Job, chosen: Job | None, waiting: set[str]) -> bool:
    """True for a job that starts behind others on the same days, since no time holds it back."""
    one, other = job.schedule, chosen.schedule if chosen else None
    if one is None or other is None or job is chosen or job.name not in waiting:
        return False
    return one.placed and [s.days for s in one.each()] == [s.days for s in other.each()]


def _only_overlap(job: Job, chosen: Job | None) -> str:
    """What a schedule says that differs in nothing but what happens to overlapping starts."""
    one, other = job.schedule, chosen.schedule if chosen else None
    is_same = one and other and one.skips and str(one) == str(other)
    return " unless it still runs" if is_same else ""


def _shown(schedule: Schedule | None) -> str:
    """The schedule with its zone, that of the server where it names none."""
    zone = "" if schedule is None or schedule.timezone else " in the zone of the server"
    return f"{schedule}{zone}"


def _report(finding: Finding, job: Job, diagnostics: Diagnostics) -> None:
    span = job.schedule.span if job.schedule else job.span
    diagnostics.add(finding, span, job=job.name, text=str(job.schedule))
