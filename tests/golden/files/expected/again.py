"""AGAIN, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def again_job() -> int:
    """AGAIN · files.jil:34"""
    # TODO[A863] a file trigger with continuous has no translation: its node fails
    return blocked("A863", "continuous")


again = Workflow(name="AGAIN", failure_policy=KEEP_GOING)

again_job_node = again.add_entity(again_job).with_overrides(
    node_name="again-job", name="AGAIN"
)

again.add_workflow_output("again_job", again_job_node.o0)


if __name__ == "__main__":
    print(f"Running again() {again()}")
