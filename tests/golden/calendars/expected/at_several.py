"""AT_SEVERAL, converted by transpile from jobs.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def at_several_job() -> int:
    """AT_SEVERAL · jobs.jil:31"""
    # TODO[A879] start_times are missing, and calendar SUCCESS has several times: no launch plan was made
    return run("true")


at_several = Workflow(name="AT_SEVERAL", failure_policy=KEEP_GOING)

at_several_job_node = at_several.add_entity(at_several_job).with_overrides(
    node_name="at-several-job", name="AT_SEVERAL"
)

at_several.add_workflow_output("at_several_job", at_several_job_node.o0)


if __name__ == "__main__":
    print(f"Running at_several() {at_several()}")
