"""Drawings as SVG, without scripts and links; names are escaped text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from markupsafe import escape

from transpile.findings.finding import Level
from transpile.model import Kind
from transpile.report.chart import Asked, Chart, shortened
from transpile.report.drawing import HEIGHT, WIDTH, Drawing, Line, draw
from transpile.report.templates import resource
from transpile.sources.printable import printable

CHARACTERS = 24
"""Characters of a name that fit into a node."""

CHARACTER, TITLE = 7.3, 40
"""Width of a letter, and height of the line above a drawing."""

_BEND, _TIP, _STUB = 26, 3, 22

Frame: TypeAlias = tuple[float, float, float, float]
"""The corner, width and height of a node or box."""


def sheet(charts: Iterable[Chart]) -> str:
    """One SVG with all drawings of these workflows, one below the other."""
    parts: list[str] = []
    width = top = 0
    for chart in charts:
        for drawing in draw(chart):
            titles = [chart.title] if drawing.box is None else [chart.title, drawing.box]
            title = " · ".join(map(printable, titles))
            top += TITLE
            parts.append(f'<text class="heading" x="24" y="{top - 8}">{escape(title)}</text>')
            parts.append(f'<g transform="translate(0 {top})">')
            parts += [*_shapes(chart, drawing, named=True), "</g>"]
            top += round(drawing.height)
            width = max(width, round(drawing.width), round(len(title) * CHARACTER) + TITLE)
    style = f"<style>{resource('graph.css')}</style>"
    paper = '<rect class="paper" width="100%" height="100%"/>'
    return _svg("graph sheet", width, top, [style, paper, *_arrows(), *parts])


def pictures(chart: Chart) -> Iterator[tuple[str | None, str]]:
    """The box and the SVG of each drawing of a workflow; the box of the whole is None.

    A shape has the number of its job (`data-n`), and no name: the page knows names and links.
    """
    for drawing in draw(chart):
        shapes = [*_arrows(), *_shapes(chart, drawing, named=False)]
        yield drawing.box, _svg("graph", round(drawing.width), round(drawing.height), shapes)


def _svg(words: str, width: int, height: int, parts: Iterable[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="{words}" {size}>'
    return "\n".join([head, *parts, "</svg>", ""])


def _arrows() -> Iterator[str]:
    size = 'refX="5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse"'
    yield "<defs>"
    for word in (asked.value for asked in Asked):
        head = f'<marker id="arrow-{word}" class="arrow {word}" viewBox="0 0 8 8" {size}'
        yield f'{head} orient="auto"><path d="M0 0 8 4 0 8Z"/></marker>'
    yield "</defs>"


def _shapes(chart: Chart, drawing: Drawing, *, named: bool) -> Iterator[str]:
    """Boxes, then lines, then nodes: what comes later covers what came before."""
    number = chart.numbers()
    frames: dict[str, Frame] = {}
    for name, x, y, width, height in drawing.clusters:
        frames[name] = (x, y, width, height)
        rect = f'<rect width="{width:.0f}" height="{height:.0f}" rx="10"/>'
        title, text = _texts(chart, name, width) if named else ("", _short(chart, name))
        body = f'{rect}{title}<text x="14" y="20">{text}</text>'
        words = f"box {_words(chart, name)}"
        dot = _dot(chart.levels.get(name), round(width) - 10)
        yield _group(words, number[name], x, y, body + dot)
    for line in drawing.lines:
        yield _stroke(line, number, titled=named)
    for name, x, y, _ in drawing.nodes:
        frames[name] = (x, y, WIDTH, HEIGHT)
    for path in _stubs(drawing, frames):
        yield f'<path class="edge stub" d="{path}"/>'
    for name, x, y, jobs in drawing.nodes:
        title, text = _texts(chart, name, WIDTH) if named else ("", _short(chart, name))
        rect = f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" rx="7"/>'
        words = f"node {_words(chart, name)}"
        if jobs:
            # A closed box looks like a stack of nodes.
            behind = rect.replace("<rect", '<rect class="behind" x="4" y="4"')
            caption = f"{jobs:,} job{'s' * (jobs != 1)}"
            body = f'{title}{behind}{rect}<text x="14" y="15">{text}</text>'
            body += f'<text class="caption" x="14" y="28">{caption}</text>'
            level = chart.worst_inside(name)
            words += " closed"
        else:
            body = f'{title}{rect}<text x="14" y="21">{text}</text>'
            level = chart.levels.get(name)
        yield _group(words, number[name], x, y, body + _dot(level, round(WIDTH) - 10))


def _group(words: str, number: int, x: float, y: float, body: str) -> str:
    place = f"translate({x:.0f} {y:.0f})"
    return f'<g class="{words}" data-n="{number}" transform="{place}">{body}</g>'


def _words(chart: Chart, name: str) -> str:
    """The classes of a job: its mark, and whether it waits for a file."""
    job, mark = chart.facts.jobs.get(name), chart.mark(name)
    is_file = job is not None and job.kind is Kind.FILE
    return (mark.value if mark else "plain") + (" file" if is_file else "")


def _dot(level: Level | None, x: int) -> str:
    """A dot for the findings about a job; notes have none."""
    return f'<circle class="dot {level.value}" cx="{x}" r="5"/>' if level in _DOTTED else ""


_DOTTED = (Level.ERROR, Level.WARNING)


def _texts(chart: Chart, name: str, width: float) -> tuple[str, str]:
    """The title of a shape and its text; the title is empty if the text is not shortened."""
    job = chart.facts.jobs.get(name)
    most = max(CHARACTERS, round((width - 28) / CHARACTER))
    text = shortened(printable(job.called if job else name), most)
    title = f"<title>{escape(printable(name))}</title>" if text != printable(name) else ""
    return title, escape(text)


def _short(chart: Chart, name: str) -> str:
    """The short name of a job inside its box; empty if it has none."""
    job = chart.facts.jobs.get(name)
    return escape(printable(job.short)) if job and job.short else ""


def _stroke(line: Line, number: Mapping[str, int], *, titled: bool) -> str:
    title, asked = "", line.asked.value
    if titled:
        text = printable(f"{line.downstream} asks for {asked} of {line.upstream}")
        text += f" ({line.edges:,} dependencies)" if line.edges > 1 else ""
        title = f"<title>{escape(text)}</title>"
    ends = f"{number[line.upstream]} {number[line.downstream]}"
    marker = f'marker-end="url(#arrow-{asked})" data-ends="{ends}"'
    return f'<path class="edge {asked}" d="{_path(line)}" {marker}>{title}</path>'


def _path(line: Line) -> str:
    """From the right of one node, through the lanes, to the left of the other."""
    x, y = map(round, line.start)
    end = round(line.end[0]) - _TIP
    parts = [f"M{x} {y}"]
    # Lanes lead forward; an edge that goes backwards follows none.
    for left, right, at in line.lanes if x < end else ():
        if (round(left), round(at)) != (x, y):
            parts.append(_curve(round(left) - x, round(at) - y))
        parts.append(f"h{round(right) - round(left)}")
        x, y = round(right), round(at)
    parts.append(_curve(end - x, round(line.end[1]) - y))
    return "".join(parts)


def _curve(x: int, y: int) -> str:
    """A curve in relative coordinates, so that equal shapes have equal text."""
    bend = max(_BEND, abs(x) // 2)
    return f"c{bend} 0 {x - bend} {y} {x} {y}"


def _stubs(drawing: Drawing, frames: Mapping[str, Frame]) -> Iterator[str]:
    """Short lines at nodes that have edges from or to other drawings."""
    for name in drawing.arriving:
        x, y, _, height = frames[name]
        yield f"M{x - _STUB:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
    for name in drawing.leaving:
        x, y, width, height = frames[name]
        yield f"M{x + width:.0f} {y + height / 2:.0f}h{_STUB - _TIP}"
