"""Finds the boxes that cannot become sub-workflows."""

from collections.abc import Sequence

from transpile.analysis.grouping import Groups
from transpile.analysis.settling import Settled
from transpile.findings.codes.boxes import BoxEndsWithoutMember, BoxFlattened, BoxNestedTooDeep
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Dependency, JobGraph

DEEPEST = 50
"""Sub-workflows that nest 100 deep still run locally, 200 exhaust Python's stack."""


def open_walls(
    graph: JobGraph,
    settled: Settled,
    order: Sequence[str],
    groups: Groups,
    diagnostics: Diagnostics,
) -> frozenset[str]:
    """The boxes that become no sub-workflow: every edge then joins two jobs of one workflow.

    A box is one of them when an edge joins a job inside with one outside, because Flyte cannot
    address a node inside a sub-workflow; when it can end although a job inside never does, whose
    node fails; and when it is nested too deep for flytekit. An edge to or from the box itself
    crosses nothing.
    """
    flattened: dict[str, Dependency] = {}
    for dependency in graph.dependencies:
        if dependency.edge and graph.joins_kept(dependency):
            ends = (dependency.upstream, dependency.downstream)
            for box in graph.walls_between(*ends, at_end=dependency.at_end):
                flattened.setdefault(box, dependency)
    outlived = _outlived(settled, groups)
    for box, inside in outlived.items():
        if box not in flattened:
            diagnostics.add(
                BoxEndsWithoutMember(name=box, inside=inside), graph.jobs[box].span, job=box
            )
    open_boxes = flattened.keys() | outlived.keys()
    deep = [name for name in order if name in graph.members and name not in open_boxes]
    deep = [name for name in deep if len(graph.ancestors(name)) >= DEEPEST]
    for box in deep:
        diagnostics.add(BoxNestedTooDeep(name=box, deepest=DEEPEST), graph.jobs[box].span, job=box)
    for box, dependency in flattened.items():
        diagnostics.add(
            BoxFlattened(name=box, upstream=dependency.upstream, downstream=dependency.downstream),
            graph.jobs[box].span,
            job=box,
        )
    return frozenset((*open_boxes, *deep))


def _outlived(settled: Settled, groups: Groups) -> dict[str, str]:
    """The boxes that can end although a job inside never does, each with the first such job.

    A box that is a workflow by itself is not among them: what fails in it fails the whole anyway.
    """
    alone = {group[0] for group in groups if len(group) == 1}
    found: dict[str, str] = {}
    for name in settled.blocking:
        for box in settled.graph.ancestors(name):
            if box not in settled.stuck and box not in alone:
                found.setdefault(box, name)
    return found
