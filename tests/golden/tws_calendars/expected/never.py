"""NEVER, converted by transpile from calendars.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import run


@task
def j() -> int:
    """C#NEVER.J · calendars.tws:29

    machine: C
    """
    return run("never")


# C#NEVER · calendars.tws:29
#
# machine: C
# timezone: Europe/Rome
# on: PAYDAYS
# except: PAYDAYS
# TODO[A526] ON PAYDAYS leaves no day to run on: no launch plan was made
never = Workflow(
    name="NEVER",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

j_node = never.add_entity(j)
j_node.with_overrides(node_name="j", name="C#NEVER.J")

never.add_workflow_output("j", j_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running never() {never()}")
