"""THURSDAYS, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, is_day_of_month, local_date, run


@task
def j() -> int:
    """C#THURSDAYS.J · calendars.tws:25

    machine: C
    """
    return run("thursdays")


# C#THURSDAYS · calendars.tws:23
# machine: C
# timezone: Europe/Rome
# on: "FREQ=MONTHLY;BYDAY=2TH,-1TH"
# except: HOLIDAYS
thursdays = Workflow(name="THURSDAYS", failure_policy=KEEP_GOING)

j_node = thursdays.add_entity(j).with_overrides(node_name="j", name="C#THURSDAYS.J")

thursdays.add_workflow_output("j", j_node.o0)


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


@task
def thursdays_runs(kickoff: datetime) -> bool:
    """THURSDAYS · th day -7,-6,-5,-4,-3,-2,-1,8-14 except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        is_day_of_month(day, [-7, -6, -5, -4, -3, -2, -1, 8, 9, 10, 11, 12, 13, 14])
        and day not in HOLIDAYS
    )


@task
def thursdays_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def thursdays_on_run_days(kickoff: datetime) -> None:
    """thursdays, if the kick-off is a start of its schedule."""
    run_day = thursdays_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="THURSDAYS (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(thursdays())
        .else_()
        .then(thursdays_rests())
    )


thursdays_schedule = LaunchPlan.get_or_create(
    thursdays_on_run_days,
    name="THURSDAYS.schedule",
    schedule=cron("0 10 * * 4", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running thursdays() {thursdays()}")
