"""BROKEN_LINE, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def broken_line_job() -> int:
    """BROKEN_LINE · broken.jil:19

    command: echo one
    """
    # TODO[A110] this text belongs to no statement or attribute: two three
    return blocked("A110", "the command continues on lines that cannot be joined")


broken_line = Workflow(name="BROKEN_LINE", failure_policy=KEEP_GOING)

broken_line_job_node = broken_line.add_entity(broken_line_job).with_overrides(
    node_name="broken-line-job", name="BROKEN_LINE"
)

broken_line.add_workflow_output("broken_line_job", broken_line_job_node.o0)


if __name__ == "__main__":
    print(f"Running broken_line() {broken_line()}")
