"""good, converted by transpile from good.dag."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def a() -> int:
    """A · good.dag:1"""
    return run("exec /bin/true")


good = Workflow(
    name="good",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

a_node = good.add_entity(a)
a_node.with_overrides(node_name="a", name="A")

good.add_workflow_output("a", a_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running good() {good()}")
