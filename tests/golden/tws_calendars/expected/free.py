"""FREE, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, is_day_of_week, local_date, run


@task
def j() -> int:
    """C#FREE.J · calendars.tws:28

    machine: C
    """
    return run("free")


# C#FREE · calendars.tws:26
# machine: C
# timezone: Europe/Rome
# on: "FREQ=DAILY;BYFREEDAY"
# TODO[A775] ONOVERLAP ENQUEUE of C#FREE is ignored: an execution starts while another one runs
free = Workflow(name="FREE", failure_policy=KEEP_GOING)

j_node = free.add_entity(j).with_overrides(node_name="j", name="C#FREE.J")

free.add_workflow_output("j", j_node.o0)


# HOLIDAYS · calendars.tws:2
HOLIDAYS = ("2027-01-01", "2027-04-02", "2027-05-03", "2027-12-27")


@task
def free_runs(kickoff: datetime) -> bool:
    """FREE · su,sa or on days of HOLIDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return is_day_of_week(day, ["su", "sa"]) or day in HOLIDAYS


@task
def free_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def free_on_run_days(kickoff: datetime) -> None:
    """free, if the kick-off is a start of its schedule."""
    run_day = free_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="FREE (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(free())
        .else_()
        .then(free_rests())
    )


free_schedule = LaunchPlan.get_or_create(
    free_on_run_days,
    name="FREE.schedule",
    schedule=cron("0 11 * * *", timezone="Europe/Rome", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running free() {free()}")
