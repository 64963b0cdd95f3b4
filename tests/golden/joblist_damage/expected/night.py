"""NIGHT, converted by transpile from drawn.dot."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def get() -> int:
    """GET · drawn.dot:6

    command: echo get
    """
    # TODO[A738] the drawing leaves out what GET needs: its condition
    return blocked("A738", "the drawing leaves out its condition")


# LOAD · drawn.dot:4
load = Workflow(name="LOAD", failure_policy=KEEP_GOING)

get_node = load.add_entity(get).with_overrides(node_name="get", name="GET")

load.add_workflow_output("get", get_node.o0)


@task
def other() -> int:
    """other · drawn.dot:8"""
    return 0


@task
def gone() -> int:
    """GONE · GONE is not defined"""
    return blocked("A303", "GONE is not defined")


@task
def sum_job() -> int:
    """SUM · drawn.dot:9 · condition: after LOAD, GONE

    command: echo sum
    """
    # TODO[A115] dir cannot be back: expected forward
    # TODO[A303] job GONE is not defined: this condition of SUM never holds
    return blocked("A739", "what it comes after is not known")


night = Workflow(name="NIGHT", failure_policy=KEEP_GOING)

load_node = night.add_subwf(load).with_overrides(node_name="load", name="LOAD")
other_node = night.add_entity(other).with_overrides(node_name="other", name="other")
gone_node = night.add_entity(gone).with_overrides(node_name="gone", name="GONE")
sum_job_node = night.add_entity(sum_job).with_overrides(node_name="sum-job", name="SUM")
load_node >> sum_job_node
gone_node >> sum_job_node

night.add_workflow_output("other", other_node.o0)
night.add_workflow_output("sum_job", sum_job_node.o0)


if __name__ == "__main__":
    print(f"Running night() {night()}")
