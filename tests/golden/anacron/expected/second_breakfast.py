"""second-breakfast, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=second-breakfast to=ops@example.com",
    terminated="NOTIFICATION job=second-breakfast to=ops@example.com",
)
def second_breakfast_job() -> int:
    """second-breakfast · night.cron:6

    schedule: 0 6 * * *
    """
    return run("/opt/markets/second-breakfast.sh", env={"CRON_TZ": "Middle/Earth"})


second_breakfast = Workflow(name="second-breakfast", failure_policy=KEEP_GOING)

second_breakfast_job_node = second_breakfast.add_entity(
    second_breakfast_job
).with_overrides(node_name="second-breakfast-job", name="second-breakfast")

second_breakfast.add_workflow_output(
    "second_breakfast_job", second_breakfast_job_node.o0
)


second_breakfast_notified = LaunchPlan.get_or_create(
    second_breakfast,
    name="second-breakfast.notified",
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.ABORTED,
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.TIMED_OUT,
            ],
            recipients_email=["ops@example.com"],
        )
    ],
)


if __name__ == "__main__":
    print(f"Running second_breakfast() {second_breakfast()}")
