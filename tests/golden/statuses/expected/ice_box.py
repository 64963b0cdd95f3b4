"""ICE_BOX, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, SKIPPED


@task
def ice_box_start() -> int:
    """ICE_BOX · start of the box"""
    return 0


@task
def in_ice_box() -> str:
    """IN_ICE_BOX · statuses.jil:26

    status: on ice

    command: rm -rf /
    """
    return SKIPPED


# ICE_BOX · statuses.jil:23
# status: on ice
ice_box = Workflow(name="ICE_BOX", failure_policy=KEEP_GOING)

ice_box_start_node = ice_box.add_entity(ice_box_start).with_overrides(
    node_name="ice-box-start", name="ICE_BOX (start)"
)
in_ice_box_node = ice_box.add_entity(in_ice_box).with_overrides(
    node_name="in-ice-box", name="IN_ICE_BOX"
)

ice_box.add_workflow_output("ice_box_start", ice_box_start_node.o0)
ice_box.add_workflow_output("in_ice_box", in_ice_box_node.o0)


if __name__ == "__main__":
    print(f"Running ice_box() {ice_box()}")
