"""fine, converted by transpile from jobs/fine.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def fine_job() -> int:
    """fine · jobs/fine.job:1"""
    return run("exec true", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


fine = Workflow(name="fine", failure_policy=KEEP_GOING)

fine_job_node = fine.add_entity(fine_job).with_overrides(
    node_name="fine-job", name="fine"
)

fine.add_workflow_output("fine_job", fine_job_node.o0)


if __name__ == "__main__":
    print(f"Running fine() {fine()}")
