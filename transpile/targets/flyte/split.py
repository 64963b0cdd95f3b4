"""Workflows of more nodes than wanted to workflows of fewer, which launch plans start.

A node runs when all above it have succeeded. So a part of a workflow can be a workflow of its own,
one node of the other, exactly where it is a module of the order: what one node of it waits for all
wait for, and who waits for one waits for all. Then each node has the same nodes above it as before:
it starts when it did before, and fails to start when it did before.
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
"""Parts inside one another: flytekit runs them by recursion."""


@dataclass(frozen=True, slots=True)
class Knot:
    """A workflow that has more nodes than wanted, a part of the one of the name `origin`, or it."""

    origin: str
    workflow: WorkflowPlan
    nodes: int
    reason: str


@dataclass(slots=True)
class Splitter:
    """Splits the workflows of a module into executions of at most `limit` nodes.

    `last` are nodes that may come after all others: they only judge the whole. `scope` and `names`
    are those of the module and of Flyte.
    """

    limit: int
    last: frozenset[str]
    scope: Scope
    names: Scope
    knots: list[Knot] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)

    def split(self, workflows: Iterable[WorkflowPlan]) -> tuple[WorkflowPlan, ...]:
        """The workflows, inner ones first, and what cannot be split in `knots`."""
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
                deep = f"parts would stand in one another more than {DEEPEST} deep"
                reason = deep if too_deep else _crossing(part)
                self.knots.append(Knot(workflow.name, part, _weight(inside), reason))
        return found

    def _order(self, workflow: WorkflowPlan) -> Tree:
        """The modules of the order of the nodes."""
        place = {node.variable: number for number, node in enumerate(workflow.nodes)}
        last = [place[node] for node in place if node in self.last]
        behind: list[list[int]] = [[] for _ in place]
        for first, second in (*workflow.edges, *handed(workflow)):
            if second not in self.last:
                behind[place[first]].append(place[second])
        for number in last:
            # Behind all others: what keeps one of them from running has failed the whole already.
            for other, targets in enumerate(behind):
                if other not in last and not targets:
                    targets.append(number)
        return decompose(behind)


def _crossing(workflow: WorkflowPlan) -> str:
    """Why no nodes of this workflow can be a part of it."""
    labels = [node.label for node in workflow.nodes]
    names = f"{', '.join(labels[:3])} and {len(labels) - 3} others"
    return f"{names} do not wait, and are not waited for, as one"


# ---------------------------------------------------------------- what goes together


def fitted(tree: Tree, weights: Sequence[int], limit: int) -> list[Item]:
    """The items of the outermost workflow: as few parts as make each workflow fit, if any do."""
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
    """The items of these modules in a row, as parts where they are too many."""
    if shape is Shape.PARALLEL:
        groups.sort(key=_first)
    if shape is Shape.KNOT:
        # One that stays too large gains nothing from many small executions.
        groups = _thinned(groups, limit, limit // 2 if len(groups) > limit else 1)
    while shape is not Shape.KNOT and sum(map(_weight, groups)) > limit:
        groups = _thinned(_runs(groups, limit), limit, 1)
    return [item for group in groups for item in group]


def _thinned(groups: list[list[Item]], limit: int, least: int) -> list[list[Item]]:
    """Each as it is, or as one: the heaviest ones, but none of `least`, until all fit."""
    total, found = sum(map(_weight, groups)), list(groups)
    for place in sorted(range(len(groups)), key=lambda n: (-_weight(groups[n]), n)):
        if total <= limit or _weight(groups[place]) <= least:
            break
        total -= _weight(groups[place]) - 1
        found[place] = [_one(groups[place])]
    return found


def _runs(groups: Iterable[list[Item]], limit: int) -> list[list[Item]]:
    """Neighbours together, as many as fit."""
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
    """These items as one node: a workflow is started by its own launch plan."""
    if len(items) == 1:
        return replace(items[0], weight=1, launched=items[0].launched or items[0].weight > 1)
    inside = tuple(sorted(items, key=lambda item: item.first))
    return Item(inside[0].first, 1, inside, launched=True)
