"""HALF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def half_job() -> int:
    """HALF · schedules.jil:81"""
    # TODO[A509] days_of_week without start_times: read as midnight
    return run("true")


half = Workflow(name="HALF", failure_policy=KEEP_GOING)

half_job_node = half.add_entity(half_job).with_overrides(
    node_name="half-job", name="HALF"
)

half.add_workflow_output("half_job", half_job_node.o0)


half_schedule = LaunchPlan.get_or_create(
    half,
    name="HALF.schedule",
    schedule=cron("0 0 * * 1", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running half() {half()}")
