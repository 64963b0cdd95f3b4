"""BAD_ZONE, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def bad_zone_job() -> int:
    """BAD_ZONE · schedules.jil:21

    days_of_week: all
    start_times: "1:00"
    """
    # TODO[A506] time zone Middle/Earth is unknown: no launch plan was made
    return run("true")


bad_zone = Workflow(name="BAD_ZONE", failure_policy=KEEP_GOING)

bad_zone_job_node = bad_zone.add_entity(bad_zone_job).with_overrides(
    node_name="bad-zone-job", name="BAD_ZONE"
)

bad_zone.add_workflow_output("bad_zone_job", bad_zone_job_node.o0)


if __name__ == "__main__":
    print(f"Running bad_zone() {bad_zone()}")
