"""Charts as Graphviz or Mermaid text, or as JSON values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transpile.model import Cut
from transpile.report.chart import Chart, Mark
from transpile.report.drawn import LEFT_OUT, Asks, asks_of, attributes_of, schedule_of
from transpile.report.estate import said_start
from transpile.report.figure import Asked
from transpile.report.links import Link, Links
from transpile.report.workflow import WorkflowRow
from transpile.sources.printable import printable, to_json

FORMATS = ("dot", "mermaid")

_COLOURS = {
    Asked.SUCCESS: "black",
    Asked.END: "blue",
    Asked.FAILURE: "red",
    Asked.CODE: "purple",
    Asked.ORDER: "gray",
    Asked.WAIT: "darkcyan",
    Asked.START: "darkorange",
    Asked.TELL: "darkcyan",
}
_STYLES = {
    None: "",
    Mark.WATCHED: ", peripheries=2",
    Mark.IDLE: ', style="rounded,dashed"',
    Mark.BLOCKED: ", color=red",
    Mark.MISSING: ', style="rounded,dotted", color=red',
}


def graph(chart: Chart, form: str) -> str:
    """The graph of one workflow, in one of FORMATS, ending in a newline."""
    drawn = {"dot": _dot, "mermaid": _mermaid}[form]
    return "\n".join(drawn(chart)) + "\n"


def _nested(chart: Chart) -> Iterator[tuple[int, str, bool]]:
    """Yield (depth, name, opens) per job; a box occurs twice, opening and closing."""
    jobs = chart.facts.jobs
    tops = [name for name in chart.facts.order if jobs[name].box is None]
    pending = [(0, name, True) for name in reversed(tops)]
    while pending:
        depth, name, opens = pending.pop()
        yield depth, name, opens
        members = chart.members(name)
        if opens and members:
            pending.append((depth, name, False))
            pending += ((depth + 1, member, True) for member in reversed(members))


def _dot(chart: Chart) -> Iterator[str]:
    """Graphviz: boxes are clusters; an edge to or from a box ends at its border."""
    asks = _asked_by(chart)
    yield f"digraph {_quoted(chart.title)} {{"
    yield "  compound=true; rankdir=LR; node [shape=box, style=rounded];"
    for key, value in schedule_of(chart.facts).items():
        yield f"  {key}={_quoted(value)};"
    yield from _dot_jobs(chart, asks)
    for name in chart.missing:
        style = _STYLES[chart.mark(name)]
        yield f"  {_quoted(name)}[label={_quoted(name)}{style}, class=missing];"
    for gate in chart.gates.values():
        label = _quoted(f"{gate.job} {gate.said}")
        yield f"  {_quoted(gate.name)}[label={label}, shape=cds, color=darkcyan, class=gate];"
    yield from _dot_edges(chart, asks)
    yield "}"


def _dot_jobs(chart: Chart, asks: Mapping[str, Asks]) -> Iterator[str]:
    jobs = chart.facts.jobs
    for depth, name, opens in _nested(chart):
        pad = "  " * (depth + 1)
        members = chart.members(name)
        if not opens:
            yield f"{pad}}}"
            continue
        said = dict(LEFT_OUT)
        if name in jobs:
            inside = [jobs[member] for member in members if member in jobs]
            said = attributes_of(jobs[name], inside, asks[name])
        if members:
            yield f"{pad}subgraph {_quoted(f'cluster {name}')} {{"
            for key, value in {"label": name, **said}.items():
                yield f"{pad}  {key}={_quoted(value)};"
        else:
            more = "".join(f", {key}={_quoted(value)}" for key, value in said.items())
            style = _STYLES[chart.mark(name)]
            yield f"{pad}{_quoted(name)}[label={_quoted(name)}{style}{more}];"


def _dot_edges(chart: Chart, asks: Mapping[str, Asks]) -> Iterator[str]:
    for upstream, downstream, asked in chart.edges:
        ends = [_leaf(chart, name) for name in (upstream, downstream)]
        options = [f"color={_COLOURS[asked]}"]
        word = asks[downstream].words.get(upstream) if downstream in asks else None
        if word is not None and word != "success":
            options.append(f"when={word}")
        for key, name in (("ltail", upstream), ("lhead", downstream)):
            if chart.members(name):
                options.append(f"{key}={_quoted(f'cluster {name}')}")
        yield f"  {_quoted(ends[0])} -> {_quoted(ends[1])}[{', '.join(options)}];"


def _asked_by(chart: Chart) -> dict[str, Asks]:
    """What each job and box asks of those from which edges lead to it."""
    upstream: dict[str, set[str]] = {name: set() for name in chart.facts.jobs}
    for edge in chart.edges:
        if edge.downstream in upstream and edge.upstream not in chart.gates:
            upstream[edge.downstream].add(edge.upstream)
    jobs = chart.facts.jobs
    return {name: asks_of(jobs[name], frozenset(found)) for name, found in upstream.items()}


def _leaf(chart: Chart, name: str) -> str:
    """The first job inside a box, because Graphviz joins nodes only; else the job itself."""
    while members := chart.members(name):
        name = members[0]
    return name


def _mermaid(chart: Chart) -> Iterator[str]:
    yield "---"
    yield f"title: {to_json(chart.title)}"
    yield "---"
    yield "flowchart LR"
    ids = {name: f"n{number}" for number, name in enumerate(chart.names)}
    for depth, name, opens in _nested(chart):
        pad = "  " * (depth + 1)
        if not chart.members(name):
            if opens:
                yield f"{pad}{ids[name]}[{_escaped(name)}]:::{_word(chart.mark(name))}"
        elif opens:
            yield f"{pad}subgraph {ids[name]}[{_escaped(name)}]"
        else:
            yield f"{pad}end"
    for name in chart.missing:
        yield f"  {ids[name]}[{_escaped(name)}]:::{_word(chart.mark(name))}"
    for gate in chart.gates.values():
        yield f"  {ids[gate.name]}>{_escaped(f'{gate.job} {gate.said}')}]:::gate"
    for upstream, downstream, asked in chart.edges:
        arrow = "-->" if asked is Asked.SUCCESS else f"-. {asked.value} .->"
        yield f"  {ids[upstream]} {arrow} {ids[downstream]}"
    yield "  classDef blocked stroke:#c00"
    yield "  classDef missing stroke:#c00,stroke-dasharray:2"
    yield "  classDef idle stroke-dasharray:4"
    yield "  classDef watched stroke:#63c,stroke-width:2px"
    yield "  classDef gate stroke:#088"
    yield "  classDef job stroke:#444"


def _word(mark: Mark | None) -> str:
    return mark.value if mark else "job"


def graph_json(chart: Chart) -> dict[str, Any]:
    """The graph of one workflow as JSON values."""
    jobs = chart.facts.jobs
    nodes = [
        {
            "name": name,
            "box": jobs[name].box if name in jobs else None,
            "kind": jobs[name].kind.value if name in jobs else "missing",
            "mark": mark.value if (mark := chart.mark(name)) else None,
        }
        for name in chart.names
        if name not in chart.gates
    ]
    edges = [
        {"upstream": upstream, "downstream": downstream, "asks": asked.value}
        for upstream, downstream, asked in chart.edges
        if not {upstream, downstream} & chart.gates.keys()
    ]
    gates = [
        {"job": gate.job, "kind": gate.kind.value, "says": gate.said}
        for gate in chart.gates.values()
    ]
    data = {"workflow": chart.title, "jobs": nodes, "edges": edges}
    return {**data, "gates": gates} if gates else data


# ---------------------------------------------------------------- the workflows of an estate


def overview_graph(rows: Sequence[WorkflowRow], links: Links, form: str) -> str:
    """The graph of all workflows, in one of FORMATS, ending in a newline."""
    drawn = {"dot": _dot_overview, "mermaid": _mermaid_overview}[form]
    return "\n".join(drawn(rows, links)) + "\n"


def _dot_overview(rows: Sequence[WorkflowRow], links: Links) -> Iterator[str]:
    yield 'digraph "Workflows" {'
    yield "  class=overview; rankdir=LR; node [shape=box, style=rounded];"
    for row in rows:
        label = _quoted(f"{row.title} ({said_start(row)})")
        yield f"  {_quoted(row.title)}[label={label}];"
    for link, cuts in links.of.items():
        ends = [_quoted(rows[number].title) for number in link[:2]]
        colour = _COLOURS[Asked.START if link.starts else Asked.WAIT]
        label, why = _quoted(_said(link, cuts)), _quoted("; ".join(cut.shown for cut in cuts))
        yield f"  {ends[0]} -> {ends[1]}[label={label}, tooltip={why}, color={colour}];"
    yield "}"


def _mermaid_overview(rows: Sequence[WorkflowRow], links: Links) -> Iterator[str]:
    yield from ("---", "title: Workflows", "---", "flowchart LR")
    for number, row in enumerate(rows):
        yield f"  n{number}[{_escaped(f'{row.title} ({said_start(row)})')}]"
    for link, cuts in links.of.items():
        arrow = "==>" if link.starts else "-.->"
        yield f"  n{link.upstream} {arrow}|{_escaped(_said(link, cuts))}| n{link.downstream}"


def overview_json(rows: Sequence[WorkflowRow], links: Links) -> dict[str, Any]:
    """The graph of all workflows as JSON values."""
    workflows = [
        {"name": row.title, "folder": row.folder, "start": row.start, "clock": row.clock or None}
        for row in rows
    ]
    found = [
        {
            "upstream": rows[link.upstream].title,
            "downstream": rows[link.downstream].title,
            "kind": "start" if link.starts else "wait",
            "cuts": [{"job": cut.job, "condition": cut.shown} for cut in cuts],
        }
        for link, cuts in links.of.items()
    ]
    return {"workflows": workflows, "links": found}


def _said(link: Link, cuts: Sequence[Cut]) -> str:
    """What an edge between workflows says: which job waits."""
    more = f" and {len(cuts) - 1} more" if cuts[1:] else ""
    return "starts" if link.starts else f"{cuts[0].job}{more} waits"


def _quoted(text: str) -> str:
    """A string of the DOT language. A quote or a backslash in it follows a backslash."""
    clean = "".join(c if c in "\n\t" else printable(c) for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    """A Mermaid label; characters other than letters and digits are escaped."""
    return '"' + "".join(c if c.isalnum() or c in "._-+ /" else f"#{ord(c)};" for c in text) + '"'
