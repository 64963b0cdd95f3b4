"""Layered drawing of a small graph after Sugiyama: orders the nodes of each layer, sets heights.

An edge that passes a layer has a dummy node in it. Sweeps over the layers sort each layer by the
mean place of its neighbours and keep the order with the fewest crossings. Further sweeps move each
node to the mean height of its neighbours, as far as the order and the gaps allow.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]

SWEEPS = 6
"""Sweeps that look for an order; six more save only 1 % of the crossings."""

STRAIGHT = 8.0
"""Weight of a dummy node, to keep long edges straight; a node weighs as much as it has edges."""


class Layers:
    """A graph in layers: `rank` is the layer of each node; pairs lead from lower to higher layers.

    `passing` holds the dummy nodes of each edge, one per layer; `middle` the height of each node.
    """

    def __init__(self, rank: Sequence[int], pairs: Iterable[Pair]) -> None:
        self.layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
        self.passing: dict[Pair, range] = {}
        self.middle: list[float] = []
        self._count = len(rank)
        self._before: list[list[int]] = [[] for _ in rank]
        self._behind: list[list[int]] = [[] for _ in rank]
        for node, layer in enumerate(rank):
            self.layers[layer].append(node)
        for a, b in pairs:
            first, last = len(self._before), a
            for node, layer in enumerate(range(rank[a] + 1, rank[b]), first):
                self.layers[layer].append(node)
                self._before.append([last])
                self._behind.append([])
                self._behind[last].append(node)
                last = node
            self._behind[last].append(b)
            self._before[b].append(last)
            self.passing[a, b] = range(first, len(self._before))
        self._place = [0] * len(self._before)
        self._note_places()

    def arrange(self, heights: Sequence[float], dummy: float, gap: float) -> None:
        """Order the layers and set `middle`; `dummy` is the height of a dummy node."""
        self._order()
        high = [*heights, *[dummy] * (len(self._place) - self._count)]
        self.middle = [0.0] * len(high)
        offsets = [_offsets(layer, high, gap) for layer in self.layers]
        for layer, offset in zip(self.layers, offsets, strict=True):
            for node, at in zip(layer, offset, strict=True):
                self.middle[node] = at - offset[-1] / 2
        both = [a + b for a, b in zip(self._before, self._behind, strict=True)]
        turns = range(len(self.layers))
        for sweep, near in enumerate((self._before, self._behind, both, both)):
            for turn in turns if sweep % 2 == 0 else reversed(turns):
                self._settle(self.layers[turn], offsets[turn], near)

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
                self._sort(layer, near)
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = [list(layer) for layer in self.layers], crossings
        self.layers = best
        self._note_places()

    def _sort(self, layer: list[int], near: Sequence[Sequence[int]]) -> None:
        """Sort a layer by the mean place of its neighbours; a node without any keeps its place."""
        if len(layer) > 1:
            place = self._place
            means = {
                node: (
                    sum([place[n] for n in near[node]]) / len(near[node])
                    if near[node]
                    else place[node]
                )
                for node in layer
            }
            layer.sort(key=means.__getitem__)
            for at, node in enumerate(layer):
                place[node] = at

    def _crossings(self) -> int:
        """The number of pairs of edges between neighbouring layers that cross."""
        count, place = 0, self._place
        for layer in self.layers:
            seen: list[int] = []
            for node in layer if len(layer) > 1 else ():
                ends = [place[other] for other in self._behind[node]]
                count += sum([len(seen) - bisect_right(seen, end) for end in ends])
                seen += ends
                seen.sort()
        return count

    def _settle(
        self, layer: Sequence[int], offset: Sequence[float], near: Sequence[Sequence[int]]
    ) -> None:
        """Move the nodes of a layer as near to their neighbours as their order lets them."""
        middle, wanted, weights = self.middle, [], []
        for node, at in zip(layer, offset, strict=True):
            others = near[node]
            here = sum([middle[n] for n in others]) / len(others) if others else middle[node]
            wanted.append(here - at)
            weights.append(STRAIGHT if node >= self._count else 0.1 + len(others))
        for node, at, base in zip(layer, offset, _rising(wanted, weights), strict=True):
            middle[node] = base + at


def _offsets(layer: Sequence[int], high: Sequence[float], gap: float) -> list[float]:
    """The least distances of the middles from that of the first node."""
    found = [0.0]
    for above, node in pairwise(layer):
        found.append(found[-1] + (high[above] + high[node]) / 2 + gap)
    return found


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The values nearest to `wanted`, by weighted squares, of which none is less than the last."""
    pools: list[tuple[float, float, int]] = []
    for single in zip(wanted, weights, strict=True):
        value, weight, count = *single, 1
        while pools and pools[-1][0] > value:
            before, heavy, more = pools.pop()
            value = (before * heavy + value * weight) / (heavy + weight)
            weight, count = heavy + weight, count + more
        pools.append((value, weight, count))
    return [value for value, _, count in pools for _ in range(count)]
