"""Places the nodes of a graph in layers, from left to right in the order of its edges.

Small components are drawn with few crossings, large ones in one sweep. Components fill rows, so
that many small ones do not form one long column.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

from transpile.model.graph import connected, topological
from transpile.report.layers import Layers

Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]
Pair: TypeAlias = tuple[int, int]
Lane: TypeAlias = tuple[float, float, float]
"""The stretch of an edge between the nodes of a layer: from x to x, at y."""

ROW_GAP, LAYER_GAP, PART_GAP = 14, 64, 28
LANE = 4
"""Height of an edge that passes a layer."""

MOST, TALLEST = 400, 48
"""A component with more nodes and passing edges, or more nodes in a layer, gets plain layers."""

WIDE = 1.8
"""The aspect ratio that rows of components aim at."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Top left corners of the nodes, and the lanes of edges past other nodes."""

    width: float
    height: float
    places: tuple[Point, ...]
    lanes: dict[Pair, tuple[Lane, ...]]


def lay_out(sizes: Sequence[Size], pairs: Iterable[Pair]) -> Layout:
    """Place nodes of these sizes: the first of each pair left of the second.

    In a cycle some pairs lead backwards.
    """
    edges = sorted({pair for pair in pairs if pair[0] != pair[1]})
    parts = []
    for nodes, inner in _parts(_ordered(len(sizes), edges), edges):
        number = {node: index for index, node in enumerate(nodes)}
        local = sorted({tuple(sorted((number[a], number[b]))) for a, b in inner})
        parts.append((nodes, _part(tuple(sizes[node] for node in nodes), tuple(local))))
    parts.sort(key=lambda part: (-part[1].height, min(part[0])))
    return _in_rows(len(sizes), parts)


def _ordered(count: int, edges: Sequence[Pair]) -> list[int]:
    """The nodes in topological order; those on or behind a cycle come last."""
    behind: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        behind[a].append(b)
    order = topological(behind)
    return [*order, *sorted(set(range(count)).difference(order))]


def _parts(order: list[int], edges: Sequence[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """The connected components: their nodes in the given order, and their edges."""
    links: dict[int, list[int]] = {node: [] for node in order}
    for a, b in edges:
        links[a].append(b)
    parts: list[tuple[list[int], list[Pair]]] = [(part, []) for part in connected(links)]
    pairs_of = {node: pairs for part, pairs in parts for node in part}
    for pair in edges:
        pairs_of[pair[0]].append(pair)
    return parts


def _in_rows(count: int, parts: list[tuple[list[int], Layout]]) -> Layout:
    """Place the components, which are sorted by height, in rows."""
    area = sum((p.width + PART_GAP) * (p.height + PART_GAP) for _, p in parts)
    most = max([sqrt(area * WIDE), *(part.width for _, part in parts)])
    places: list[Point] = [(0, 0)] * count
    lanes: dict[Pair, tuple[Lane, ...]] = {}
    x = y = row = width = 0.0
    for nodes, part in parts:
        if x and x + part.width > most:
            x, y, row = 0, y + row + PART_GAP, 0
        for node, (left, top) in zip(nodes, part.places, strict=True):
            places[node] = (x + left, y + top)
        for (a, b), found in part.lanes.items():
            passed = tuple((x + start, x + end, y + at) for start, end, at in found)
            lanes[nodes[a], nodes[b]] = passed
            lanes[nodes[b], nodes[a]] = tuple((end, start, at) for start, end, at in passed[::-1])
        row, width = max(row, part.height), max(width, x + part.width)
        x += part.width + PART_GAP
    return Layout(width, y + row, tuple(places), lanes)


@functools.lru_cache(maxsize=128)
def _part(sizes: tuple[Size, ...], edges: tuple[Pair, ...]) -> Layout:
    """Place one component whose edges lead forward; cached, because boxes often look alike."""
    if len(sizes) == 1:
        return Layout(*sizes[0], ((0, 0),), {})
    rank = _ranks(len(sizes), edges)
    passing = sum(rank[b] - rank[a] - 1 for a, b in edges)
    layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for node, layer in enumerate(rank):
        layers[layer].append(node)
    if len(sizes) + passing > MOST or max(map(len, layers)) > TALLEST:
        return _plain(sizes, edges, layers)
    return _layered(sizes, rank, edges)


def _ranks(count: int, edges: tuple[Pair, ...]) -> list[int]:
    """The length of the longest path to each node; edges are sorted.

    A node without upstream nodes whose only edge leads to a node far behind stands right before it.
    """
    rank, single = [0] * count, dict(edges)
    for a, b in edges:
        rank[b] = max(rank[b], rank[a] + 1)
    several = Counter(a for a, _ in edges)
    for a in set(single).difference(b for _, b in edges):
        if several[a] == 1:
            rank[a] = rank[single[a]] - 1
    return rank


def _plain(sizes: tuple[Size, ...], edges: tuple[Pair, ...], layers: list[list[int]]) -> Layout:
    """Place each node near its upstream nodes, in one sweep.

    A layer that is too high becomes several columns.
    """
    above: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        above[b].append(a)
    middle: dict[int, float] = {}
    tallest = max(TALLEST, round(sqrt(len(sizes))))
    columns: list[list[int]] = []
    for layer in layers:
        near = {n: sum(middle[a] for a in above[n]) / max(1, len(above[n])) for n in layer}
        ordered = sorted(layer, key=lambda node: (near[node], node))
        columns += (ordered[i : i + tallest] for i in range(0, len(ordered), tallest))
        height = _height(sizes, ordered)
        y = -height / 2
        for node in ordered:
            middle[node] = y + sizes[node][1] / 2
            y += sizes[node][1] + ROW_GAP
    return _stacked(sizes, columns)


def _height(sizes: Sequence[Size], column: Sequence[int]) -> float:
    return sum(sizes[node][1] + ROW_GAP for node in column) - ROW_GAP


def _stacked(sizes: Sequence[Size], columns: list[list[int]]) -> Layout:
    """Place columns side by side, each in the middle of the height."""
    height = max(_height(sizes, column) for column in columns)
    places: list[Point] = [(0, 0)] * len(sizes)
    x = 0.0
    for column in columns:
        y = (height - _height(sizes, column)) / 2
        for node in column:
            places[node] = (x, y)
            y += sizes[node][1] + ROW_GAP
        x += max(sizes[node][0] for node in column) + LAYER_GAP
    return Layout(x - LAYER_GAP, height, tuple(places), {})


def _layered(sizes: tuple[Size, ...], rank: list[int], edges: tuple[Pair, ...]) -> Layout:
    """Place nodes at the left of their layers, with lanes for edges that pass other layers."""
    found = Layers(rank, edges)
    found.arrange([height for _, height in sizes], LANE, ROW_GAP)
    middle, spans, x = found.middle, list[tuple[float, float]](), 0.0
    for layer in found.layers:
        right = x + max(sizes[node][0] for node in layer if node < len(sizes))
        spans.append((x, right))
        x = right + LAYER_GAP
    top = min(middle[node] - height / 2 for node, (_, height) in enumerate(sizes))
    top = min(top, *middle)
    places = tuple(
        (spans[layer][0], middle[node] - height / 2 - top)
        for node, (layer, (_, height)) in enumerate(zip(rank, sizes, strict=True))
    )
    lanes: dict[Pair, tuple[Lane, ...]] = {}
    for (a, b), passing in found.passing.items():
        own, last = places[a][0] + sizes[a][0], spans[rank[a]][1]
        passed = [(own, last, middle[a] - top)] if own < last else []
        passed += (
            (*spans[layer], middle[node] - top) for layer, node in enumerate(passing, rank[a] + 1)
        )
        if passed:
            lanes[a, b] = tuple(passed)
    bottom = max(y + height for (_, y), (_, height) in zip(places, sizes, strict=True))
    return Layout(spans[-1][1], max(bottom, *(at - top for at in middle)), places, lanes)
