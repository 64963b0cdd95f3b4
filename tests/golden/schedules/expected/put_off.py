"""PUT_OFF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def put_off_job() -> int:
    """PUT_OFF · schedules.jil:93"""
    return run("true")


put_off = Workflow(name="PUT_OFF", failure_policy=KEEP_GOING)

put_off_job_node = put_off.add_entity(put_off_job).with_overrides(
    node_name="put-off-job", name="PUT_OFF"
)

put_off.add_workflow_output("put_off_job", put_off_job_node.o0)


put_off_schedule = LaunchPlan.get_or_create(
    put_off,
    name="PUT_OFF.schedule",
    schedule=cron("0,30 22,23 * * 5", timezone="America/New_York"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running put_off() {put_off()}")
