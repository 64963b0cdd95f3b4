"""GLOBALS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def globals_job(home_dir: str, site_name: str, path: str) -> int:
    """GLOBALS · commands.jil:9"""
    # TODO[A208] global SITE.NAME has no value in the estate: the workflow needs it as an input
    return run(
        "printf '%s ' $HOME_DIR \"$HOME_DIR\" ''\"$HOME_DIR\"'' ${HOME_DIR}bin ${SITE_NAME} $GLOBAL_PATH $HOME $$ ${GLOBAL_PATH}/x",
        env={"HOME_DIR": home_dir, "SITE_NAME": site_name, "GLOBAL_PATH": path},
    )


globals_workflow = Workflow(
    name="GLOBALS",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)
globals_workflow.add_workflow_input("home_dir", (str, "/opt/batch"))
globals_workflow.add_workflow_input("site_name", (str, "$$SITE.NAME"))
globals_workflow.add_workflow_input("path", (str, "not the search path"))

globals_job_node = globals_workflow.add_entity(
    globals_job,
    home_dir=globals_workflow.inputs["home_dir"],
    site_name=globals_workflow.inputs["site_name"],
    path=globals_workflow.inputs["path"],
)
globals_job_node.with_overrides(node_name="globals-job", name="GLOBALS")

globals_workflow.add_workflow_output("globals_job", globals_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running globals_workflow() {globals_workflow()}")
