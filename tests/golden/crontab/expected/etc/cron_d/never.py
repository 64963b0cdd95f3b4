"""never, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=never to=night@shop.example",
    terminated="NOTIFICATION job=never to=night@shop.example",
)
def never_job() -> int:
    """never · etc/cron.d/shop:17

    schedule: 0 0-23/12 31 2,4 *
    user: shop
    """
    # TODO[A526] 0 0-23/12 31 2,4 * leaves no day to run on: no launch plan was made
    return run("/srv/shop/bin/never.sh", shell="/bin/bash")


never = Workflow(name="never", failure_policy=KEEP_GOING)

never_job_node = never.add_entity(never_job).with_overrides(
    node_name="never-job", name="never"
)

never.add_workflow_output("never_job", never_job_node.o0)


never_notified = LaunchPlan.get_or_create(
    never,
    name="never.notified",
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
    print(f"Running never() {never()}")
