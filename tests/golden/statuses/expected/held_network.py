"""HELD_network, converted by transpile from statuses.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def held() -> int:
    """HELD · statuses.jil:15

    status: on hold

    command: rm -rf /
    """
    # TODO[A206] HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


@task
def after_held() -> int:
    """AFTER_HELD · statuses.jil:19 · condition: s(HELD)"""
    return run("true")


held_network = Workflow(name="HELD_network", failure_policy=KEEP_GOING)

held_node = held_network.add_entity(held).with_overrides(node_name="held", name="HELD")
after_held_node = held_network.add_entity(after_held).with_overrides(
    node_name="after-held", name="AFTER_HELD"
)
held_node >> after_held_node

held_network.add_workflow_output("after_held", after_held_node.o0)


if __name__ == "__main__":
    print(f"Running held_network() {held_network()}")
