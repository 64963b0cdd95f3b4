"""WITH_AUTO_HOLD, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def auto_held() -> int:
    """AUTO_HELD · statuses.jil:39

    status: on hold

    command: rm -rf /
    """
    # TODO[A206] AUTO_HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@task
def not_held() -> int:
    """NOT_HELD · statuses.jil:44

    status: INACTIVE
    """
    return run("true")


# WITH_AUTO_HOLD · statuses.jil:37
with_auto_hold = Workflow(name="WITH_AUTO_HOLD", failure_policy=KEEP_GOING)

auto_held_node = with_auto_hold.add_entity(auto_held).with_overrides(
    node_name="auto-held", name="AUTO_HELD"
)
not_held_node = with_auto_hold.add_entity(not_held).with_overrides(
    node_name="not-held", name="NOT_HELD"
)

with_auto_hold.add_workflow_output("auto_held", auto_held_node.o0)
with_auto_hold.add_workflow_output("not_held", not_held_node.o0)


if __name__ == "__main__":
    print(f"Running with_auto_hold() {with_auto_hold()}")
