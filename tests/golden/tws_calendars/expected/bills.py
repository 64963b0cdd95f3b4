"""BILLS, converted by transpile from calendars.tws."""

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
    local_date,
    run,
)


@task
def j() -> int:
    """C#BILLS.J · calendars.tws:16

    machine: C
    """
    return run("bills")


# C#BILLS · calendars.tws:12
# machine: C
# timezone: Europe/Rome
# freedays: HOLIDAYS
# on: RUNCYCLE FIRST "FREQ=MONTHLY;BYMONTHDAY=1" FDNEXT AT 0700
# on: RUNCYCLE LAST "FREQ=MONTHLY;BYMONTHDAY=-1" FDPREV AT 0700
# except: 12/31/2027
bills = Workflow(name="BILLS", failure_policy=KEEP_GOING)

j_node = bills.add_entity(j).with_overrides(node_name="j", name="C#BILLS.J")

bills.add_workflow_output("j", j_node.o0)


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")

# EXCEPT DATES · calendars.tws:15
EXCEPT_DATES = ("2027-12-31",)

# HOLIDAYS FDNEXT · calendars.tws:2
HOLIDAYS_FDNEXT = ("2027-01-04", "2027-05-04")


@task
def bills_runs(kickoff: datetime) -> bool:
    """BILLS · mo,tu,we,th,fr day -1,1 except HOLIDAYS, EXCEPT DATES or mo day 2,3 except HOLIDAYS, EXCEPT DATES or on days of HOLIDAYS FDNEXT except EXCEPT DATES or fr day -3,-2 except HOLIDAYS, EXCEPT DATES"""
    day = local_date(kickoff, "Europe/Rome")
    return (
        (
            is_day_of_week(day, ["mo", "tu", "we", "th", "fr"])
            and is_day_of_month(day, [-1, 1])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
        or (
            is_day_of_week(day, ["mo"])
            and is_day_of_month(day, [2, 3])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
        or (day in HOLIDAYS_FDNEXT and day not in EXCEPT_DATES)
        or (
            is_day_of_week(day, ["fr"])
            and is_day_of_month(day, [-3, -2])
            and day not in HOLIDAYS
            and day not in EXCEPT_DATES
        )
    )


@task
def bills_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def bills_on_run_days(kickoff: datetime) -> None:
    """bills, if the kick-off is a start of its schedule."""
    run_day = bills_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BILLS (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(bills())
        .else_()
        .then(bills_rests())
    )


bills_schedule = LaunchPlan.get_or_create(
    bills_on_run_days,
    name="BILLS.schedule",
    schedule=cron("0 7 1-4,28-31 * 5", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running bills() {bills()}")
