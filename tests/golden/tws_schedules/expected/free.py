"""FREE, converted by transpile from cycles.tws."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, cron, local_date, run


@task
def j() -> int:
    """C#FREE.J · cycles.tws:44

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#FREE · cycles.tws:40
# machine: C
# timezone: UTC
# freedays: HOLIDAYS -SA -SU
# on: RUNCYCLE A "FREQ=DAILY" FDNEXT AT 0600
# except: RUNCYCLE B 01/01/2027
# except: HOLIDAYS
# TODO[A771] HOLIDAYS of C#FREE is ignored: the launch plan also runs on these days
# TODO[A771] FDNEXT of C#FREE is ignored: the launch plan also runs on these days
free = Workflow(name="FREE", failure_policy=KEEP_GOING)

j_node = free.add_entity(j).with_overrides(node_name="j", name="C#FREE.J")

free.add_workflow_output("j", j_node.o0)


# B DATES · cycles.tws:42
B_DATES = ("2027-01-01",)


@task
def free_runs(kickoff: datetime) -> bool:
    """FREE · daily except B DATES"""
    day = local_date(kickoff, "UTC")
    return day not in B_DATES


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
    schedule=cron("0 6 * * *", timezone="UTC", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running free() {free()}")
