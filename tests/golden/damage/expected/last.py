"""LAST, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def last_job() -> int:
    """LAST · broken.jil:69"""
    return run("true")


last = Workflow(name="LAST", failure_policy=KEEP_GOING)

last_job_node = last.add_entity(last_job).with_overrides(
    node_name="last-job", name="LAST"
)

last.add_workflow_output("last_job", last_job_node.o0)


if __name__ == "__main__":
    print(f"Running last() {last()}")
