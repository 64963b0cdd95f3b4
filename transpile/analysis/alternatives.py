"""Reports jobs whose condition can hold before all jobs that it names have ended."""

from collections.abc import Iterator

from transpile.analysis.moments import Jobs, Moment, is_iced
from transpile.findings.codes.conditions import EndlessAlternative, LateStart
from transpile.findings.diagnostics import Diagnostics
from transpile.model import All, AnyOf, Condition, Job
from transpile.sources.printable import listed


def report_alternatives(jobs: Jobs, diagnostics: Diagnostics) -> None:
    """After this pass each job is reported that waits for more than its condition needs.

    A Flyte node starts when every node above it has ended. The source starts a job with an
    alternative as soon as one of the named jobs meets it.
    """
    for job, late, endless in _late(jobs):
        finding = (
            EndlessAlternative(name=job.name, others=listed(endless))
            if endless
            else LateStart(name=job.name, others=listed(late))
        )
        place = job.condition_place
        diagnostics.add(finding, place, job=job.name, text=job.condition_text)


def endless_alternatives(jobs: Jobs) -> list[Job]:
    """The jobs that wait for one that may never end, although another alternative suffices."""
    return [job for job, _, endless in _late(jobs) if endless]


def has_alternatives(condition: Condition) -> bool:
    """True if the condition holds in more than one way."""
    if isinstance(condition, All):
        return any(map(has_alternatives, condition.terms))
    return isinstance(condition, AnyOf) and len(condition.terms) > 1


def _late(jobs: Jobs) -> Iterator[tuple[Job, list[str], list[str]]]:
    """The jobs that may start late, with those that they wait for and those that may never end."""
    for name, named in jobs.named.items():
        job = jobs.graph.jobs[name]
        if job.condition is None or len(set(named)) < 2 or not has_alternatives(job.condition):
            continue
        if is_iced(job) or name in jobs.halts.held_up:
            continue
        late, endless = _waited_for(jobs, job, job.condition, named)
        if late:
            yield job, late, endless


def _waited_for(
    jobs: Jobs, job: Job, condition: Condition, named: list[str]
) -> tuple[list[str], list[str]]:
    """Those that may not have ended when the condition holds, and those that may never end."""
    late: dict[str, None] = {}
    endless: dict[str, None] = {}
    for way in jobs.ways(condition, job):
        moment = Moment(jobs, way, begun=[job.box])
        if not moment.possible:
            continue
        for other in named:
            if not moment.settled(other):
                late[other] = None
                if other not in endless and moment.may_hang(other):
                    endless[other] = None
    return [n for n in named if n in late], [n for n in named if n in endless]
