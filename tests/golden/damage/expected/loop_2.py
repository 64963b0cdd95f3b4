"""LOOP_2, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING


@task
def loop_2_job() -> int:
    """LOOP_2 · broken.jil:65"""
    # TODO[A404] LOOP_1 cannot hold LOOP_2: a box cannot hold itself
    return 0


loop_2 = Workflow(name="LOOP_2", failure_policy=KEEP_GOING)

loop_2_job_node = loop_2.add_entity(loop_2_job).with_overrides(
    node_name="loop-2-job", name="LOOP_2"
)

loop_2.add_workflow_output("loop_2_job", loop_2_job_node.o0)


if __name__ == "__main__":
    print(f"Running loop_2() {loop_2()}")
