"""Which nodes of a workflow say when its boxes begin.

A box with a node that starts it, or with a sub-workflow, begins with that. Any other box begins
with the first of its members' nodes: it has no condition, or its first nodes are behind the jobs
that it waits for.
"""

from collections.abc import Iterator

from transpile.proof.blueprint import Branch, Node, Task, Workflow
from transpile.proof.roster import Roster
from transpile.targets.flyte.model import NodeRole

STARTS = (NodeRole.START, NodeRole.BOX)
"""The roles of nodes with which a box begins."""

_WAITS = (NodeRole.WAIT, NodeRole.LOOK, NodeRole.NOT_BEFORE)
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
        found = list(_nodes(workflow, fed=False))
        self.starts = {str(node.job) for node, _ in found if node.role in STARTS}
        free: set[str] = set()
        bound: set[str] = set()
        for node, fed in found:
            if node.role in _FIRST:
                (bound if fed else free).update(self._around(str(node.job)))
        self.early = {
            id(node)
            for node, fed in found
            if node.role in _WAITS and not fed
            if any(box in bound and box not in free for box in self._around(str(node.job)))
        }

    def _around(self, job: str) -> Iterator[str]:
        """The boxes around a job that nothing else starts, the inner ones first."""
        entry = self._roster.get(job)
        while entry is not None and entry.box is not None and entry.box not in self.starts:
            yield entry.box
            entry = self._roster.get(entry.box)


def _nodes(around: Workflow | Branch, *, fed: bool) -> Iterator[tuple[Node, bool]]:
    """The nodes at any depth; True for those with something upstream, of them or around them.

    A wait for a time or for other workflows that itself has nothing upstream does not count.
    """
    waits = {node.id for node in around.nodes if node.role in _WAITS and not node.upstream}
    for node in around.nodes:
        behind = fed or not waits.issuperset(node.upstream)
        yield node, behind
        if not isinstance(node.target, Task):
            yield from _nodes(node.target, fed=behind and node.role not in _WHOLE)
