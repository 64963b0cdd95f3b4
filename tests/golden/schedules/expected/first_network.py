"""FIRST_network, converted by transpile from schedules.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def first() -> int:
    """FIRST · schedules.jil:55"""
    return run("true")


@task
def second() -> int:
    """SECOND · schedules.jil:62 · condition: s(FIRST)"""
    # TODO[A505] SECOND waits for its own start time in the source (02:00 daily UTC); in the workflow it starts when its upstream jobs have ended
    return run("true")


@task
def other_root() -> int:
    """OTHER_ROOT · schedules.jil:70"""
    # TODO[A508] the workflow starts by the schedule of FIRST (01:00 daily UTC); that of OTHER_ROOT (03:00 sa UTC) is ignored
    return run("true")


@task
def join() -> int:
    """JOIN · schedules.jil:77 · condition: s(SECOND) & s(OTHER_ROOT)"""
    return run("true")


first_network = Workflow(name="FIRST_network", failure_policy=KEEP_GOING)

first_node = first_network.add_entity(first).with_overrides(
    node_name="first", name="FIRST"
)
second_node = first_network.add_entity(second).with_overrides(
    node_name="second", name="SECOND"
)
first_node >> second_node
other_root_node = first_network.add_entity(other_root).with_overrides(
    node_name="other-root", name="OTHER_ROOT"
)
join_node = first_network.add_entity(join).with_overrides(node_name="join", name="JOIN")
second_node >> join_node
other_root_node >> join_node

first_network.add_workflow_output("join", join_node.o0)


first_network_schedule = LaunchPlan.get_or_create(
    first_network,
    name="FIRST_network.schedule",
    schedule=cron("0 1 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running first_network() {first_network()}")
