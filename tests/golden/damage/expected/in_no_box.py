"""IN_NO_BOX, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def in_no_box_job() -> int:
    """IN_NO_BOX · broken.jil:58"""
    # TODO[A404] GOOD cannot hold IN_NO_BOX: it is no box
    return run("true")


in_no_box = Workflow(name="IN_NO_BOX", failure_policy=KEEP_GOING)

in_no_box_job_node = in_no_box.add_entity(in_no_box_job).with_overrides(
    node_name="in-no-box-job", name="IN_NO_BOX"
)

in_no_box.add_workflow_output("in_no_box_job", in_no_box_job_node.o0)


if __name__ == "__main__":
    print(f"Running in_no_box() {in_no_box()}")
