"""Reads drawings of Graphviz: nodes are jobs, edges say what comes first, clusters are boxes."""

from collections.abc import Iterator

from transpile.dialects.joblist.codes.jobs import JobWithoutName
from transpile.dialects.joblist.codes.lists import (
    DrawingLeavesOut,
    ListGuessed,
    ListRefused,
    SpareColumns,
)
from transpile.dialects.joblist.dot_graph import Attributes, Drawing, Edge, Node, drawing_of
from transpile.dialects.joblist.dot_syntax import LAYOUT, name_of_cluster, parse_drawing
from transpile.dialects.joblist.keys import ENVIRONMENT, plain_key
from transpile.dialects.joblist.model import Entry, JobList, Reference
from transpile.dialects.joblist.settings import ListSettings
from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import Refusal
from transpile.findings.codes.reading import EmptySource, StrayText, WrongValue
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source

_LEFT_OUT = "leftout"
_OVERVIEW, _GATE, _MISSING = "overview", "gate", "missing"
"""Classes by which drawings of `transpile graph` mark what is no job."""

_FOR_NODES = ("command", "retries", "timeout", "when", "type")


def read_drawings(
    source: Source, settings: ListSettings, title: str, diagnostics: Diagnostics
) -> Iterator[JobList]:
    """The list of each graph of a file, without overviews of workflows."""
    try:
        graphs = parse_drawing(source.text, source.label)
        for number, graph in enumerate(graphs, 1):
            drawing = drawing_of(graph, source.label)
            if not drawing.is_directed:
                reason = "the edges of this kind of graph have no direction: write digraph and ->"
                raise Refusal(reason, drawing.span)
            own_title = drawing.name or (f"{title}_{number}" if number > 1 else title)
            if not _is_of(drawing.attributes, _OVERVIEW):
                yield _GraphReader(drawing, settings, own_title, diagnostics).read()
    except Refusal as refusal:
        diagnostics.add(ListRefused(reason=refusal.reason), refusal.span)


def _is_of(attributes: Attributes, kind: str) -> bool:
    """True for a node or a graph of a class."""
    classes = attributes.get("class")
    return classes is not None and kind in classes.text.split()


class _GraphReader:
    def __init__(
        self, drawing: Drawing, settings: ListSettings, title: str, diagnostics: Diagnostics
    ) -> None:
        self._drawing = drawing
        self._meanings = settings.meanings
        self._diagnostics = diagnostics
        self._named = {plain_key(key) for key in settings.columns.values()}
        self._list = JobList(title, drawing.span)
        self._boxes: dict[str, str] = {}
        self._guesses: dict[str, None] = {}
        self._hidden = 0
        compound = drawing.attributes.get("compound")
        self._has_borders = compound is not None and compound.text == "true"

    def read(self) -> JobList:
        """The list of the graph."""
        self._read_root()
        self._read_clusters()
        for name, node in self._drawing.nodes.items():
            self._read_node(name, node)
        for edge in self._drawing.edges:
            self._read_edge(edge)
        if self._hidden:
            self._guesses[f"invisible edges are left out: {self._hidden}"] = None
        if self._guesses:
            said = ", ".join(self._guesses)
            self._diagnostics.add(ListGuessed(guesses=said), self._list.span, text=said)
        if not self._list.jobs:
            self._diagnostics.add(EmptySource(), self._list.span)
        return self._list

    def _read_root(self) -> None:
        for key, value in self._drawing.attributes.items():
            meaning = self._meaning(key)
            if meaning == "schedule":
                self._list.schedule = value
            elif meaning == "timezone":
                self._list.timezone = value
            elif plain_key(key) == _LEFT_OUT:
                found = DrawingLeavesOut(name=self._list.title, what=value.text)
                self._diagnostics.add(found, value.span, text=value.text)
            elif meaning in _FOR_NODES:
                stray = StrayText(text=f"{key}={value.text}")
                self._diagnostics.add(stray, value.span, help="write it into the nodes")
            else:
                self._list.noted += 1

    def _read_clusters(self) -> None:
        """Make boxes of clusters, called like their labels, or, where one repeats, like them."""
        clusters = self._drawing.clusters
        taken: set[str] = set()
        for identifier, cluster in clusters.items():
            label = cluster.attributes.get("label")
            name = label.text if label and label.text else name_of_cluster(identifier)
            self._boxes[identifier] = identifier if name in taken else name
            taken.add(self._boxes[identifier])
        for identifier, cluster in clusters.items():
            around = self._boxes[cluster.around] if cluster.around else None
            box = Entry(self._boxes[identifier], cluster.span, around, is_box=True)
            self._fill(box, cluster.attributes)
            self._list.boxes[box.name] = box

    def _read_node(self, name: str, node: Node) -> None:
        if _is_of(node.attributes, _MISSING) or _is_of(node.attributes, _GATE):
            return
        if not name:
            self._diagnostics.add(JobWithoutName(text='""'), node.span, text='""')
            return
        box = self._boxes[node.cluster] if node.cluster else None
        if node.others:
            spare = SpareColumns(
                meaning=f"box of {name}",
                first=box or "",
                others=", ".join(self._boxes[other] for other in node.others),
            )
            self._diagnostics.add(spare, next(iter(node.others.values())), text=name)
        entry = self._list.jobs[name] = Entry(name, node.span, box)
        self._fill(entry, node.attributes)

    def _meaning(self, key: str) -> str | None:
        """The meaning of an attribute; Graphviz has some of the guesses for its layout."""
        plain = plain_key(key)
        if plain in LAYOUT and plain not in self._named:
            return None
        return self._meanings.of(key)

    def _fill(self, entry: Entry, attributes: Attributes) -> None:
        """Give the entry what the attributes say."""
        for key, value in attributes.items():
            plain, meaning = plain_key(key), self._meaning(key)
            if plain == _LEFT_OUT:
                entry.left_out = value
            elif plain in ENVIRONMENT:
                entry.environment = _variables(value.text)
            elif meaning == "after":
                entry.after.append(Reference(*value, is_exact=False))
            elif meaning not in (None, "name", "number", "box"):
                entry.values[meaning or ""] = value
                if plain != meaning and meaning not in self._meanings.named:
                    self._guesses[f"{meaning} = {key}"] = None
            elif plain == "label" and value.text in (entry.name, "\\N", ""):
                continue
            elif plain in LAYOUT:
                self._list.noted += 1
            else:
                entry.notes.append((key, value.text))

    def _read_edge(self, edge: Edge) -> None:
        attributes = edge.attributes
        style = attributes.get("style")
        if style is not None and "invis" in style.text:
            self._hidden += 1
            return
        tail, tail_is_box = self._end(edge, edge.tail, "ltail")
        head, head_is_box = self._end(edge, edge.head, "lhead")
        entry = (self._list.boxes if head_is_box else self._list.jobs).get(head)
        if _is_of(self._drawing.nodes[edge.tail].attributes, _GATE) or entry is None:
            self._shut(edge, entry)
            return
        if not tail:
            entry.unknown = JobWithoutName(text='""')
            return
        when: Value | None = None
        for key, value in attributes.items():
            if self._meaning(key) == "when":
                when = value
            elif key == "dir" and value.text != "forward":
                wrong = WrongValue(key=key, value=value.text, expected="forward")
                self._diagnostics.add(wrong, value.span, job=head, text=value.text)
            elif plain_key(key) in LAYOUT:
                self._list.noted += 1
            else:
                entry.notes.append((f"{key} of {tail} -> {head}", value.text))
        entry.after.append(Reference(tail, edge.span, when=when, is_box=tail_is_box))

    def _end(self, edge: Edge, node: str, key: str) -> tuple[str, bool]:
        """What an end of an edge stands for, and whether that is a box whose border it touches."""
        border = edge.attributes.get(key)
        if not self._has_borders or border is None:
            return node, False
        inside = border.text in self._drawing.around(self._drawing.nodes[node].cluster)
        return (self._boxes[border.text], True) if inside else (node, False)

    def _shut(self, edge: Edge, entry: Entry | None) -> None:
        """Keep a job from running that waits for another workflow: a drawing cannot say it."""
        attributes = self._drawing.nodes[edge.tail].attributes
        if entry is not None and entry.left_out is None:
            entry.left_out = attributes.get("label") or Value(edge.tail, edge.span)


def _variables(text: str) -> tuple[tuple[str, str], ...]:
    """The variables of lines such as NAME=value."""
    pairs = (line.partition("=") for line in text.split("\n") if line)
    return tuple((name, value) for name, _, value in pairs)
