"""HELD_BOX, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def held_box_start() -> int:
    """HELD_BOX · start of the box"""
    return blocked("A206", "on hold")


@task
def in_held_box() -> int:
    """IN_HELD_BOX · statuses.jil:33"""
    return run("rm -rf /")


# HELD_BOX · statuses.jil:30
# status: on hold
# TODO[A206] HELD_BOX is on hold: its node fails, and no downstream job runs
held_box = Workflow(name="HELD_BOX", failure_policy=KEEP_GOING)

held_box_start_node = held_box.add_entity(held_box_start).with_overrides(
    node_name="held-box-start", name="HELD_BOX (start)"
)
in_held_box_node = held_box.add_entity(in_held_box).with_overrides(
    node_name="in-held-box", name="IN_HELD_BOX"
)
held_box_start_node >> in_held_box_node

held_box.add_workflow_output("in_held_box", in_held_box_node.o0)


if __name__ == "__main__":
    print(f"Running held_box() {held_box()}")
