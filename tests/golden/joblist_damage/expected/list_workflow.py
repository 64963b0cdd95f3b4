"""list, converted by transpile from list.yml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def c() -> int:
    """c · list.yml:6"""
    return run("echo c")


# b (box) · list.yml:6
b_box = Workflow(name="b_box", failure_policy=KEEP_GOING)

c_node = b_box.add_entity(c).with_overrides(node_name="c", name="c")

b_box.add_workflow_output("c", c_node.o0)


@task
def b() -> int:
    """b · list.yml:1"""
    return run("echo b")


@task
def late() -> int:
    """late · list.yml:7 · condition: after b"""
    # TODO[A747] the schedule of late is ignored: it comes after b
    return run("echo late")


list_workflow = Workflow(name="list", failure_policy=KEEP_GOING)

b_node = list_workflow.add_entity(b).with_overrides(node_name="b", name="b")
b_box_node = list_workflow.add_subwf(b_box).with_overrides(
    node_name="b-box", name="b (box)"
)
late_node = list_workflow.add_entity(late).with_overrides(node_name="late", name="late")
b_node >> late_node

list_workflow.add_workflow_output("c", b_box_node.c)
list_workflow.add_workflow_output("late", late_node.o0)


if __name__ == "__main__":
    print(f"Running list_workflow() {list_workflow()}")
