"""close, converted by transpile from etc/cron.d/shop."""

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
    failure="NOTIFICATION job=close to=night@shop.example",
    terminated="NOTIFICATION job=close to=night@shop.example",
)
def close_job() -> int:
    """close · etc/cron.d/shop:15

    schedule: 59 23 28-31 * *
    user: shop
    """
    return run("/srv/shop/bin/close.sh", shell="/bin/bash")


close = Workflow(name="close", failure_policy=KEEP_GOING)

close_job_node = close.add_entity(close_job).with_overrides(
    node_name="close-job", name="close"
)

close.add_workflow_output("close_job", close_job_node.o0)


@task
def close_runs(kickoff: datetime) -> bool:
    """close · day -1"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [-1])


@task
def close_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def close_on_run_days(kickoff: datetime) -> None:
    """close, if the kick-off is a start of its schedule."""
    run_day = close_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="close (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(close())
        .else_()
        .then(close_rests())
    )


close_schedule = LaunchPlan.get_or_create(
    close_on_run_days,
    name="close.schedule",
    schedule=cron("59 23 28-31 * *", timezone="Europe/Berlin", kickoff="kickoff"),
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
    print(f"Running close() {close()}")
