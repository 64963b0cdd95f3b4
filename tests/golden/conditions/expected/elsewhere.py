"""ELSEWHERE, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def a_prd() -> int:
    """A^PRD · A^PRD runs in another instance"""
    return blocked("A304", "A^PRD runs in another instance")


@task
def nowhere() -> int:
    """NOWHERE · NOWHERE is not defined"""
    return blocked("A303", "NOWHERE is not defined")


@task
def elsewhere_job() -> int:
    """ELSEWHERE · forms.jil:43 · condition: s(A^PRD) & s(NOWHERE)"""
    # TODO[A304] A runs in another instance, PRD
    # TODO[A303] job NOWHERE is not defined: this condition of ELSEWHERE never holds
    return run("true")


elsewhere = Workflow(name="ELSEWHERE", failure_policy=KEEP_GOING)

a_prd_node = elsewhere.add_entity(a_prd).with_overrides(node_name="a-prd", name="A^PRD")
nowhere_node = elsewhere.add_entity(nowhere).with_overrides(
    node_name="nowhere", name="NOWHERE"
)
elsewhere_job_node = elsewhere.add_entity(elsewhere_job).with_overrides(
    node_name="elsewhere-job", name="ELSEWHERE"
)
a_prd_node >> elsewhere_job_node
nowhere_node >> elsewhere_job_node

elsewhere.add_workflow_output("elsewhere_job", elsewhere_job_node.o0)


if __name__ == "__main__":
    print(f"Running elsewhere() {elsewhere()}")
