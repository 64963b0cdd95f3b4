"""ONE_network, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.box_cuts import THREE
from expected.job_runtime import (
    ENVIRONMENT,
    KEEP_GOING,
    ONE_AT_A_TIME,
    SMALL,
    cron,
    run,
    tell,
)


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


@task(environment=ENVIRONMENT, requests=SMALL, retries=5)
def two_tell() -> str:
    """TWO · THREE looks at it"""
    return tell(THREE)


one_network = Workflow(name="ONE_network", failure_policy=KEEP_GOING)

one_node = one_network.add_entity(one).with_overrides(node_name="one", name="ONE")
two_node = one_network.add_entity(two).with_overrides(node_name="two", name="TWO")
one_node >> two_node
two_tell_node = one_network.add_entity(two_tell).with_overrides(
    node_name="two-tell", name="TWO (tell)"
)
two_node >> two_tell_node

one_network.add_workflow_output("two", two_node.o0)


one_network_schedule = LaunchPlan.get_or_create(
    one_network,
    name="ONE_network.schedule",
    schedule=cron("0 8,9 * * 1,2", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running one_network() {one_network()}")
