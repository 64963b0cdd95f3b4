"""Settles which jobs never start or never end, and why; all other passes read it here.

Two others ask anew. Lowering asks for each start and end by itself, after entities have replaced
jobs and atoms that no run can change have become constants: it finds more. Engines read no result
of analysis about what runs, because verify compares them with the emitted workflow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from transpile.findings.codes.conditions import UnreadableCondition
from transpile.findings.codes.jobs import JobOnHold
from transpile.model import (
    FALSE,
    TRUE,
    Atom,
    Blocked,
    BoxRule,
    Cut,
    FileWatch,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    PlatformRun,
    Status,
    StatusTest,
    holds,
    holds_of_ice,
)


@dataclass(frozen=True, slots=True)
class Halts:
    """`held_up` says why jobs never start; those `waiting` wait for something without a limit."""

    held_up: Mapping[str, Blocked]
    waiting: frozenset[str]

    def without(self, mapped: Iterable[str]) -> "Halts":
        """The halts if entities stand for these jobs."""
        gone = set(mapped)
        held_up = {name: why for name, why in self.held_up.items() if name not in gone}
        return Halts(held_up, self.waiting - gone)

    def waiting_for(self, cuts: Iterable[Cut]) -> "Halts":
        """The halts if jobs wait for what these cuts say."""
        waiting = {cut.job for cut in cuts if not cut.starts and cut.job not in self.held_up}
        return Halts(self.held_up, self.waiting | waiting)


@dataclass(frozen=True, slots=True)
class Settled:
    """The graph with the rules that boxes end by; `never_ends` says why a box cannot complete.

    `stuck` are the jobs that end in no run, and `blocking` those among the others whose nodes fail
    when they are reached, in dependency order.
    """

    graph: JobGraph
    never_ends: Mapping[str, Blocked]
    stuck: frozenset[str]
    blocking: tuple[str, ...]


def find_halts(jobs: Mapping[str, Job], unusable: Mapping[str, Blocked]) -> Halts:
    """The jobs that cannot start, or wait without a limit, whatever others do."""
    held_up = {}
    for name, job in jobs.items():
        why = _held_up(job, job.blocked or unusable.get(name))
        if why is not None:
            held_up[name] = why
    waiting = (name for name, job in jobs.items() if name not in held_up and _waits(job))
    return Halts(held_up, frozenset(waiting))


def _held_up(job: Job, blocked: Blocked | None) -> Blocked | None:
    if job.status is InitialStatus.ON_ICE:
        return None
    if job.status is InitialStatus.ON_NOEXEC:
        # It runs nothing, but waits for its condition, which cannot be read.
        return blocked if blocked and blocked.cause is UnreadableCondition else None
    on_hold = job.status is InitialStatus.ON_HOLD
    return blocked or (Blocked(JobOnHold, "on hold") if on_hold else None)


def _waits(job: Job) -> bool:
    action = job.action
    waits = isinstance(action, PlatformRun) or (isinstance(action, FileWatch) and not action.once)
    return waits and not job.time_limit and job.status is InitialStatus.ACTIVE


def settle(
    graph: JobGraph,
    order: Iterable[str],
    held_up: Mapping[str, Blocked],
    never_ends: Mapping[str, Blocked],
) -> Settled:
    """After this pass it is settled which jobs end in no run.

    Those are jobs that are held up, that wait for one that ends in no run, or for one that is not
    in the estate, and the boxes that hold them. A box whose result need not wait for all its
    members ends all the same. A box that never completes by itself ends when a terminator fails.
    """
    ending = {
        name: why
        for name, why in never_ends.items()
        if any(graph.jobs[member].terminates_box for member in graph.members.get(name, ()))
    }
    if ending:
        boxes = {name: _ended_by_terminator(graph.jobs[name], why) for name, why in ending.items()}
        graph = replace(graph, jobs={**graph.jobs, **boxes})
        never_ends = {name: why for name, why in never_ends.items() if name not in ending}
    missing = {d.downstream for d in graph.dependencies if d.missing and d.edge}
    halted = held_up.keys() | never_ends.keys() | missing
    return Settled(
        graph=graph,
        never_ends=never_ends,
        stuck=frozenset(_stuck(graph, held_up, never_ends)),
        blocking=tuple(name for name in order if name in halted),
    )


def _ended_by_terminator(box: Job, why: Blocked) -> Job:
    """The box if neither success nor failure ends it."""
    span = box.box_rule.span if box.box_rule else box.span
    return replace(box, box_rule=BoxRule(FALSE, FALSE, why.reason, span))


def _stuck(
    graph: JobGraph, held_up: Mapping[str, Blocked], never_ends: Mapping[str, Blocked]
) -> set[str]:
    names = list(graph.jobs)
    stuck = set(graph.left_out)
    idle: set[str] = set()
    for vertex in graph.sorted:
        name = names[vertex // 2]
        if name in graph.left_out:
            continue
        job = graph.jobs[name]
        if vertex == graph.start[name] and job.status is not InitialStatus.ON_ICE:
            starts = holds(job.condition or TRUE, lambda atom: _may_hold(atom, graph, stuck))
            if name in held_up or job.box in idle or not starts:
                idle.add(name)
        if vertex == graph.end[name]:
            lost = not stuck.isdisjoint(graph.members.get(name, ())) and not graph.ends_early(name)
            if name in idle or name in never_ends or lost:
                stuck.add(name)
    return stuck


def _may_hold(atom: Atom, graph: JobGraph, stuck: set[str]) -> bool:
    if isinstance(atom, GlobalValue):
        return True
    if isinstance(atom, Status) and atom.test in (StatusTest.NOT_RUNNING, StatusTest.NOT_FAILED):
        return True
    if atom.instance is not None or atom.job not in graph.jobs:
        return False
    if graph.jobs[atom.job].status is InitialStatus.ON_ICE:
        return holds_of_ice(atom)
    return atom.job not in stuck
