"""Drawings as SVG: no script, nothing to load, every name as text and never as markup."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from transpile.codes import Level
from transpile.ir import Kind
from transpile.report.chart import Asked, Chart, shortened, shown
from transpile.report.drawing import HEIGHT, WIDTH, Drawing, Line, draw
from transpile.report.templates import render, resource

CHARACTERS = 24
"""So much of a name fits into a node; the whole is its title."""

CHARACTER, TITLE = 7.3, 40
"""How wide a letter is, and how high the line above a drawing."""

_BEND, _TIP, _STUB = 26, 3, 22


Frame: TypeAlias = tuple[float, float, float, float]
"""The corner, width and height of a node or box."""


class Shape(NamedTuple):
    """A node or box, ready to be printed. `words` are its classes, `link` where it leads.

    `text` is its name, or, if it has a `title`, what there is room for.
    """

    text: str
    title: str
    caption: str
    link: str | None
    words: str
    level: str | None
    place: str
    width: int
    height: int


class Stroke(NamedTuple):
    """An edge, ready to be printed. `ends` are the numbers of its nodes' shapes."""

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
        for drawing in draw(chart):
            titles = [chart.title] if drawing.box is None else [chart.title, drawing.box]
            title = " · ".join(map(shown, titles))
            panels.append(_panel(chart, drawing, title, top + TITLE, linked=False))
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
    """Each drawing of a workflow, and the box it is of: SVG that leads to jobs and boxes."""
    asked = [asked.value for asked in Asked]
    for drawing in draw(chart):
        yield drawing.box, render(
            "picture.svg", panel=_panel(chart, drawing, chart.title, 0, linked=True), asked=asked
        )


def link(what: str, module: str, name: str) -> str:
    """The fragment that leads to a job or box."""
    return f"#{what}={quote(module, safe='')}/{quote(name, safe='')}"


def _panel(chart: Chart, drawing: Drawing, title: str, top: int, *, linked: bool) -> Panel:
    clusters = [
        _shape(chart, c.name, (c.x, c.y, c.width, c.height), linked=linked)
        for c in drawing.clusters
    ]
    nodes = [
        _shape(chart, n.name, (n.x, n.y, WIDTH, HEIGHT), jobs=n.jobs, linked=linked)
        for n in drawing.nodes
    ]
    frames = {c.name: (c.x, c.y, c.width, c.height) for c in drawing.clusters}
    frames |= {n.name: (n.x, n.y, WIDTH, HEIGHT) for n in drawing.nodes}
    number = {name: place for place, name in enumerate(frames)}
    return Panel(
        title,
        top,
        round(drawing.width),
        round(drawing.height),
        tuple(clusters),
        tuple(nodes),
        tuple(_stroke(line, number, titled=not linked) for line in drawing.lines),
        tuple(_stubs(drawing, frames)),
    )


def _shape(
    chart: Chart,
    name: str,
    frame: Frame,
    *,
    linked: bool,
    jobs: int = 0,
) -> Shape:
    job = chart.network.jobs.get(name)
    mark = chart.mark(name)
    level = chart.worst_inside(name) if jobs else chart.levels.get(name)
    words = [mark.value if mark else "plain"]
    words += ["closed"] if jobs else []
    words += ["file"] if job and job.kind is Kind.FILE else []
    where = link("box" if jobs else "job", chart.module, name) if linked and job else None
    width = round(frame[2])
    text = shown(name)
    most = max(CHARACTERS, round((width - 28) / CHARACTER))
    short = shortened(text, most)
    return Shape(
        short,
        text if text != short else "",
        f"{jobs:,} job{'s' * (jobs != 1)}" if jobs else "",
        where,
        " ".join(words),
        level.value if level and level is not Level.NOTE else None,
        f"{frame[0]:.0f} {frame[1]:.0f}",
        width,
        round(frame[3]),
    )


def _stroke(line: Line, number: dict[str, int], *, titled: bool) -> Stroke:
    title = ""
    if titled:
        title = f"{shown(line.downstream)} asks for {line.asked.value} of {shown(line.upstream)}"
        title += f" ({line.edges:,} dependencies)" if line.edges > 1 else ""
    ends = f"{number[line.upstream]} {number[line.downstream]}"
    return Stroke(title, line.asked.value, _path(line), ends)


def _path(line: Line) -> str:
    """From the right of one node, through the lanes, to the left of the other."""
    x, y = line.start
    to_x, to_y = line.end
    parts = [f"M{x:.0f} {y:.0f}"]
    # What goes backwards has no lanes to follow: they lead the other way.
    for left, right, at in line.lanes if x < to_x else ():
        parts.append(f"{_curve(x, y, left, at)}H{right:.0f}")
        x, y = right, at
    parts.append(_curve(x, y, to_x - _TIP, to_y))
    return "".join(parts)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = max(_BEND, abs(to_x - x) / 2)
    return f"C{x + bend:.0f} {y:.0f} {to_x - bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"


def _stubs(drawing: Drawing, frames: Mapping[str, Frame]) -> Iterator[str]:
    """Short lines at nodes with edges from and to what is not in the drawing."""
    for name in drawing.arriving:
        x, y, _, height = frames[name]
        yield f"M{x - _STUB:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
    for name in drawing.leaving:
        x, y, width, height = frames[name]
        yield f"M{x + width:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
