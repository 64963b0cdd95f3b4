"""plain, converted by transpile from plain.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def a() -> int:
    """a · plain.flow:3"""
    return run("./a.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def b() -> int:
    """b · plain.flow:4 · condition: after a"""
    return run("./b.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def c() -> int:
    """c · plain.flow:5 · condition: after a"""
    return run("./c.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def d() -> int:
    """d · plain.flow:6 · condition: after b, c"""
    return 0


# plain · plain.flow:1
#
# failure.action: cancel_all
plain = Workflow(
    name="plain",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

a_node = plain.add_entity(a)
a_node.with_overrides(node_name="a", name="a")
b_node = plain.add_entity(b)
b_node.with_overrides(node_name="b", name="b")
c_node = plain.add_entity(c)
c_node.with_overrides(node_name="c", name="c")
d_node = plain.add_entity(d)
d_node.with_overrides(node_name="d", name="d")

a_node >> b_node
a_node >> c_node
b_node >> d_node
c_node >> d_node

plain.add_workflow_output("d", d_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running plain() {plain()}")
