"""POLL, converted by transpile from bank.xml."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, is_start_time, run


@task
def poll_job() -> int:
    """BRANCHES.POLL · bank.xml:78

    folder: BRANCHES
    """
    # TODO[A065] a run of BRANCHES.POLL that takes longer than its interval leaves out the next one
    return run("poll")


poll = Workflow(name="POLL", failure_policy=KEEP_GOING)

poll_job_node = poll.add_entity(poll_job).with_overrides(
    node_name="poll-job", name="BRANCHES.POLL"
)

poll.add_workflow_output("poll_job", poll_job_node.o0)


@task
def poll_runs(kickoff: datetime) -> bool:
    """POLL · 07:00, 07:20, 07:40, 08:00, 08:20, 08:40, 09:00 daily"""
    return is_start_time(
        kickoff,
        "07:00",
        "07:20",
        "07:40",
        "08:00",
        "08:20",
        "08:40",
        "09:00",
        zone="Europe/Berlin",
    )


@task
def poll_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def poll_at_start_times(kickoff: datetime) -> None:
    """poll, if the kick-off is a start of its schedule."""
    is_start = poll_runs(kickoff=kickoff).with_overrides(
        node_name="start-time", name="POLL (start time)"
    )
    (
        conditional("start-time")
        .if_(is_start.is_true())
        .then(poll())
        .else_()
        .then(poll_rests())
    )


poll_schedule = LaunchPlan.get_or_create(
    poll_at_start_times,
    name="POLL.schedule",
    schedule=cron("0,20,40 7-9 * * *", timezone="Europe/Berlin", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running poll() {poll()}")
