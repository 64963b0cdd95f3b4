"""Reports results that depend on which job is faster."""

from collections.abc import Collection, Sequence

from transpile.analysis.endings import Endings
from transpile.analysis.moments import Jobs, is_iced
from transpile.findings.codes.boxes import (
    AbortStopsOnlyDownstream,
    BoxEndsEarly,
    BoxEndsLate,
    JobNotKilled,
    TerminatorIgnored,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Job, JobGraph, Steps
from transpile.sources.printable import listed


def report_races(
    jobs: Jobs, order: Sequence[str], never_ends: Collection[str], diagnostics: Diagnostics
) -> None:
    """After this pass each box, terminator and abort is reported that the source ends earlier.

    An emitted box has its result when all its members have ended. A terminator, or a job that
    aborts the whole, stops only the jobs that wait for it.
    """
    graph = jobs.graph
    live = [j for j in graph.jobs.values() if graph.keeps(j.name) and not is_iced(j)]
    ruled = [job for job in live if job.box_rule and not job.box_rule.at_end]
    terminators = [job for job in live if job.terminates_box and job.box]
    ending = [job for job in live if job.ends_with_box]
    aborting = [job for job in live if _aborts(job)]
    if ruled or terminators or ending:
        endings = Endings(jobs, order, never_ends)
        for box in ruled:
            _report_rule(box, endings, diagnostics)
        for job in terminators:
            assert job.box is not None
            _report_terminator(job, graph.jobs[job.box], endings, diagnostics)
        for job in ending:
            if endings.fails_around(job):
                diagnostics.add(
                    JobNotKilled(name=job.name, box=job.box or ""), job.span, job=job.name
                )
    if aborting:
        for job in aborting:
            others = _unordered(job, graph)
            if others:
                diagnostics.add(
                    AbortStopsOnlyDownstream(name=job.name, others=listed(others)),
                    job.span,
                    job=job.name,
                )


def _report_rule(box: Job, endings: Endings, diagnostics: Diagnostics) -> None:
    assert box.box_rule is not None
    early = endings.by_rule(box)
    if reason := early.explained():
        diagnostics.add(
            BoxEndsEarly(name=box.name, reason=reason),
            box.box_rule.span,
            job=box.name,
            text=box.box_rule.text,
        )
    elif early.running and endings.is_observed(box.name):
        others = listed(list(early.running))
        diagnostics.add(
            BoxEndsLate(name=box.name, others=others),
            box.box_rule.span,
            job=box.name,
            text=box.box_rule.text,
        )


def _report_terminator(job: Job, box: Job, endings: Endings, diagnostics: Diagnostics) -> None:
    early = endings.by_terminator(box, job)
    if early.unstarted:
        others = listed(list(early.unstarted))
        diagnostics.add(
            TerminatorIgnored(name=job.name, box=box.name, others=others), job.span, job=job.name
        )


def _aborts(job: Job) -> bool:
    return isinstance(job.action, Steps) and job.action.abort is not None


def _unordered(job: Job, graph: JobGraph) -> list[str]:
    """The jobs that may run before, while or after this one does."""
    ordered = graph.reached([graph.end[job.name]])
    ordered |= graph.reached([graph.start[job.name]], backwards=True)
    leaves = (name for name in graph.jobs if not graph.has_members(name))
    return [name for name in leaves if graph.start[name] not in ordered]
