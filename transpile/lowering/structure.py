"""The lowered form of a group of jobs: workflows of nodes.

It holds the decisions who waits for whom, who reports a status and which conditions nodes check.
Targets add names and limits of their platform, split large workflows, and print.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple, TypeAlias

from transpile.lowering.entity_types import Type
from transpile.model import (
    Alert,
    Blocked,
    Bound,
    Condition,
    Cut,
    Facts,
    Heard,
    Schedule,
    SettledJob,
)


class Role(IntEnum):
    """What a node stands for.

    JOB: a job, or a box that is a workflow. START, END: the start or end of a box. MISSING: a job
    outside of the estate. CHECK: the success of a watched job. RESULT: the result of the whole.
    WAIT: what a job needs of other workflows. TELL: the end of a job that other workflows look at.
    NOT_BEFORE: the start time of a job in a box. LEGACY_START, LEGACY_END: the start and the end of
    a job or box about which the legacy side is told.
    """

    JOB = 0
    START = 1
    END = 2
    MISSING = 3
    CHECK = 4
    RESULT = 5
    WAIT = 6
    TELL = 7
    NOT_BEFORE = 8
    LEGACY_START = 9
    LEGACY_END = 10


class Key(NamedTuple):
    """A node: its role, and the job, box or missing job that it is about.

    `code` is that of the finding about a missing job. The result of a workflow without a box of its
    own has an empty `name`.
    """

    role: Role
    name: str
    code: str = ""


class Deed(Enum):
    """What a node does when it is reached and its condition holds.

    RUN: run the job's action. ENTER: run the workflow of the box. CALL: run the entity that stands
    for the job. SUCCEED: succeed at once. SKIP: report that the job did not run. START: start the
    members of the box. REQUIRE: fail if one of the given statuses is a failure. JUDGE: compute the
    result of a workflow that tolerates failures from the given statuses.
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

    A member without a vertex did not run. A failed member of `terminators` terminates the box.
    `success` and `failure` are the conditions of the box rule; if the rule is `complete`, one of
    the two always comes true.
    """

    members: Mapping[str, Key | None]
    terminators: tuple[str, ...] = ()
    success: Condition | None = None
    failure: Condition | None = None
    complete: bool = False


Does: TypeAlias = Deed | Blocked | BoxResult | Cut | tuple[Cut, ...] | Schedule | Heard
"""What a node does.

A blocked node fails with the code of the finding. A node with a cut waits until it holds, one with
several cuts tells the workflows that wait for this end, one with a schedule waits for its next time
after the start of the workflow, and one with what is heard tells the legacy side.
"""


class Handed(NamedTuple):
    """A status that a node is handed: its vertex, and the node that reports it.

    `node` is None if the status is an input of the workflow.
    """

    vertex: Key
    node: Key | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a workflow.

    It starts when the nodes in `after` have succeeded and the nodes that hand it a status have
    ended. If its `condition` is false, it does nothing and reports that it was skipped. An atom
    STARTED is about the start of a box; all other atoms are about the end of a job.

    A node that `reports` always succeeds and returns a status; other nodes fail if their job fails.
    A node that `gives` also returns the values that its job hands over; `takes` are the jobs whose
    values it is handed. `globals` are those in its condition, box rule and action. `job` is None
    for missing jobs and for the result of a workflow.
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
class FailureAlerts:
    """Alerts that a workflow raises when it fails: about a box, or, without `job`, the whole."""

    alerts: tuple[Alert, ...]
    job: str | None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow: that of a box, or the outermost one.

    `nodes` are in dependency order, otherwise in source order. `boxes` are its own box and those
    flattened into it.
    """

    box: str | None
    nodes: tuple[Node, ...]
    boxes: tuple[str, ...] = ()
    on_failure: FailureAlerts | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A job, box or missing job of a workflow whose jobs a program starts.

    It begins when its box has begun, the vertices in `after` are over and the `condition` holds; if
    there is a `wait`, then when that holds, too. A step with a `clock` also waits for the first of
    these times after the start of the workflow. The end of a box follows from its `result`, which
    also waits for the vertices in `until`. The ends of jobs start the workflows in `starts`. The
    legacy side is told about the start and the end of a step that is `heard`.
    """

    node: Node
    condition: Condition
    after: tuple[Key, ...] = ()
    until: tuple[Key, ...] = ()
    result: BoxResult | None = None
    wait: Cut | None = None
    clock: Schedule | None = None
    starts: tuple[Cut, ...] = ()
    heard: Heard | None = None

    @property
    def name(self) -> str:
        """The name of the job."""
        return self.node.key.name


@dataclass(frozen=True, slots=True)
class Global:
    """A global that jobs of the group use; `user` is the first one.

    If it is `handed`, every use may get the value of another job instead.
    """

    user: SettledJob
    handed: bool


@dataclass(frozen=True, slots=True)
class WantedInput:
    """A workflow input that entities are handed, with the team's default, if any."""

    type: Type
    default: Bound | None


@dataclass(frozen=True, slots=True)
class WantedOutput:
    """An output of the outermost workflow that the team wants."""

    name: str
    bound: Bound
    type: Type


@dataclass(frozen=True, slots=True)
class Lowered:
    """The lowered form of one group of jobs.

    `workflows` has inner workflows first and the outermost one last. One whose jobs a program
    starts has `steps` instead, in dependency order, boxes before their members. If it is `judged`,
    a rule about all jobs decides how the whole ends. `root` is the box that the outermost one
    stands for, if any; `whole` is the only job of the group, if it has just one. `schedule` starts
    the group; it is that of the job `starter` unless the group has its own.
    `apart` are pairs of jobs that wait only in order not to run at the same time. `crossed` has for
    each box flattened here a pair of jobs with its wall between them. `watched` jobs report a
    status. `unheard` are boxes whose end raises no alert. `alerts` are about the end of the whole.
    """

    facts: Facts
    workflows: tuple[Workflow, ...] = ()
    steps: tuple[Step, ...] = ()
    judged: bool = False
    root: str | None = None
    whole: str | None = None
    schedule: Schedule | None = None
    starter: SettledJob | None = None
    apart: tuple[tuple[str, str], ...] = ()
    crossed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    watched: frozenset[str] = frozenset()
    unheard: frozenset[str] = frozenset()
    alerts: tuple[Alert, ...] = ()
    globals: Mapping[str, Global] = field(default_factory=dict)
    inputs: Mapping[str, WantedInput] = field(default_factory=dict)
    outputs: tuple[WantedOutput, ...] = ()

    @property
    def heard(self) -> tuple[Heard, ...]:
        """What nodes or steps tell the legacy side, in the order of the jobs."""
        nodes = (node for workflow in self.workflows for node in workflow.nodes)
        found = [each.does for each in nodes if isinstance(each.does, Heard)]
        found += [step.heard for step in self.steps if step.heard]
        told = {name for each in found for name in (each.job, *each.inside)}
        return tuple(each for each in self.facts.sides.heard if each.job in told)
