"""often, converted by transpile from times.units."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, is_start_time, run


@task
def often_job() -> int:
    """often · times.units:23"""
    # TODO[A095] often.timer also starts often.service 15min after boot: the launch plan does not
    # TODO[A096] often.timer starts often.service 1h 30min after its last start, the launch plan at 00,03,06,09,12,15,18,21:00 and 01,04,07,10,13,16,19,22:30
    # TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
    # TODO[A094] often.timer starts often.service right after a run that goes on at its time; the launch plan skips that start
    # TODO[A095] multi-user.target also starts often.service when it boots: the launch plan does not
    return run("/usr/bin/often")


often = Workflow(name="often", failure_policy=KEEP_GOING)

often_job_node = often.add_entity(often_job).with_overrides(
    node_name="often-job", name="often"
)

often.add_workflow_output("often_job", often_job_node.o0)


@task
def often_runs(kickoff: datetime) -> bool:
    """often · 00:00, 01:30, 03:00, 04:30, 06:00, 07:30, 09:00, 10:30, 12:00, 13:30, 15:00, 16:30, 18:00, 19:30, 21:00, 22:30 daily"""
    return is_start_time(
        kickoff,
        "00:00",
        "01:30",
        "03:00",
        "04:30",
        "06:00",
        "07:30",
        "09:00",
        "10:30",
        "12:00",
        "13:30",
        "15:00",
        "16:30",
        "18:00",
        "19:30",
        "21:00",
        "22:30",
    )


@task
def often_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def often_at_start_times(kickoff: datetime) -> None:
    """often, if the kick-off is a start of its schedule."""
    is_start = often_runs(kickoff=kickoff).with_overrides(
        node_name="start-time", name="often (start time)"
    )
    (
        conditional("start-time")
        .if_(is_start.is_true())
        .then(often())
        .else_()
        .then(often_rests())
    )


often_schedule = LaunchPlan.get_or_create(
    often_at_start_times,
    name="often.schedule",
    schedule=cron(
        "0,30 0,1,3,4,6,7,9,10,12,13,15,16,18,19,21,22 * * *", kickoff="kickoff"
    ),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running often() {often()}")
