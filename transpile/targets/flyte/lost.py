"""Reports, once for the estate, that Flyte starts a job again after it loses the container."""

from collections.abc import Iterable

from transpile.findings.codes.limits import LostContainer
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, InitialStatus, Platform, SettledJob

SYSTEM_RETRIES = 3
"""flytepropeller's default for node-config.max-node-retries-system-failures."""


def system_retries(platform: Platform) -> int:
    """How often the platform starts a job again after it loses the container."""
    return SYSTEM_RETRIES if platform.system_retries is None else platform.system_retries


def report_lost_containers(
    estate: Iterable[Facts], platform: Platform, diagnostics: Diagnostics
) -> None:
    """Report that jobs may start again, at the first job of the estate that runs a command."""
    count = system_retries(platform)
    jobs = (facts.jobs[name] for facts in estate for name in facts.order)
    first = next(filter(_starts, jobs), None)
    if count and first is not None:
        times = f"{count:,} times" if count > 1 else "once"
        diagnostics.add(LostContainer(times=times), first.span, text=first.name)


def _starts(job: SettledJob) -> bool:
    runs = job.action is not None and job.status is InitialStatus.ACTIVE
    return job.call is not None or (runs and not job.held_up)
