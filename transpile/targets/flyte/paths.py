"""Paths through the graph of a workflow; Flyte walks each of them.

Registration looks for cycles, and each evaluation round of a run looks for nodes that can start.
Both visit a node once for each path that leads to it. Paths inside a sub-workflow do not count in
the workflow around it.
"""

from collections.abc import Iterator
from dataclasses import replace

from transpile.model.graph import reduced
from transpile.targets.flyte.model import WorkflowPlan


def handed(workflow: WorkflowPlan) -> Iterator[tuple[str, str]]:
    """Pairs of nodes: the second takes an output of the first."""
    return ((first, node.variable) for node in workflow.nodes for first in node.upstream)


def without_implied_edges(workflow: WorkflowPlan) -> WorkflowPlan:
    """The workflow without the `>>` edges that longer paths imply.

    A node starts when all its upstream nodes have succeeded, so both forms start it at the same
    time and stop it after the same failures. Edges that carry an output stay.
    """
    below = behind(workflow)
    above = [0] * len(below)
    for targets in below:
        for target in targets:
            above[target] += 1
    place = {node.variable: number for number, node in enumerate(workflow.nodes)}
    edges = [(place[first], place[second]) for first, second in workflow.edges]
    if not any(len(below[first]) > 1 and above[second] > 1 for first, second in edges):
        return workflow
    direct = reduced(below, range(len(below)))
    kept = (
        pair
        for pair, (first, second) in zip(workflow.edges, edges, strict=True)
        if first in direct[second]
    )
    return replace(workflow, edges=tuple(kept))


def visits(workflow: WorkflowPlan) -> int:
    """The number of node visits in one walk over all paths from the start of the workflow."""
    below = behind(workflow)
    above = [0] * len(below)
    first = set(range(len(below))).difference(*below)
    total = 0
    for number, targets in enumerate(below):
        count = above[number] + (number in first)
        total += count
        for target in targets:
            above[target] += count
    return total


def behind(workflow: WorkflowPlan) -> list[set[int]]:
    """For each node, the numbers of its downstream nodes; nodes are in dependency order."""
    place = {node.variable: number for number, node in enumerate(workflow.nodes)}
    found: list[set[int]] = [set() for _ in workflow.nodes]
    for first, second in (*workflow.edges, *handed(workflow)):
        found[place[first]].add(place[second])
    return found
