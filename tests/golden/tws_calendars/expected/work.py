"""WORK, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, local_date, run


@task
def j() -> int:
    """C#WORK.J · calendars.tws:8

    machine: C
    """
    return run("work")


# C#WORK · calendars.tws:8
# machine: C
# timezone: Europe/Rome
# on: WORKDAYS
work = Workflow(name="WORK", failure_policy=KEEP_GOING)

j_node = work.add_entity(j).with_overrides(node_name="j", name="C#WORK.J")

work.add_workflow_output("j", j_node.o0)


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


@task
def work_runs(kickoff: datetime) -> bool:
    """WORK · mo,tu,we,th,fr except HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day not in HOLIDAYS


@task
def work_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def work_on_run_days(kickoff: datetime) -> None:
    """work, if the kick-off is a start of its schedule."""
    run_day = work_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="WORK (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(work())
        .else_()
        .then(work_rests())
    )


work_schedule = LaunchPlan.get_or_create(
    work_on_run_days,
    name="WORK.schedule",
    schedule=cron("0 6 * * 1-5", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running work() {work()}")
