"""AFTER_DELETED, converted by transpile from first.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def deleted() -> int:
    """DELETED · DELETED is not defined"""
    return blocked("A303", "DELETED is not defined")


@task
def after_deleted_job() -> int:
    """AFTER_DELETED · first.jil:24 · condition: s(DELETED)"""
    # TODO[A303] job DELETED is not defined: this condition of AFTER_DELETED never holds
    return run("true")


after_deleted = Workflow(name="AFTER_DELETED", failure_policy=KEEP_GOING)

deleted_node = after_deleted.add_entity(deleted).with_overrides(
    node_name="deleted", name="DELETED"
)
after_deleted_job_node = after_deleted.add_entity(after_deleted_job).with_overrides(
    node_name="after-deleted-job", name="AFTER_DELETED"
)
deleted_node >> after_deleted_job_node

after_deleted.add_workflow_output("after_deleted_job", after_deleted_job_node.o0)


if __name__ == "__main__":
    print(f"Running after_deleted() {after_deleted()}")
