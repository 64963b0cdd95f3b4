"""Boxes whose walls dependencies cross."""

from dataclasses import replace

from transpile.analysis.stuck import blocking_jobs, never_ending
from transpile.findings.codes.boxes import BoxEndsWithoutMember, BoxFlattened, BoxNestedTooDeep
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Dependency, Network

DEEPEST = 50
"""Sub-workflows that nest 100 deep still run locally, 200 exhaust Python's stack."""


def open_walls(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass every edge joins two jobs that stand in the same workflow.

    A box is in `flattened` when an edge joins a job inside with one outside, because Flyte cannot
    address a node inside a sub-workflow; when it can end although a job inside never does, whose
    node fails; and when it is nested too deep for flytekit. An edge to or from the box itself
    crosses nothing.
    """
    flattened: dict[str, Dependency] = {}
    kept = set(network.order)
    for dependency in network.dependencies:
        if dependency.edge and dependency.upstream in kept and dependency.downstream in kept:
            ends = (dependency.upstream, dependency.downstream)
            for box in network.walls_between(*ends, at_end=dependency.at_end):
                flattened.setdefault(box, dependency)
    outlived = _outlived(network)
    for box, inside in outlived.items():
        if box not in flattened:
            diagnostics.add(
                BoxEndsWithoutMember(name=box, inside=inside), network.jobs[box].span, job=box
            )
    open_boxes = flattened.keys() | outlived.keys()
    deep = [name for name in network.order if name in network.members and name not in open_boxes]
    deep = [name for name in deep if len(network.ancestors(name)) >= DEEPEST]
    for box in deep:
        diagnostics.add(
            BoxNestedTooDeep(name=box, deepest=DEEPEST), network.jobs[box].span, job=box
        )
    for box, dependency in flattened.items():
        diagnostics.add(
            BoxFlattened(name=box, upstream=dependency.upstream, downstream=dependency.downstream),
            network.jobs[box].span,
            job=box,
        )
    return replace(network, flattened=frozenset((*open_boxes, *deep)))


def _outlived(network: Network) -> dict[str, str]:
    """The boxes that can end although a job inside never does, each with the first such job.

    A box that is a workflow by itself is not among them: what fails in it fails the whole anyway.
    """
    blocking = blocking_jobs(network)
    if not blocking:
        return {}
    stuck = never_ending(network)
    alone = {group[0] for group in network.groups if len(group) == 1}
    found: dict[str, str] = {}
    for name in blocking:
        for box in network.ancestors(name):
            if box not in stuck and box not in alone:
                found.setdefault(box, name)
    return found
