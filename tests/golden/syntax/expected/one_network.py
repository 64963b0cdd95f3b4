"""ONE_network, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def one() -> int:
    """ONE · odd.jil:4

    machine: m1
    """
    # TODO[A533] ONE may start again while its downstream jobs still run (1:00 between two starts): the source starts it, the launch plan skips this start
    return run('echo "a: b" c:d')


@task
def two() -> int:
    """TWO · odd.jil:16 · condition: SUCCESS(ONE) & s(ONE)

    machine: m1
    """
    # TODO[A857] condition continues on the next lines: they were joined
    return run("echo two # not a comment")


@task
def three() -> int:
    """THREE · odd.jil:22 · condition: s(TWO)"""
    # TODO[A855] condition was read as an attribute, inside the line of command
    return run("echo three")


# BOX · odd.jil:24 (flattened)
# quoted: yes
# timezone: UTC
# TODO[A510] BOX has no start time in the source; in the workflow it starts with ONE
one_network = Workflow(name="ONE_network", failure_policy=KEEP_GOING)

one_node = one_network.add_entity(one).with_overrides(node_name="one", name="ONE")
two_node = one_network.add_entity(two).with_overrides(node_name="two", name="TWO")
one_node >> two_node
three_node = one_network.add_entity(three).with_overrides(
    node_name="three", name="THREE"
)
two_node >> three_node

one_network.add_workflow_output("three", three_node.o0)


one_network_schedule = LaunchPlan.get_or_create(
    one_network,
    name="ONE_network.schedule",
    schedule=cron("0 8,9 * * 1,2", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running one_network() {one_network()}")
