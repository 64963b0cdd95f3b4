"""Chooses the parts of a workflow: as few as make the workflow and each part fit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from transpile.targets.flyte.decompose import Block, Shape, Tree
from transpile.targets.flyte.parts import Item


@dataclass(slots=True)
class Fitting:
    """Chooses parts among the modules of a graph until no workflow weighs more than `most`.

    `weights` are those of the nodes, `unit` is the weight of a node that holds a part. `upstream`
    has the direct upstream nodes of each node; if it is given, a walk over all paths of a workflow
    also makes at most `visits` visits. `marks` are numbers made of the names of nodes. With
    `launches`, parts have executions of their own, and a node that is a workflow (`opens`) needs no
    part around it.
    """

    weights: Sequence[int]
    most: int
    unit: int = 1
    upstream: Sequence[Iterable[int]] | None = None
    visits: int = 0
    marks: Sequence[int] = ()
    launches: bool = False
    opens: frozenset[int] = frozenset()
    _homes: list[int] = field(init=False)
    _above: dict[int, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        # Items are known by their first node; `_homes` leads from a node to the item around it.
        self._homes = list(range(len(self.weights)))
        self._above = {n: set(found) for n, found in enumerate(self.upstream or ())}

    def items(self, tree: Tree) -> list[Item]:
        """The items of the outermost workflow."""
        pending, order = [tree], list[Tree]()
        while pending:
            found = pending.pop()
            order.append(found)
            pending += found.parts if isinstance(found, Block) else ()
        items: dict[int, list[Item]] = {}
        for found in reversed(order):
            if isinstance(found, Block):
                groups = [items.pop(id(part)) for part in found.parts]
                items[id(found)] = self._fit(found.shape, groups)
            else:
                items[id(found)] = [Item(found, self.weights[found])]
        return items[id(tree)]

    def _fit(self, shape: Shape, groups: list[list[Item]]) -> list[Item]:
        """The items of these modules, moved into parts if they are too many."""
        if shape is Shape.PARALLEL:
            groups.sort(key=_first)
        if shape is Shape.KNOT:
            # A workflow that has too many nodes anyway gains nothing from many small parts.
            is_large = len(groups) * self.unit > self.most
            groups = self._thinned(groups, self.most // 2 if is_large else self.unit)
        while shape is not Shape.KNOT and not self._fits(groups):
            suffices = any(map(self._suffices(groups), groups))
            groups = self._thinned(groups if suffices else self._runs(groups), self.unit)
        return list(chain.from_iterable(groups))

    def _suffices(self, groups: Iterable[list[Item]]) -> Callable[[list[Item]], bool]:
        """A test of one of too many groups: with it as one item, all weigh little enough."""
        spare = sum(map(_weight, groups)) - self.most
        return lambda group: spare > 0 and _weight(group) >= spare + self.unit

    def _thinned(self, groups: list[list[Item]], least: int) -> list[list[Item]]:
        """The groups, some as one item each, until all fit; those that cost `least` stay.

        The smallest that suffices becomes one item, or else the costliest of all.
        """
        found = list(groups)
        costs = [self._cost(group) for group in groups]
        order = sorted(
            (place for place, cost in enumerate(costs) if cost > least),
            key=lambda place: (costs[place], -place),
        )
        while order and not self._fits(found):
            suffices = self._suffices(found)
            place = next((place for place in order if suffices(groups[place])), order[-1])
            order.remove(place)
            found[place] = [self._one(groups[place])]
        return found

    def _runs(self, groups: Iterable[list[Item]]) -> list[list[Item]]:
        """The groups, neighbours joined while they fit."""
        found: list[list[list[Item]]] = []
        for group in groups:
            if found and self._fits([*found[-1], group]):
                found[-1].append(group)
            else:
                found.append([*self._tail(found[-1], group), group] if found else [group])
        return [list(chain.from_iterable(run)) for run in found]

    def _tail(self, run: list[list[Item]], group: list[Item]) -> list[list[Item]]:
        """Groups at the end of a full run that begin the next one, before this group.

        The next run begins at the node with the least mark in the last quarter: another node far
        away moves few borders.
        """
        places = range(len(run) - len(run) // 4 if self.marks else len(run), len(run))
        begins = min(
            (place for place in places if self._fits([*run[place:], group])),
            key=lambda place: self.marks[run[place][0].first],
            default=len(run),
        )
        tail = run[begins:]
        del run[begins:]
        return tail

    def _one(self, items: list[Item]) -> Item:
        """These items as one item."""
        if len(items) == 1 and (
            not self.launches or items[0].inside or items[0].first in self.opens
        ):
            return replace(items[0], weight=self.unit, launched=self.launches)
        inside = tuple(sorted(items, key=lambda item: item.first))
        first = inside[0].first
        above = {self._home(other) for item in inside for other in self._above.get(item.first, ())}
        self._above[first] = above.difference(item.first for item in inside)
        for item in inside:
            self._homes[item.first] = first
        return Item(first, self.unit, inside, launched=self.launches)

    # ---------------------------------------------------------------- measures

    def _fits(self, groups: Sequence[list[Item]]) -> bool:
        return sum(map(_weight, groups)) <= self.most and self._walks(groups)

    def _cost(self, group: list[Item]) -> int:
        return _weight(group) if self.upstream is None else self._walk(group)

    def _walks(self, groups: Iterable[list[Item]]) -> bool:
        """True if a walk over all paths through these groups is short enough."""
        return self.upstream is None or self._walk(chain.from_iterable(groups)) <= self.visits

    def _walk(self, items: Iterable[Item]) -> int:
        """The number of visits of a walk over all paths; it is cut off when it is too high."""
        counts: dict[int, int] = {}
        total = 0
        for item in sorted(items, key=lambda item: item.first):
            homes = {self._home(other) for other in self._above[item.first]}
            count = sum(counts.get(home, 0) for home in homes) or 1
            counts[item.first] = count
            total += count
            if total > self.visits:
                break
        return total

    def _home(self, node: int) -> int:
        """The first node of the item that holds this node."""
        homes = self._homes
        while homes[node] != node:
            homes[node] = homes[homes[node]]
            node = homes[node]
        return node


def _weight(items: Iterable[Item]) -> int:
    return sum(item.weight for item in items)


def _first(items: Iterable[Item]) -> int:
    return min(item.first for item in items)
