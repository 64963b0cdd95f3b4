"""ON_DAYS, converted by transpile from jobs.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    cron,
    is_start_time,
    local_date,
    run,
)


@task
def load(odate: str) -> int:
    """LOAD · jobs.jil:8"""
    # TODO[A208] global ODATE has no value in the estate: the workflow needs it as an input
    return run("load $ODATE", env={"ODATE": odate})


@task
def sum_job() -> int:
    """SUM · jobs.jil:12 · condition: s(LOAD)"""
    return run("sum")


# ON_DAYS · jobs.jil:1
on_days = Workflow(name="ON_DAYS", failure_policy=KEEP_GOING)
odate = on_days.add_workflow_input("odate", (str, "$$ODATE"))

load_node = on_days.add_entity(load, odate=odate).with_overrides(
    node_name="load", name="LOAD"
)
sum_job_node = on_days.add_entity(sum_job).with_overrides(
    node_name="sum-job", name="SUM"
)
load_node >> sum_job_node

on_days.add_workflow_output("sum_job", sum_job_node.o0)


# BANK_DAYS · export.jil:1
BANK_DAYS = ("2027-01-04", "2027-01-05", "2027-01-06")

# HOLIDAYS · export.jil:7
HOLIDAYS = ("2026-12-25", "2026-12-26", "2027-01-01")


@task
def on_days_runs(kickoff: datetime) -> bool:
    """ON_DAYS · 22:15, 23:00 on days of BANK_DAYS except HOLIDAYS"""
    day = local_date(kickoff, "Europe/London")
    return is_start_time(kickoff, "22:15", "23:00", zone="Europe/London") and (
        day in BANK_DAYS and day not in HOLIDAYS
    )


@task
def on_days_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def on_days_at_start_times(kickoff: datetime, odate: str = "$$ODATE") -> None:
    """on_days, if the kick-off is a start of its schedule."""
    is_start = on_days_runs(kickoff=kickoff).with_overrides(
        node_name="start-time", name="ON_DAYS (start time)"
    )
    (
        conditional("start-time")
        .if_(is_start.is_true())
        .then(on_days(odate=odate))
        .else_()
        .then(on_days_rests())
    )


on_days_schedule = LaunchPlan.get_or_create(
    on_days_at_start_times,
    name="ON_DAYS.schedule",
    schedule=cron("0,15 22,23 * * *", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running on_days() {on_days()}")
