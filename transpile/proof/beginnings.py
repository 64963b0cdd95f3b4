"""Which nodes of a workflow say when its boxes begin.

A box with a node that starts it, or with a sub-workflow, begins with that. Any other box begins
with the first of its members' nodes: it has no condition, or its first nodes are behind the jobs
that it waits for.
"""

from collections.abc import Iterator
from typing import TypeAlias

from transpile.proof.blueprint import Branch, Node, Task, Workflow
from transpile.proof.roster import Roster
from transpile.targets.flyte.model import NodeRole

STARTS = (NodeRole.START, NodeRole.BOX)
"""The roles of nodes with which a box begins."""

_Jobs: TypeAlias = frozenset[str | None]

_WAITS = (NodeRole.WAIT, NodeRole.LOOK, NodeRole.NOT_BEFORE, NodeRole.LEGACY_START)
_FIRST = (NodeRole.JOB, *STARTS)
_WHOLE = (NodeRole.WORKFLOW, NodeRole.BOX)
"""The roles of nodes that hold all of a workflow or a box."""


class Beginnings:
    """The nodes with which boxes begin.

    `starts` are the boxes with a node that starts them. `early` are the nodes (by `id`) that wait
    since the start of the workflow, though the box around their job begins later.
    """

    def __init__(self, workflow: Workflow, roster: Roster) -> None:
        self._roster = roster
        found = list(_nodes(workflow, frozenset()))
        self.starts = {str(node.job) for node, _ in found if node.role in STARTS}
        free: set[str] = set()
        bound: set[str] = set()
        for node, behind in found:
            if node.role in _FIRST and self.counts(node):
                for box in self._around(str(node.job)):
                    inside = (box in self._around(str(job)) for job in behind)
                    (free if all(inside) else bound).add(box)
        self.early = {
            id(node)
            for node, behind in found
            if node.role in _WAITS and behind <= {node.job}
            if any(box in bound and box not in free for box in self._around(str(node.job)))
        }

    def counts(self, node: Node) -> bool:
        """False for a node of a job on ice, which waits for no box."""
        entry = self._roster.get(str(node.job))
        return entry is None or entry.counts

    def _around(self, job: str) -> Iterator[str]:
        """The boxes around a job that nothing else starts, the inner ones first."""
        entry = self._roster.get(job)
        while entry is not None and entry.box is not None and entry.box not in self.starts:
            yield entry.box
            entry = self._roster.get(entry.box)


def _nodes(around: Workflow | Branch, fed: _Jobs) -> Iterator[tuple[Node, _Jobs]]:
    """The nodes at any depth, each with the jobs that it is behind.

    A node is behind the job of each wait upstream, and behind None if anything else is upstream, of
    it or around it.
    """
    known = {node.id: node for node in around.nodes}
    waits: dict[str, _Jobs] = {}

    def waited(name: str) -> _Jobs:
        """The jobs of the waits at a node and upstream of it; None if there is anything else."""
        if name not in waits:
            waits[name] = frozenset((None,))
            node = known.get(name)
            if node is not None and node.role in _WAITS:
                waits[name] = frozenset((node.job,)).union(*map(waited, node.upstream))
        return waits[name]

    for node in around.nodes:
        behind = fed.union(*map(waited, node.upstream))
        yield node, behind
        if not isinstance(node.target, Task):
            yield from _nodes(node.target, frozenset() if node.role in _WHOLE else behind)
