"""sync, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=sync to=night@shop.example",
    terminated="NOTIFICATION job=sync to=night@shop.example",
)
def sync_job() -> int:
    """sync · etc/cron.d/shop:8

    schedule: */10 8-17 * * 1-5
    user: shop
    """
    return run("/srv/shop/bin/sync.sh", shell="/bin/bash")


sync = Workflow(name="sync", failure_policy=KEEP_GOING)

sync_job_node = sync.add_entity(sync_job).with_overrides(
    node_name="sync-job", name="sync"
)

sync.add_workflow_output("sync_job", sync_job_node.o0)


sync_schedule = LaunchPlan.get_or_create(
    sync,
    name="sync.schedule",
    schedule=cron("0,10,20,30,40,50 8-17 * * 1-5", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
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
    print(f"Running sync() {sync()}")
