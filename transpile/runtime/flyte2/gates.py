"""What a workflow needs of others, and which others it starts."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from transpile.runtime.estate import Estate, Last, name_of_start
from transpile.runtime.flyte2.admin import flyte_admin, on_platform, this_run
from transpile.runtime.flyte2.failures import Failure
from transpile.runtime.flyte2.rows import in_row
from transpile.runtime.waits import now

INTERVAL = 60.0  # seconds between two questions


@dataclass(frozen=True)
class Wait:
    """What a job waits for in other workflows: the condition in words, and as a test.

    After the `limit` nothing meets it any more, and the wait ends with an error.
    """

    gate: str
    holds: Callable[[Last], bool]
    limit: timedelta | None = None


@dataclass(frozen=True)
class Start:
    """A workflow without a clock, by its task, and the condition under which it starts."""

    task: str
    holds: Callable[[Last], bool]


async def elsewhere(job: str, wait: Wait) -> None:
    """Return once the condition holds; ask every minute.

    A local run, which has no platform, takes the condition to hold and prints that.
    """
    await wait_by(job, wait, partial(_holds_now, wait), INTERVAL)


async def wait_by(
    job: str,
    wait: Wait,
    holds: Callable[[], bool],
    interval: float,
) -> None:
    """Return once a function that asks about the condition says so, every `interval` seconds."""
    if not on_platform():
        print(f"{wait.gate}: taken to hold, for there is no platform here")
        return
    print(f"{wait.gate}: waits", flush=True)
    await in_row(f"{job} waits", partial(_until_it_holds, wait, holds, interval))


async def _until_it_holds(
    wait: Wait,
    holds: Callable[[], bool],
    interval: float,
) -> str:
    begun = now()
    while not await asyncio.to_thread(holds):
        if wait.limit is not None and now() - begun > wait.limit:
            raise TimeoutError(f"{wait.gate}: not in time")
        await asyncio.sleep(interval)
    return wait.gate


async def tell(job: str, *starts: Start) -> None:
    """Start the workflows whose condition holds now that the job has ended."""
    if not on_platform():
        print("nothing is started, for there is no platform here")
        return
    for each in starts:
        started = partial(asyncio.to_thread, _started, each)
        print(await in_row(f"{job} tells {each.task}", started), flush=True)


async def runs_already(task: str) -> bool:
    """True if an earlier run of this task goes on: the source loses a start then."""
    if not on_platform():
        return False
    look = partial(asyncio.to_thread, _earlier_run, task)
    return bool(await in_row("earlier run", look))


def _earlier_run(task: str) -> str:
    """The name of an earlier run that goes on; empty without one."""
    admin, ours = flyte_admin(), this_run()
    running = list(admin.executions(task, "RUNNING"))
    here = next((run for run in running if run.name == ours), None)
    begun = (here.created, here.name) if here else (now(), ours)
    earlier = (run.name for run in running if (run.created, run.name) < begun)
    found = next(earlier, "")
    if found:
        print(f"{task}: nothing starts, for the run {found} goes on", flush=True)
    return found


def _holds_now(wait: Wait) -> bool:
    try:
        return wait.holds(Estate(flyte_admin(), this_run()).last)
    except Failure as failure:
        # The control plane may be away for longer: the wait goes on.
        print(f"{wait.gate}: {failure}", flush=True)
        return False


def _started(cut: Start) -> str:
    """Start a workflow if its condition holds; says what has become of it."""
    admin = flyte_admin()
    estate = Estate(admin, this_run())
    if not cut.holds(estate.last):
        return f"{cut.task}: not yet"
    name = name_of_start(cut.task, estate.seen(cut.holds))
    return f"{cut.task}: {admin.start(cut.task, name)}"


def rests(workflow: str, kickoff: datetime) -> list[str]:
    """Say that a trigger has fired on a day or at a time without a start."""
    print(f"{workflow}: no start at {kickoff.isoformat()}", flush=True)
    return []
