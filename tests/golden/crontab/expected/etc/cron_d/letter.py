"""letter, converted by transpile from etc/cron.d/shop."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, cron, run, with_alerts


@task
@with_alerts(
    failure="NOTIFICATION job=letter to=night@shop.example",
    terminated="NOTIFICATION job=letter to=night@shop.example",
)
def letter_job() -> int:
    """letter · etc/cron.d/shop:12

    schedule: 15 14 1,15 * 5
    user: shop
    """
    return run("/srv/shop/bin/letter.py", shell="/bin/bash")


letter = Workflow(name="letter", failure_policy=KEEP_GOING)

letter_job_node = letter.add_entity(letter_job).with_overrides(
    node_name="letter-job", name="letter"
)

letter.add_workflow_output("letter_job", letter_job_node.o0)


letter_schedule = LaunchPlan.get_or_create(
    letter,
    name="letter.schedule",
    schedule=cron("15 14 1,15 * 5", timezone="Europe/Berlin"),
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
    print(f"Running letter() {letter()}")
