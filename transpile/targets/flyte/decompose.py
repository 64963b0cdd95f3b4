"""Modular decomposition of a graph.

A *module* is a set of vertices such that every other vertex precedes all of them, follows all of
them, or neither. Exactly these sets can become one node without a change of the order. The modules
form a tree (Gallai 1967) of series, parallels and knots.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from transpile.model.graph import Edges, reduced, topological

MOST = 20_000
"""Maximum size of a knot that is searched for modules: memory grows with the square."""


class Shape(Enum):
    """The relation of the parts of a block. Only single parts of a KNOT are modules."""

    SERIES = "one after another"
    PARALLEL = "side by side"
    KNOT = "neither"


@dataclass(slots=True)
class Block:
    """A module, and the largest modules in it.

    Runs of parts of a SERIES are also modules, and so is any choice of parts of a PARALLEL.
    """

    shape: Shape
    parts: "deque[Tree]" = field(default_factory=deque)


Tree: TypeAlias = int | Block

_Graph: TypeAlias = dict[int, set[int]]


def decompose(behind: Edges) -> Tree:
    """The modules of an acyclic graph with at least one vertex."""
    order = topological(behind)
    above = reduced(behind, order)
    below: _Graph = {vertex: set() for vertex in order}
    for vertex in order:
        for upstream in above[vertex]:
            below[upstream].add(vertex)
    return _top_down(*_contracted(above, below))


# ---------------------------------------------------------------- from the leaves up


def _contracted(above: _Graph, below: _Graph) -> tuple[dict[int, Tree], _Graph, _Graph]:
    """The graph with neighbours and twins contracted as often as possible.

    A series-parallel graph becomes one vertex (Valdes, Tarjan and Lawler 1982).
    """
    trees: dict[int, Tree] = {vertex: vertex for vertex in above}
    pending, waiting = deque(trees), set(trees)
    known: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    while pending:
        vertex = pending.popleft()
        waiting.remove(vertex)
        if vertex not in trees:
            continue
        changed = list(_with_neighbours(vertex, trees, above, below))
        hangs = (frozenset(above[vertex]), frozenset(below[vertex]))
        twin = known.setdefault(hangs, vertex)
        known[hangs] = vertex
        if twin != vertex and twin in trees and _alike(twin, vertex, above, below):
            trees[vertex] = _joined(Shape.PARALLEL, trees.pop(twin), trees[vertex])
            del above[twin], below[twin]
            for other in hangs[0]:
                below[other].remove(twin)
            for other in hangs[1]:
                above[other].remove(twin)
            changed += (vertex, *sorted(hangs[0] | hangs[1]))
        fresh = [other for other in dict.fromkeys(changed) if other not in waiting]
        pending += fresh
        waiting.update(fresh)
    return trees, above, below


def _alike(one: int, other: int, above: _Graph, below: _Graph) -> bool:
    """True if both have the same upstream and downstream vertices."""
    return above[one] == above[other] and below[one] == below[other]


def _with_neighbours(
    vertex: int, trees: dict[int, Tree], above: _Graph, below: _Graph
) -> Iterator[int]:
    """Contract the vertex with followers that have no other neighbour; yield vertices to check."""
    if len(above[vertex]) == 1 and len(below[min(above[vertex])]) == 1:
        yield min(above[vertex])
    while len(below[vertex]) == 1:
        (follower,) = below[vertex]
        if len(above[follower]) > 1:
            break
        trees[vertex] = _joined(Shape.SERIES, trees[vertex], trees.pop(follower))
        below[vertex] = below.pop(follower)
        del above[follower]
        for other in below[vertex]:
            above[other].remove(follower)
            above[other].add(vertex)
        yield from sorted(below[vertex])


def _joined(shape: Shape, first: Tree, second: Tree) -> Block:
    """Both as one block; the longer one absorbs the other."""
    blocks = [
        tree if isinstance(tree, Block) and tree.shape is shape else Block(shape, deque([tree]))
        for tree in (first, second)
    ]
    head, tail = blocks
    if len(head.parts) >= len(tail.parts):
        head.parts.extend(tail.parts)
        return head
    tail.parts.extendleft(reversed(head.parts))
    return tail


# ---------------------------------------------------------------- from the whole down


def _top_down(trees: dict[int, Tree], above: _Graph, below: _Graph) -> Tree:
    """The tree of the contracted graph."""
    whole: deque[Tree] = deque([-1])
    pending: list[tuple[list[int], deque[Tree], int]] = [(sorted(trees), whole, 0)]
    while pending:
        vertices, parts, place = pending.pop()
        if len(vertices) == 1:
            parts[place] = trees[vertices[0]]
            continue
        shape, groups = _taken_apart(vertices, above, below)
        block = Block(shape, deque([-1] * len(groups)))
        parts[place] = block
        pending += [(group, block.parts, number) for number, group in enumerate(groups)]
    return whole[0]


def _taken_apart(
    vertices: list[int], above: _Graph, below: _Graph
) -> tuple[Shape, list[list[int]]]:
    """The shape of a block of these vertices, and the largest modules among them."""
    number = {vertex: place for place, vertex in enumerate(vertices)}
    behind = [sorted(number[v] for v in below[vertex] if v in number) for vertex in vertices]
    before = [sorted(number[v] for v in above[vertex] if v in number) for vertex in vertices]
    groups, shape = _components(behind, before), Shape.PARALLEL
    if len(groups) == 1:
        groups, shape = _stages(behind, before), Shape.SERIES
    if len(groups) == 1:
        groups, shape = _Knot(behind, before).modules(), Shape.KNOT
    return shape, [[vertices[place] for place in group] for group in groups]


def _components(behind: Edges, before: Edges) -> list[list[int]]:
    """The connected components."""
    component = [-1] * len(behind)
    found: list[list[int]] = []
    for start in range(len(behind)):
        if component[start] >= 0:
            continue
        component[start] = len(found)
        group = [start]
        for vertex in group:
            for other in (*behind[vertex], *before[vertex]):
                if component[other] < 0:
                    component[other] = len(found)
                    group.append(other)
        found.append(sorted(group))
    return found


def _stages(behind: Edges, before: Edges) -> list[list[int]]:
    """The shortest stages such that each stage waits for the whole stage before it.

    Between two stages, each last vertex of the first has an edge to each first vertex of the
    second. So the edges between the two fronts are counted while vertices change sides.
    """
    found: list[list[int]] = [[]]
    waiting = [len(upstream) for upstream in before]
    lasts: set[int] = set()
    firsts = {vertex for vertex, count in enumerate(waiting) if not count}
    edges = 0
    for vertex in topological(behind):
        found[-1].append(vertex)
        firsts.remove(vertex)
        edges -= sum(upstream in lasts for upstream in before[vertex])
        for upstream in lasts.intersection(before[vertex]):
            lasts.remove(upstream)
            edges -= sum(target in firsts for target in behind[upstream])
        lasts.add(vertex)
        for target in behind[vertex]:
            waiting[target] -= 1
            if not waiting[target]:
                firsts.add(target)
                # Edges from other last vertices; those of this vertex are counted below.
                edges += sum(up in lasts and up != vertex for up in before[target])
        edges += sum(target in firsts for target in behind[vertex])
        if edges == len(lasts) * len(firsts):
            found.append([])
    return [sorted(stage) for stage in found if stage]


class _Knot:
    """Connected vertices without stages."""

    def __init__(self, behind: Edges, before: Edges) -> None:
        self._behind = behind
        self._before = before
        self._order = topological(behind)

    def modules(self) -> list[list[int]]:
        """The largest modules.

        Only the whole holds both a first and a last vertex. So the module of either is one of the
        largest modules without the other.
        """
        if len(self._order) > MOST:
            return [[vertex] for vertex in range(len(self._order))]
        ups = self._reach(self._order, self._before)
        downs = self._reach(self._order[::-1], self._behind)
        first, last = self._order[0], self._order[-1]
        own = next(m for m in self._without(last, ups, downs) if first in m)
        others = [m for m in self._without(first, ups, downs) if not m <= own]
        return sorted(sorted(module) for module in (own, *others))

    def _reach(self, order: Sequence[int], towards: Edges) -> list[int]:
        """The vertices that each vertex reaches in that direction, as sets of bits."""
        found = [0] * len(order)
        for vertex in order:
            for other in towards[vertex]:
                found[vertex] |= found[other] | (1 << other)
        return found

    def _without(self, pivot: int, ups: list[int], downs: list[int]) -> list[set[int]]:
        """The largest modules without the pivot, and the pivot itself.

        A vertex outside of a set splits it if it precedes, or follows, only some of the set. The
        search ends when no neighbour of a set splits it.
        """
        size = len(self._order)
        sets = [((1 << size) - 1) ^ (1 << pivot), 1 << pivot]
        place = [0] * size
        place[pivot] = 1
        pending = list(self._crossing([pivot], place))
        while pending:
            splitter, neighbour = pending.pop()
            number = place[neighbour]
            whole = sets[number]
            reach = downs if ups[neighbour] >> splitter & 1 else ups
            inside = whole & reach[splitter]
            if inside == whole:
                continue
            outside = whole ^ inside
            smaller, larger = sorted((inside, outside), key=int.bit_count)
            sets[number] = larger
            sets.append(smaller)
            moved = list(_bits(smaller))
            for vertex in moved:
                place[vertex] = len(sets) - 1
            pending += self._crossing(moved, place, number)
        return [set(_bits(found)) for found in sets]

    def _crossing(
        self, moved: Sequence[int], place: Sequence[int], rest: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """The edges, both ways, between these vertices and the rest of their former set."""
        for vertex in moved:
            for other in (*self._behind[vertex], *self._before[vertex]):
                if rest is None or place[other] == rest:
                    yield vertex, other
                    yield other, vertex


def _bits(found: int) -> Iterator[int]:
    """The numbers in a set of bits."""
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest
