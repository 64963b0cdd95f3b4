"""COSTS_network, converted by transpile from people/people.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, run


@task
def costs_sum() -> int:
    """COSTS_SUM · people/people.jil:16"""
    return run("echo sum")


# COSTS · people/people.jil:11 · condition: s(PAYROLL) & s(FIN_NIGHT)
# application: people
# TODO[A533] COSTS may start again while its downstream jobs still run (other workflows start it): the source starts it, the launch plan skips this start
costs = Workflow(name="COSTS", failure_policy=KEEP_GOING)

costs_sum_node = costs.add_entity(costs_sum).with_overrides(
    node_name="costs-sum", name="COSTS_SUM"
)

costs.add_workflow_output("costs_sum", costs_sum_node.o0)


@task
def costs_send() -> int:
    """COSTS_SEND · people/people.jil:21 · condition: s(COSTS)

    application: people
    """
    return run("echo send")


costs_network = Workflow(name="COSTS_network", failure_policy=KEEP_GOING)

costs_node = costs_network.add_subwf(costs).with_overrides(
    node_name="costs", name="COSTS"
)
costs_send_node = costs_network.add_entity(costs_send).with_overrides(
    node_name="costs-send", name="COSTS_SEND"
)
costs_node >> costs_send_node

costs_network.add_workflow_output("costs_send", costs_send_node.o0)


costs_network_start = LaunchPlan.get_or_create(
    costs_network, name="COSTS_network.start", concurrency=ONE_AT_A_TIME
)


if __name__ == "__main__":
    print(f"Running costs_network() {costs_network()}")
