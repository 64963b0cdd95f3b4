"""rotate, converted by transpile from etc/cron.d/rotate.sh."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def rotate_job() -> int:
    """rotate · etc/cron.d/rotate.sh:1

    schedule: 0 3 * * *
    user: root
    """
    return run("/usr/local/sbin/rotate")


rotate = Workflow(name="rotate", failure_policy=KEEP_GOING)

rotate_job_node = rotate.add_entity(rotate_job).with_overrides(
    node_name="rotate-job", name="rotate"
)

rotate.add_workflow_output("rotate_job", rotate_job_node.o0)


rotate_schedule = LaunchPlan.get_or_create(
    rotate, name="rotate.schedule", schedule=cron("0 3 * * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running rotate() {rotate()}")
