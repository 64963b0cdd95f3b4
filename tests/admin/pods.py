"""The surroundings of a task in a pod, as far as its helpers look at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flytekit.core.context_manager import (
    ExecutionParameters,
    ExecutionState,
    FlyteContextManager,
)
from flytekit.models.core.identifier import WorkflowExecutionIdentifier

from tests.admin import Door
from tests.admin.records import DOMAIN, PROJECT, Run


def address(door: Door) -> dict[str, str]:
    """The variables that lead a pod to Flyte Admin."""
    return {"FLYTE_PLATFORM_URL": door.endpoint, "FLYTE_PLATFORM_INSECURE": "true"}


@contextmanager
def pod(run: Run) -> Iterator[None]:
    """A pod of an execution."""
    here = WorkflowExecutionIdentifier(PROJECT, DOMAIN, run.name)
    user = ExecutionParameters(datetime.now(), "/tmp", None, here, None, "/tmp")
    context = FlyteContextManager.current_context()
    state = context.new_execution_state().with_params(
        mode=ExecutionState.Mode.TASK_EXECUTION, user_space_params=user
    )
    inside = context.with_execution_state(state)
    with FlyteContextManager.with_context(inside):
        yield
