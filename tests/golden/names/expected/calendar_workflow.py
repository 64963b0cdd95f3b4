"""calendar, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def json() -> int:
    """json · names.jil:61"""
    return run("echo 16")


# calendar · names.jil:59
calendar_workflow = Workflow(
    name="calendar",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

json_node = calendar_workflow.add_entity(json)
json_node.with_overrides(node_name="json", name="json")

calendar_workflow.add_workflow_output("json", json_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running calendar_workflow() {calendar_workflow()}")
