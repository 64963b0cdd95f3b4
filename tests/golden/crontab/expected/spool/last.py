"""last, converted by transpile from spool/bob.cron."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def last_job() -> int:
    """last · spool/bob.cron:5

    schedule: 30 5 * * *
    """
    return run("/home/bob/last.sh")


last = Workflow(name="last", failure_policy=KEEP_GOING)

last_job_node = last.add_entity(last_job).with_overrides(
    node_name="last-job", name="last"
)

last.add_workflow_output("last_job", last_job_node.o0)


last_schedule = LaunchPlan.get_or_create(
    last, name="last.schedule", schedule=cron("30 5 * * *", timezone="Europe/Berlin")
)


if __name__ == "__main__":
    print(f"Running last() {last()}")
