"""close-month, converted by transpile from close-month.service."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Resources, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    cron,
    is_day_of_month,
    local_date,
    run,
)


@task(requests=Resources(cpu="1500m", mem="1536Mi"))
def close_month_job() -> int:
    """close-month · close-month.service:1

    Close the month

    After: sales.service
    """
    # TODO[A091] After of close-month.service: nothing keeps the order of close-month.service and sales.service in different workflows
    # TODO[A091] CPUQuota of close-month.service: the limit becomes a request of the task
    # TODO[A091] MemoryMax of close-month.service: the limit becomes a request of the task
    # TODO[A094] month.timer starts close-month.service 30 s after the minute, the launch plan at the minute
    return run(
        "/usr/bin/close-month",
        stdin="/etc/close.conf",
        stdout="> /var/log/close.log",
        time_limit=timedelta(hours=2),
    )


close_month = Workflow(name="close-month", failure_policy=KEEP_GOING)

close_month_job_node = close_month.add_entity(close_month_job).with_overrides(
    node_name="close-month-job", name="close-month"
)

close_month.add_workflow_output("close_month_job", close_month_job_node.o0)


@task
def close_month_runs(kickoff: datetime) -> bool:
    """close-month · day -1 of month 3,6,9,12"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [-1])


@task
def close_month_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def close_month_on_run_days(kickoff: datetime) -> None:
    """close_month, if the kick-off is a start of its schedule."""
    run_day = close_month_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="close-month (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(close_month())
        .else_()
        .then(close_month_rests())
    )


@task
def close_month_runs_2(kickoff: datetime) -> bool:
    """close-month · day 1 of month 1-6 from 2027-01-01 before 2028-01-01"""
    day = local_date(kickoff, "UTC")
    return day >= "2027-01-01" and day < "2028-01-01"


@workflow(failure_policy=KEEP_GOING)
def close_month_on_run_days_2(kickoff: datetime) -> None:
    """close_month, if the kick-off is a start of its schedule."""
    run_day = close_month_runs_2(kickoff=kickoff).with_overrides(
        node_name="run-day", name="close-month (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(close_month())
        .else_()
        .then(close_month_rests())
    )


close_month_schedule = LaunchPlan.get_or_create(
    close_month_on_run_days,
    name="close-month.schedule",
    schedule=cron("0 18 28-31 3,6,9,12 *", timezone="Europe/Berlin", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


close_month_schedule_2 = LaunchPlan.get_or_create(
    close_month_on_run_days_2,
    name="close-month.schedule_2",
    schedule=cron("0 9 1 1-6 *", timezone="UTC", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running close_month() {close_month()}")
