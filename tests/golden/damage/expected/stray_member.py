"""STRAY_MEMBER, converted by transpile from broken.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def stray_member_job() -> int:
    """STRAY_MEMBER · broken.jil:54"""
    # TODO[A403] box NOWHERE is not defined: STRAY_MEMBER was converted as a job without a box
    return run("true")


stray_member = Workflow(name="STRAY_MEMBER", failure_policy=KEEP_GOING)

stray_member_job_node = stray_member.add_entity(stray_member_job).with_overrides(
    node_name="stray-member-job", name="STRAY_MEMBER"
)

stray_member.add_workflow_output("stray_member_job", stray_member_job_node.o0)


if __name__ == "__main__":
    print(f"Running stray_member() {stray_member()}")
