"""Charts: the jobs of a workflow, their dependencies and marks, as reports draw them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import NamedTuple

from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Level
from transpile.lowering.placement import is_timed
from transpile.model import (
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    label_of,
)
from transpile.report.figure import Asked, Edge
from transpile.report.overlay import Trace, Traces, summary
from transpile.targets.flyte.model import ModulePlan


class Mark(Enum):
    """What is unusual about a job.

    MISSING: it is not defined in the estate. BLOCKED: it never starts, or never ends. IDLE: it does
    not run its command. WATCHED: it reports a status.
    """

    MISSING = "missing"
    BLOCKED = "blocked"
    IDLE = "idle"
    WATCHED = "watched"


class GateKind(Enum):
    """What a node about other workflows, or about a time, does for its job."""

    WAIT = "wait"
    START = "start"
    TELL = "tell"
    NOT_BEFORE = "not_before"


class Gate(NamedTuple):
    """A node beside a job: it waits for other workflows or a time, starts the job, or tells.

    `name` differs from the names of all jobs. `verb` and `what` say what it does, such as "waits
    until" and a condition.
    """

    name: str
    job: str
    kind: GateKind
    verb: str
    what: str

    @property
    def said(self) -> str:
        """What it does, in words."""
        return f"{self.verb} {self.what}"


_TESTS = {
    StatusTest.SUCCESS: Asked.SUCCESS,
    StatusTest.DONE: Asked.END,
    StatusTest.FAILURE: Asked.FAILURE,
    StatusTest.TERMINATED: Asked.FAILURE,
    StatusTest.NOT_SUCCEEDED: Asked.FAILURE,
    StatusTest.OVER: Asked.END,
    StatusTest.AWAITED: Asked.END,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One workflow; `path` is that of its module.

    `missing` are the upstream jobs that are not in the workflow. `levels` has the most severe level
    of the findings about each job, without accepted ones. `gates` has the gates by name, `traces`
    how the jobs ended in the run that is laid over it, if there is one.
    """

    title: str
    module: str
    path: str
    facts: Facts
    watched: frozenset[str] = frozenset()
    levels: dict[str, Level] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    missing: tuple[str, ...] = ()
    gates: Mapping[str, Gate] = field(default_factory=dict)
    traces: Traces | None = None
    counted: str = "job"

    @property
    def names(self) -> tuple[str, ...]:
        """Every drawn name: jobs, members of boxes that were left out, missing jobs, gates."""
        members = (name for box in self.facts.order for name in self.members(box))
        return tuple(dict.fromkeys((*self.facts.order, *members, *self.missing, *self.gates)))

    def numbers(self) -> dict[str, int]:
        """The position of each job; missing jobs and gates come last."""
        names = (*self.facts.jobs, *self.missing, *self.gates)
        return {name: place for place, name in enumerate(names)}

    def tree(self) -> dict[str, str | None]:
        """The box of each name; a missing job is in the box of the jobs that wait for it."""
        jobs = self.facts.jobs
        tree = {name: jobs[name].box for name in self.facts.order}
        waiting: dict[str, set[str | None]] = {name: set() for name in self.missing}
        for edge in self.edges:
            if edge.upstream in waiting:
                waiting[edge.upstream].add(jobs[edge.downstream].box)
        for name, boxes in waiting.items():
            tree[name] = boxes.pop() if len(boxes) == 1 else None
        tree.update((gate.name, jobs[gate.job].box) for gate in self.gates.values())
        return tree

    def counts(self, name: str) -> bool:
        """True for a job, defined or not."""
        return name not in self.gates

    def words(self, name: str) -> str:
        """The mark of a job and whether it waits for a file, or what a gate is."""
        if gate := self.gates.get(name):
            return f"gate {gate.kind.value}"
        job, mark = self.facts.jobs.get(name), self.mark(name)
        is_file = job is not None and job.kind is Kind.FILE
        return (mark.value if mark else "plain") + (" file" if is_file else "")

    def full(self, name: str) -> str:
        """The name of a job, or what a gate is about."""
        gate = self.gates.get(name)
        return f"{gate.job} {gate.said}" if gate else name

    def label(self, name: str) -> str:
        """The short name of a job, or what a gate is about."""
        if gate := self.gates.get(name):
            return gate.verb
        job = self.facts.jobs.get(name)
        return job.called if job else name

    def short(self, name: str) -> str:
        """The short name of a job inside its box, empty if it has none; what a gate does."""
        if gate := self.gates.get(name):
            return gate.verb
        job = self.facts.jobs.get(name)
        return job.short or "" if job else ""

    def caption(self, name: str) -> str:
        """What a gate is about."""
        return self.gates[name].what if name in self.gates else ""

    def level(self, name: str) -> Level | None:
        """The most severe level of the findings about a job."""
        return self.levels.get(name)

    def mark(self, name: str) -> Mark | None:
        """The most serious mark of a job; None if it has none."""
        job = self.facts.jobs.get(name)
        if job is None:
            return Mark.MISSING
        if job.held_up or job.never_ends:
            return Mark.BLOCKED
        if job.status is not InitialStatus.ACTIVE:
            return Mark.IDLE
        return Mark.WATCHED if name in self.watched else None

    def worst_inside(self, box: str) -> Level | None:
        """The most severe level of the findings about a box and the jobs in it, at any depth."""
        found, pending = set(), [box]
        while pending:
            name = pending.pop()
            pending += self.members(name)
            found.add(self.levels.get(name))
        return next((level for level in Level if level in found), None)

    def trace(self, name: str) -> Trace | None:
        """How a job ended in the run that is laid over the chart; None without one."""
        return self.traces.of(name) if self.traces and name in self.facts.jobs else None

    def trace_inside(self, box: str) -> Trace | None:
        """How the jobs in a box ended, at any depth."""
        if self.traces is None:
            return None
        found, pending = [], list(self.members(box))
        while pending:
            name = pending.pop()
            inside = self.members(name)
            pending += inside
            if not inside:
                found.append(self.traces.of(name))
        return summary(found, self.counted)

    def members(self, box: str) -> tuple[str, ...]:
        """The jobs in a box; empty for other jobs."""
        return self.facts.members.get(box, ())


def charts(
    planned: Iterable[tuple[ModulePlan, Facts]],
    diagnostics: Diagnostics,
    traces: Traces | None = None,
) -> Iterator[Chart]:
    """A chart for each workflow, in the order of the modules."""
    for module, facts in planned:
        diagnostics.scope = facts.title
        levels = {}
        for name in facts.jobs:
            found = {f.level for f in diagnostics.judged(name) if not f.accepted}
            if found:
                levels[name] = next(level for level in Level if level in found)
        yield replace(chart_of(facts, module.title, module, levels), traces=traces)


def chart_of(
    facts: Facts,
    title: str,
    module: ModulePlan | None = None,
    levels: dict[str, Level] | None = None,
) -> Chart:
    """The chart of one workflow."""
    edges = tuple(_edges(facts))
    names = (edge.upstream for edge in edges if edge.upstream not in facts.jobs)
    gates = tuple(_gates(facts))
    return Chart(
        title,
        module.module if module else "",
        module.path if module else "",
        facts,
        module.watched if module else frozenset(),
        levels or {},
        (*edges, *map(_gate_edge, gates)),
        tuple(dict.fromkeys(names)),
        {gate.name: gate for gate in gates},
    )


def _edges(facts: Facts) -> Iterator[Edge]:
    """The dependencies; each pair of jobs once."""
    pairs: dict[tuple[str, str], bool] = {}
    for dependency in facts.dependencies:
        if dependency.edge:
            pair = (dependency.upstream, dependency.downstream)
            pairs.setdefault(pair, dependency.exclusion)
    asked = cache(lambda name: _asked(facts.jobs[name]))
    for (upstream, downstream), exclusion in pairs.items():
        known = {} if exclusion else asked(downstream)
        yield Edge(upstream, downstream, known.get(upstream, Asked.ORDER))


def _gates(facts: Facts) -> Iterator[Gate]:
    """The gates of a workflow, in the order of its jobs."""
    for name in facts.order:
        if cut := facts.cuts.get(name):
            if cut.starts:
                yield _gate(name, GateKind.START, "starts when", cut.shown)
            else:
                yield _gate(name, GateKind.WAIT, "waits until", cut.shown)
        if is_timed(facts, name):
            yield _gate(name, GateKind.NOT_BEFORE, "not before", str(facts.jobs[name].schedule))
        if told := facts.told.get(name):
            others = ", ".join(dict.fromkeys(cut.job for cut in told))
            yield _gate(name, GateKind.TELL, "tells", others)


def _gate(job: str, kind: GateKind, verb: str, what: str) -> Gate:
    # No source has a NUL in a name.
    return Gate(f"{job}\0{kind.value}", job, kind, verb, what)


def _gate_edge(gate: Gate) -> Edge:
    """The edge between a gate and its job."""
    if gate.kind is GateKind.TELL:
        return Edge(gate.job, gate.name, Asked.TELL)
    return Edge(gate.name, gate.job, _OPENS.get(gate.kind, Asked.ORDER))


_OPENS = {GateKind.WAIT: Asked.WAIT, GateKind.START: Asked.START}


def _asked(job: Job) -> dict[str, Asked]:
    """What a job asks of each job that it names; the first atom counts."""
    found: dict[str, Asked] = {}
    for condition in job.conditions:
        for atom in atoms(condition):
            if not isinstance(atom, GlobalValue):
                name = label_of(atom)
                found.setdefault(name, _asks(atom))
    return found


def _asks(atom: ExitCode | Status | OutputValue) -> Asked:
    if isinstance(atom, OutputValue):
        return Asked.SUCCESS
    return Asked.CODE if isinstance(atom, ExitCode) else _TESTS.get(atom.test, Asked.ORDER)
