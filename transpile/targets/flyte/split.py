"""Splits large workflows into parts that launch plans start.

Nodes can move into a part if they form a module of the graph: every node outside precedes all of
them, follows all of them, or neither. Then each node has the same upstream nodes as before, so it
starts at the same time and after the same successes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from transpile.lowering.entity_types import Type
from transpile.targets.flyte.decompose import Block, Shape, Tree, decompose
from transpile.targets.flyte.model import WorkflowPlan
from transpile.targets.flyte.names import Scope
from transpile.targets.flyte.parts import Cut, Item
from transpile.targets.flyte.paths import handed

DEEPEST = 50
"""Maximum depth of parts: flytekit runs them by recursion."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A workflow with more nodes than wanted: the workflow named `origin`, or a part of it."""

    origin: str
    workflow: WorkflowPlan
    nodes: int
    reason: str


@dataclass(slots=True)
class Splitter:
    """Splits the workflows of a module into executions of at most `limit` nodes.

    `last` are the nodes that compute the result of the whole: they may follow all others. `scope`
    has the names of the module, `names` those of the platform. `knots` are the workflows that stay
    too large, `totals` the numbers of nodes in the executions of the others.
    """

    limit: int
    last: frozenset[str]
    scope: Scope
    names: Scope
    knots: list[Knot] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)

    def split(self, workflows: Iterable[WorkflowPlan]) -> tuple[WorkflowPlan, ...]:
        """The workflows and their parts, inner ones first."""
        found: list[WorkflowPlan] = []
        types: dict[str, dict[str, Type]] = {}
        for workflow in workflows:
            types[workflow.variable] = {o.name: o.type for o in workflow.outputs}
            found += self._split(workflow, types)
        return tuple(found)

    def _split(
        self, workflow: WorkflowPlan, types: dict[str, dict[str, Type]]
    ) -> list[WorkflowPlan]:
        weights = [1 + self.totals.get(node.entity, 0) for node in workflow.nodes]
        if sum(weights) <= self.limit:
            self.totals[workflow.variable] = sum(weights)
            return [workflow]
        cut = Cut(workflow, tuple(fitted(self._order(workflow), weights, self.limit)), types)
        too_deep = cut.depth > DEEPEST
        if too_deep:
            cut = Cut(workflow, tuple(cut.leaves), types)
        found = cut.workflows(self.scope, self.names)
        for part, inside in zip(found, cut.insides, strict=True):
            self.totals[part.variable] = _weight(inside)
            if _weight(inside) > self.limit:
                deep = f"parts would be nested more than {DEEPEST} deep"
                reason = deep if too_deep else _crossing(part)
                self.knots.append(Knot(workflow.name, part, _weight(inside), reason))
        return found

    def _order(self, workflow: WorkflowPlan) -> Tree:
        """The modules of the graph of the nodes."""
        place = {node.variable: number for number, node in enumerate(workflow.nodes)}
        last = [place[node] for node in place if node in self.last]
        behind: list[list[int]] = [[] for _ in place]
        for first, second in (*workflow.edges, *handed(workflow)):
            if second not in self.last:
                behind[place[first]].append(place[second])
        for number in last:
            # Follow all others: a failure that keeps one of them from running fails the whole, too.
            for other, targets in enumerate(behind):
                if other not in last and not targets:
                    targets.append(number)
        return decompose(behind)


def _crossing(workflow: WorkflowPlan) -> str:
    """The reason why no nodes of this workflow can become a part."""
    labels = [node.label for node in workflow.nodes]
    names = f"{', '.join(labels[:3])} and {len(labels) - 3} others"
    return f"{names} have no common upstream and downstream nodes"


# ---------------------------------------------------------------- choice of parts


def fitted(tree: Tree, weights: Sequence[int], limit: int) -> list[Item]:
    """The items of the outermost workflow, with the fewest parts that make each workflow fit."""
    pending, order = [tree], list[Tree]()
    while pending:
        found = pending.pop()
        order.append(found)
        pending += found.parts if isinstance(found, Block) else ()
    items: dict[int, list[Item]] = {}
    for found in reversed(order):
        if isinstance(found, Block):
            groups = [items.pop(id(part)) for part in found.parts]
            items[id(found)] = _fit(found.shape, groups, limit)
        else:
            items[id(found)] = [Item(found, weights[found])]
    return items[id(tree)]


def _fit(shape: Shape, groups: list[list[Item]], limit: int) -> list[Item]:
    """The items of these modules, moved into parts if they are too many."""
    if shape is Shape.PARALLEL:
        groups.sort(key=_first)
    if shape is Shape.KNOT:
        # A workflow that stays too large gains nothing from many small executions.
        groups = _thinned(groups, limit, limit // 2 if len(groups) > limit else 1)
    while shape is not Shape.KNOT and sum(map(_weight, groups)) > limit:
        groups = _thinned(_runs(groups, limit), limit, 1)
    return [item for group in groups for item in group]


def _thinned(groups: list[list[Item]], limit: int, least: int) -> list[list[Item]]:
    """The groups, the heaviest ones as one item each, until all fit; `least` stays as it is."""
    total, found = sum(map(_weight, groups)), list(groups)
    for place in sorted(range(len(groups)), key=lambda n: (-_weight(groups[n]), n)):
        if total <= limit or _weight(groups[place]) <= least:
            break
        total -= _weight(groups[place]) - 1
        found[place] = [_one(groups[place])]
    return found


def _runs(groups: Iterable[list[Item]], limit: int) -> list[list[Item]]:
    """The groups, neighbours joined while they fit."""
    found: list[list[Item]] = []
    for group in groups:
        if found and _weight(found[-1]) + _weight(group) <= limit:
            found[-1] = found[-1] + group
        else:
            found.append(group)
    return found


def _weight(items: Iterable[Item]) -> int:
    return sum(item.weight for item in items)


def _first(items: Iterable[Item]) -> int:
    return min(item.first for item in items)


def _one(items: list[Item]) -> Item:
    """These items as one item: a part, which its own launch plan starts."""
    if len(items) == 1:
        return replace(items[0], weight=1, launched=items[0].launched or items[0].weight > 1)
    inside = tuple(sorted(items, key=lambda item: item.first))
    return Item(inside[0].first, 1, inside, launched=True)
