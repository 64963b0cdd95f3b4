"""Sorting and cycles of a directed graph over 0..n-1, without recursion."""

import heapq
from collections import deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

Edges = Sequence[Collection[int]]
"""For each vertex, the vertices behind it."""

_CHUNK = 4096
"""So many vertices are looked for above all others at a time: all at once would take memory by the
square of their number."""


def topological(behind: Edges) -> list[int]:
    """Vertices in dependency order, otherwise by number; those on or behind a cycle are missing."""
    waiting = [0] * len(behind)
    for targets in behind:
        for target in targets:
            waiting[target] += 1
    ready = [vertex for vertex, count in enumerate(waiting) if count == 0]
    order = []
    while ready:
        vertex = heapq.heappop(ready)
        order.append(vertex)
        for target in behind[vertex]:
            waiting[target] -= 1
            if waiting[target] == 0:
                heapq.heappush(ready, target)
    return order


def reduced(behind: Edges, order: Sequence[int]) -> dict[int, set[int]]:
    """The transitive reduction of an acyclic graph: for each vertex those directly above it.

    An edge is left out where a longer path leads from its first vertex to its second. `order` has
    the vertices in dependency order.
    """
    above: dict[int, set[int]] = {vertex: set() for vertex in order}
    for vertex in order:
        for target in behind[vertex]:
            above[target].add(vertex)
    direct = {vertex: sorted(found) for vertex, found in above.items()}
    for start in range(0, len(order), _CHUNK):
        bits = {vertex: 1 << n for n, vertex in enumerate(order[start : start + _CHUNK])}
        reached: dict[int, int] = {}
        for vertex in order[start:]:
            far = near = 0
            for upstream in direct[vertex]:
                far |= reached.get(upstream, 0)
                near |= bits.get(upstream, 0)
            reached[vertex] = far | near
            if far & near:
                above[vertex] -= {up for up in direct[vertex] if bits.get(up, 0) & far}
    return above


def reached(edges: Edges, vertices: Iterable[int]) -> set[int]:
    """The vertices and all that edges lead to from them."""
    pending = list(vertices)
    found = set(pending)
    while pending:
        for target in edges[pending.pop()]:
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


def connected(links: Mapping[K, Iterable[K]]) -> list[list[K]]:
    """What hangs together, whatever the direction of links, in the order of the keys.

    Links to what is no key do not count.
    """
    beside: dict[K, list[K]] = {key: [] for key in links}
    for key, others in links.items():
        for other in others:
            if other in beside:
                beside[key].append(other)
                beside[other].append(key)
    part_of: dict[K, int] = {}
    for number, key in enumerate(links):
        pending = [key]
        while pending:
            found = pending.pop()
            if found not in part_of:
                part_of[found] = number
                pending += beside[found]
    parts: dict[int, list[K]] = {}
    for key in links:
        parts.setdefault(part_of[key], []).append(key)
    return list(parts.values())


def cycles(behind: Edges, among: set[int]) -> Iterator[list[int]]:
    """One shortest cycle of each strongly connected component that has one, by first vertex."""
    found = []
    for component in _components(behind, among):
        first = min(component)
        if len(component) > 1 or first in behind[first]:
            found.append(_shortest(behind, component, first))
    yield from sorted(found)


def _shortest(behind: Edges, component: set[int], start: int) -> list[int]:
    """The shortest way from `start` back to it, without leaving the component."""
    came_from = {start: start}
    queue = deque([start])
    while queue:
        vertex = queue.popleft()
        for target in behind[vertex]:
            if target == start:
                path = [vertex]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if target in component and target not in came_from:
                came_from[target] = vertex
                queue.append(target)
    raise ValueError(f"vertex {start} is on no cycle")


def _components(behind: Edges, among: set[int]) -> Iterator[set[int]]:
    """Strongly connected components (Tarjan 1972), with a stack of our own for the recursion."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for root in sorted(among):
        if root in index:
            continue
        work = [(root, iter(behind[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            vertex, targets = work[-1]
            for target in targets:
                if target not in among:
                    continue
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(behind[target])))
                    break
                if target in on_stack:
                    low[vertex] = min(low[vertex], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[vertex])
                if low[vertex] == index[vertex]:
                    yield _popped(stack, on_stack, vertex)


def _popped(stack: list[int], on_stack: set[int], vertex: int) -> set[int]:
    component = set(stack[stack.index(vertex) :]) if stack[-1] != vertex else {vertex}
    del stack[len(stack) - len(component) :]
    on_stack -= component
    return component
