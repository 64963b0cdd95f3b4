"""mail, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def mail_job() -> int:
    """mail · spool/ada:8

    schedule: 0 8 1 * *
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\nmail -s \"rent\" ada <<'STDIN'\nDear me,\n\npay 80% of the rent.\nSTDIN",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


mail = Workflow(name="mail", failure_policy=KEEP_GOING)

mail_job_node = mail.add_entity(mail_job).with_overrides(
    node_name="mail-job", name="mail"
)

mail.add_workflow_output("mail_job", mail_job_node.o0)


mail_schedule = LaunchPlan.get_or_create(
    mail, name="mail.schedule", schedule=cron("0 8 1 * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running mail() {mail()}")
