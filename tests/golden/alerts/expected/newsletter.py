"""NEWSLETTER, converted by transpile from alerts.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Email, LaunchPlan, Workflow, WorkflowExecutionPhase, task

from expected.job_runtime import KEEP_GOING, run, with_alerts


@task
@with_alerts(
    success="NOTIFICATION job=NEWSLETTER to=news@example.com",
    failure="NOTIFICATION job=NEWSLETTER to=news@example.com",
    terminated="NOTIFICATION job=NEWSLETTER to=news@example.com",
)
def newsletter_job() -> int:
    """NEWSLETTER · alerts.jil:59

    notification_template: plain
    """
    return run("./newsletter.sh")


newsletter = Workflow(name="NEWSLETTER", failure_policy=KEEP_GOING)

newsletter_job_node = newsletter.add_entity(newsletter_job).with_overrides(
    node_name="newsletter-job", name="NEWSLETTER"
)

newsletter.add_workflow_output("newsletter_job", newsletter_job_node.o0)


newsletter_notified = LaunchPlan.get_or_create(
    newsletter,
    name="NEWSLETTER.notified",
    notifications=[
        Email(
            phases=[
                WorkflowExecutionPhase.ABORTED,
                WorkflowExecutionPhase.FAILED,
                WorkflowExecutionPhase.SUCCEEDED,
                WorkflowExecutionPhase.TIMED_OUT,
            ],
            recipients_email=["news@example.com"],
        )
    ],
)


if __name__ == "__main__":
    print(f"Running newsletter() {newsletter()}")
