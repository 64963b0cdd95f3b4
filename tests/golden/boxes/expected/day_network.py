"""DAY_network, converted by transpile from these files:

day.jil
late.jil
"""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, ONE_AT_A_TIME, cron, run


@task
def day_load_a() -> int:
    """DAY.LOAD.A · day.jil:16"""
    return run("true")


@task(retries=3)
def day_load_b() -> int:
    """DAY.LOAD.B · day.jil:20 · condition: s(DAY.LOAD.A)"""
    return run("true")


# DAY.LOAD · day.jil:12
# TODO[A641] the source terminates box DAY.LOAD after 90 minutes; the workflow does not
day_load = Workflow(name="DAY.LOAD", failure_policy=KEEP_GOING)

day_load_a_node = day_load.add_entity(day_load_a).with_overrides(
    node_name="day-load-a", name="DAY.LOAD.A"
)
day_load_b_node = day_load.add_entity(day_load_b).with_overrides(
    node_name="day-load-b", name="DAY.LOAD.B"
)
day_load_a_node >> day_load_b_node

day_load.add_workflow_output("day_load_b", day_load_b_node.o0)


@task
def day_check() -> int:
    """DAY.CHECK · day.jil:26 · condition: s(DAY.LOAD)"""
    return run("true", time_limit=timedelta(minutes=10))


# DAY · day.jil:3
# Daily run
# owner: batch@prod
day = Workflow(name="DAY", failure_policy=KEEP_GOING)

day_load_node = day.add_subwf(day_load).with_overrides(
    node_name="day-load", name="DAY.LOAD"
)
day_check_node = day.add_entity(day_check).with_overrides(
    node_name="day-check", name="DAY.CHECK"
)
day_load_node >> day_check_node

day.add_workflow_output("day_check", day_check_node.o0)


@task
def outer_inner_one() -> int:
    """OUTER.INNER.ONE · day.jil:38"""
    return run("true")


@task
def outer_inner_two() -> int:
    """OUTER.INNER.TWO · day.jil:42 · condition: success(OUTER.INNER.ONE)"""
    return run("true")


@task
def outer_empty() -> int:
    """OUTER.EMPTY · day.jil:47 · condition: s(OUTER.INNER)"""
    return 0


@task
def late() -> int:
    """LATE · late.jil:1 · condition: success(OUTER.INNER.ONE) and s(OUTER)"""
    return run("true")


# OUTER · day.jil:32 · condition: s(DAY) (flattened)
#
# OUTER.INNER · day.jil:35 (flattened)
day_network = Workflow(name="DAY_network", failure_policy=KEEP_GOING)

day_node = day_network.add_subwf(day).with_overrides(node_name="day", name="DAY")
outer_inner_one_node = day_network.add_entity(outer_inner_one).with_overrides(
    node_name="outer-inner-one", name="OUTER.INNER.ONE"
)
day_node >> outer_inner_one_node
outer_inner_two_node = day_network.add_entity(outer_inner_two).with_overrides(
    node_name="outer-inner-two", name="OUTER.INNER.TWO"
)
outer_inner_one_node >> outer_inner_two_node
outer_empty_node = day_network.add_entity(outer_empty).with_overrides(
    node_name="outer-empty", name="OUTER.EMPTY"
)
outer_inner_two_node >> outer_empty_node
late_node = day_network.add_entity(late).with_overrides(node_name="late", name="LATE")
outer_empty_node >> late_node

day_network.add_workflow_output("late", late_node.o0)


day_network_schedule = LaunchPlan.get_or_create(
    day_network,
    name="DAY_network.schedule",
    schedule=cron("0 6 * * 1-5", timezone="Europe/Berlin"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running day_network() {day_network()}")
