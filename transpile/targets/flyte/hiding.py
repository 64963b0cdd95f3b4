"""Chooses the parts of a workflow that hide paths, if it has few nodes but many paths."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transpile.targets.flyte.decompose import Block, Shape, Tree
from transpile.targets.flyte.parts import Item


@dataclass(slots=True)
class Hiding:
    """Chooses small modules of a graph until a walk over all paths makes at most `most` visits.

    `upstream` has the direct upstream nodes of each node; nodes are in dependency order.
    """

    upstream: Sequence[Sequence[int]]
    most: int
    _homes: list[int] = field(init=False)

    def __post_init__(self) -> None:
        # The first node of the part around each node.
        self._homes = list(range(len(self.upstream)))

    def items(self, tree: Tree) -> list[Item]:
        """The items of the outermost workflow: the smallest module that suffices is a part.

        If none suffices, the one that hides most is a part, and the search goes on.
        """
        nodes = list(self._homes)
        modules = [found for found in self._modules(tree) if 1 < len(found) < len(nodes)]
        count = self._visits(nodes, self._homes)
        while count > self.most:
            tried = [(self._visits(nodes, self._joined(module)), module) for module in modules]
            better = [(left, module) for left, module in tried if left < count]
            if not better:
                break
            count, module = min(better, key=lambda pair: (max(pair[0], self.most), len(pair[1])))
            self._homes = self._joined(module)
        inside: dict[int, list[Item]] = {}
        for node, home in enumerate(self._homes):
            inside.setdefault(home, []).append(Item(node, 1))
        return [
            found[0] if len(found) == 1 else Item(home, 1, tuple(found))
            for home, found in inside.items()
        ]

    def _modules(self, tree: Tree) -> Iterator[list[int]]:
        """The nodes of the blocks of the tree, and of runs with few paths; last, the whole."""
        if not isinstance(tree, Block):
            yield [tree]
            return
        whole: list[int] = []
        run: list[int] = []
        for part in tree.parts:
            for module in self._modules(part):
                yield module
            whole += module
            if tree.shape is Shape.SERIES:
                longer = sorted(run + module)
                if self._visits(longer, self._homes) > self.most:
                    yield run
                    longer = module
                run = longer
        yield run
        yield sorted(whole)

    def _joined(self, module: list[int]) -> list[int]:
        """The homes with this module, and parts in it, as one part."""
        homes = list(self._homes)
        for node in module:
            homes[node] = module[0]
        return homes

    def _visits(self, nodes: list[int], homes: Sequence[int]) -> int:
        """The number of visits of a walk through these nodes, a part as one node."""
        above: dict[int, set[int]] = {homes[node]: set() for node in nodes}
        for node in nodes:
            above[homes[node]].update(homes[other] for other in self.upstream[node])
        counts: dict[int, int] = {}
        for home in sorted(above):
            counts[home] = sum(counts.get(other, 0) for other in above[home] - {home}) or 1
        return sum(counts.values())
