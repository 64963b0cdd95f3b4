"""OTHERS, converted by transpile from calls.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def others_job() -> int:
    """OTHERS · calls.jil:15"""
    # TODO[A220] the command drives a scheduler: conman sbs of MAIN#PAY
    # TODO[A220] the command drives a scheduler: curl (Azkaban) executeFlow of etl
    return run(
        'ssh tws "conman \'sbs MAIN#PAY;noask\'"; curl -d "ajax=executeFlow&flow=etl" https://azkaban/executor'
    )


others = Workflow(name="OTHERS", failure_policy=KEEP_GOING)

others_job_node = others.add_entity(others_job).with_overrides(
    node_name="others-job", name="OTHERS"
)

others.add_workflow_output("others_job", others_job_node.o0)


if __name__ == "__main__":
    print(f"Running others() {others()}")
