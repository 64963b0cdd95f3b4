"""init, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def init_job() -> int:
    """__init__ · names.jil:65"""
    return run("echo 17")


init = Workflow(
    name="init",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

init_job_node = init.add_entity(init_job)
init_job_node.with_overrides(node_name="init-job", name="__init__")

init.add_workflow_output("init_job", init_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running init() {init()}")
