"""Drawings as SVG: no script, nothing to load, every name as text and never as markup."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from transpile.findings.finding import Level
from transpile.model import Kind
from transpile.report.chart import Asked, Chart, shortened
from transpile.report.drawing import HEIGHT, WIDTH, Drawing, Line, draw
from transpile.report.templates import render, resource
from transpile.sources.printable import printable

CHARACTERS = 24
"""So much of a name fits into a node; the whole is its title."""

CHARACTER, TITLE = 7.3, 40
"""How wide a letter is, and how high the line above a drawing."""

_BEND, _TIP, _STUB = 26, 3, 22


Frame: TypeAlias = tuple[float, float, float, float]
"""The corner, width and height of a node or box."""


class Shape(NamedTuple):
    """A node or box, ready to be printed. `words` are its classes, `number` is that of its job.

    `text` is its name, or, if it has a `title`, what there is room for.
    """

    number: int
    text: str
    title: str
    caption: str
    words: str
    level: str | None
    place: str
    width: int
    height: int


class Stroke(NamedTuple):
    """An edge, ready to be printed. `ends` are the numbers of its jobs."""

    title: str
    asked: str
    path: str
    ends: str


class Panel(NamedTuple):
    """One drawing, ready to be printed, `top` pixels below the top of the sheet."""

    title: str
    top: int
    width: int
    height: int
    clusters: tuple[Shape, ...]
    nodes: tuple[Shape, ...]
    strokes: tuple[Stroke, ...]
    stubs: tuple[str, ...]


def sheet(charts: Iterable[Chart]) -> str:
    """One SVG with all drawings of these workflows below one another."""
    panels: list[Panel] = []
    top = 0
    for chart in charts:
        number = chart.numbers()
        for drawing in draw(chart):
            titles = [chart.title] if drawing.box is None else [chart.title, drawing.box]
            title = " · ".join(map(printable, titles))
            panels.append(_panel(chart, drawing, number, title, top + TITLE, named=True))
            top = panels[-1].top + panels[-1].height
    width = max(max(p.width, round(len(p.title) * CHARACTER) + TITLE) for p in panels)
    asked = [asked.value for asked in Asked]
    return render(
        "sheet.svg",
        panels=panels,
        width=width,
        height=top,
        asked=asked,
        style=resource("graph.css"),
    )


def pictures(chart: Chart) -> Iterator[tuple[str | None, str]]:
    """Each drawing of a workflow, and the box it is of: SVG with numbers in the place of names.

    Whoever shows it knows the names, and where they lead.
    """
    asked = [asked.value for asked in Asked]
    number = chart.numbers()
    for drawing in draw(chart):
        panel = _panel(chart, drawing, number, named=False)
        yield drawing.box, render("picture.svg", panel=panel, asked=asked)


def _panel(
    chart: Chart,
    drawing: Drawing,
    number: dict[str, int],
    title: str = "",
    top: int = 0,
    *,
    named: bool,
) -> Panel:
    clusters = [
        _shape(chart, c.name, number[c.name], (c.x, c.y, c.width, c.height), named=named)
        for c in drawing.clusters
    ]
    nodes = [
        _shape(chart, n.name, number[n.name], (n.x, n.y, WIDTH, HEIGHT), jobs=n.jobs, named=named)
        for n in drawing.nodes
    ]
    frames = {c.name: (c.x, c.y, c.width, c.height) for c in drawing.clusters}
    frames |= {n.name: (n.x, n.y, WIDTH, HEIGHT) for n in drawing.nodes}
    return Panel(
        title,
        top,
        round(drawing.width),
        round(drawing.height),
        tuple(clusters),
        tuple(nodes),
        tuple(_stroke(line, number, titled=named) for line in drawing.lines),
        tuple(_stubs(drawing, frames)),
    )


def _shape(
    chart: Chart,
    name: str,
    number: int,
    frame: Frame,
    *,
    named: bool,
    jobs: int = 0,
) -> Shape:
    job = chart.network.jobs.get(name)
    mark = chart.mark(name)
    level = chart.worst_inside(name) if jobs else chart.levels.get(name)
    words = [mark.value if mark else "plain"]
    words += ["closed"] if jobs else []
    words += ["file"] if job and job.kind is Kind.FILE else []
    width = round(frame[2])
    most = max(CHARACTERS, round((width - 28) / CHARACTER))
    # Where its box is drawn around it, its own name is enough.
    text = printable(job.called if job else name) if named or (job and job.short) else ""
    short = shortened(text, most) if named else text
    return Shape(
        number,
        short,
        printable(name) if named and printable(name) != short else "",
        f"{jobs:,} job{'s' * (jobs != 1)}" if jobs else "",
        " ".join(words),
        level.value if level and level is not Level.NOTE else None,
        f"{frame[0]:.0f} {frame[1]:.0f}",
        width,
        round(frame[3]),
    )


def _stroke(line: Line, number: dict[str, int], *, titled: bool) -> Stroke:
    title = ""
    if titled:
        title = printable(f"{line.downstream} asks for {line.asked.value} of {line.upstream}")
        title += f" ({line.edges:,} dependencies)" if line.edges > 1 else ""
    ends = f"{number[line.upstream]} {number[line.downstream]}"
    return Stroke(title, line.asked.value, _path(line), ends)


def _path(line: Line) -> str:
    """From the right of one node, through the lanes, to the left of the other."""
    x, y = map(round, line.start)
    end = round(line.end[0]) - _TIP
    parts = [f"M{x} {y}"]
    # What goes backwards has no lanes to follow: they lead the other way.
    for left, right, at in line.lanes if x < end else ():
        if (round(left), round(at)) != (x, y):
            parts.append(_curve(round(left) - x, round(at) - y))
        parts.append(f"h{round(right) - round(left)}")
        x, y = round(right), round(at)
    parts.append(_curve(end - x, round(line.end[1]) - y))
    return "".join(parts)


def _curve(x: int, y: int) -> str:
    """A curve that far from where the line is; edges of the same shape are the same text."""
    bend = max(_BEND, abs(x) // 2)
    return f"c{bend} 0 {x - bend} {y} {x} {y}"


def _stubs(drawing: Drawing, frames: Mapping[str, Frame]) -> Iterator[str]:
    """Short lines at nodes with edges from and to what is not in the drawing."""
    for name in drawing.arriving:
        x, y, _, height = frames[name]
        yield f"M{x - _STUB:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
    for name in drawing.leaving:
        x, y, width, height = frames[name]
        yield f"M{x + width:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
