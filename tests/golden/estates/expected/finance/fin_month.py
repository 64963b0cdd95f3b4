"""FIN_MONTH, converted by transpile from finance/night.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    BY_HAND,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    cron,
    local_date,
    not_before,
    run,
)


@task(requests=SMALL, retries=5)
def fin_month_late_not_before(kickoff: datetime) -> str:
    """FIN_MONTH_LATE · not before 23:45 on days of MONTH_ENDS Europe/London"""
    return not_before(
        kickoff, ["23:45"], timezone="Europe/London", days=lambda day: day in MONTH_ENDS
    )


@task
def fin_month_late() -> int:
    """FIN_MONTH_LATE · finance/night.jil:64"""
    return run("echo late")


# FIN_MONTH · finance/night.jil:56
# application: finance
fin_month = Workflow(name="FIN_MONTH", failure_policy=KEEP_GOING)
kickoff = fin_month.add_workflow_input("kickoff", (datetime, BY_HAND))

fin_month_late_not_before_node = fin_month.add_entity(
    fin_month_late_not_before, kickoff=kickoff
).with_overrides(
    node_name="fin-month-late-not-before", name="FIN_MONTH_LATE (not before)"
)
fin_month_late_node = fin_month.add_entity(fin_month_late).with_overrides(
    node_name="fin-month-late", name="FIN_MONTH_LATE"
)
fin_month_late_not_before_node >> fin_month_late_node

fin_month.add_workflow_output("fin_month_late", fin_month_late_node.o0)


# MONTH_ENDS · calendars.jil:1
MONTH_ENDS = ("2026-01-30", "2026-02-27", "2026-03-31")


@task
def fin_month_runs(kickoff: datetime) -> bool:
    """FIN_MONTH · on days of MONTH_ENDS"""
    day = local_date(kickoff, "Europe/London")
    return day in MONTH_ENDS


@task
def fin_month_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def fin_month_on_run_days(kickoff: datetime) -> None:
    """fin_month, if the kick-off is a start of its schedule."""
    run_day = fin_month_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="FIN_MONTH (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(
            fin_month(
                kickoff=kickoff,
            )
        )
        .else_()
        .then(fin_month_rests())
    )


fin_month_schedule = LaunchPlan.get_or_create(
    fin_month_on_run_days,
    name="FIN_MONTH.schedule",
    schedule=cron("15 22 * * *", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running fin_month() {fin_month()}")
