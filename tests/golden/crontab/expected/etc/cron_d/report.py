"""report, converted by transpile from etc/cron.d/shop."""

import sys
from datetime import datetime
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import (
    Email,
    LaunchPlan,
    Workflow,
    WorkflowExecutionPhase,
    conditional,
    task,
    workflow,
)

from expected.job_runtime import (
    KEEP_GOING,
    cron,
    is_day_of_month,
    local_date,
    run,
    with_alerts,
)


@task
@with_alerts(
    failure="NOTIFICATION job=report to=night@shop.example",
    terminated="NOTIFICATION job=report to=night@shop.example",
)
def report_job() -> int:
    """report · etc/cron.d/shop:14

    schedule: 0 9 * * 1
    user: shop
    """
    return run("/srv/shop/bin/report.py --monthly", shell="/bin/bash")


report = Workflow(name="report", failure_policy=KEEP_GOING)

report_job_node = report.add_entity(report_job).with_overrides(
    node_name="report-job", name="report"
)

report.add_workflow_output("report_job", report_job_node.o0)


@task
def report_runs(kickoff: datetime) -> bool:
    """report · mo day 1-7"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@task
def report_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def report_on_run_days(kickoff: datetime) -> None:
    """report, if the kick-off is a start of its schedule."""
    run_day = report_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="report (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(report())
        .else_()
        .then(report_rests())
    )


report_schedule = LaunchPlan.get_or_create(
    report_on_run_days,
    name="report.schedule",
    schedule=cron("0 9 * * 1", timezone="Europe/Berlin", kickoff="kickoff"),
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.ABORTED,
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.TIMED_OUT,
            ],
            recipients_email=["night@shop.example"],
        )
    ],
)


if __name__ == "__main__":
    print(f"Running report() {report()}")
