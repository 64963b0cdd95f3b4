"""The lowered form of a group of jobs: workflows of nodes, with every decision made.

A target prints from it. It gives names, splits what is too large and knows its own limits; it does
not decide again who waits for whom, who reports a status or what a node looks at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple, TypeAlias

from transpile.lowering.entity_types import Type
from transpile.model import Alert, Blocked, Bound, Condition, Facts, Schedule, SettledJob


class Role(IntEnum):
    """What a node stands for.

    JOB: a job, or a box that is a workflow. START, END: the start or end of a box. MISSING: a job
    that is not in the estate. CHECK: the success of a job that reports a status. RESULT: the result
    of the whole workflow.
    """

    JOB = 0
    START = 1
    END = 2
    MISSING = 3
    CHECK = 4
    RESULT = 5


class Key(NamedTuple):
    """A node: its role, and the job, box or missing job that it is about.

    `code` is that of the finding about a missing job. `name` is empty for the result of a workflow
    that stands for no box.
    """

    role: Role
    name: str
    code: str = ""


class Deed(Enum):
    """What a node does when it is reached and its condition holds.

    RUN: the job's action. ENTER: the workflow of the box. CALL: the entity that stands for the job.
    SUCCEED: nothing, and succeeds. SKIP: nothing, and reports that the job did not run. START: lets
    the members of the box start. REQUIRE: fails if one of the statuses that it is handed is a
    failure. JUDGE: decides from them whether a workflow that tolerates failures has succeeded.
    """

    RUN = "run"
    ENTER = "enter"
    CALL = "call"
    SUCCEED = "succeed"
    SKIP = "skip"
    START = "start"
    REQUIRE = "require"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class BoxResult:
    """Computes the status of a box from the statuses of its members.

    A member that is None did not run. A failed one of `terminators` terminates the box. `success`
    and `failure` are the conditions of its rule; with `complete` one of the two always comes true.
    """

    members: Mapping[str, Key | None]
    terminators: tuple[str, ...] = ()
    success: Condition | None = None
    failure: Condition | None = None
    complete: bool = False


Does: TypeAlias = Deed | Blocked | BoxResult
"""What a node does; a blocked one fails with that code."""


class Handed(NamedTuple):
    """A status that a node is handed: of which vertex, and the node of its workflow that has it.

    `node` is None if the workflow itself is handed the status.
    """

    vertex: Key
    node: Key | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a workflow.

    It starts when the nodes that it is `after` have succeeded and those that hand it a status have
    ended. It looks at its `condition`, if it has one: unless it holds, nothing happens but that it
    reports so. An atom that asks whether a box has STARTED is about the start of that box; any
    other atom is about the end of its job. A node that `reports` ends well and returns the status;
    any other one fails where its job does. One that `gives` also returns the values that its job
    has for others; `takes` are the jobs whose values it is handed. `globals` are those that its
    condition names, the rule of its box, or the action of its job. `alerts` are what people hear of
    its end. `job` is None for a missing job and for the result of a workflow.
    """

    key: Key
    does: Does
    job: SettledJob | None = None
    after: tuple[Key, ...] = ()
    statuses: tuple[Handed, ...] = ()
    condition: Condition | None = None
    reports: bool = False
    gives: bool = False
    takes: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Alerts about one end of a job, or, where `job` is None, of the whole workflow."""

    alerts: tuple[Alert, ...]
    job: str | None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow: that of a box, or the outermost one.

    `nodes` are in dependency order, otherwise in source order. `boxes` are the boxes that it
    stands for: its own one, and those flattened into it. `on_failure` is what people hear when the
    workflow fails.
    """

    box: str | None
    nodes: tuple[Node, ...]
    boxes: tuple[str, ...] = ()
    on_failure: Told | None = None


@dataclass(frozen=True, slots=True)
class Global:
    """A global that jobs of the group use.

    `user` is the first of them. If it is `handed`, each of them may have the value from another
    job.
    """

    user: SettledJob
    handed: bool


@dataclass(frozen=True, slots=True)
class WantedInput:
    """A workflow input that entities are handed, with the default that a team wants, if any."""

    type: Type
    default: Bound | None


@dataclass(frozen=True, slots=True)
class WantedOutput:
    """An output of the outermost workflow that a team wants: what it is made of, and its type."""

    name: str
    bound: Bound
    type: Type


@dataclass(frozen=True, slots=True)
class Lowered:
    """The lowered form of one group of jobs.

    `facts` are those about the group. `workflows` come inner ones first, the outermost one
    last. `root` is the box that the outermost one stands for, if any; `whole` is the job that is
    the whole group. `schedule` starts it, and is that of the job `starter` where the group has none
    of its own. `apart` are pairs of jobs of which the second waits for the first only so as not to
    run at the same time. `crossed` has for each box flattened here the two jobs between which its
    wall would stand. `watched` are the jobs whose end something else looks at. `refused` are mapped
    jobs that no entity can stand for. `unheard` are boxes of whose end no node and no workflow
    tells. `alerts` are what people hear of the end of the whole. `globals` are those that its
    jobs use. `inputs` are those that entities are handed, `outputs` those that a team wants.
    """

    facts: Facts
    workflows: tuple[Workflow, ...]
    root: str | None = None
    whole: str | None = None
    schedule: Schedule | None = None
    starter: SettledJob | None = None
    apart: tuple[tuple[str, str], ...] = ()
    crossed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    watched: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    unheard: frozenset[str] = frozenset()
    alerts: tuple[Alert, ...] = ()
    globals: Mapping[str, Global] = field(default_factory=dict)
    inputs: Mapping[str, WantedInput] = field(default_factory=dict)
    outputs: tuple[WantedOutput, ...] = ()
