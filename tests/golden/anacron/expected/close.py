"""close, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, cron, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=close to=ops@example.com",
    terminated="NOTIFICATION job=close to=ops@example.com",
)
def close_job() -> int:
    """close · night.cron:3

    schedule: 0 18 * * 1-5
    """
    return run("/opt/markets/close.sh", env={"CRON_TZ": "America/New_York"})


close = Workflow(name="close", failure_policy=KEEP_GOING)

close_job_node = close.add_entity(close_job).with_overrides(
    node_name="close-job", name="close"
)

close.add_workflow_output("close_job", close_job_node.o0)


close_schedule = LaunchPlan.get_or_create(
    close,
    name="close.schedule",
    schedule=cron("0 18 * * 1-5", timezone="America/New_York"),
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
    print(f"Running close() {close()}")
