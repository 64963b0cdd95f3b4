"""BEYOND, converted by transpile from cycles.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, is_day_of_month, local_date, run


@task
def j() -> int:
    """C#BEYOND.J · cycles.tws:39

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#BEYOND · cycles.tws:29
# machine: C
# on: RUNCYCLE A "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH,4TH" AT 1300
# on: RUNCYCLE B WORKDAYS AT 0100
# on: RUNCYCLE C PAYDAYS -2 WORKDAYS AT 0200
# on: RUNCYCLE D "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" AT 0300
# on: RUNCYCLE E 12/24/2026, 12/31/2026 AT 0400
# on: RUNCYCLE F "FREQ=DAILY;BYFREEDAY" AT 0500
# on: RUNCYCLE G "FREQ=MONTHLY;BYMONTHDAY=-1" AT 0600
# on: RUNCYCLE H "FREQ=MONTHLY;BYMONTHDAY=1" AT 0600 +1 DAY
# on: RUNCYCLE I EVERYDAY AT 2500
# TODO[A770] the days of WORKDAYS of C#BEYOND are not known: no launch plan was made for it
# TODO[A770] the days of PAYDAYS -2 WORKDAYS of C#BEYOND are not known: no launch plan was made for it
# TODO[A770] the days of "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" of C#BEYOND are not known: no launch plan was made for it
# TODO[A770] the days of "FREQ=DAILY;BYFREEDAY" of C#BEYOND are not known: no launch plan was made for it
# TODO[A115] AT cannot be AT 2500: expected a time such as 0630
# TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
beyond = Workflow(name="BEYOND", failure_policy=KEEP_GOING)

j_node = beyond.add_entity(j).with_overrides(node_name="j", name="C#BEYOND.J")

beyond.add_workflow_output("j", j_node.o0)


# E DATES · cycles.tws:34
E_DATES = ("2026-12-24", "2026-12-31")


@task
def beyond_runs(kickoff: datetime) -> bool:
    """BEYOND · th day 1-7,22-28"""
    day = local_date(kickoff)
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7, 22, 23, 24, 25, 26, 27, 28])


@task
def beyond_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def beyond_on_run_days(kickoff: datetime) -> None:
    """beyond, if the kick-off is a start of its schedule."""
    run_day = beyond_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BEYOND (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(beyond())
        .else_()
        .then(beyond_rests())
    )


@task
def beyond_runs_2(kickoff: datetime) -> bool:
    """BEYOND · on days of E DATES"""
    day = local_date(kickoff)
    return day in E_DATES


@workflow(failure_policy=KEEP_GOING)
def beyond_on_run_days_2(kickoff: datetime) -> None:
    """beyond, if the kick-off is a start of its schedule."""
    run_day = beyond_runs_2(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BEYOND (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(beyond())
        .else_()
        .then(beyond_rests())
    )


@task
def beyond_runs_3(kickoff: datetime) -> bool:
    """BEYOND · day -1,2"""
    day = local_date(kickoff)
    return is_day_of_month(day, [-1, 2])


@workflow(failure_policy=KEEP_GOING)
def beyond_on_run_days_3(kickoff: datetime) -> None:
    """beyond, if the kick-off is a start of its schedule."""
    run_day = beyond_runs_3(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BEYOND (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(beyond())
        .else_()
        .then(beyond_rests())
    )


beyond_schedule = LaunchPlan.get_or_create(
    beyond_on_run_days,
    name="BEYOND.schedule",
    schedule=cron("0 13 * * 4", kickoff="kickoff"),
)


beyond_schedule_2 = LaunchPlan.get_or_create(
    beyond_on_run_days_2,
    name="BEYOND.schedule_2",
    schedule=cron("0 4 * * *", kickoff="kickoff"),
)


beyond_schedule_3 = LaunchPlan.get_or_create(
    beyond_on_run_days_3,
    name="BEYOND.schedule_3",
    schedule=cron("0 6 2,28-31 * *", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running beyond() {beyond()}")
