"""GLOBAL, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    is_set,
    require_success,
    run_status,
)


@task
def global_job(mode: str) -> str:
    """GLOBAL · forms.jil:35

    condition: v(MODE) = "full load" or VALUE(MODE)!=delta
    """
    # TODO[A208] global MODE has no value in the estate: the workflow needs it as an input
    if not (mode == "full load" or (is_set(mode) and mode != "delta")):
        return SKIPPED
    return run_status("true")


@task
def global_workflow_result(global_job: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"GLOBAL": global_job})


global_workflow = Workflow(name="GLOBAL", failure_policy=KEEP_GOING)
mode = global_workflow.add_workflow_input("mode", (str, "$$MODE"))

global_job_node = global_workflow.add_entity(global_job, mode=mode).with_overrides(
    node_name="global-job", name="GLOBAL"
)
global_workflow_result_node = global_workflow.add_entity(
    global_workflow_result, global_job=global_job_node.o0
).with_overrides(node_name="global-workflow-result", name="GLOBAL (result)")

global_workflow.add_workflow_output(
    "global_workflow_result", global_workflow_result_node.o0
)


if __name__ == "__main__":
    print(f"Running global_workflow() {global_workflow()}")
