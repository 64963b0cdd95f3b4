"""The jobs of a network and what they wait for, as text that other programs draw."""

import json
from collections.abc import Iterator

from transpile.ir import (
    Dependency,
    ExitCode,
    InitialStatus,
    Job,
    Network,
    Status,
    StatusTest,
    atoms,
)

FORMATS = ("dot", "mermaid", "json")

_COLOURS = {"success": "black", "end": "blue", "failure": "red", "order": "gray"}
_TESTS = {
    StatusTest.SUCCESS: "success",
    StatusTest.DONE: "end",
    StatusTest.FAILURE: "failure",
    StatusTest.TERMINATED: "failure",
}


def graph(network: Network, title: str, form: str) -> str:
    """The graph of one workflow's network, in one of FORMATS, ending in a newline."""
    drawn = {"dot": _dot, "mermaid": _mermaid, "json": _json}[form]
    return "\n".join(drawn(network, title)) + "\n"


def _edges(network: Network) -> Iterator[tuple[str, str, str]]:
    """(upstream, downstream, what is asked): success, end, failure, code or order; a pair once."""
    found: dict[tuple[str, str], str] = {}
    for dependency in network.dependencies:
        if dependency.edge:
            asked = "order" if dependency.exclusion else _asked(network, dependency)
            found.setdefault((dependency.upstream, dependency.downstream), asked)
    for (upstream, downstream), asked in found.items():
        yield upstream, downstream, asked


def _asked(network: Network, dependency: Dependency) -> str:
    job = network.jobs[dependency.downstream]
    conditions = [job.condition]
    if job.box_rule:
        conditions += [job.box_rule.success, job.box_rule.failure]
    for atom in (atom for condition in conditions for atom in atoms(condition)):
        if isinstance(atom, ExitCode) and atom.job == dependency.upstream:
            return "code"
        if isinstance(atom, Status) and atom.job == dependency.upstream:
            return _TESTS.get(atom.test, "order")
    return "order"


def _missing(network: Network) -> list[str]:
    """Jobs that conditions name and that are nowhere."""
    names = (d.upstream for d in network.dependencies if d.edge and d.missing)
    return list(dict.fromkeys(names))


def _style(job: Job) -> str:
    if job.held_up or job.never_ends:
        return "blocked"
    return "idle" if job.status is not InitialStatus.ACTIVE else "job"


def _nested(network: Network) -> Iterator[tuple[int, str, bool]]:
    """(depth, name, opens): each box once where it opens and once where it closes."""
    tops = [name for name in network.order if network.jobs[name].box is None]
    pending = [(0, name, True) for name in reversed(tops)]
    while pending:
        depth, name, opens = pending.pop()
        yield depth, name, opens
        members = network.members.get(name, ())
        if opens and members:
            pending.append((depth, name, False))
            pending += ((depth + 1, member, True) for member in reversed(members))


def _dot(network: Network, title: str) -> Iterator[str]:
    """Graphviz: boxes are clusters; an edge to or from a box ends at its border."""
    yield f"digraph {_quoted(title)} {{"
    yield "  compound=true; rankdir=LR; node [shape=box, style=rounded];"
    styles = {"blocked": ", color=red", "idle": ", style=dashed", "job": ""}
    for depth, name, opens in _nested(network):
        pad = "  " * (depth + 1)
        if not network.members.get(name):
            if opens:
                style = styles[_style(network.jobs[name])]
                yield f"{pad}{_quoted(name)}[label={_quoted(name)}{style}];"
        elif opens:
            yield f"{pad}subgraph {_quoted(f'cluster {name}')} {{"
            yield f"{pad}  label={_quoted(name)};"
        else:
            yield f"{pad}}}"
    for name in _missing(network):
        yield f"  {_quoted(name)}[label={_quoted(name)}, style=dotted, color=red];"
    for upstream, downstream, asked in _edges(network):
        ends = [_leaf(network, name) for name in (upstream, downstream)]
        options = [f"color={_COLOURS.get(asked, 'purple')}"]
        for key, name in (("ltail", upstream), ("lhead", downstream)):
            if network.members.get(name):
                options.append(f"{key}={_quoted(f'cluster {name}')}")
        yield f"  {_quoted(ends[0])} -> {_quoted(ends[1])}[{', '.join(options)}];"
    yield "}"


def _leaf(network: Network, name: str) -> str:
    """A job inside the box, for Graphviz draws edges between nodes only."""
    while members := network.members.get(name):
        name = members[0]
    return name


def _mermaid(network: Network, title: str) -> Iterator[str]:
    yield "---"
    yield f"title: {json.dumps(title)}"
    yield "---"
    yield "flowchart LR"
    ids = {name: f"n{number}" for number, name in enumerate((*network.order, *_missing(network)))}
    for depth, name, opens in _nested(network):
        pad = "  " * (depth + 1)
        if not network.members.get(name):
            if opens:
                yield f"{pad}{ids[name]}[{_escaped(name)}]:::{_style(network.jobs[name])}"
        elif opens:
            yield f"{pad}subgraph {ids[name]}[{_escaped(name)}]"
        else:
            yield f"{pad}end"
    for name in _missing(network):
        yield f"  {ids[name]}[{_escaped(name)}]:::blocked"
    for upstream, downstream, asked in _edges(network):
        arrow = "-->" if asked == "success" else f"-. {asked} .->"
        yield f"  {ids[upstream]} {arrow} {ids[downstream]}"
    yield "  classDef blocked stroke:#c00"
    yield "  classDef idle stroke-dasharray:4"
    yield "  classDef job stroke:#444"


def _json(network: Network, title: str) -> Iterator[str]:
    nodes = [
        {"name": name, "box": network.jobs[name].box, "kind": network.jobs[name].kind.value}
        for name in network.order
    ]
    nodes += [{"name": name, "box": None, "kind": "missing"} for name in _missing(network)]
    edges = [
        {"upstream": upstream, "downstream": downstream, "asks": asked}
        for upstream, downstream, asked in _edges(network)
    ]
    yield json.dumps(
        {"workflow": title, "jobs": nodes, "edges": edges}, indent=1, ensure_ascii=False
    )


def _quoted(text: str) -> str:
    """A string of the DOT language."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    """A Mermaid label: everything but plain letters as character codes."""
    return '"' + "".join(c if c.isalnum() or c in "._-+ /" else f"#{ord(c)};" for c in text) + '"'
