"""GLOBALS, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def globals_job(home_dir: str, site_name: str, path: str) -> int:
    """GLOBALS · commands.jil:9"""
    # TODO[A208] global SITE.NAME has no value in the estate: the workflow needs it as an input
    return run(
        "printf '%s ' $HOME_DIR \"$HOME_DIR\" ''\"$HOME_DIR\"'' ${HOME_DIR}bin ${SITE_NAME} $GLOBAL_PATH $HOME $$ ${GLOBAL_PATH}/x",
        env={"HOME_DIR": home_dir, "SITE_NAME": site_name, "GLOBAL_PATH": path},
    )


globals_workflow = Workflow(name="GLOBALS", failure_policy=KEEP_GOING)
home_dir = globals_workflow.add_workflow_input("home_dir", (str, "/opt/batch"))
site_name = globals_workflow.add_workflow_input("site_name", (str, "$$SITE.NAME"))
path = globals_workflow.add_workflow_input("path", (str, "not the search path"))

globals_job_node = globals_workflow.add_entity(
    globals_job, home_dir=home_dir, site_name=site_name, path=path
).with_overrides(node_name="globals-job", name="GLOBALS")

globals_workflow.add_workflow_output("globals_job", globals_job_node.o0)


if __name__ == "__main__":
    print(f"Running globals_workflow() {globals_workflow()}")
