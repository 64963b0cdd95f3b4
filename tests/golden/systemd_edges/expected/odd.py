"""odd, converted by transpile from times.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def odd_job() -> int:
    """odd · times.units:36"""
    # TODO[A093] odd.timer starts odd.service 7h after its last end: no launch plan was made
    return run("/usr/bin/odd")


odd = Workflow(name="odd", failure_policy=KEEP_GOING)

odd_job_node = odd.add_entity(odd_job).with_overrides(node_name="odd-job", name="odd")

odd.add_workflow_output("odd_job", odd_job_node.o0)


if __name__ == "__main__":
    print(f"Running odd() {odd()}")
