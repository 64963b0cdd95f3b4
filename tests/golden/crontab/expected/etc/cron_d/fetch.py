"""fetch, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, cron, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=fetch to=night@shop.example",
    terminated="NOTIFICATION job=fetch to=night@shop.example",
)
def fetch_job() -> int:
    """fetch · etc/cron.d/shop:7

    Fetch the orders of the day before.

    schedule: 30 2 * * mon-fri
    user: shop
    """
    return run(
        "/srv/shop/bin/fetch.sh --all >> /var/log/shop/fetch.log 2>&1",
        shell="/bin/bash",
    )


fetch = Workflow(name="fetch", failure_policy=KEEP_GOING)

fetch_job_node = fetch.add_entity(fetch_job).with_overrides(
    node_name="fetch-job", name="fetch"
)

fetch.add_workflow_output("fetch_job", fetch_job_node.o0)


fetch_schedule = LaunchPlan.get_or_create(
    fetch,
    name="fetch.schedule",
    schedule=cron("30 2 * * 1-5", timezone="Europe/Berlin"),
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
    print(f"Running fetch() {fetch()}")
