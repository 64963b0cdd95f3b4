"""ENDS, converted by transpile from cycles.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, local_date, run


@task
def j() -> int:
    """C#ENDS.J · cycles.tws:49

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#ENDS · cycles.tws:49
# machine: C
# on: RUNCYCLE A VALIDFROM 01/01/2026 VALIDTO 12/31/2027 DESCRIPTION "two years" "FREQ=DAILY;" AT 0600 TZ UTC
ends = Workflow(name="ENDS", failure_policy=KEEP_GOING)

j_node = ends.add_entity(j).with_overrides(node_name="j", name="C#ENDS.J")

ends.add_workflow_output("j", j_node.o0)


@task
def ends_runs(kickoff: datetime) -> bool:
    """ENDS · before 2027-12-31"""
    day = local_date(kickoff, "UTC")
    return day < "2027-12-31"


@task
def ends_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def ends_on_run_days(kickoff: datetime) -> None:
    """ends, if the kick-off is a start of its schedule."""
    run_day = ends_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="ENDS (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(ends())
        .else_()
        .then(ends_rests())
    )


ends_schedule = LaunchPlan.get_or_create(
    ends_on_run_days,
    name="ENDS.schedule",
    schedule=cron("0 6 * * *", timezone="UTC", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running ends() {ends()}")
