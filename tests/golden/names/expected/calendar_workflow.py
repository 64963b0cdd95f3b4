"""calendar, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def json() -> int:
    """json · names.jil:61"""
    return run("echo 16")


# calendar · names.jil:59
calendar_workflow = Workflow(name="calendar", failure_policy=KEEP_GOING)

json_node = calendar_workflow.add_entity(json).with_overrides(
    node_name="json", name="json"
)

calendar_workflow.add_workflow_output("json", json_node.o0)


if __name__ == "__main__":
    print(f"Running calendar_workflow() {calendar_workflow()}")
