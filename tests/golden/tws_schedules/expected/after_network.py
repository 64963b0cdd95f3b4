"""AFTER_network, converted by transpile from cycles.tws."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task, workflow

from expected.after_network_cuts import AFTER
from expected.job_runtime import ENVIRONMENT, KEEP_GOING, SMALL, cron, gate, look, run


@task
def j_2() -> int:
    """C#AFTER_THAT.J · cycles.tws:23

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#AFTER_THAT · cycles.tws:23 · condition: FOLLOWS AFTER
# machine: C
# on: EVERYDAY
after_that = Workflow(name="AFTER_THAT", failure_policy=KEEP_GOING)

j_2_node = after_that.add_entity(j_2).with_overrides(
    node_name="j-2", name="C#AFTER_THAT.J"
)

after_that.add_workflow_output("j_2", j_2_node.o0)


@task
def j() -> int:
    """C#AFTER.J · cycles.tws:22

    machine: C
    streamlogon: x
    defined in: cycles.tws:2
    """
    return run("true")


# C#AFTER · cycles.tws:22 · condition: FOLLOWS SHARED
# machine: C
# on: EVERYDAY
after = Workflow(name="AFTER", failure_policy=KEEP_GOING)

j_node = after.add_entity(j).with_overrides(node_name="j", name="C#AFTER.J")

after.add_workflow_output("j", j_node.o0)


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def after_look() -> str:
    """C#AFTER · does what it waits for hold already?"""
    return look(AFTER)


@workflow(failure_policy=KEEP_GOING)
def after_wait() -> bool:
    """C#AFTER · waits for: C#SHARED succeeded in the run begun 13:00 before to 11:00 after this one"""
    return gate(AFTER)


after_network = Workflow(name="AFTER_network", failure_policy=KEEP_GOING)

after_look_node = after_network.add_entity(after_look).with_overrides(
    node_name="after-look", name="C#AFTER (look)"
)
after_wait_node = after_network.add_subwf(after_wait).with_overrides(
    node_name="after-wait", name="C#AFTER (wait)"
)
after_node = after_network.add_subwf(after).with_overrides(
    node_name="after", name="C#AFTER"
)
after_wait_node >> after_node
after_that_node = after_network.add_subwf(after_that).with_overrides(
    node_name="after-that", name="C#AFTER_THAT"
)
after_node >> after_that_node

after_network.add_workflow_output("j_2", after_that_node.j_2)


after_network_schedule = LaunchPlan.get_or_create(
    after_network,
    name="AFTER_network.schedule",
    schedule=cron("0 7 * * *", timezone="UTC"),
)


if __name__ == "__main__":
    print(f"Running after_network() {after_network()}")
