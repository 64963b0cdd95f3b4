"""shop.clean, converted by transpile from etc/cron.d/shop."""

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
    failure="NOTIFICATION job=shop.clean to=night@shop.example",
    terminated="NOTIFICATION job=shop.clean to=night@shop.example",
)
def shop_clean_job() -> int:
    """shop.clean · etc/cron.d/shop:13

    schedule: 0 12 */2 * 1
    user: shop
    """
    return run("cd /srv/shop && python3 -m shop.clean", shell="/bin/bash")


shop_clean = Workflow(name="shop.clean", failure_policy=KEEP_GOING)

shop_clean_job_node = shop_clean.add_entity(shop_clean_job).with_overrides(
    node_name="shop-clean-job", name="shop.clean"
)

shop_clean.add_workflow_output("shop_clean_job", shop_clean_job_node.o0)


@task
def shop_clean_runs(kickoff: datetime) -> bool:
    """shop.clean · mo day 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31"""
    day = local_date(kickoff, "Europe/Berlin")
    return is_day_of_month(
        day, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31]
    )


@task
def shop_clean_rests() -> None:
    """In place of all jobs, if nothing is to start."""
    return None


@workflow(failure_policy=KEEP_GOING)
def shop_clean_on_run_days(kickoff: datetime) -> None:
    """shop_clean, if the kick-off is a start of its schedule."""
    run_day = shop_clean_runs(kickoff=kickoff).with_overrides(
        node_name="run-day", name="shop.clean (run day)"
    )
    (
        conditional("run-day")
        .if_(run_day.is_true())
        .then(shop_clean())
        .else_()
        .then(shop_clean_rests())
    )


shop_clean_schedule = LaunchPlan.get_or_create(
    shop_clean_on_run_days,
    name="shop.clean.schedule",
    schedule=cron("0 12 * * 1", timezone="Europe/Berlin", kickoff="kickoff"),
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
    print(f"Running shop_clean() {shop_clean()}")
