"""plain, converted by transpile from plain.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


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
# failure.action: cancel_all
plain = Workflow(name="plain", failure_policy=KEEP_GOING)

a_node = plain.add_entity(a).with_overrides(node_name="a", name="a")
b_node = plain.add_entity(b).with_overrides(node_name="b", name="b")
a_node >> b_node
c_node = plain.add_entity(c).with_overrides(node_name="c", name="c")
a_node >> c_node
d_node = plain.add_entity(d).with_overrides(node_name="d", name="d")
b_node >> d_node
c_node >> d_node

plain.add_workflow_output("d", d_node.o0)


if __name__ == "__main__":
    print(f"Running plain() {plain()}")
