"""OTHER_WEEK, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    cron,
    is_day_of_month,
    is_day_of_week,
    is_every,
    is_in_month,
    local_date,
    run,
)


@task
def j() -> int:
    """C#OTHER_WEEK.J · calendars.tws:22

    machine: C
    """
    return run("other week")


# C#OTHER_WEEK · calendars.tws:19
# machine: C
# timezone: Europe/Rome
# on: RUNCYCLE R VALIDFROM 01/04/2027 "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH" AT 0900
# on: RUNCYCLE R VALIDFROM 01/04/2027 "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1" AT 0900
other_week = Workflow(name="OTHER_WEEK", failure_policy=KEEP_GOING)

j_node = other_week.add_entity(j).with_overrides(node_name="j", name="C#OTHER_WEEK.J")

other_week.add_workflow_output("j", j_node.o0)


@task
def other_week_runs(kickoff: datetime) -> bool:
    """OTHER_WEEK · mo,th every 14 days from 2027-01-04, 2027-01-07 or day 1 of month 12 from 2027-01-04"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        is_day_of_week(day, ["mo", "th"])
        and is_every(day, 14, ["2027-01-04", "2027-01-07"])
    ) or (is_day_of_month(day, [1]) and is_in_month(day, [12]) and day >= "2027-01-04")


@task
def other_week_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def other_week_on_run_days(kickoff: datetime) -> None:
    """other_week, if the kick-off is a start of its schedule."""
    run_day = other_week_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="OTHER_WEEK (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(other_week())
        .else_()
        .then(other_week_rests())
    )


other_week_schedule = LaunchPlan.get_or_create(
    other_week_on_run_days,
    name="OTHER_WEEK.schedule",
    schedule=cron("0 9 1 * 1,4", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running other_week() {other_week()}")
