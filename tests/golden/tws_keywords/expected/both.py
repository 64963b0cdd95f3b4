"""BOTH, converted by transpile from keywords.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, is_day_of_week, local_date, run


@task
def count() -> int:
    """W#BOTH.COUNT · keywords.tws:41

    machine: W
    """
    return run("count")


# W#BOTH · keywords.tws:38
# machine: W
# on: RUNCYCLE R1 SA SUBSET S AND AT 0600 TZ UTC
# on: RUNCYCLE R2 "FREQ=MONTHLY;BYMONTHDAY=1" SUBSET S AND AT 0600 TZ UTC
both = Workflow(name="BOTH", failure_policy=KEEP_GOING)

count_node = both.add_entity(count).with_overrides(
    node_name="count", name="W#BOTH.COUNT"
)

both.add_workflow_output("count", count_node.o0)


@task
def both_runs(kickoff: datetime) -> bool:
    """BOTH · sa day 1"""
    day = local_date(kickoff, "UTC")
    return is_day_of_week(day, ["sa"])


@task
def both_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def both_on_run_days(kickoff: datetime) -> None:
    """both, if the kick-off is a start of its schedule."""
    run_day = both_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BOTH (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(both())
        .else_()
        .then(both_rests())
    )


both_schedule = LaunchPlan.get_or_create(
    both_on_run_days,
    name="BOTH.schedule",
    schedule=cron("0 6 1 * *", timezone="UTC", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running both() {both()}")
