"""sed, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def sed_job() -> int:
    """sed · spool/ada:10

    schedule: 0 6 * * *
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\nsed -i 's/\\\\/\\/' notes.txt",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


sed = Workflow(name="sed", failure_policy=KEEP_GOING)

sed_job_node = sed.add_entity(sed_job).with_overrides(node_name="sed-job", name="sed")

sed.add_workflow_output("sed_job", sed_job_node.o0)


sed_schedule = LaunchPlan.get_or_create(
    sed, name="sed.schedule", schedule=cron("0 6 * * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running sed() {sed()}")
