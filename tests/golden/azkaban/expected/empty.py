"""empty, converted by transpile from empty.job."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def empty_job() -> int:
    """empty · empty.job:1"""
    # TODO[A812] retries is not a number: many
    return blocked("A812", "retries is many")


empty = Workflow(name="empty", failure_policy=KEEP_GOING)

empty_job_node = empty.add_entity(empty_job).with_overrides(
    node_name="empty-job", name="empty"
)

empty.add_workflow_output("empty_job", empty_job_node.o0)


if __name__ == "__main__":
    print(f"Running empty() {empty()}")
