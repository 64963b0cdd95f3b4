"""SHARED_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.after_network_cuts import AFTER
from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, cron, run, tell


@task
def j_3() -> int:
    """C#WINDOW.J · cycles.tws:21

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#WINDOW · cycles.tws:18
# condition: FOLLOWS SHARED RELATIVE FROM -0400 TO +0100, FOLLOWS SHARED_TOO FROM 0500 -1 DAY TO 0700
# machine: C
# on: EVERYDAY
window = Workflow(name="WINDOW", failure_policy=KEEP_GOING)

j_3_node = window.add_entity(j_3).with_overrides(node_name="j-3", name="C#WINDOW.J")

window.add_workflow_output("j_3", j_3_node.o0)


@task
def j_2() -> int:
    """C#SHARED_TOO.J · cycles.tws:17

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#SHARED_TOO · cycles.tws:13 · condition: FOLLOWS SHARED SAMEDAY
# machine: C
# on: RUNCYCLE X EVERYDAY
shared_too = Workflow(name="SHARED_TOO", failure_policy=KEEP_GOING)

j_2_node = shared_too.add_entity(j_2).with_overrides(
    node_name="j-2", name="C#SHARED_TOO.J"
)

shared_too.add_workflow_output("j_2", j_2_node.o0)


@task
def j() -> int:
    """C#SHARED.J · cycles.tws:12

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


@task
def shared_end() -> int:
    """C#SHARED · end of the box"""
    return 0


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def shared_tell() -> str:
    """C#SHARED · C#AFTER looks at it"""
    return tell(AFTER)


# C#SHARED · cycles.tws:12
# machine: C
# on: EVERYDAY
shared = Workflow(name="SHARED", failure_policy=KEEP_GOING)

j_node = shared.add_entity(j).with_overrides(node_name="j", name="C#SHARED.J")
shared_end_node = shared.add_entity(shared_end).with_overrides(
    node_name="shared-end", name="C#SHARED (end)"
)
j_node >> shared_end_node
shared_tell_node = shared.add_entity(shared_tell).with_overrides(
    node_name="shared-tell", name="C#SHARED (tell)"
)
shared_end_node >> shared_tell_node

shared.add_workflow_output("shared_end", shared_end_node.o0)


shared_network = Workflow(name="SHARED_network", failure_policy=KEEP_GOING)

shared_node = shared_network.add_subwf(shared).with_overrides(
    node_name="shared", name="C#SHARED"
)
shared_too_node = shared_network.add_subwf(shared_too).with_overrides(
    node_name="shared-too", name="C#SHARED_TOO"
)
shared_node >> shared_too_node
window_node = shared_network.add_subwf(window).with_overrides(
    node_name="window", name="C#WINDOW"
)
shared_too_node >> window_node

shared_network.add_workflow_output("j_3", window_node.j_3)


shared_network_schedule = LaunchPlan.get_or_create(
    shared_network,
    name="SHARED_network.schedule",
    schedule=cron("0 6 * * *", timezone="UTC"),
)


if __name__ == "__main__":
    print(f"Running shared_network() {shared_network()}")
