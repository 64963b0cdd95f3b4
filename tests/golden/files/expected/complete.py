"""COMPLETE, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, wait_for_file


@task
def complete_job() -> int:
    """COMPLETE · files.jil:23"""
    return wait_for_file("/data/in/big", interval=60, steady=120)


complete = Workflow(name="COMPLETE", failure_policy=KEEP_GOING)

complete_job_node = complete.add_entity(complete_job).with_overrides(
    node_name="complete-job", name="COMPLETE"
)

complete.add_workflow_output("complete_job", complete_job_node.o0)


if __name__ == "__main__":
    print(f"Running complete() {complete()}")
