"""LAST, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def last_job() -> int:
    """LAST · broken.jil:69"""
    return run("true")


last = Workflow(
    name="LAST",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

last_job_node = last.add_entity(last_job)
last_job_node.with_overrides(node_name="last-job", name="LAST")

last.add_workflow_output("last_job", last_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running last() {last()}")
