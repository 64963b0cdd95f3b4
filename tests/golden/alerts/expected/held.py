"""HELD, converted by transpile from alerts.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def held_job() -> int:
    """HELD · alerts.jil:53

    status: on hold

    command: ./held.sh
    failure: ALARM JOBFAILURE job=HELD
    """
    # TODO[A206] HELD is on hold: its node fails, and no downstream job runs
    return blocked("A206", "on hold")


held = Workflow(name="HELD", failure_policy=KEEP_GOING)

held_job_node = held.add_entity(held_job).with_overrides(
    node_name="held-job", name="HELD"
)

held.add_workflow_output("held_job", held_job_node.o0)


if __name__ == "__main__":
    print(f"Running held() {held()}")
