"""BRANCHES, converted by transpile from bank.xml."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.job_runtime import KEEP_GOING, approval, approved, cron, local_date, run


@task
def sign_confirmation(answer: bool) -> int:
    """BRANCHES.SIGN confirmation · bank.xml:77"""
    return approved("May BRANCHES.SIGN run?", answer=answer)


@workflow(failure_policy=KEEP_GOING)
def sign_confirmation_approval() -> int:
    """BRANCHES.SIGN confirmation · bank.xml:77"""
    return sign_confirmation(
        answer=approval("BRANCHES.SIGN confirmation", within=timedelta(hours=24))
    ).with_overrides(name="BRANCHES.SIGN confirmation")


@task
def sign() -> int:
    """BRANCHES.SIGN · bank.xml:77 · condition: confirmed

    folder: BRANCHES
    """
    return run("sign")


branches = Workflow(name="BRANCHES", failure_policy=KEEP_GOING)

sign_confirmation_node = branches.add_subwf(sign_confirmation_approval).with_overrides(
    node_name="sign-confirmation", name="BRANCHES.SIGN confirmation"
)
sign_node = branches.add_entity(sign).with_overrides(
    node_name="sign", name="BRANCHES.SIGN"
)
sign_confirmation_node >> sign_node

branches.add_workflow_output("sign", sign_node.o0)


# BUSINESS L1 · calendars.xml:3
BUSINESS_L1 = (
    "2026-01-30",
    "2026-02-27",
    "2026-03-31",
    "2026-04-30",
    "2026-05-29",
    "2026-06-30",
    "2026-07-31",
    "2026-08-31",
    "2026-09-30",
    "2026-10-30",
    "2026-11-30",
    "2026-12-31",
    "2027-01-29",
    "2027-02-26",
    "2027-03-31",
    "2027-04-30",
    "2027-05-31",
    "2027-06-30",
    "2027-07-30",
    "2027-08-31",
    "2027-09-30",
    "2027-10-29",
    "2027-11-30",
    "2027-12-31",
)


@task
def branches_runs(kickoff: datetime) -> bool:
    """BRANCHES · on days of BUSINESS L1"""
    day = local_date(kickoff, "Europe/Berlin")
    return day in BUSINESS_L1


@task
def branches_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def branches_on_run_days(kickoff: datetime) -> None:
    """branches, if the kick-off is a start of its schedule."""
    run_day = branches_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="BRANCHES (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(branches())
        .else_()
        .then(branches_rests())
    )


branches_schedule = LaunchPlan.get_or_create(
    branches_on_run_days,
    name="BRANCHES.schedule",
    schedule=cron("0 9 * * *", timezone="Europe/Berlin", kickoff="kickoff"),
)


if __name__ == "__main__":
    print(f"Running branches() {branches()}")
