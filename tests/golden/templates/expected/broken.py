"""BROKEN, converted by transpile from site.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def broken_job() -> int:
    """BROKEN · site.jil:14 · condition: s(PRODUCTION_LOAD) & x(

    command: true
    """
    # TODO[A856] comment behind the command removed: /* ~{$IN_A_COMMENT}~ */
    # TODO[A302] the condition cannot be read: unexpected 'x('
    return blocked("A302", "condition: s(PRODUCTION_LOAD) & x(")


broken = Workflow(name="BROKEN", failure_policy=KEEP_GOING)

broken_job_node = broken.add_entity(broken_job).with_overrides(
    node_name="broken-job", name="BROKEN"
)

broken.add_workflow_output("broken_job", broken_job_node.o0)


if __name__ == "__main__":
    print(f"Running broken() {broken()}")
