"""order, converted by transpile from order.tsort."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked


@task
def dig() -> int:
    """dig · order.tsort:1"""
    # TODO[A741] dig has no command: its node fails
    return blocked("A741", "it has no command")


@task
def plant() -> int:
    """plant · order.tsort:1 · condition: after dig"""
    # TODO[A741] plant has no command: its node fails
    return blocked("A741", "it has no command")


@task
def water() -> int:
    """water · order.tsort:2 · condition: after plant, dig"""
    # TODO[A741] water has no command: its node fails
    return blocked("A741", "it has no command")


@task
def reap() -> int:
    """reap · order.tsort:3 · condition: after water"""
    # TODO[A741] reap has no command: its node fails
    return blocked("A741", "it has no command")


@task
def rest() -> int:
    """rest · order.tsort:4"""
    # TODO[A741] rest has no command: its node fails
    return blocked("A741", "it has no command")


order = Workflow(name="order", failure_policy=KEEP_GOING)

dig_node = order.add_entity(dig).with_overrides(node_name="dig", name="dig")
plant_node = order.add_entity(plant).with_overrides(node_name="plant", name="plant")
dig_node >> plant_node
water_node = order.add_entity(water).with_overrides(node_name="water", name="water")
plant_node >> water_node
reap_node = order.add_entity(reap).with_overrides(node_name="reap", name="reap")
water_node >> reap_node
rest_node = order.add_entity(rest).with_overrides(node_name="rest", name="rest")

order.add_workflow_output("reap", reap_node.o0)
order.add_workflow_output("rest", rest_node.o0)


if __name__ == "__main__":
    print(f"Running order() {order()}")
