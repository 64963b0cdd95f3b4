"""init, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def init_job() -> int:
    """__init__ · names.jil:65"""
    return run("echo 17")


init = Workflow(name="init", failure_policy=KEEP_GOING)

init_job_node = init.add_entity(init_job).with_overrides(
    node_name="init-job", name="__init__"
)

init.add_workflow_output("init_job", init_job_node.o0)


if __name__ == "__main__":
    print(f"Running init() {init()}")
