"""WRONG, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def wrong_job() -> int:
    """WRONG · schedules.jil:87"""
    # TODO[A115] days_of_week cannot be mo,xx: expected days such as mo,tu or all
    # TODO[A115] start_times cannot be "25:00": expected times such as "08:00, 20:30"
    return run("true")


wrong = Workflow(name="WRONG", failure_policy=KEEP_GOING)

wrong_job_node = wrong.add_entity(wrong_job).with_overrides(
    node_name="wrong-job", name="WRONG"
)

wrong.add_workflow_output("wrong_job", wrong_job_node.o0)


if __name__ == "__main__":
    print(f"Running wrong() {wrong()}")
