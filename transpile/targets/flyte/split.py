"""Splits large workflows into parts: sub-workflows, or executions where the object is too large.

Nodes can move into a part if they form a module of the graph: every node outside precedes all of
them, follows all of them, or neither. Then each node has the same upstream nodes as before, so it
starts at the same time and after the same successes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from zlib import crc32

from transpile.targets.flyte.decompose import Tree, decompose
from transpile.targets.flyte.fitting import Fitting
from transpile.targets.flyte.hiding import Hiding
from transpile.targets.flyte.model import WorkflowPlan
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.parts import Cut, Known
from transpile.targets.flyte.paths import behind, handed, visits, without_implied_edges
from transpile.targets.flyte.size import CROSSING, PART, WANTED, fixed_size, node_sizes
from transpile.targets.flyte.values import Output

NODE_LIMIT = 100
"""flyteadmin's default for registration.maxWorkflowNodes."""

DEEPEST = 50
"""Maximum depth of parts: flytekit runs them by recursion."""

REVISITS = 10
"""Average number of visits to a node that is always fast enough."""


@dataclass(slots=True)
class Splitter:
    """Splits the workflows of a module until each has at most `most` nodes and few paths.

    Then it moves parts into executions of their own until the object of each is small enough.
    `module` is the dotted name of the module. `last` are the nodes that compute the result of the
    whole: they may follow all others. `scope` has the names of the module, `names` those of the
    platform. `origins` has the names of the workflows of which the found ones are parts; `deep` are
    those that stay too large because their parts would be nested too deep.
    """

    most: int
    module: str
    last: frozenset[str]
    scope: Scope
    names: Scope
    origins: dict[str, str] = field(default_factory=dict)
    deep: set[str] = field(default_factory=set)
    _entities: Known = field(default_factory=Known)
    _sizes: dict[str, int] = field(default_factory=dict)

    def split(self, workflows: Iterable[WorkflowPlan]) -> tuple[WorkflowPlan, ...]:
        """The workflows and their parts, inner ones first."""
        found: list[WorkflowPlan] = []
        for workflow in map(without_implied_edges, workflows):
            for task in workflow.tasks:
                self._entities.types[task.entity] = {"o0": task.returns, "o1": "str"}
            for level in self._levels(workflow, workflow.name):
                found += self._executions(level, workflow.name)
        for workflow in found:
            self.origins.setdefault(workflow.name, workflow.name)
        return tuple(found)

    def _levels(self, workflow: WorkflowPlan, origin: str) -> list[WorkflowPlan]:
        """The workflow and its sub-workflows."""
        count, most = len(workflow.nodes), REVISITS * self.most
        if count <= self.most and visits(workflow) <= most:
            return self._known([workflow], origin)
        upstream: list[list[int]] = [[] for _ in workflow.nodes]
        for number, targets in enumerate(behind(workflow)):
            for target in targets:
                upstream[target].append(number)
        if count > min(self.most, NODE_LIMIT):
            marks = [crc32(node.variable.encode()) for node in workflow.nodes]
            ones = [1] * count
            fitting = Fitting(ones, self.most, upstream=upstream, visits=most, marks=marks)
            return self._cut(workflow, origin, fitting)
        *parts, whole = self._cut(workflow, origin, Hiding(upstream, most))
        return [level for part in parts for level in self._levels(part, origin)] + [whole]

    def _executions(self, workflow: WorkflowPlan, origin: str) -> list[WorkflowPlan]:
        """The workflow and the parts that have executions of their own."""
        fixed, sizes, opens = self._weighed(workflow)
        self._sizes[workflow.variable] = fixed + sum(sizes)
        if fixed + sum(sizes) <= WANTED:
            return [workflow]
        place = {node.variable: number for number, node in enumerate(workflow.nodes)}
        for source in {source for node in workflow.nodes for source in node.sources}:
            if isinstance(source, Output):
                sizes[place[source.node]] += CROSSING
        most = max(WANTED - fixed, 2 * PART)
        fitting = Fitting(sizes, most, PART, launches=True, opens=opens)
        found = self._cut(workflow, origin, fitting)
        for part in found:
            fixed, sizes, _ = self._weighed(part)
            self._sizes[part.variable] = fixed + sum(sizes)
        return found

    def _weighed(self, workflow: WorkflowPlan) -> tuple[int, list[int], frozenset[int]]:
        """Bytes of the workflow itself and of its nodes, and those that are sub-workflows."""
        sizes, opens = node_sizes(workflow, self.module), set()
        for number, node in enumerate(workflow.nodes):
            if node.entity in self._sizes and not node.launches:
                opens.add(number)
                sizes[number] += self._sizes[node.entity]
        return fixed_size(workflow, self.module), sizes, frozenset(opens)

    def _cut(
        self, workflow: WorkflowPlan, origin: str, fitting: Fitting | Hiding
    ) -> list[WorkflowPlan]:
        """The workflow, cut into the items of this fitting, inner ones first."""
        items = tuple(fitting.items(self._tree(workflow)))
        cut = Cut(workflow, items, self._entities, origin)
        if cut.depth > DEEPEST:
            self.deep.add(workflow.name)
        elif any(item.inside or item.launched for item in items):
            found = cut.workflows(self.scope, self.names)
            return self._known(list(map(without_implied_edges, found)), origin)
        return self._known([workflow], origin)

    def _known(self, workflows: list[WorkflowPlan], origin: str) -> list[WorkflowPlan]:
        for workflow in workflows:
            self._entities.types[workflow.variable] = {o.name: o.type for o in workflow.outputs}
            self.origins[workflow.name] = origin
        return workflows

    def _tree(self, workflow: WorkflowPlan) -> Tree:
        """The modules of the graph of the nodes."""
        place = {node.variable: number for number, node in enumerate(workflow.nodes)}
        last = [place[node] for node in place if node in self.last]
        below: list[list[int]] = [[] for _ in place]
        for first, second in (*workflow.edges, *handed(workflow)):
            if second not in self.last:
                below[place[first]].append(place[second])
        for number in last:
            # Follow all others: a failure that keeps one of them from running fails the whole, too.
            for other, targets in enumerate(below):
                if other not in last and not targets:
                    targets.append(number)
        return decompose(below)
