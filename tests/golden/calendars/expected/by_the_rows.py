"""BY_THE_ROWS, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, local_date, run


@task
def by_the_rows_job() -> int:
    """BY_THE_ROWS · jobs.jil:25"""
    # TODO[A509] run_calendar without start_times: read as 18:30, the time of its rows
    return run("true")


by_the_rows = Workflow(name="BY_THE_ROWS", failure_policy=KEEP_GOING)

by_the_rows_job_node = by_the_rows.add_entity(by_the_rows_job).with_overrides(
    node_name="by-the-rows-job", name="BY_THE_ROWS"
)

by_the_rows.add_workflow_output("by_the_rows_job", by_the_rows_job_node.o0)


# MONTH_END · export.jil:11
MONTH_END = ("2027-01-29", "2027-02-26")


@task
def by_the_rows_runs(kickoff: datetime) -> bool:
    """BY_THE_ROWS · on days of MONTH_END"""
    day = local_date(kickoff, "Asia/Tokyo")
    return day in MONTH_END


@task
def by_the_rows_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def by_the_rows_on_run_days(kickoff: datetime) -> None:
    """by_the_rows, if the kick-off is a start of its schedule."""
    run_day = by_the_rows_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BY_THE_ROWS (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(by_the_rows())
        .else_()
        .then(by_the_rows_rests())
    )


by_the_rows_schedule = LaunchPlan.get_or_create(
    by_the_rows_on_run_days,
    name="BY_THE_ROWS.schedule",
    schedule=cron("30 18 * * *", timezone="Asia/Tokyo", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running by_the_rows() {by_the_rows()}")
