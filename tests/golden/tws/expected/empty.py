"""EMPTY, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

import expected.job_runtime  # noqa: F401 - it cleans the log


@task
def empty_job() -> int:
    """MAIN#EMPTY · streams.tws:62

    machine: MAIN
    on: REQUEST
    """
    return 0


empty = Workflow(
    name="EMPTY",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

empty_job_node = empty.add_entity(empty_job)
empty_job_node.with_overrides(node_name="empty-job", name="MAIN#EMPTY")

empty.add_workflow_output("empty_job", empty_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running empty() {empty()}")
