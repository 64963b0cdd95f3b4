"""SHRINKS, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, WorkflowFailurePolicy, task

from expected.job_runtime import blocked


@task
def shrinks_job() -> int:
    """SHRINKS · files.jil:28

    watch_file_change_type: DELTA
    watch_file_change_value: 5
    """
    # TODO[A863] a file trigger with watch_file_type SHRINK has no translation: its node fails
    return blocked("A863", "watch_file_type SHRINK")


shrinks = Workflow(
    name="SHRINKS",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

shrinks_job_node = shrinks.add_entity(shrinks_job)
shrinks_job_node.with_overrides(node_name="shrinks-job", name="SHRINKS")

shrinks.add_workflow_output("shrinks_job", shrinks_job_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running shrinks() {shrinks()}")
