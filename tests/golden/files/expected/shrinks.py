"""SHRINKS, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def shrinks_job() -> int:
    """SHRINKS · files.jil:28

    watch_file_change_type: DELTA
    watch_file_change_value: 5
    """
    # TODO[A863] a file trigger with watch_file_type SHRINK has no translation: its node fails
    return blocked("A863", "watch_file_type SHRINK")


shrinks = Workflow(name="SHRINKS", failure_policy=KEEP_GOING)

shrinks_job_node = shrinks.add_entity(shrinks_job).with_overrides(
    node_name="shrinks-job", name="SHRINKS"
)

shrinks.add_workflow_output("shrinks_job", shrinks_job_node.o0)


if __name__ == "__main__":
    print(f"Running shrinks() {shrinks()}")
