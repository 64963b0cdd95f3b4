"""seconds, converted by transpile from times.units."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def seconds_job() -> int:
    """seconds · times.units:63"""
    # TODO[A093] seconds.timer starts seconds.service several times in a minute (*:*:0/10 UTC): no launch plan was made
    return run("/usr/bin/tick", time_limit=timedelta(minutes=2))


seconds = Workflow(name="seconds", failure_policy=KEEP_GOING)

seconds_job_node = seconds.add_entity(seconds_job).with_overrides(
    node_name="seconds-job", name="seconds"
)

seconds.add_workflow_output("seconds_job", seconds_job_node.o0)


seconds_schedule = LaunchPlan.get_or_create(
    seconds,
    name="seconds.schedule",
    schedule=cron("0,20,40 * * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running seconds() {seconds()}")
