"""Layered drawing of a small graph, after Sugiyama: order inside the layers, then heights.

An edge that passes layers has a dummy node in each of them. Sweeps over the layers order the nodes
by the mean place of their neighbours; the order with the fewest crossings counts. Heights are
those that bring each node as near to its neighbours as the order and the gaps let it come.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

SWEEPS = 12
"""Sweeps that look for a better order, and as many again for the heights."""

STRAIGHT = 8.0
"""How much more a dummy node pulls than an edge of a node does: long edges are to be straight."""


class Layers:
    """Nodes in layers; `rank` is the layer of each, `pairs` lead from lower to higher layers.

    `passing` has the dummy nodes of an edge, one a layer, and `middle` the height of each node.
    """

    def __init__(self, rank: Sequence[int], pairs: Iterable[Pair]) -> None:
        self.layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
        self.passing: dict[Pair, tuple[int, ...]] = {}
        self.middle: list[float] = []
        self._count = len(rank)
        self._before: dict[int, list[int]] = defaultdict(list)
        self._behind: dict[int, list[int]] = defaultdict(list)
        for node, layer in enumerate(rank):
            self.layers[layer].append(node)
        number = len(rank)
        for a, b in pairs:
            dummies = tuple(range(number, number + rank[b] - rank[a] - 1))
            number += len(dummies)
            self.passing[a, b] = dummies
            for layer, node in enumerate(dummies, rank[a] + 1):
                self.layers[layer].append(node)
            chain = (a, *dummies, b)
            for left, right in pairwise(chain):
                self._behind[left].append(right)
                self._before[right].append(left)
        self._place = [0] * number
        self._note_places()

    def arrange(self, heights: Sequence[float], dummy: float, gap: float) -> None:
        """Order the layers and find the heights of all nodes; dummy nodes are so high."""
        self._order()
        high = [*heights, *(dummy for _ in range(len(self._place) - self._count))]
        self.middle = [0.0] * len(high)
        offsets = [_offsets(layer, high, gap) for layer in self.layers]
        for layer, offset in zip(self.layers, offsets, strict=True):
            for node, at in zip(layer, offset, strict=True):
                self.middle[node] = at - offset[-1] / 2
        for sweep in range(SWEEPS):
            turns = range(len(self.layers))
            near = (self._before, self._behind)
            for turn in turns if sweep % 2 == 0 else reversed(turns):
                # The last sweeps look both ways.
                sides = near if sweep >= SWEEPS - 4 else near[sweep % 2 :][:1]
                self._settle(self.layers[turn], offsets[turn], sides)

    def _note_places(self) -> None:
        for layer in self.layers:
            for place, node in enumerate(layer):
                self._place[node] = place

    def _order(self) -> None:
        best, fewest = [list(layer) for layer in self.layers], self._crossings()
        for sweep in range(SWEEPS):
            if not fewest:
                break
            forward = sweep % 2 == 0
            near = self._before if forward else self._behind
            for layer in self.layers if forward else reversed(self.layers):
                layer.sort(key=lambda node: self._mean_place(node, near[node]))
                for place, node in enumerate(layer):
                    self._place[node] = place
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = [list(layer) for layer in self.layers], crossings
        self.layers = best
        self._note_places()

    def _mean_place(self, node: int, near: Sequence[int]) -> float:
        """Where the neighbours stand; a node without any stays where it is."""
        if not near:
            return self._place[node]
        return sum(self._place[other] for other in near) / len(near)

    def _crossings(self) -> int:
        """How many pairs of edges between neighbouring layers cross."""
        count = 0
        for layer in self.layers:
            seen: list[int] = []
            for node in layer:
                ends = sorted(self._place[other] for other in self._behind[node])
                count += sum(len(seen) - bisect_right(seen, end) for end in ends)
                for end in ends:
                    insort(seen, end)
        return count

    def _settle(
        self, layer: Sequence[int], offset: Sequence[float], sides: Iterable[dict[int, list[int]]]
    ) -> None:
        """Bring the nodes of a layer as near to their neighbours as their order lets them."""
        wanted, weights = [], []
        for node, at in zip(layer, offset, strict=True):
            near = [self.middle[other] for side in sides for other in side[node]]
            here = sum(near) / len(near) if near else self.middle[node]
            wanted.append(here - at)
            weights.append(STRAIGHT if node >= self._count else 0.1 + len(near))
        for node, at, base in zip(layer, offset, _rising(wanted, weights), strict=True):
            self.middle[node] = base + at


def _offsets(layer: Sequence[int], high: Sequence[float], gap: float) -> list[float]:
    """The least distances of the middles from that of the first node."""
    found = [0.0]
    for above, node in pairwise(layer):
        found.append(found[-1] + (high[above] + high[node]) / 2 + gap)
    return found


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest values that never fall, by weighted squares: neighbours that would are pooled."""
    pools: list[tuple[float, float, int]] = []
    for single in zip(wanted, weights, strict=True):
        value, weight, count = *single, 1
        while pools and pools[-1][0] > value:
            before, heavy, more = pools.pop()
            value = (before * heavy + value * weight) / (heavy + weight)
            weight, count = heavy + weight, count + more
        pools.append((value, weight, count))
    return [value for value, _, count in pools for _ in range(count)]
