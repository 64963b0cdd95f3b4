"""DAILY, converted by transpile from days.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    SKIPPED,
    box_status,
    cron,
    failed,
    local_date,
    require_success,
    run_status,
    succeeded,
)


@task
def fetch() -> str:
    """FETCH · days.jil:11"""
    return run_status("echo fetch")


@task
def alert(fetch: str) -> str:
    """ALERT · days.jil:15 · condition: f(FETCH) | s(FETCH)"""
    if not (failed(fetch) or succeeded(fetch)):
        return SKIPPED
    return run_status("echo alert")


@task
def fetch_check(fetch: str) -> str:
    """FETCH · fails if it failed"""
    return require_success({"FETCH": fetch})


@task
def daily_end(alert: str) -> str:
    """DAILY · end of the box"""
    return box_status({"ALERT": alert})


@task
def daily_result(daily: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"DAILY": daily})


# DAILY · days.jil:6
# TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
daily = Workflow(name="DAILY", failure_policy=KEEP_GOING)

fetch_node = daily.add_entity(fetch).with_overrides(node_name="fetch", name="FETCH")
alert_node = daily.add_entity(alert, fetch=fetch_node.o0).with_overrides(
    node_name="alert", name="ALERT"
)
fetch_check_node = daily.add_entity(fetch_check, fetch=fetch_node.o0).with_overrides(
    node_name="fetch-check", name="FETCH (check)"
)
daily_end_node = daily.add_entity(daily_end, alert=alert_node.o0).with_overrides(
    node_name="daily-end", name="DAILY (end)"
)
fetch_check_node >> daily_end_node
daily_result_node = daily.add_entity(
    daily_result, daily=daily_end_node.o0
).with_overrides(node_name="daily-result", name="DAILY (result)")

daily.add_workflow_output("daily_result", daily_result_node.o0)


# WORKDAYS · days.jil:1
WORKDAYS = ("2027-01-04", "2027-01-05")


@task
def daily_runs(kickoff: datetime) -> bool:
    """DAILY · on days of WORKDAYS"""
    day = local_date(kickoff)
    return day in WORKDAYS


@task
def daily_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def daily_on_run_days(kickoff: datetime) -> None:
    """daily, if the kick-off is a start of its schedule."""
    run_day = daily_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="DAILY (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(daily())
        .else_()
        .then(daily_rests())
    )


daily_schedule = LaunchPlan.get_or_create(
    daily_on_run_days,
    name="DAILY.schedule",
    schedule=cron("0 6 * * *", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running daily() {daily()}")
