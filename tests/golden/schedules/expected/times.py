"""TIMES, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def times_job() -> int:
    """TIMES · schedules.jil:1"""
    # TODO[A534] 2 launch plans start TIMES, at least 0:30 apart: each counts only its own executions, so overlapping starts of two plans are not skipped as in the source
    return run("true")


times = Workflow(name="TIMES", failure_policy=KEEP_GOING)

times_job_node = times.add_entity(times_job).with_overrides(
    node_name="times-job", name="TIMES"
)

times.add_workflow_output("times_job", times_job_node.o0)


times_schedule = LaunchPlan.get_or_create(
    times,
    name="TIMES.schedule",
    schedule=cron("0 8,20 * * 1-5", timezone="America/New_York"),
    concurrency=ONE_AT_A_TIME,
)


times_schedule_2 = LaunchPlan.get_or_create(
    times,
    name="TIMES.schedule_2",
    schedule=cron("30 8 * * 1-5", timezone="America/New_York"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running times() {times()}")
