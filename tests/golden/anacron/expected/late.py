"""late, converted by transpile from anacrontab."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def late_job() -> int:
    """late · anacrontab:13

    period: @daily
    delay: 1200
    MAILTO: root
    START_HOURS_RANGE: 3-22
    """
    # TODO[A087] late: START_HOURS_RANGE leaves out 00:05, when anacron would start it
    return run("/usr/local/sbin/late.sh", env={"PATH": "/sbin:/bin:/usr/sbin:/usr/bin"})


late = Workflow(name="late", failure_policy=KEEP_GOING)

late_job_node = late.add_entity(late_job).with_overrides(
    node_name="late-job", name="late"
)

late.add_workflow_output("late_job", late_job_node.o0)


if __name__ == "__main__":
    print(f"Running late() {late()}")
