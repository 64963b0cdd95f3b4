"""tea, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def tea_job() -> int:
    """tea · spool/ada:9

    schedule: 0 7 * * 1-5-7
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\ntea.sh",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


tea = Workflow(name="tea", failure_policy=KEEP_GOING)

tea_job_node = tea.add_entity(tea_job).with_overrides(node_name="tea-job", name="tea")

tea.add_workflow_output("tea_job", tea_job_node.o0)


tea_schedule = LaunchPlan.get_or_create(
    tea, name="tea.schedule", schedule=cron("0 7 * * 1-5", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running tea() {tea()}")
