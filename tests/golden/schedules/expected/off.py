"""OFF, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def off_job() -> int:
    """OFF · schedules.jil:28

    days_of_week: all
    start_times: "1:00"
    """
    return run("true")


off = Workflow(name="OFF", failure_policy=KEEP_GOING)

off_job_node = off.add_entity(off_job).with_overrides(node_name="off-job", name="OFF")

off.add_workflow_output("off_job", off_job_node.o0)


if __name__ == "__main__":
    print(f"Running off() {off()}")
