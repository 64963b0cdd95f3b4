"""TIMES, converted by transpile from schedules.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, is_start_time, run


@task
def times_job() -> int:
    """TIMES · schedules.jil:1"""
    return run("true")


times = Workflow(name="TIMES", failure_policy=KEEP_GOING)

times_job_node = times.add_entity(times_job).with_overrides(
    node_name="times-job", name="TIMES"
)

times.add_workflow_output("times_job", times_job_node.o0)


@task
def times_runs(kickoff: datetime) -> bool:
    """TIMES · 08:00, 08:30, 20:00 mo,tu,we,th,fr"""
    return is_start_time(kickoff, "08:00", "08:30", "20:00", zone="America/New_York")


@task
def times_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def times_at_start_times(kickoff: datetime) -> None:
    """times, if the kick-off is a start of its schedule."""
    is_start = times_runs(kickoff=kickoff).with_overrides(
        node_name="start-time", name="TIMES (start time)"
    )
    (
        conditional("start-time")
        .if_(is_start.is_true())
        .then(times())
        .else_()
        .then(times_rests())
    )


times_schedule = LaunchPlan.get_or_create(
    times_at_start_times,
    name="TIMES.schedule",
    schedule=cron("0,30 8,20 * * 1-5", timezone="America/New_York", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running times() {times()}")
