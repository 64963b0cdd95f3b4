"""PAY, converted by transpile from calendars.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, local_date, run


@task
def j() -> int:
    """C#PAY.J · calendars.tws:11

    machine: C
    """
    return run("pay")


# C#PAY · calendars.tws:9
# machine: C
# timezone: Europe/Rome
# on: PAYDAYS -2 WORKDAYS
# TODO[A780] overlapping starts of C#PAY: Flyte and the source may skip different ones
pay = Workflow(name="PAY", failure_policy=KEEP_GOING)

j_node = pay.add_entity(j).with_overrides(node_name="j", name="C#PAY.J")

pay.add_workflow_output("j", j_node.o0)


# PAYDAYS -2 WORKDAYS · calendars.tws:4
PAYDAYS_2_WORKDAYS = ("2027-01-27", "2027-02-24", "2027-03-29")


@task
def pay_runs(kickoff: datetime) -> bool:
    """PAY · on days of PAYDAYS -2 WORKDAYS"""
    day = local_date(kickoff, "Europe/Rome")
    return day in PAYDAYS_2_WORKDAYS


@task
def pay_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def pay_on_run_days(kickoff: datetime) -> None:
    """pay, if the kick-off is a start of its schedule."""
    run_day = pay_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="PAY (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(pay())
        .else_()
        .then(pay_rests())
    )


pay_schedule = LaunchPlan.get_or_create(
    pay_on_run_days,
    name="PAY.schedule",
    schedule=cron("0 6 * * 1-5", timezone="Europe/Rome", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running pay() {pay()}")
