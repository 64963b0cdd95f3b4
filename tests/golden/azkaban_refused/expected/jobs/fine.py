"""fine, converted by transpile from jobs/fine.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def fine_job() -> int:
    """fine · jobs/fine.job:1"""
    return run("exec true", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


fine = Workflow(
    name="fine",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

fine_job_node = fine.add_entity(fine_job)
fine_job_node.with_overrides(node_name="fine-job", name="fine")

fine.add_workflow_output("fine_job", fine_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running fine() {fine()}")
