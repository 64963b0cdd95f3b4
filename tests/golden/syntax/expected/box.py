"""BOX, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task, workflow

from expected.box_cuts import THREE
from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, gate, look, run


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def three_look() -> str:
    """THREE · does what it waits for hold already?"""
    return look(THREE)


@workflow(failure_policy=KEEP_GOING)
def three_wait() -> bool:
    """THREE · waits for: TWO succeeded"""
    return gate(THREE)


@task
def three() -> int:
    """THREE · odd.jil:22 · condition: s(TWO)"""
    # TODO[A855] condition was read as an attribute, inside the line of command
    return run("echo three")


# BOX · odd.jil:24
# quoted: yes
# timezone: UTC
box = Workflow(name="BOX", failure_policy=KEEP_GOING)

three_look_node = box.add_entity(three_look).with_overrides(
    node_name="three-look", name="THREE (look)"
)
three_wait_node = box.add_subwf(three_wait).with_overrides(
    node_name="three-wait", name="THREE (wait)"
)
three_node = box.add_entity(three).with_overrides(node_name="three", name="THREE")
three_wait_node >> three_node

box.add_workflow_output("three", three_node.o0)


if __name__ == "__main__":
    print(f"Running box() {box()}")
