"""clocks_snapshot, converted by transpile from clocks.tsv."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def snapshot() -> int:
    """snapshot · clocks.tsv:3"""
    return run("echo snapshot")


@task
def ship_snapshot() -> int:
    """ship snapshot · clocks.tsv:4 · condition: after snapshot"""
    return run("echo ship")


@task
def prune() -> int:
    """prune · clocks.tsv:5 · condition: after ship snapshot"""
    return run("echo prune")


clocks_snapshot = Workflow(name="clocks_snapshot", failure_policy=KEEP_GOING)

snapshot_node = clocks_snapshot.add_entity(snapshot).with_overrides(
    node_name="snapshot", name="snapshot"
)
ship_snapshot_node = clocks_snapshot.add_entity(ship_snapshot).with_overrides(
    node_name="ship-snapshot", name="ship snapshot"
)
snapshot_node >> ship_snapshot_node
prune_node = clocks_snapshot.add_entity(prune).with_overrides(
    node_name="prune", name="prune"
)
ship_snapshot_node >> prune_node

clocks_snapshot.add_workflow_output("prune", prune_node.o0)


clocks_snapshot_schedule = LaunchPlan.get_or_create(
    clocks_snapshot,
    name="clocks_snapshot.schedule",
    schedule=cron("30 1 * * 0", timezone="Europe/Paris"),
)


if __name__ == "__main__":
    print(f"Running clocks_snapshot() {clocks_snapshot()}")
