"""Gates and starts that jobs of other workflows decide, and who opens them."""

from collections.abc import Callable
from typing import Any

from flyteidl.admin.launch_plan_pb2 import LaunchPlanSpec

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import Run
from tests.runtime.estates import A, B
from transpile.runtime.estate import Last
from transpile.runtime.gates import Start, Wait, look, tell
from transpile.runtime.statuses import succeeded

START = "SUM.start"


def wait_for(holds: Callable[[Last], bool], **more: Any) -> Wait:
    return Wait("MINE", "the gate", "wait", holds, **more)


A_SUCCEEDED = wait_for(lambda last: succeeded(last(A)))


BOTH = Start(START, lambda last: succeeded(last(A)) and succeeded(last(B)))


def waiting_run(door: Door, workflow: str = "MINE") -> Run:
    """An execution that has come to its wait; the gate has not begun yet."""
    run = door.run(workflow)
    run.node("wait", "RUNNING", is_parent=True)
    return run


def seen_by_look(door: Door, wait: Wait, here: Run | None = None) -> bool:
    """True if a look opens its gate."""
    here = here or door.run("MINE")
    with pod(here):
        look(wait)
    return "the gate" in door.opened(here)


def told(by: Run, *cuts: Wait | Start) -> str:
    with pod(by):
        return tell(*cuts)


def holds(door: Door, condition: Callable[[Last], bool]) -> bool:
    return seen_by_look(door, wait_for(condition))


def has_plan(door: Door, *, skips: bool = False) -> None:
    """Register the launch plan of a workflow without a clock."""
    spec = LaunchPlanSpec()
    spec.workflow_id.name = "SUM"
    spec.concurrency_policy.max = int(skips)
    door.launch_plans[START, "1"] = spec


def started(door: Door) -> list[str]:
    return [run.name for run in door.runs if run.workflow == "SUM"]
