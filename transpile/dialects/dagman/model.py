"""What a DAG file says: nodes, edges and splices."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from transpile.dialects.dagman.lines import Inline
from transpile.sources.text import Span


class NodeKind(Enum):
    """The kinds of nodes, named like their commands."""

    JOB = "JOB"
    FINAL = "FINAL"
    SERVICE = "SERVICE"
    PROVISIONER = "PROVISIONER"
    SUBDAG = "SUBDAG EXTERNAL"


ORDINARY = (NodeKind.JOB, NodeKind.SUBDAG)
"""Kinds of nodes that edges may join and that ALL_NODES means."""


@dataclass(slots=True)
class Script:
    """A PRE, POST or HOLD script; `text` is its command line.

    With `defer`, an exit code and seconds, it runs again that long after it exits so.
    """

    text: str
    span: Span
    defer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Throttle:
    """PRIORITY or CATEGORY of a node."""

    keyword: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of VARS: set before the submit description is read or, with APPEND, after it."""

    value: str
    appended: bool = False


@dataclass(slots=True)
class Node:
    """A node with everything that commands say about it.

    The node runs in `folder`. `splice` is the innermost splice around it, `dag` the DAG of a
    SUBDAG node. `abort` holds the exit code, the RETURN value and the place of ABORT-DAG-ON. Nodes
    of one `category` share a limit; of those, nodes with a higher `priority` start first.
    """

    name: str
    kind: NodeKind
    span: Span
    file: str = ""
    inline: Inline | None = None
    folder: str = ""
    noop: bool = False
    done: bool = False
    scripts: dict[str, Script] = field(default_factory=dict)
    retries: int = 0
    unless: int | None = None
    abort: tuple[int, int | None, Span] | None = None
    variables: dict[str, Macro] = field(default_factory=dict)
    skip: int | None = None
    tolerance: int = 0
    tolerates_percent: bool = False
    throttles: list[Throttle] = field(default_factory=list)
    category: str | None = None
    priority: int = 0
    splice: str | None = None
    dag: "Dag | None" = None


@dataclass(frozen=True, slots=True)
class Edges:
    """Every child waits for the success of every parent or, if `weak`, only for its end."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    weak: bool
    span: Span


@dataclass(slots=True)
class Splice:
    """A DAG inside another one: the names of its first and last nodes, and its pins."""

    span: Span
    initial: tuple[str, ...]
    terminal: tuple[str, ...]
    pins_in: dict[int, list[str]]
    pins_out: dict[int, list[str]]
    parent: str | None = None


@dataclass(slots=True)
class Dag:
    """A DAG file with its includes and splices. Edges may name splices.

    `limits` has how many nodes of a category run at a time. `inside` identifies the other files
    that it consists of. DAGMan does not run a DAG that is `refused`.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edges] = field(default_factory=list)
    splices: dict[str, Splice] = field(default_factory=dict)
    descriptions: dict[str, Inline] = field(default_factory=dict)
    pins_in: dict[int, list[str]] = field(default_factory=dict)
    pins_out: dict[int, list[str]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    refused: bool = False

    def first(self, kind: NodeKind) -> Node | None:
        """The first node of this kind."""
        return next((node for node in self.nodes.values() if node.kind is kind), None)

    def merge(self, inner: "Dag", prefix: str, splice: str | None = None) -> None:
        """Add the nodes, edges and splices of another DAG, `prefix` before each name.

        They become part of `splice`.
        """

        def renamed(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(f"{prefix}{name}" for name in names)

        def within(around: str | None) -> str | None:
            return f"{prefix}{around}" if around else splice

        for name, found in inner.splices.items():
            self.splices[f"{prefix}{name}"] = replace(
                found,
                initial=renamed(found.initial),
                terminal=renamed(found.terminal),
                parent=within(found.parent),
            )
        for node in inner.nodes.values():
            if node.inline is None:
                node.inline = inner.descriptions.get(node.file)
            node.name, node.splice = f"{prefix}{node.name}", within(node.splice)
            node.category = node.category and _scoped(node.category, prefix)
            self.nodes[node.name] = node
        self.limits |= {_scoped(name, prefix): most for name, most in inner.limits.items()}
        self.edges += (
            Edges(renamed(e.parents), renamed(e.children), e.weak, e.span) for e in inner.edges
        )

    def initial(self, names: Iterable[str], kept: Collection[str] = ()) -> list[str]:
        """The names, with each splice that is not in `kept` replaced by its first nodes."""
        return self._ends(names, kept, lambda splice: splice.initial)

    def terminal(self, names: Iterable[str], kept: Collection[str] = ()) -> list[str]:
        """The names, with each splice that is not in `kept` replaced by its last nodes."""
        return self._ends(names, kept, lambda splice: splice.terminal)

    def _ends(
        self, names: Iterable[str], kept: Collection[str], side: Callable[[Splice], tuple[str, ...]]
    ) -> list[str]:
        found: dict[str, None] = {}
        for name in names:
            splice = self.splices.get(name) if name not in kept else None
            found.update(dict.fromkeys(side(splice) if splice else (name,)))
        return list(found)


Limit: TypeAlias = tuple[str, str, int]
"""A DAG that counts for itself, a category of its nodes, and how many of their jobs may run."""


@dataclass(slots=True)
class DagPlan:
    """What only the engine over days needs of a DAG; nodes by the names of their jobs.

    `limits` has the nodes of limited categories. Nodes with a higher number in `priorities` go
    first. `defers` has the exit code and the seconds of each script with DEFER, by node and kind.
    `subdags` are the nodes that run a DAG.
    """

    limits: dict[str, Limit] = field(default_factory=dict)
    priorities: dict[str, int] = field(default_factory=dict)
    defers: dict[str, tuple[int, int]] = field(default_factory=dict)
    subdags: set[str] = field(default_factory=set)


def _scoped(category: str, prefix: str) -> str:
    """The name of a category outside of its splice; one that begins with + is the same in all."""
    return category if category.startswith("+") else f"{prefix}{category}"
