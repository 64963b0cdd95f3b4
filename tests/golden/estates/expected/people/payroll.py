"""PAYROLL, converted by transpile from people/people.jil."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, conditional, task, workflow

from expected.finance.fin_night_cuts import FIN_LEDGER
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SECRETS,
    SMALL,
    cron,
    local_date,
    require_success,
    run_status,
    tell,
)
from expected.people.costs_network_cuts import COSTS


@task
def payroll_job() -> str:
    """PAYROLL · people/people.jil:2

    application: people
    """
    return run_status("echo pay")


@task(environment=ENVIRONMENT, secret_requests=SECRETS, requests=SMALL, retries=5)
def payroll_job_tell() -> str:
    """PAYROLL · FIN_LEDGER, COSTS look at it"""
    return tell(FIN_LEDGER, COSTS)


@task
def payroll_result(payroll_job: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"PAYROLL": payroll_job})


payroll = Workflow(name="PAYROLL", failure_policy=KEEP_GOING)

payroll_job_node = payroll.add_entity(payroll_job).with_overrides(
    node_name="payroll-job", name="PAYROLL"
)
payroll_job_tell_node = payroll.add_entity(payroll_job_tell).with_overrides(
    node_name="payroll-job-tell", name="PAYROLL (tell)"
)
payroll_job_node >> payroll_job_tell_node
payroll_result_node = payroll.add_entity(
    payroll_result, payroll_job=payroll_job_node.o0
).with_overrides(node_name="payroll-result", name="PAYROLL (result)")

payroll.add_workflow_output("payroll_result", payroll_result_node.o0)


# PAYDAYS · calendars.jil:6
PAYDAYS = ("2026-01-29", "2026-02-26", "2026-03-30")


@task
def payroll_runs(kickoff: datetime) -> bool:
    """PAYROLL · on days of PAYDAYS"""
    day = local_date(kickoff, "Europe/London")
    return day in PAYDAYS


@task
def payroll_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def payroll_on_run_days(kickoff: datetime) -> None:
    """payroll, if the kick-off is a start of its schedule."""
    run_day = payroll_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="PAYROLL (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(payroll())
        .else_()
        .then(payroll_rests())
    )


payroll_schedule = LaunchPlan.get_or_create(
    payroll_on_run_days,
    name="PAYROLL.schedule",
    schedule=cron("0 20 * * *", timezone="Europe/London", kickoff="kickoff"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running payroll() {payroll()}")
