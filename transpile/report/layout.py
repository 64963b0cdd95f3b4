"""Where the nodes of a graph stand: layers from left to right, by what waits for what.

grandalf places small graphs. Components stand in rows beside one another, so that many small ones
do not become one endless column.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any, TypeAlias

from grandalf.graphs import Edge, Vertex, graph_core
from grandalf.layouts import SugiyamaLayout

from transpile.graph import topological

Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]
Pair: TypeAlias = tuple[int, int]
Lane: TypeAlias = tuple[float, float, float]
"""Where an edge passes between the nodes of a layer: from x to x, at y."""

ROW_GAP, LAYER_GAP, PART_GAP = 14, 64, 28
LANE = 4
"""How much room an edge takes that passes a layer."""

MOST, TALLEST = 400, 48
"""What is larger, edges through layers counted, or has more in one layer, gets plain layers."""

WIDE = 1.8
"""Parts are put in rows until the whole is about so many times as wide as it is high."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Top left corners of the nodes, and the lanes of edges past other nodes."""

    width: float
    height: float
    places: tuple[Point, ...]
    lanes: dict[Pair, tuple[Lane, ...]]


def lay_out(sizes: Sequence[Size], pairs: Iterable[Pair]) -> Layout:
    """Places for nodes of these sizes, of which the first of each pair stands before the second.

    Where pairs close a cycle, some of them go backwards.
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
    """The nodes so that most edges go forward; what stands on or behind a cycle comes last."""
    behind: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        behind[a].append(b)
    order = topological(behind)
    return [*order, *sorted(set(range(count)).difference(order))]


def _parts(order: list[int], edges: Sequence[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """The connected components: nodes in that order, and the edges among them."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    part_of: dict[int, int] = {}
    for number, first in enumerate(order):
        pending = [first]
        while pending:
            node = pending.pop()
            if node not in part_of:
                part_of[node] = number
                pending += beside[node]
    found: dict[int, tuple[list[int], list[Pair]]] = {}
    for node in order:
        found.setdefault(part_of[node], ([], []))[0].append(node)
    for pair in edges:
        found[part_of[pair[0]]][1].append(pair)
    return list(found.values())


def _in_rows(count: int, parts: list[tuple[list[int], Layout]]) -> Layout:
    """The parts, tall ones first, from left to right and then in the next row."""
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


@functools.lru_cache(maxsize=4096)
def _part(sizes: tuple[Size, ...], edges: tuple[Pair, ...]) -> Layout:
    """One connected component, all edges forward. Boxes resemble one another: equal ones recur."""
    if len(sizes) == 1:
        return Layout(*sizes[0], ((0, 0),), {})
    rank = _ranks(len(sizes), edges)
    passing = sum(rank[b] - rank[a] - 1 for a, b in edges)
    layers: list[list[int]] = [[] for _ in range(max(rank) + 1)]
    for node, layer in enumerate(rank):
        layers[layer].append(node)
    if len(sizes) + passing > MOST or max(map(len, layers)) > TALLEST:
        return _plain(sizes, edges, layers)
    return _by_grandalf(sizes, edges)


def _ranks(count: int, edges: tuple[Pair, ...]) -> list[int]:
    """For each node, how many stand before it in the longest row; edges are sorted."""
    rank = [0] * count
    for a, b in edges:
        rank[b] = max(rank[b], rank[a] + 1)
    return rank


def _plain(sizes: tuple[Size, ...], edges: tuple[Pair, ...], layers: list[list[int]]) -> Layout:
    """Layers in which each node stands near what it waits for.

    One sweep, for grandalf takes minutes where thousands of nodes depend on one another. A layer
    that is too high becomes several columns.
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
    """Columns beside one another, each in the middle of the height."""
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


class _View:
    """What grandalf asks of a node. Its layers are rows and ours columns: the axes are swapped."""

    def __init__(self, size: Size) -> None:
        self.h, self.w = size
        self.xy: Point = (0, 0)


def _by_grandalf(sizes: tuple[Size, ...], edges: tuple[Pair, ...]) -> Layout:
    vertices = [Vertex(number) for number in range(len(sizes))]
    for vertex, size in zip(vertices, sizes, strict=True):
        vertex.view = _View(size)
    links = {pair: Edge(vertices[pair[0]], vertices[pair[1]]) for pair in edges}
    # Its class for whole graphs keeps edges in the order of their addresses.
    sugiyama = SugiyamaLayout(graph_core(vertices, list(links.values())))
    sugiyama.xspace, sugiyama.yspace = ROW_GAP, LAYER_GAP
    sugiyama.init_all(inverted_edges=[])
    for vertex in (v for layer in sugiyama.layers for v in layer if sugiyama.grx[v].dummy):
        vertex.view.w, vertex.view.h = LANE, LANE
    sugiyama.draw()
    for layer in sugiyama.layers:
        _push_apart(layer)
    layout = _swapped(sugiyama, vertices, links)
    _take_apart(sugiyama, [*vertices, *links.values()])
    return layout


def _take_apart(sugiyama: Any, parts: list[Any]) -> None:
    """Forget what refers to itself in a circle: the command line never looks for such things."""
    parts += (vertex for layer in sugiyama.layers for vertex in layer)
    for part in (*parts, *sugiyama.layers, sugiyama.g, sugiyama):
        part.__dict__.clear()


def _push_apart(layer: list[Any]) -> None:
    """Make sure of the gaps in a layer: where boxes are large, grandalf may forget them."""
    layer = sorted(layer, key=lambda vertex: vertex.view.xy[0])
    for before, vertex in pairwise(layer):
        x, y = vertex.view.xy
        least = before.view.xy[0] + (before.view.w + vertex.view.w) / 2 + ROW_GAP
        vertex.view.xy = (max(x, least), y)


def _swapped(sugiyama: Any, vertices: list[Any], links: dict[Pair, Any]) -> Layout:
    """What grandalf has found, from left to right and with corners in the place of middles.

    Nodes stand at the left of their layers. An edge leaves its layer before it bends.
    """
    everything = [vertex.view for layer in sugiyama.layers for vertex in layer]
    top = min(view.xy[0] - view.w / 2 for view in everything)
    spans = []
    for layer in sugiyama.layers:
        deep = max(vertex.view.h for vertex in layer)
        at = layer[0].view.xy[1]
        spans.append((at - deep / 2, at + deep / 2))
    ranks = [sugiyama.grx[vertex].rank for vertex in vertices]
    places = tuple(
        (spans[rank][0], vertex.view.xy[0] - vertex.view.w / 2 - top)
        for rank, vertex in zip(ranks, vertices, strict=True)
    )
    lanes: dict[Pair, tuple[Lane, ...]] = {}
    for (a, b), link in links.items():
        own = vertices[a].view
        right = places[a][0] + own.h
        found = [(right, spans[ranks[a]][1], own.xy[0] - top)] if right < spans[ranks[a]][1] else []
        passed = sugiyama.ctrls.get(link, {})
        found += (
            (*spans[rank], vertex.view.xy[0] - top)
            for rank, vertex in sorted(passed.items())
            if rank not in (ranks[a], ranks[b])
        )
        if found:
            lanes[a, b] = tuple(found)
    height = max(view.xy[0] + view.w / 2 for view in everything) - top
    return Layout(spans[-1][1], height, places, lanes)
