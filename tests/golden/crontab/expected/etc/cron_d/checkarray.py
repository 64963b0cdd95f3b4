"""checkarray, converted by transpile from etc/cron.d/shop."""

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
    failure="NOTIFICATION job=checkarray to=night@shop.example",
    terminated="NOTIFICATION job=checkarray to=night@shop.example",
)
def checkarray_job() -> int:
    """checkarray · etc/cron.d/shop:16

    schedule: 57 0 * * 0
    user: root
    """
    return run(
        "if [ -x /usr/share/mdadm/checkarray ]; then /usr/share/mdadm/checkarray --cron --all --idle --quiet; fi",
        shell="/bin/bash",
    )


checkarray = Workflow(name="checkarray", failure_policy=KEEP_GOING)

checkarray_job_node = checkarray.add_entity(checkarray_job).with_overrides(
    node_name="checkarray-job", name="checkarray"
)

checkarray.add_workflow_output("checkarray_job", checkarray_job_node.o0)


@task
def checkarray_runs(kickoff: datetime) -> bool:
    """checkarray · su day 1-7"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(day, [1, 2, 3, 4, 5, 6, 7])


@task
def checkarray_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def checkarray_on_run_days(kickoff: datetime) -> None:
    """checkarray, if the kick-off is a start of its schedule."""
    run_day = checkarray_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="checkarray (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(checkarray())
        .else_()
        .then(checkarray_rests())
    )


checkarray_schedule = LaunchPlan.get_or_create(
    checkarray_on_run_days,
    name="checkarray.schedule",
    schedule=cron("57 0 * * 0", timezone="Europe/Berlin", kickoff="kickoff"),
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
    print(f"Running checkarray() {checkarray()}")
