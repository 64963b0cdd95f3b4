"""nowhere, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, blocked, cron


@task
def nowhere_job() -> int:
    """nowhere · times.units:90"""
    # TODO[A088] systemd does not start nowhere.service: nowhere.service is not in the estate
    return blocked("A088", "nowhere.service is not in the estate")


nowhere = Workflow(name="nowhere", failure_policy=KEEP_GOING)

nowhere_job_node = nowhere.add_entity(nowhere_job).with_overrides(
    node_name="nowhere-job", name="nowhere"
)

nowhere.add_workflow_output("nowhere_job", nowhere_job_node.o0)


nowhere_schedule = LaunchPlan.get_or_create(
    nowhere,
    name="nowhere.schedule",
    schedule=cron("0 0 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running nowhere() {nowhere()}")
