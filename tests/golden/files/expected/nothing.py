"""NOTHING, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import blocked


@task
def nothing_job() -> int:
    """NOTHING · files.jil:38"""
    # TODO[A202] a job of type fw needs watch_file: its node fails
    return blocked("A202", "no watch_file")


nothing = Workflow(
    name="NOTHING",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

nothing_job_node = nothing.add_entity(nothing_job)
nothing_job_node.with_overrides(node_name="nothing-job", name="NOTHING")

nothing.add_workflow_output("nothing_job", nothing_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running nothing() {nothing()}")
