"""Waits for other workflows on the platform."""

from datetime import timedelta
from typing import Any

from transpile.runtime.admin import Admin, flyte_admin, on_platform
from transpile.runtime.commands import final_status
from transpile.runtime.masking import shown
from transpile.runtime.resumable import resumable
from transpile.runtime.waits import now, wait_until


@resumable
def wait_for_run(
    workflow: str,
    *,
    within: timedelta,
    project: str = "",
    domain: str = "",
    interval: int = 60,
    time_limit: timedelta | None = None,
) -> int:
    """Return 0 once the latest run of a workflow on the platform has succeeded.

    That run ended at most `within` before now. Project and domain default to those of this run. A
    local run, which has no platform, takes the workflow to have succeeded and prints that.
    """
    if not on_platform():
        print(f"{workflow}: taken to have succeeded, for there is no platform here")
        return 0
    admin = flyte_admin(project, domain, pauses=())
    wait_until(
        lambda: _has_succeeded(admin, workflow, within),
        workflow,
        interval,
        time_limit,
    )
    return 0


def _has_succeeded(admin: Admin, workflow: str, within: timedelta) -> bool:
    try:
        run = next(admin.executions(workflow), None)
    except Exception as error:
        # The platform may be away for a while: the wait goes on until its time limit.
        print(f"{workflow}: {shown(str(error))}")
        return False
    if run is None or run.phase != "SUCCEEDED":
        return False
    return now() - run.changed <= within


@resumable
def wait_run_status(
    workflow: str,
    *,
    retries: int = 0,
    time_limit: timedelta | None = None,
    **options: Any,
) -> str:
    """Wait for a run as `wait_for_run` does, and return a status."""
    return final_status(
        lambda: wait_for_run(workflow, time_limit=time_limit, **options),
        retries,
    )
