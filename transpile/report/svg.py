"""Drawings as SVG, without scripts and links; names are escaped text.

What comes later covers what came before: the ground of boxes, lines, names of boxes, nodes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from markupsafe import escape

from transpile.findings.finding import Level
from transpile.report.drawing import HEIGHT, WIDTH, Cluster, Drawing, Line, Node, draw
from transpile.report.figure import Asked, Figure, shortened
from transpile.report.overlay import Status, Trace
from transpile.report.templates import resource
from transpile.sources.printable import printable

CHARACTERS, CAPTION = 24, 28
"""Characters of a name that fit into a node, and of the line below it."""

CHARACTER, TITLE = 7.3, 40
"""Width of a letter, and height of the line above a drawing."""

_BEND, _TIP, _STUB = 26, 3, 12

Frame: TypeAlias = tuple[float, float, float, float]
"""The corner, width and height of a node or box."""


def sheet(figures: Iterable[tuple[str, Figure]], overlay: str = "") -> str:
    """One SVG with all drawings of these figures, one below the other, with their titles.

    `overlay` names the run whose statuses are laid over them: the signs are explained on top.
    """
    parts: list[str] = []
    width = top = 0
    if overlay:
        parts += _legend(f"Statuses of {printable(overlay)}")
        width, top = _LEGEND * (len(Status) + 1), TITLE
    for heading, figure in figures:
        for drawing in draw(figure):
            titles = [heading] if drawing.box is None else [heading, drawing.box]
            title = " · ".join(map(printable, titles))
            top += TITLE
            parts.append(f'<text class="heading" x="24" y="{top - 8}">{escape(title)}</text>')
            parts.append(f'<g transform="translate(0 {top})">')
            parts += [*_shapes(figure, drawing, named=True), "</g>"]
            top += round(drawing.height)
            width = max(width, round(drawing.width), round(len(title) * CHARACTER) + TITLE)
    style = f"<style>{resource('graph.css')}</style>"
    paper = '<rect class="paper" width="100%" height="100%"/>'
    return _svg("graph sheet", width, top, [style, paper, *_arrows(), *parts])


def pictures(figure: Figure) -> Iterator[tuple[str | None, str]]:
    """The box and the SVG of each drawing of a figure; the box of the whole is None.

    A shape has the number of its name (`data-n`), and no name: the page knows names and links.
    """
    for drawing in draw(figure):
        shapes = [*_arrows(), *_shapes(figure, drawing, named=False)]
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


def _shapes(figure: Figure, drawing: Drawing, *, named: bool) -> Iterator[str]:
    number = figure.numbers()
    frames: dict[str, Frame] = {cluster.name: cluster[1:] for cluster in drawing.clusters}
    frames |= {node.name: (node.x, node.y, WIDTH, HEIGHT) for node in drawing.nodes}
    for _, x, y, width, height in drawing.clusters:
        size = f'width="{width:.0f}" height="{height:.0f}" rx="10"'
        yield f'<rect class="back" x="{x:.0f}" y="{y:.0f}" {size}/>'
    for line in drawing.lines:
        yield _stroke(figure, line, number, titled=named)
    for path in _stubs(drawing, frames):
        yield f'<path class="edge stub" d="{path}"/>'
    for cluster in drawing.clusters:
        yield _box(figure, cluster, number[cluster.name], named=named)
    for node in drawing.nodes:
        yield _node(figure, node, number[node.name], named=named)


def _box(figure: Figure, box: Cluster, number: int, *, named: bool) -> str:
    """The frame of an open box, and its name on a plate that hides the lines behind it."""
    name, x, y, width, height = box
    rect = f'<rect width="{width:.0f}" height="{height:.0f}" rx="10"/>'
    letters = min(len(printable(figure.label(name))), _most_letters(width))
    plate = f'<rect class="plate" x="8" y="7" width="{letters * CHARACTER + 12:.0f}" height="18"/>'
    title, text = _texts(figure, name, width, named=named)
    body = f'{rect}{plate}{title}<text x="14" y="20">{text}</text>'
    dot = _dot(figure.level(name), round(width) - 10)
    trace = figure.trace(name)
    return _group(f"box {figure.words(name)}", number, x, y, body + dot + _badge(trace), trace)


def _most_letters(width: float) -> int:
    """The number of letters that fit into a shape."""
    return max(CHARACTERS, round((width - 28) / CHARACTER))


def _node(figure: Figure, node: Node, number: int, *, named: bool) -> str:
    """A node, or a closed box as a stack of nodes."""
    name, x, y, inside = node
    title, text = _texts(figure, name, WIDTH, named=named)
    words, level, behind = f"node {figure.words(name)}", figure.level(name), ""
    trace = figure.trace_inside(name) if inside else figure.trace(name)
    round_by = next((_ROUND[word] for word in words.split() if word in _ROUND), 7)
    rect = f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" rx="{round_by}"/>'
    caption = figure.caption(name)
    if inside:
        behind = rect.replace("<rect", '<rect class="behind" x="4" y="4"')
        caption = f"{inside:,} {figure.counted}{'s' * (inside != 1)}"
        level = figure.worst_inside(name)
        words += " closed"
    if trace and (inside or not caption):
        caption = trace.short
    below = ""
    if caption:
        line = printable(caption)
        line = line if len(line) <= CAPTION else f"{line[: CAPTION - 1]}…"
        below = f'<text class="caption" x="14" y="28">{escape(line)}</text>'
    body = f'{title}{behind}{rect}<text x="14" y="{15 if caption else 21}">{text}</text>{below}'
    body += _dot(level, round(WIDTH) - 10) + _badge(trace)
    return _group(words, number, x, y, body, trace)


_ROUND = {"file": 17, "gate": 3}
"""The radius of corners where it differs from that of most nodes."""


def _group(
    words: str, number: int, x: float, y: float, body: str, trace: Trace | None = None
) -> str:
    place = f"translate({x:.0f} {y:.0f})"
    run = f' data-run="{escape(printable(trace.long))}"' if trace else ""
    return f'<g class="{words}" data-n="{number}"{run} transform="{place}">{body}</g>'


def _badge(trace: Trace | None) -> str:
    """The sign for a status, at the corner of a shape: each has a form and a colour of its own."""
    if trace is None:
        return ""
    frame, sign = _SIGNS[trace.status]
    drawn = f'<path class="sign" d="{sign}"/>'
    return f'<g class="run {trace.status.value}"><path d="{frame}"/>{drawn}</g>'


_LEGEND = 130
"""Width of an entry of the legend."""


def _legend(heading: str) -> Iterator[str]:
    """A line that says what the signs mean."""
    text = shortened(heading, _LEGEND // 6)
    yield f'<text x="24" y="{TITLE - 12}">{escape(text)}</text>'
    for number, status in enumerate(Status, 1):
        sign = _badge(Trace(status, "", ""))
        place = f"translate({number * _LEGEND + 50} {TITLE - 17})"
        yield f'<g transform="{place}">{sign}<text x="14" y="5">{status.words}</text></g>'


_ROUND_FRAME = "M-7 1a8 8 0 1 1 16 0a8 8 0 1 1-16 0z"
_SIGNS = {
    Status.SUCCEEDED: (_ROUND_FRAME, "M-2.5 1.5l2.5 2.5 4.5-6"),
    Status.FAILED: ("M-7-7h16v16h-16z", "M-2.5-2.5l7 7m0-7l-7 7"),
    Status.TERMINATED: ("M-3.5-7h9l4 4v9l-4 4h-9l-4-4v-9z", "M-1.5-1.5h5v5h-5z"),
    Status.RUNNING: ("M1-9l10 10-10 10-10-10z", "M-1-2.5l5 3.5-5 3.5z"),
    Status.SKIPPED: (_ROUND_FRAME, "M-2.5 1h7"),
    Status.UNKNOWN: (_ROUND_FRAME, "M-1.5-.8a2.5 2.5 0 1 1 3.6 2q-1.1.6-1.1 1.8m0 2.4v.2"),
}
"""The frame and the sign of each status, around the corner of a shape."""


def _dot(level: Level | None, x: int) -> str:
    """A dot for the findings about a job; notes have none."""
    return f'<circle class="dot {level.value}" cx="{x}" r="5"/>' if level in _DOTTED else ""


_DOTTED = (Level.ERROR, Level.WARNING)


def _texts(figure: Figure, name: str, width: float, *, named: bool) -> tuple[str, str]:
    """The title of a shape and its text; the title is empty if the text is not shortened.

    A shape without its name has a text only where that is another one.
    """
    if not named:
        return "", escape(printable(figure.short(name)))
    trace = figure.trace(name)
    whole = printable(figure.full(name) + (f": {trace.long}" if trace else ""))
    text = shortened(printable(figure.label(name)), _most_letters(width))
    return (f"<title>{escape(whole)}</title>" if text != whole else ""), escape(text)


_SAYS = {
    Asked.WAIT: "{1} waits for {0}",
    Asked.START: "{0} starts {1}",
    Asked.TELL: "{0} tells {1}",
}
"""What a line says of its ends."""


def _stroke(figure: Figure, line: Line, number: Mapping[str, int], *, titled: bool) -> str:
    title, asked = "", line.asked.value
    if titled:
        names = figure.full(line.upstream), figure.full(line.downstream)
        text = printable(_SAYS.get(line.asked, f"{{1}} asks for {asked} of {{0}}").format(*names))
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
