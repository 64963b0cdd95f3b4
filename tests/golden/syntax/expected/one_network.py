"""ONE_network, converted by transpile from odd.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import (
    ConcurrencyLimitBehavior,
    ConcurrencyPolicy,
    LaunchPlan,
    Workflow,
    WorkflowFailurePolicy,
    task,
)

from expected.box_cuts import THREE
from expected.job_runtime import ENVIRONMENT, SMALL, cron, run, tell


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


one_network = Workflow(
    name="ONE_network",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

one_node = one_network.add_entity(one)
one_node.with_overrides(node_name="one", name="ONE")
two_node = one_network.add_entity(two)
two_node.with_overrides(node_name="two", name="TWO")
two_tell_node = one_network.add_entity(two_tell)
two_tell_node.with_overrides(node_name="two-tell", name="TWO (tell)")

one_node >> two_node
two_node >> two_tell_node

one_network.add_workflow_output("two", two_node.outputs["o0"])


one_network_schedule = LaunchPlan.get_or_create(
    one_network,
    name="ONE_network.schedule",
    schedule=cron("0 8,9 * * 1,2", timezone="UTC"),
    concurrency=ConcurrencyPolicy(
        max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP
    ),
)


if __name__ == "__main__":
    print(f"Running one_network() {one_network()}")
