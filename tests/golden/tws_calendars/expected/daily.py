"""DAILY, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, local_date, run


@task
def j() -> int:
    """C#DAILY.J · calendars.tws:18

    machine: C
    """
    return run("daily")


# C#DAILY · calendars.tws:17
# machine: C
# timezone: Europe/Rome
# freedays: HOLIDAYS -SA
# on: EVERYDAY FDIGNORE AT 0800
daily = Workflow(name="DAILY", failure_policy=KEEP_GOING)

j_node = daily.add_entity(j).with_overrides(node_name="j", name="C#DAILY.J")

daily.add_workflow_output("j", j_node.o0)


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


@task
def daily_runs(kickoff: datetime) -> bool:
    """DAILY · mo,tu,we,th,fr,sa except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day not in HOLIDAYS


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
    schedule=cron("0 8 * * 1-6", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running daily() {daily()}")
