"""Workflows of an estate, the launch plans that start them, and their executions."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from transpile.model.outcome import Ending, State
from transpile.proof.blueprint import Branch, Task, Workflow
from transpile.proof.executions import Phase, Record
from transpile.proof.legacy_side import LegacySide, LegacyStart
from transpile.proof.rehearse import Plan, Rehearsal
from transpile.proof.roster import Found, Roster
from transpile.proof.runs import Simulates
from transpile.proof.scheduler import UTC, launches
from transpile.targets.flyte.model import NodeRole

BoxStates = Callable[[Mapping[str, Ending], Found], dict[str, State]]
"""The states of boxes, from the endings of jobs and the records of their nodes."""


def _no_boxes(_: Mapping[str, Ending], __: Found) -> dict[str, State]:
    return {}


@dataclass(frozen=True, slots=True)
class Part:
    """A workflow that takes part, and the plan of its jobs.

    The `roster` has its jobs and boxes; `states` computes the states of the boxes. Over days, one
    that is `submitted` starts by hand at the beginning. The legacy side starts it where it starts
    the `unit`, if there is one.
    """

    rehearsal: Rehearsal
    workflow: Workflow
    plan: Plan
    roster: Roster = field(default_factory=dict)
    states: BoxStates = _no_boxes
    submitted: bool = False
    unit: str = ""

    @property
    def title(self) -> str:
        """The name of the workflow, or of the one inside it that runs on run days only."""
        inner = _whole(self.workflow)
        return inner.name if inner is not None else self.workflow.name


def _whole(around: Workflow | Branch) -> Workflow | None:
    """The workflow that a node holds as a whole."""
    for node in around.nodes:
        if isinstance(node.target, Task):
            continue
        if node.role is NodeRole.WORKFLOW and isinstance(node.target, Workflow):
            return node.target
        found = _whole(node.target)
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Starter:
    """A launch plan: the workflow that it starts, and when.

    With `skips` it starts nothing while an execution that it started goes on. `kickoff` is the
    input that gets the time of the schedule.
    """

    name: str
    part: Part
    cron: str = ""
    zone: str = UTC
    kickoff: str = ""
    skips: bool = False
    inputs: dict[str, Any] = field(default_factory=dict)

    def is_start(self, moment: datetime) -> bool:
        """True if an execution of that time runs the workflow, as its task that checks it says."""
        checks = self.part.rehearsal.checks_of(self.part.workflow, self.inputs)
        return all(check(moment) for check in checks)

    def moments(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        """The times (UTC) of its schedule from one moment until before another."""
        if self.cron:
            first = begin.astimezone(ZoneInfo(self.zone)).date()
            days = 2 + (end - begin) // timedelta(days=1)
            for moment in launches(self.cron, self.zone, first, days):
                if begin <= moment < end:
                    yield moment


def starters_of(parts: Sequence[Part]) -> Iterator[Starter]:
    """The launch plans in the modules of these workflows."""
    names = (value for part in parts for value in part.rehearsal.names.values())
    told = {getattr(value, "task", None) for value in names if hasattr(value, "holds")}
    for part in parts:
        for found in part.rehearsal.starts_of(part.workflow):
            # The legacy side starts those with a unit.
            if found.on_demand and found.name not in told and not part.unit:
                continue
            yield Starter(
                name=found.name,
                part=part,
                cron=found.cron,
                zone=found.zone,
                kickoff=found.kickoff,
                skips=found.skips,
                inputs=found.inputs,
            )


def zone_of(parts: Sequence[Part]) -> str:
    """The zone of most schedules."""
    zones = Counter(starter.zone for starter in starters_of(parts) if starter.cron)
    return zones.most_common(1)[0][0] if zones else UTC


class Programme:
    """The workflows that take part from one moment to another, and the times of their schedules.

    `ticks` are in order of time, those of one moment in the order of the launch plans. `by_hand`
    has a workflow for each without a launch plan in its module.
    """

    def __init__(self, parts: Sequence[Part], begin: datetime, end: datetime) -> None:
        self.parts, self.begin, self.end = parts, begin, end
        self.starters = {starter.name: starter for starter in starters_of(parts)}
        found = self.starters.values()
        ticks = ((moment, each) for each in found for moment in each.moments(begin, end))
        self.ticks = sorted(ticks, key=lambda tick: tick[0])
        started = {id(starter.part.rehearsal) for starter in found}
        self.by_hand = [part for part in parts if id(part.rehearsal) not in started]

    def starts_by(self, legacy: LegacySide | None) -> Iterator[tuple[LegacyStart, Starter]]:
        """The starts by the legacy side, each with its launch plan."""
        for starter in self.starters.values() if legacy else ():
            for start in legacy.starts.get(starter.part.unit, ()) if legacy else ():
                if not starter.cron and self.begin <= start.at < self.end:
                    yield start, starter


@dataclass(slots=True)
class Play:
    """One execution; times are seconds since the beginning of the period.

    It was to start at the moment `scheduled`, and is the n-th one of all.
    """

    number: int
    name: str
    part: Part
    starter: Starter | None
    why: str
    began: float
    created: datetime
    scheduled: datetime
    simulator: Simulates | None = None
    ended: float | None = None
    end: Phase = Phase.NOT_REACHED
    records: dict[str, Record] = field(default_factory=dict)
    levels: dict[str, dict[str, Record]] = field(default_factory=dict)
    _answers: dict[tuple[int, str], list[Any]] = field(default_factory=dict)

    def run_by(self, simulator: Simulates) -> None:
        """Let a simulator run it."""
        self.simulator = simulator
        self.records, self.levels = simulator.records, simulator.levels

    def finish(self, now: float) -> None:
        """Note that it has ended."""
        self.ended = now

    def forget(self, *, wholly: bool) -> None:
        """Drop what Flyte Admin does not keep of an execution that has ended, or everything."""
        if self.simulator is not None:
            self.end = self.simulator.end
            self.simulator.close()
        self.simulator = None
        if wholly:
            self.records, self.levels = {}, {}
        for record in self.records.values():
            record.attempts, record.inputs, record.shown = None, {}, None

    @property
    def is_over(self) -> bool:
        """True if it has ended."""
        return self.ended is not None

    @property
    def rests(self) -> bool:
        """True if its day is no run day, or its time no start time."""
        found = (r for r in self.records.values() if r.node.role is NodeRole.REST)
        return any(record.start is not None for record in found)

    @property
    def answers(self) -> dict[tuple[int, str], list[Any]] | None:
        """Answers about its nodes that were given; None while they may change."""
        return None if self.ended is None else self._answers

    @property
    def phase(self) -> Phase:
        """Its state."""
        return self.end if self.simulator is None else self.simulator.end

    @property
    def workflow(self) -> str:
        """The name under which other workflows find it."""
        return self.part.workflow.registered

    @property
    def title(self) -> str:
        """The name of the workflow whose jobs it runs."""
        return self.part.title

    @property
    def changed(self) -> datetime:
        """The moment of its end, or of its start while it runs."""
        return self.created + timedelta(seconds=(self.ended or self.began) - self.began)

    def level(self, parent: str) -> Collection[Record]:
        """Its nodes at the top level, or inside the node at a path."""
        return self.levels.get(parent, {}).values()

    def answer(self, gate: str) -> None:
        """Answer a gate with yes."""
        if self.simulator is not None:
            self.simulator.answer(gate)

    def is_answered(self, gate: str) -> bool:
        """True if a gate has an answer."""
        return self.simulator is not None and self.simulator.is_answered(gate)


@dataclass(frozen=True, slots=True)
class LostStart:
    """A start that the platform refused, since the execution `during` went on."""

    at: float
    starter: Starter
    why: str
    during: Play
    scheduled: datetime


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait of a job for other workflows; it is still open without an end."""

    job: str
    what: str
    start: float
    end: float | None
    error: str


def waits_of(play: Play) -> list[Waited]:
    """The waits that an execution came to, in order of time."""
    found = []
    for record in play.records.values():
        what, error = "", record.error
        if record.node.role is NodeRole.NOT_BEFORE:
            what = str(record.outputs.get("o0") or "its start time")
        elif record.node.role is NodeRole.WAIT and isinstance(record.node.target, Workflow):
            gates = [(n, n.target) for n in record.node.target.nodes if isinstance(n.target, Task)]
            what = next((gate.signal for _, gate in gates if gate.signal), "")
            inner = (play.records.get(f"{record.path}/{node.id}") for node, _ in gates)
            error = next((one.error for one in inner if one and one.error), "")
        if what and record.start is not None:
            found.append(Waited(str(record.node.job), what, record.start, record.end, error))
    return sorted(found, key=lambda wait: wait.start)
