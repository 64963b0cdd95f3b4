"""RESTS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, SKIPPED


@task
def rests_job() -> str:
    """RESTS · calls.jil:21

    status: on ice

    command: sendevent -E KILLJOB -J LOAD
    """
    return SKIPPED


rests = Workflow(name="RESTS", failure_policy=KEEP_GOING)

rests_job_node = rests.add_entity(rests_job).with_overrides(
    node_name="rests-job", name="RESTS"
)

rests.add_workflow_output("rests_job", rests_job_node.o0)


if __name__ == "__main__":
    print(f"Running rests() {rests()}")
