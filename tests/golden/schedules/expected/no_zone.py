"""NO_ZONE, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def no_zone_job() -> int:
    """NO_ZONE · schedules.jil:15"""
    # TODO[A507] the schedule has no time zone: the source uses that of its server, the launch plan UTC
    return run("true")


no_zone = Workflow(name="NO_ZONE", failure_policy=KEEP_GOING)

no_zone_job_node = no_zone.add_entity(no_zone_job).with_overrides(
    node_name="no-zone-job", name="NO_ZONE"
)

no_zone.add_workflow_output("no_zone_job", no_zone_job_node.o0)


no_zone_schedule = LaunchPlan.get_or_create(
    no_zone,
    name="NO_ZONE.schedule",
    schedule=cron("59 23 * * *"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running no_zone() {no_zone()}")
