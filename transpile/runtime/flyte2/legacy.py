"""The scheduler of the source, while jobs run on both sides: a driver asks it and tells it.

Commands run in threads beside the event loop of the driver.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from transpile.runtime.estate import Estate
from transpile.runtime.flyte2.admin import flyte_admin, on_platform, this_run
from transpile.runtime.flyte2.failures import Failure
from transpile.runtime.flyte2.gates import Wait, wait_by
from transpile.runtime.flyte2.rows import in_row
from transpile.runtime.legacy import INACTIVE, BothSides, LegacyJob, NoAnswer, hears
from transpile.runtime.statuses import RUNNING, succeeded


async def on_both_sides(job: str, wait: Wait, *, interval: float) -> None:
    """Return once the condition holds; ask both sides every so many seconds.

    An answer that fails to come changes nothing. A local run, which has no platform, takes the
    condition to hold and prints that.
    """
    await wait_by(job, wait, partial(both_say, wait), interval)


def both_say(wait: Wait) -> bool:
    """True if the condition holds now, as both sides say."""
    try:
        return wait.holds(BothSides(Estate(flyte_admin(), this_run())).last)
    except (Failure, NoAnswer) as error:
        print(f"{error}; asking again", flush=True)
        return False


async def tell_legacy_start(
    *jobs: LegacyJob,
    resets: Sequence[LegacyJob] = (),
    interval: float,
) -> None:
    """Tell the legacy side that jobs start; the `resets` are jobs in a box that starts.

    What this run recovers from an earlier one does not start again. Returns when the legacy side
    knows.
    """
    for job in resets:
        await _tell(job, INACTIVE, interval, _will_be_recovered)
    for job in jobs:
        await _tell(job, RUNNING, interval, _will_be_recovered)


async def tell_legacy(job: LegacyJob, status: str, *, interval: float) -> None:
    """Tell the legacy side how a job has ended, unless it ended in the run that this one recovers.

    It hears nothing of a box that has not completed. Returns when the legacy side knows.
    """
    if status != RUNNING:
        await _tell(job, status, interval, _is_recovered)


async def _tell(
    job: LegacyJob,
    status: str,
    interval: float,
    was_told: Callable[[LegacyJob], bool],
) -> None:
    """Tell the legacy side a status again and again until it has heard it."""
    if not on_platform():
        print(f"{job.name} {status}: nobody is told, for there is no platform here")
        return
    asked = partial(_until_heard, job, status, interval, was_told)
    # Whatever a run that recovers this one takes over, it tells by itself.
    await in_row(f"{job.name} told {status}", asked, this_run())


async def _until_heard(
    job: LegacyJob,
    status: str,
    interval: float,
    was_told: Callable[[LegacyJob], bool],
) -> str:
    while not (said := await asyncio.to_thread(_heard, job, status, was_told)):
        await asyncio.sleep(interval)
    print(f"{job.name} {status}: {said}", flush=True)
    return said


def _heard(job: LegacyJob, status: str, was_told: Callable[[LegacyJob], bool]) -> str:
    """Tell the legacy side a status; says how it has heard it, or nothing if it has not."""
    try:
        if was_told(job):
            return "told in the earlier run"
    except Failure as failure:
        print(f"{job.name}: {failure}; telling it again", flush=True)
        return ""
    return "told" if hears(job, status) else ""


def _will_be_recovered(job: LegacyJob) -> bool:
    """True if this run recovers one in which the job succeeded."""
    if not job.task:
        return False
    admin = flyte_admin()
    earlier = admin.recovered(this_run())
    if not earlier:
        return False
    records = (each for each in admin.nodes(earlier) if each.node == job.task)
    return any(succeeded(str(admin.output(each))) for each in records)


def _is_recovered(job: LegacyJob) -> bool:
    """True if this run has taken the job over from the one that it recovers."""
    if not job.task:
        return False
    admin, here = flyte_admin(), this_run()
    if not admin.recovered(here):
        return False
    records = (each for each in admin.nodes(here) if each.node == job.task)
    return any(each.phase == "RECOVERED" for each in records)
