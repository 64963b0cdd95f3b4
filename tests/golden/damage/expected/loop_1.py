"""LOOP_1, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING


@task
def loop_1_job() -> int:
    """LOOP_1 · broken.jil:62"""
    # TODO[A404] LOOP_2 cannot hold LOOP_1: a box cannot hold itself
    return 0


loop_1 = Workflow(name="LOOP_1", failure_policy=KEEP_GOING)

loop_1_job_node = loop_1.add_entity(loop_1_job).with_overrides(
    node_name="loop-1-job", name="LOOP_1"
)

loop_1.add_workflow_output("loop_1_job", loop_1_job_node.o0)


if __name__ == "__main__":
    print(f"Running loop_1() {loop_1()}")
