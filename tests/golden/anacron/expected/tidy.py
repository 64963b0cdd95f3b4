"""tidy, converted by transpile from night.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, cron, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=tidy to=ops@example.com",
    terminated="NOTIFICATION job=tidy to=ops@example.com",
)
def tidy_job() -> int:
    """tidy · night.cron:4

    schedule: 10~40 3 * * *
    mail: failures
    """
    # TODO[A087] 10~40: cronie chooses a number of this range; the launch plan takes the lowest one
    return run("/opt/markets/tidy.sh", env={"CRON_TZ": "America/New_York"})


tidy = Workflow(name="tidy", failure_policy=KEEP_GOING)

tidy_job_node = tidy.add_entity(tidy_job).with_overrides(
    node_name="tidy-job", name="tidy"
)

tidy.add_workflow_output("tidy_job", tidy_job_node.o0)


tidy_schedule = LaunchPlan.get_or_create(
    tidy,
    name="tidy.schedule",
    schedule=cron("10 3 * * *", timezone="America/New_York"),
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
    print(f"Running tidy() {tidy()}")
