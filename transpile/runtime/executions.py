"""Waits for other workflows on the platform."""

from datetime import datetime, timedelta, timezone
from typing import Any

from flytekit import current_context
from flytekit.configuration import Config
from flytekit.core.context_manager import ExecutionState, FlyteContextManager
from flytekit.models.core.execution import WorkflowExecutionPhase
from flytekit.models.filters import Equal
from flytekit.remote import FlyteRemote

from transpile.runtime.commands import final_status
from transpile.runtime.masking import shown
from transpile.runtime.waits import wait_until


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
    here = current_context().execution_id
    state = FlyteContextManager.current_context().execution_state
    if state is None or state.mode is not ExecutionState.Mode.TASK_EXECUTION:
        print(f"{workflow}: taken to have succeeded, for there is no platform here")
        return 0
    places = (project or here.project, domain or here.domain)
    remote = FlyteRemote(Config.auto(), *places)
    wait_until(
        lambda: _has_succeeded(remote, places, workflow, within),
        workflow,
        interval,
        time_limit,
    )
    return 0


def _has_succeeded(
    remote: Any,
    places: tuple[str, str],
    workflow: str,
    within: timedelta,
) -> bool:
    named = [Equal("workflow.name", workflow)]
    try:
        runs = remote.recent_executions(*places, limit=1, filters=named)
    except Exception as error:
        # The platform may be unavailable for a while: the wait goes on until its time limit.
        print(f"{workflow}: the platform does not answer: {shown(str(error))}")
        return False
    if not runs or runs[0].closure.phase != WorkflowExecutionPhase.SUCCEEDED:
        return False
    ended = runs[0].closure.started_at + runs[0].closure.duration
    age = datetime.now(timezone.utc) - ended.replace(tzinfo=timezone.utc)
    return bool(age <= within)


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
