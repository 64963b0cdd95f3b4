"""What a DAG file says: nodes, edges, splices."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from transpile.dialects.dagman.lines import Inline
from transpile.sources.text import Span


class NodeKind(Enum):
    """What a node is."""

    JOB = "JOB"
    FINAL = "FINAL"
    SERVICE = "SERVICE"
    PROVISIONER = "PROVISIONER"
    SUBDAG = "SUBDAG EXTERNAL"


@dataclass(slots=True)
class Script:
    """A PRE, POST or HOLD script; `text` is the rest of its line."""

    text: str
    span: Span
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A command about a node that has no place of its own on Flyte."""

    keyword: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Macro:
    """What VARS gives a macro. It stands in front of the submit description, or `behind` it."""

    value: str
    behind: bool = False


@dataclass(slots=True)
class Node:
    """A node, with all that other commands say about it. `folder` is where it runs."""

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
    settings: list[Setting] = field(default_factory=list)
    splice: str | None = None
    dag: "Dag | None" = None
    """`splice` is the innermost splice around it; `dag` what the file of a SUBDAG says."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Every parent stands before every child; `weak` ones only have to have ended."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    weak: bool
    span: Span


@dataclass(slots=True)
class Splice:
    """A DAG put into another one: the names of the nodes in which it begins and ends."""

    span: Span
    initial: tuple[str, ...]
    terminal: tuple[str, ...]
    pins_in: dict[int, list[str]]
    pins_out: dict[int, list[str]]
    parent: str | None = None


@dataclass(slots=True)
class Dag:
    """A DAG file with everything that it includes. `refused`: the engine would not run it.

    Edges may name splices. `inside` are the files that it is made of, apart from its own.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edges] = field(default_factory=list)
    splices: dict[str, Splice] = field(default_factory=dict)
    descriptions: dict[str, Inline] = field(default_factory=dict)
    pins_in: dict[int, list[str]] = field(default_factory=dict)
    pins_out: dict[int, list[str]] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    refused: bool = False

    def take_in(self, inner: "Dag", lead: str, splice: str | None = None) -> None:
        """Put another DAG into this one, `lead` before each name, its nodes in that splice."""

        def renamed(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(f"{lead}{name}" for name in names)

        def within(around: str | None) -> str | None:
            return f"{lead}{around}" if around else splice

        for name, found in inner.splices.items():
            self.splices[f"{lead}{name}"] = replace(
                found,
                initial=renamed(found.initial),
                terminal=renamed(found.terminal),
                parent=within(found.parent),
            )
        for node in inner.nodes.values():
            if node.inline is None:
                node.inline = inner.descriptions.get(node.file)
            node.name, node.splice = f"{lead}{node.name}", within(node.splice)
            self.nodes[node.name] = node
        self.edges += (
            Edges(renamed(e.parents), renamed(e.children), e.weak, e.span) for e in inner.edges
        )

    def initial(self, names: Iterable[str], kept: Collection[str] = ()) -> list[str]:
        """The names, with the nodes in which it begins for each splice that is not `kept`."""
        return self._ends(names, kept, lambda splice: splice.initial)

    def terminal(self, names: Iterable[str], kept: Collection[str] = ()) -> list[str]:
        """The names, with the nodes in which it ends for each splice that is not `kept`."""
        return self._ends(names, kept, lambda splice: splice.terminal)

    def _ends(
        self,
        names: Iterable[str],
        kept: Collection[str],
        side: Callable[[Splice], tuple[str, ...]],
    ) -> list[str]:
        found: dict[str, None] = {}
        for name in names:
            splice = self.splices.get(name) if name not in kept else None
            found.update(dict.fromkeys(side(splice) if splice else (name,)))
        return list(found)
