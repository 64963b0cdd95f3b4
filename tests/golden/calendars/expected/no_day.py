"""NO_DAY, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def no_day_job() -> int:
    """NO_DAY · jobs.jil:44"""
    # TODO[A526] run_calendar EMPTY leaves no day to run on: no launch plan was made
    return run("true")


no_day = Workflow(name="NO_DAY", failure_policy=KEEP_GOING)

no_day_job_node = no_day.add_entity(no_day_job).with_overrides(
    node_name="no-day-job", name="NO_DAY"
)

no_day.add_workflow_output("no_day_job", no_day_job_node.o0)


if __name__ == "__main__":
    print(f"Running no_day() {no_day()}")
