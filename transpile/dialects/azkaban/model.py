"""Flows and their nodes as a project defines them, in either version of the format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from transpile.dialects.kit.values import Value
from transpile.model import Blocked
from transpile.sources.text import Span

FLOW_TYPE, NOOP_TYPE, COMMAND_TYPE = "flow", "noop", "command"

MOST_NODES = 5_000
"""Maximum number of nodes in a flow: aliases and embedded flows can multiply without end."""


class FailureAction(Enum):
    """What happens to the other jobs of a flow after a failure."""

    FINISH_RUNNING = "finish_currently_running"
    FINISH_POSSIBLE = "finish_all_possible"
    CANCEL_ALL = "cancel_all"


Props = Mapping[str, Value]
"""Properties by key."""


class Reference(NamedTuple):
    """The name of another node with its position."""

    name: str
    span: Span


@dataclass(slots=True)
class Node:
    """A job, or an embedded flow (`inner`). `folder` is its working directory.

    Its `own` properties take precedence over the `shared` ones of its folder's .properties files.
    `problem` says why it has no translation.
    """

    name: str
    span: Span
    type: str
    own: Props
    shared: Props = field(default_factory=dict)
    dependencies: tuple[Reference, ...] = ()
    condition: Value | None = None
    inner: "Flow | None" = None
    folder: str = ""
    problem: Blocked | None = None

    @property
    def parents(self) -> list[str]:
        """The names of the nodes that it depends on."""
        return [reference.name for reference in self.dependencies]

    @property
    def properties(self) -> Props:
        """Its own properties and those of its folder."""
        return {**self.shared, **self.own}


@dataclass(slots=True)
class Flow:
    """A flow. `config` holds the properties that its nodes inherit, `own` those of the flow itself.

    Azkaban does not load a `refused` flow.
    """

    name: str
    span: Span
    nodes: dict[str, Node]
    config: Props = field(default_factory=dict)
    trigger: "Trigger | None" = None
    own: Props = field(default_factory=dict)
    refused: bool = False

    def every_node(self) -> Iterator[Node]:
        """The nodes of the flow and of all flows inside it."""
        for node in self.nodes.values():
            yield node
            if node.inner is not None:
                yield from node.inner.every_node()


@dataclass(frozen=True, slots=True)
class Trigger:
    """The start of a flow by a Quartz `cron` expression, once all `dependencies` are available."""

    span: Span
    cron: Value
    dependencies: tuple[Reference, ...] = ()


@dataclass(slots=True)
class FlowPlan:
    """What only the engine over days needs of a flow; jobs by their names in the network.

    `cron` is the Quartz expression that starts it, `data` names what it waits for then. The flow
    fails when one of the `fatal` jobs does. `backoff` has the seconds before a job is tried again,
    `children` the nodes that depend on a node. The conditions of `unread` jobs never hold, or have
    no translation.
    """

    action: FailureAction = FailureAction.FINISH_RUNNING
    cron: str | None = None
    data: tuple[str, ...] = ()
    fatal: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    backoff: dict[str, float] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)


def upstream_of(name: str, nodes: Mapping[str, Node]) -> set[str]:
    """The names of all nodes upstream of a node; undefined ones are left out."""
    pending, found = [name], set[str]()
    while pending:
        for parent in nodes[pending.pop()].parents:
            if parent in nodes and parent not in found:
                found.add(parent)
                pending.append(parent)
    return found
