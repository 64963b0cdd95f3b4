"""Finds the job whose schedule starts a workflow."""

from transpile.findings.codes.cuts import StartTimeInBox
from transpile.findings.codes.schedules import PlannedTimeAsStart
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.lowering.placement import is_timed
from transpile.model import Facts, SettledJob


def find_starter(facts: Facts, diagnostics: Diagnostics) -> SettledJob | None:
    """The first job, one without upstream jobs if there is any, that starts by the clock.

    All jobs of a workflow that start by the clock have the same clock.
    """
    waiting = {d.downstream for d in facts.dependencies if d.upstream not in facts.externals}
    scheduled = [j for name in facts.groups[0] if (j := facts.jobs[name]).schedule is not None]
    free = [job for job in scheduled if job.name not in waiting]
    starter = next(iter(free or scheduled), None)
    for job in free:
        if job.schedule and job.schedule.placed:
            planned = PlannedTimeAsStart(schedule=str(job.schedule), name=job.name)
            report(planned, job, diagnostics)
    for name in facts.order:
        if is_timed(facts, name):
            _report_member(facts.jobs[name], starter, diagnostics)
    return starter


def _report_member(job: SettledJob, starter: SettledJob | None, diagnostics: Diagnostics) -> None:
    """Report the start time of a job in a box that may pass while the box does not run."""
    clock = starter.schedule if starter else None
    assert job.schedule is not None
    days = [each.days for each in job.schedule.each()]
    if clock is None or any(each.days not in days for each in clock.each()) or len(set(days)) > 1:
        found = StartTimeInBox(name=job.name, box=job.box or "", schedule=str(job.schedule))
        report(found, job, diagnostics)


def report(finding: Finding, job: SettledJob, diagnostics: Diagnostics) -> None:
    """Report something about the schedule of a job."""
    span = job.schedule.span if job.schedule else job.span
    diagnostics.add(finding, span, job=job.name, text=str(job.schedule))
