"""good, converted by transpile from good.dag."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def a() -> int:
    """A · good.dag:1"""
    return run("exec /bin/true")


good = Workflow(name="good", failure_policy=KEEP_GOING)

a_node = good.add_entity(a).with_overrides(node_name="a", name="A")

good.add_workflow_output("a", a_node.o0)


if __name__ == "__main__":
    print(f"Running good() {good()}")
