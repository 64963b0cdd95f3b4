"""ALSO_ELSEWHERE, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def nowhere() -> int:
    """NOWHERE · NOWHERE is not defined"""
    return blocked("A303", "NOWHERE is not defined")


@task
def also_elsewhere_job() -> int:
    """ALSO_ELSEWHERE · forms.jil:47 · condition: s(NOWHERE)"""
    # TODO[A303] job NOWHERE is not defined: this condition of ALSO_ELSEWHERE never holds
    return run("true")


also_elsewhere = Workflow(name="ALSO_ELSEWHERE", failure_policy=KEEP_GOING)

nowhere_node = also_elsewhere.add_entity(nowhere).with_overrides(
    node_name="nowhere", name="NOWHERE"
)
also_elsewhere_job_node = also_elsewhere.add_entity(also_elsewhere_job).with_overrides(
    node_name="also-elsewhere-job", name="ALSO_ELSEWHERE"
)
nowhere_node >> also_elsewhere_job_node

also_elsewhere.add_workflow_output("also_elsewhere_job", also_elsewhere_job_node.o0)


if __name__ == "__main__":
    print(f"Running also_elsewhere() {also_elsewhere()}")
