"""data, converted by transpile from fields/data.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING


@task
def a() -> int:
    """a · fields/data.flow:6"""
    return 0


data = Workflow(name="data", failure_policy=KEEP_GOING)

a_node = data.add_entity(a).with_overrides(node_name="a", name="a")

data.add_workflow_output("a", a_node.o0)


if __name__ == "__main__":
    print(f"Running data() {data()}")
