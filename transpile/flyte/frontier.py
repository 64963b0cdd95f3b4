"""Nodes and edges of workflows, for jobs, boxes and the dependencies between them."""

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from transpile.graph import topological
from transpile.ir import Dependency, Kind, Network

MOST = 64
"""A flattened box gets a node for its start or end rather than more edges than this."""


class Role(IntEnum):
    """What a node stands for: a job; the start or end of a box; a job that is nowhere."""

    JOB = 0
    START = 1
    END = 2
    MISSING = 3


class Key(NamedTuple):
    """A node: `name` is the job's, the box's, or that of the missing job."""

    role: Role
    name: str
    code: str = ""


@dataclass(slots=True)
class Layout:
    """The nodes of one workflow in dependency order, otherwise in source order, and its edges."""

    nodes: list[Key] = field(default_factory=list)
    edges: dict[tuple[Key, Key], None] = field(default_factory=dict)


class Frontier:
    """Lays out one group of jobs: a workflow for each box that keeps its wall, and one around them.

    `root` is the box that the outermost workflow stands for, or None.
    """

    def __init__(
        self,
        network: Network,
        names: list[str],
        root: str | None,
        dependencies: list[Dependency],
        place: dict[str, int],
    ) -> None:
        self._network = network
        self._names = names
        self._root = root
        self._dependencies = dependencies
        self._place = place
        kept = set(names)
        self._members = {
            name: tuple(m for m in network.members[name] if m in kept)
            for name in names
            if network.jobs[name].kind is Kind.BOX
        }
        self._entries: dict[str, tuple[Key, ...]] = {}
        self._exits: dict[str, tuple[Key, ...]] = {}
        self._rank: dict[Key, tuple[int, int]] = {}
        self._placed: set[tuple[str | None, Key]] = set()
        self.layouts: dict[str | None, Layout] = {}

    def lay_out(self) -> dict[str | None, Layout]:
        """For each box that is a workflow, and for the outermost one, its nodes and edges."""
        self._find_nodes()
        self._find_boundaries()
        for dependency in self._dependencies:
            if dependency.edge:
                self._connect(dependency)
        for layout in self.layouts.values():
            self._sort(layout)
        return self.layouts

    def is_workflow(self, name: str) -> bool:
        """True when the job is a box that becomes a workflow of its own."""
        return bool(self._members.get(name)) and name not in self._network.flattened

    def home(self, name: str) -> str | None:
        """The box whose workflow the job stands in."""
        box = self._network.jobs[name].box
        while box is not None and box in self._network.flattened:
            box = self._network.jobs[box].box
        return box

    def _find_nodes(self) -> None:
        self.layouts = {None: Layout()} if self._root is None else {}
        for name in self._names:
            if self.is_workflow(name):
                self.layouts[name] = Layout()
        for name in self._names:
            if name != self._root and (self.is_workflow(name) or not self._members.get(name)):
                self._add(self.home(name), Key(Role.JOB, name), (self._place[name], 0))

    def _add(self, home: str | None, key: Key, rank: tuple[int, int]) -> None:
        layout = self.layouts[home]
        if (home, key) not in self._placed:
            self._placed.add((home, key))
            layout.nodes.append(key)
            self._rank.setdefault(key, rank)

    def _find_boundaries(self) -> None:
        """Which nodes begin and end each job; for a box, inner boxes come first."""
        above, below = self._inner()
        waited = Counter(d.upstream for d in self._dependencies if d.edge)
        waiting = Counter(d.downstream for d in self._dependencies if d.edge)
        for name in reversed(self._names):
            members = self._members.get(name)
            if not members:
                self._entries[name] = self._exits[name] = (Key(Role.JOB, name),)
                continue
            firsts = tuple(k for m in members if m not in above for k in self._entries[m])
            lasts = tuple(k for m in members if m not in below for k in self._exits[m])
            if self._has_start(name) or len(firsts) * min(len(firsts) - 1, waiting[name]) > MOST:
                firsts = self._gate(Role.START, name, firsts)
            if self._has_end(name) or len(lasts) * min(len(lasts) - 1, waited[name]) > MOST:
                lasts = self._gate(Role.END, name, lasts)
            if self.is_workflow(name) and name != self._root:
                firsts = lasts = (Key(Role.JOB, name),)
            self._entries[name], self._exits[name] = firsts, lasts

    def _inner(self) -> tuple[set[str], set[str]]:
        """The jobs that wait for a job of their own box, and those that one waits for."""
        above: set[str] = set()
        below: set[str] = set()
        for dependency in self._dependencies:
            if not dependency.edge or dependency.missing:
                continue
            up, down = dependency.upstream, dependency.downstream
            up_boxes, down_boxes = self._network.ancestors(up), self._network.ancestors(down)
            if down_boxes and down_boxes[0] in up_boxes:
                above.add(down)
            if up_boxes and up_boxes[0] in down_boxes:
                below.add(up)
        return above, below

    def _has_start(self, box: str) -> bool:
        return self._network.jobs[box].held_up is not None

    def _has_end(self, box: str) -> bool:
        return self._network.jobs[box].box_result is not None

    def _gate(self, role: Role, box: str, inner: tuple[Key, ...]) -> tuple[Key, ...]:
        home = box if self.is_workflow(box) else self.home(box)
        key = Key(role, box)
        if role is Role.START:
            self._add(home, key, (self._place[box], -1))
            edges = [(key, other) for other in inner]
        else:
            last = max(self._place[member] for member in self._members[box])
            self._add(home, key, (last, 1))
            edges = [(other, key) for other in inner]
        self.layouts[home].edges.update(dict.fromkeys(edges))
        return (key,)

    def _connect(self, dependency: Dependency) -> None:
        down = dependency.downstream
        home = down if down == self._root and self.is_workflow(down) else self.home(down)
        if dependency.missing:
            key = Key(Role.MISSING, dependency.upstream, dependency.missing)
            self._add(home, key, (self._place[down], -1))
            exits: tuple[Key, ...] = (key,)
        else:
            exits = self._exits[dependency.upstream]
        edges = self.layouts[home].edges
        for first in exits:
            for second in self._entries[down]:
                edges[first, second] = None

    def _sort(self, layout: Layout) -> None:
        layout.nodes.sort(key=self._rank.__getitem__)
        number = {key: index for index, key in enumerate(layout.nodes)}
        behind: list[list[int]] = [[] for _ in layout.nodes]
        for first, second in layout.edges:
            behind[number[first]].append(number[second])
        layout.nodes = [layout.nodes[index] for index in topological(behind)]
