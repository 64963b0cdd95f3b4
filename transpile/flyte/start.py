"""Which schedule starts a workflow, where its jobs have several."""

from transpile.diagnostics import Diagnostics
from transpile.ir import Dependency, Job, Network, Schedule


def choose_schedule(
    network: Network,
    names: list[str],
    dependencies: list[Dependency],
    diagnostics: Diagnostics,
) -> Schedule | None:
    """The schedule of the first job that nothing but the clock holds back; others are reported.

    A launch plan for each schedule would run the whole workflow several times, so there is one
    schedule, and a job with another start time of its own is named.
    """
    scheduled = [job for job in (network.jobs[name] for name in names) if job.schedule]
    # What stands for a job elsewhere starts with the workflow that waits for it.
    known = (d for d in dependencies if not d.missing and d.upstream not in network.externals)
    waiting = {d.downstream for d in known}
    top = [job for job in scheduled if job.box is None]
    free = [job for job in top if job.name not in waiting]
    chosen = next(iter(free or top), None)
    for job in scheduled:
        if chosen is None or job.name in waiting or job.box is not None:
            if chosen is None or job is chosen or _differs(job, chosen):
                fields = {"name": job.name, "schedule": str(job.schedule)}
                _report("A505", job, diagnostics, fields)
        elif _differs(job, chosen):
            fields = {"name": job.name, "schedule": str(job.schedule), "chosen": chosen.name}
            _report("A508", job, diagnostics, fields)
    if chosen is None:
        return None
    for name in names:
        job = network.jobs[name]
        is_own = name not in waiting and name not in network.externals
        if job.schedule is None and job.box is None and is_own:
            fields = {"name": name, "chosen": chosen.name}
            diagnostics.add("A510", job.span, job=name, text=name, **fields)
    return chosen.schedule


def _differs(job: Job, other: Job) -> bool:
    return (
        job.schedule is None
        or other.schedule is None
        or (job.schedule.when() != other.schedule.when())
    )


def _report(code: str, job: Job, diagnostics: Diagnostics, fields: dict[str, str]) -> None:
    span = job.schedule.span if job.schedule else job.span
    diagnostics.add(code, span, job=job.name, text=fields["schedule"], **fields)
