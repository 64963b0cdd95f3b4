"""EMPTY, converted by transpile from streams.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING


@task
def empty_job() -> int:
    """MAIN#EMPTY · streams.tws:62

    machine: MAIN
    on: REQUEST
    """
    return 0


empty = Workflow(name="EMPTY", failure_policy=KEEP_GOING)

empty_job_node = empty.add_entity(empty_job).with_overrides(
    node_name="empty-job", name="MAIN#EMPTY"
)

empty.add_workflow_output("empty_job", empty_job_node.o0)


if __name__ == "__main__":
    print(f"Running empty() {empty()}")
