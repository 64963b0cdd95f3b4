"""Draws a figure: boxes around their nodes, or a drawing per box where there are many nodes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from transpile.report.figure import Asked, Figure
from transpile.report.layout import Lane, Layout, lay_out

MOST_JOBS = 200
"""In a workflow or box with more jobs the boxes are closed: each has its own drawing."""

WIDTH, HEIGHT = 204.0, 34.0
PAD, HEAD, MARGIN = 14, 30, 24
"""Room inside a box beside its jobs and above them, and around the whole."""

Container: TypeAlias = str | None
"""A box with members, or the workflow."""


class Node(NamedTuple):
    """A job, or a closed box with so many `jobs`, at its top left corner."""

    name: str
    x: float
    y: float
    jobs: int


class Cluster(NamedTuple):
    """A box that is drawn around its jobs."""

    name: str
    x: float
    y: float
    width: float
    height: float


class Line(NamedTuple):
    """An edge, or `edges` of them between closed boxes. It passes the lanes on its way."""

    upstream: str
    downstream: str
    asked: Asked
    edges: int
    start: tuple[float, float]
    lanes: tuple[Lane, ...]
    end: tuple[float, float]


@dataclass(slots=True)
class Drawing:
    """One drawing: of the workflow, or of `box`, a closed box in it.

    `arriving` and `leaving` are nodes with edges from and to nodes of other drawings.
    """

    box: Container
    width: float = 0
    height: float = 0
    nodes: list[Node] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    arriving: dict[str, None] = field(default_factory=dict)
    leaving: dict[str, None] = field(default_factory=dict)


def draw(figure: Figure) -> list[Drawing]:
    """All drawings of a figure, the whole first. Each name is a node or box in exactly one."""
    return _Artist(figure).drawings()


class _Artist:
    """Draws one figure. The home of a node or box is the drawing that shows it."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure
        self._inside: dict[Container, list[str]] = {None: []}
        self._box_of: dict[str, Container] = {}
        self._count: dict[Container, int] = {}
        self._home: dict[str, Container] = {}
        self._drawings: dict[Container, Drawing] = {}
        self._number: dict[str, int] = {}
        self._layouts: dict[Container, Layout] = {}
        self._corners: dict[Container, tuple[float, float]] = {}
        self._frames: dict[str, tuple[float, float, float, float]] = {}

    def drawings(self) -> list[Drawing]:
        self._collect()
        pending: list[Container] = [None]
        for box in pending:
            self._drawings[box] = Drawing(box)
            pending += self._settle(box)
        pairs = self._pairs()
        for box, drawing in self._drawings.items():
            self._place(drawing, self._opened(box), pairs)
        self._draw_lines()
        return list(self._drawings.values())

    def _collect(self) -> None:
        """List the contents of each container and count its nodes."""
        for name, box in self._figure.tree().items():
            self._put(name, box)
        for name in reversed(self._box_of):
            inside = self._count.get(name, 0) if name in self._inside else self._figure.counts(name)
            box = self._box_of[name]
            self._count[box] = self._count.get(box, 0) + inside

    def _put(self, name: str, box: Container) -> None:
        inside = self._inside.setdefault(box, [])
        self._number[name] = len(inside)
        self._box_of[name] = box
        inside.append(name)

    def _is_closed(self, container: Container) -> bool:
        """Whether the boxes in it are closed."""
        if self._count.get(container, 0) <= MOST_JOBS:
            return False
        # One box with all that is counted stays open.
        inside = self._inside[container]
        most = max(self._count.get(n, 0) if n in self._inside else 1 for n in inside)
        return most < self._count[container]

    def _settle(self, home: Container) -> Iterator[str]:
        """Make a drawing the home of its contents; yield its closed boxes."""
        for container in self._opened(home):
            for name in self._inside[container]:
                self._home[name] = home
                if name in self._inside and self._is_closed(container):
                    yield name

    def _opened(self, home: Container) -> list[Container]:
        """The containers whose contents a drawing shows, outer ones first."""
        found = [home]
        for container in found:
            if not self._is_closed(container):
                found += (name for name in self._inside[container] if name in self._inside)
        return found

    def _pairs(self) -> dict[Container, set[tuple[int, int]]]:
        """The edges inside each container, by the numbers of their ends."""
        found: dict[Container, set[tuple[int, int]]] = {box: set() for box in self._inside}
        for edge in self._figure.edges:
            ends = self._ends(edge.upstream, edge.downstream)
            if ends:
                container, first, second = ends
                found[container].add((self._number[first], self._number[second]))
        return found

    def _ends(self, upstream: str, downstream: str) -> tuple[Container, str, str] | None:
        """The innermost container of both jobs, and the members of it that hold them.

        None if one job is a box around the other: no line joins them.
        """
        if self._box_of[upstream] == self._box_of[downstream]:
            return self._box_of[upstream], upstream, downstream
        above, below = self._upwards(upstream), self._upwards(downstream)
        container: Container = None
        while above and below and above[-1] == below[-1]:
            container = above.pop()
            below.pop()
        return (container, above[-1], below[-1]) if above and below else None

    def _upwards(self, name: str) -> list[str]:
        """The job and the boxes around it, innermost first."""
        found = [name]
        while (box := self._box_of[found[-1]]) is not None:
            found.append(box)
        return found

    def _place(
        self,
        drawing: Drawing,
        opened: list[Container],
        pairs: dict[Container, set[tuple[int, int]]],
    ) -> None:
        """Lay out a drawing from the innermost container outwards."""
        sizes: dict[Container, tuple[float, float]] = {}
        for box in reversed(opened):
            inner = [sizes.get(name, (WIDTH, HEIGHT)) for name in self._inside[box]]
            layout = self._layouts[box] = lay_out(inner, pairs[box])
            sizes[box] = (layout.width + 2 * PAD, layout.height + HEAD + PAD)
        whole = self._layouts[drawing.box]
        drawing.width, drawing.height = whole.width + 2 * MARGIN, whole.height + 2 * MARGIN
        self._corners[drawing.box] = (MARGIN, MARGIN)
        for box in opened:
            left, top = self._corners[box]
            for name, (x, y) in zip(self._inside[box], self._layouts[box].places, strict=True):
                width, height = sizes.get(name, (WIDTH, HEIGHT))
                self._frames[name] = (left + x, top + y, width, height)
                if name in sizes:
                    drawing.clusters.append(Cluster(name, *self._frames[name]))
                    self._corners[name] = (left + x + PAD, top + y + HEAD)
                else:
                    jobs = self._count[name] if name in self._inside else 0
                    drawing.nodes.append(Node(name, left + x, top + y, jobs))

    def _draw_lines(self) -> None:
        """Draw each edge in the drawing that shows both ends or the closed boxes that hold them."""
        asked: dict[tuple[str, str], list[Asked]] = {}
        routes: dict[tuple[str, str], tuple[Container, int, int]] = {}
        for edge in self._figure.edges:
            ends = self._ends(edge.upstream, edge.downstream)
            if ends:
                container, above, below = ends
                home = self._shown_in(container)
                pair = (
                    self._lifted(edge.upstream, home, leaves=True),
                    self._lifted(edge.downstream, home, leaves=False),
                )
                asked.setdefault(pair, []).append(edge.asked)
                routes[pair] = (container, self._number[above], self._number[below])
        for pair, found in asked.items():
            container = routes[pair][0]
            line = self._line(pair, routes[pair], found)
            self._drawings[self._shown_in(container)].lines.append(line)

    def _shown_in(self, container: Container) -> Container:
        """The drawing that shows the contents of a container."""
        if container is None or container in self._drawings:
            return container
        return self._home[container]

    def _line(
        self, pair: tuple[str, str], route: tuple[Container, int, int], asked: list[Asked]
    ) -> Line:
        container, above, below = route
        left, top = self._corners[container]
        lanes = self._layouts[container].lanes.get((above, below), ())
        x, y, width, height = self._frames[pair[0]]
        to_x, to_y, _, to_height = self._frames[pair[1]]
        return Line(
            *pair,
            min(asked, key=_STRIKING.index),
            len(asked),
            (x + width, y + height / 2),
            tuple((left + start, left + end, top + at) for start, end, at in lanes),
            (to_x, to_y + to_height / 2),
        )

    def _lifted(self, name: str, home: Container, *, leaves: bool) -> str:
        """The node that stands for a job in a drawing; inner drawings note that an edge leaves."""
        while (own := self._home[name]) != home:
            drawing = self._drawings[own]
            (drawing.leaving if leaves else drawing.arriving)[name] = None
            assert own is not None
            name = own
        return name


_STRIKING = (
    *(Asked.FAILURE, Asked.CODE, Asked.START, Asked.WAIT, Asked.TELL),
    *(Asked.END, Asked.SUCCESS, Asked.ORDER),
)
"""Several edges between closed boxes are drawn as the first of these that occurs."""
