"""What a project says, in either version of the format: flows and their nodes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from transpile.model import Blocked
from transpile.sources.text import Span

FLOW_TYPE, NOOP_TYPE, COMMAND_TYPE = "flow", "noop", "command"


class FailureAction(Enum):
    """What becomes of the rest of a flow when a job of it has failed."""

    FINISH_RUNNING = "finish_currently_running"
    FINISH_POSSIBLE = "finish_all_possible"
    CANCEL_ALL = "cancel_all"


class Value(NamedTuple):
    """The value of a property, and where it stands."""

    text: str
    span: Span


Props = Mapping[str, Value]
"""Properties by key."""


class Reference(NamedTuple):
    """The name of another node, and where it stands."""

    name: str
    span: Span


@dataclass(slots=True)
class Node:
    """A job, or a flow inside a flow (`inner`). `folder` is the one that it runs in.

    `own` are its properties, `shared` those of its folder's files, which count least of all.
    `problem` says why it cannot be told what it does.
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


@dataclass(slots=True)
class Flow:
    """A flow; `config` are the properties that all its nodes see, `own` what it says about itself.

    `refused`: it would not load.
    """

    name: str
    span: Span
    nodes: dict[str, Node]
    config: Props = field(default_factory=dict)
    trigger: "Trigger | None" = None
    own: Props = field(default_factory=dict)
    refused: bool = False

    def every_node(self) -> Iterator[Node]:
        """The nodes, and those of the flows inside."""
        for node in self.nodes.values():
            yield node
            if node.inner is not None:
                yield from node.inner.every_node()


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a flow starts by itself: by Quartz's `cron`, once all `dependencies` are there."""

    span: Span
    cron: Value
    dependencies: tuple[Reference, ...] = ()


def all_above(name: str, parents_of: Callable[[str], Iterable[str]]) -> set[str]:
    """The names of all that a node waits for, at once or through others."""
    pending, found = [*parents_of(name)], set[str]()
    while pending:
        other = pending.pop()
        if other not in found:
            found.add(other)
            pending += parents_of(other)
    return found
