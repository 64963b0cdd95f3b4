"""A graph of Graphviz: its nodes, edges and clusters with all attributes that they have."""

from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from lark import Token, Tree

from transpile.dialects.joblist.dot_syntax import value_of
from transpile.dialects.joblist.model import MOST_EDGES, MOST_JOBS
from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import DEEPEST, Refusal
from transpile.sources.text import Span

Attributes: TypeAlias = MutableMapping[str, Value]
Part: TypeAlias = Tree[Token] | Token

_CLUSTER = "cluster"


@dataclass(slots=True)
class Node:
    """A node: where it occurs first, its attributes, and the cluster that it is in.

    `others` are clusters, apart from those around that one, in which it occurs, too.
    """

    span: Span
    attributes: Attributes
    cluster: str | None
    others: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class Cluster:
    """A cluster: where it stands, the one around it, and its own attributes."""

    span: Span
    around: str | None
    attributes: Attributes = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """An edge; its place is that of the statement's part for its head."""

    tail: str
    head: str
    span: Span
    attributes: Attributes


@dataclass(slots=True)
class Drawing:
    """A graph; `name` is empty if it has none."""

    name: str
    span: Span
    is_directed: bool
    attributes: Attributes = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def around(self, cluster: str | None) -> Iterator[str]:
        """The cluster and those around it, from the inside out."""
        while cluster is not None:
            yield cluster
            cluster = self.clusters[cluster].around


@dataclass(slots=True)
class _Scope:
    """A graph or subgraph: its defaults, the cluster that its nodes are in, its attributes."""

    nodes: Attributes
    edges: Attributes
    cluster: str | None
    own: Attributes
    members: dict[str, None] = field(default_factory=dict)


def drawing_of(graph: Tree[Token], file: str) -> Drawing:
    """The graph of a tree. Raises Refusal."""
    parts = [part for part in graph.children if not _is(part, "STRICT")]
    kind = parts.pop(0)
    span = value_of(kind, file).span
    found = Drawing("", span, _is(kind, "DIGRAPH"))
    if parts and _is_identifier(parts[0]):
        found.name = value_of(parts.pop(0), file).text
    _Reader(file, found).read(parts, _Scope({}, {}, None, found.attributes), 0)
    return found


class _Reader:
    """Reads the statements of a graph. Its methods raise Refusal."""

    def __init__(self, file: str, drawing: Drawing) -> None:
        self._file = file
        self._drawing = drawing

    def read(self, parts: list[Part], scope: _Scope, depth: int) -> None:
        """Read statements in order: defaults hold for what follows them."""
        if depth > DEEPEST:
            reason = f"it is nested more than {DEEPEST} levels deep"
            raise Refusal(reason, self._drawing.span)
        for statement in parts:
            assert isinstance(statement, Tree)
            if statement.data == "assignment":
                key, value = (value_of(part, self._file) for part in statement.children)
                scope.own[key.text] = value
            elif statement.data == "defaults":
                kind, attributes = statement.children
                assert isinstance(kind, Token)
                kinds = {"GRAPH": scope.own, "NODE": scope.nodes, "EDGE": scope.edges}
                kinds[kind.type].update(self._attributes(attributes))
            else:
                self._chain(list(statement.children), scope, depth)

    def _chain(self, parts: list[Part], scope: _Scope, depth: int) -> None:
        """Read a node, a subgraph, or edges between several of them."""
        attributes: Attributes = {}
        if _is(parts[-1], "attributes"):
            attributes = self._attributes(parts.pop())
        ends = []
        for part in parts:
            if not _is(part, "EDGE_SIGN"):
                ends.append(self._endpoint(part, scope, depth))
            elif (part == "->") is not self._drawing.is_directed:
                sign = value_of(part, self._file)
                raise Refusal(f"unexpected {sign.text} in this kind of graph", sign.span)
        if len(ends) == 1 and not _is(parts[0], "subgraph"):
            (name,), _ = ends[0]
            self._drawing.nodes[name].attributes.update(attributes)
            return
        for (tails, _), (heads, span) in pairwise(ends):
            both: Attributes = ChainMap(dict(attributes), dict(scope.edges))
            edges = self._drawing.edges
            if len(edges) + len(tails) * len(heads) > MOST_EDGES:
                raise Refusal(f"it has more than {MOST_EDGES:,} edges", span)
            edges += (Edge(tail, head, span, both) for tail in tails for head in heads)

    def _endpoint(self, part: Part, scope: _Scope, depth: int) -> tuple[list[str], Span]:
        """The nodes that an end of an edge stands for, and its place."""
        if isinstance(part, Tree) and part.data == "subgraph":
            return self._subgraph(list(part.children), scope, depth)
        if isinstance(part, Tree) and part.data == "ported":
            part = part.children[0]
        name, span = value_of(part, self._file)
        node = self._drawing.nodes.get(name)
        if node is None:
            if len(self._drawing.nodes) == MOST_JOBS:
                raise Refusal(f"it has more than {MOST_JOBS:,} nodes", span)
            self._drawing.nodes[name] = Node(span, dict(scope.nodes), scope.cluster)
        elif scope.cluster is not None and scope.cluster != node.cluster:
            self._move(node, span, scope.cluster)
        scope.members[name] = None
        return [name], span

    def _move(self, node: Node, span: Span, cluster: str) -> None:
        """Put a node that occurs in one more cluster into the inner one of both."""
        if cluster in self._drawing.around(node.cluster):
            return
        if node.cluster is None or node.cluster in self._drawing.around(cluster):
            node.cluster = cluster
        else:
            node.others.setdefault(cluster, span)

    def _subgraph(self, parts: list[Part], scope: _Scope, depth: int) -> tuple[list[str], Span]:
        identifier, span = "", self._drawing.span
        if parts and _is(parts[0], "SUBGRAPH"):
            span = value_of(parts.pop(0), self._file).span
            if parts and _is_identifier(parts[0]):
                identifier, span = value_of(parts.pop(0), self._file)
        inner = _Scope(dict(scope.nodes), dict(scope.edges), scope.cluster, {})
        if identifier.startswith(_CLUSTER):
            # Subgraphs with the same name are one.
            clusters = self._drawing.clusters
            cluster = clusters.setdefault(identifier, Cluster(span, scope.cluster))
            inner.cluster, inner.own = identifier, cluster.attributes
        self.read(parts, inner, depth + 1)
        scope.members.update(inner.members)
        return list(inner.members), span

    def _attributes(self, tree: Part) -> Attributes:
        assert isinstance(tree, Tree)
        found: Attributes = {}
        for attribute in tree.children:
            assert isinstance(attribute, Tree)
            key, *values = (value_of(part, self._file) for part in attribute.children)
            # Graphviz: an attribute without a value is true.
            found[key.text] = values[0] if values else Value("true", key.span)
        return found


def _is(part: Part, kind: str) -> bool:
    """True for a token or a tree of a kind."""
    return (part.type if isinstance(part, Token) else part.data) == kind


def _is_identifier(part: Part) -> bool:
    """True for a name in front of statements, which are trees."""
    return isinstance(part, Token) or part.data == "joined"
