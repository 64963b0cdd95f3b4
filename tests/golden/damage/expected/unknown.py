"""UNKNOWN, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def unknown_job() -> int:
    """UNKNOWN · broken.jil:11

    command: true
    """
    # TODO[A115] n_retrys cannot be often: expected a number of restarts
    # TODO[A853] unknown attribute comand
    # TODO[A853] unknown attribute colour
    return blocked("A853", "comand: false")


unknown = Workflow(name="UNKNOWN", failure_policy=KEEP_GOING)

unknown_job_node = unknown.add_entity(unknown_job).with_overrides(
    node_name="unknown-job", name="UNKNOWN"
)

unknown.add_workflow_output("unknown_job", unknown_job_node.o0)


if __name__ == "__main__":
    print(f"Running unknown() {unknown()}")
