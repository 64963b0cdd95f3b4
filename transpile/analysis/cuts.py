"""Finds the cuts: conditions that lead from one workflow into another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from transpile.analysis.grouping import Grouping, Groups, heads
from transpile.analysis.waves import bridged, misfit
from transpile.findings.codes.conditions import ExclusionLost
from transpile.findings.codes.cuts import (
    CutInRule,
    NoEndpoint,
    NoWait,
    UncutCondition,
    UnitWithoutStart,
)
from transpile.findings.codes.waves import LegacyStart
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Blocked,
    Condition,
    Cut,
    Dependency,
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    Platform,
    Schedule,
    Sides,
    Status,
    StatusTest,
    atoms,
    conjuncts,
    holds_of_ice,
    label_of,
    replaced,
    simplified,
)
from transpile.model.waves import ONE_SIDE
from transpile.sources.printable import listed


class Cuts(NamedTuple):
    """The graph without conditions that lead into other workflows.

    `of` has the cut of each job with such a condition, `far` the dependencies that were removed,
    and `blocked` says why a job cannot start: its condition cannot be cut. Nothing starts the units
    `unstarted`, because the platform lets no workflow start another one.
    """

    graph: JobGraph
    of: Mapping[str, Cut]
    far: tuple[Dependency, ...]
    blocked: Mapping[str, Blocked]
    unstarted: frozenset[str] = frozenset()


def find_cuts(
    graph: JobGraph,
    order: Sequence[str],
    grouping: Grouping,
    platform: Platform,
    diagnostics: Diagnostics,
    sides: Sides = ONE_SIDE,
) -> Cuts:
    """After this pass no condition of the graph names a job of another workflow.

    Of a condition "this and that", the terms that name such a job become the cut of the job. Where
    such a term also names jobs of the same workflow, it stands in the cut as a whole. Without waits
    on the platform there are no cuts, and the terms are reported. Cuts on jobs of the legacy side
    ask there.
    """
    head = heads(graph.jobs, order, grouping.groups)
    crossing = [d for d in graph.dependencies if _leads_out(d, head)]
    if not crossing:
        return Cuts(graph, {}, (), {})
    clocks = _clocks(graph, grouping.groups)
    started = grouping.started
    finder = _Finder(graph, head, clocks, started, platform, diagnostics, sides)
    for name in dict.fromkeys(d.downstream for d in crossing if not d.at_end):
        finder.cut(graph.jobs[name])
    for dependency in crossing:
        if dependency.at_end:
            finder.report_rule(dependency)
    kept: list[Dependency] = []
    far: list[Dependency] = []
    for dependency in graph.dependencies:
        away = _leads_out(dependency, head) or is_cut(dependency, finder.jobs)
        (far if away else kept).append(dependency)
    jobs = {**graph.jobs, **finder.jobs}
    graph = replace(graph, jobs=jobs, dependencies=tuple(kept))
    unstarted = frozenset(finder.unstarted)
    return Cuts(graph, finder.cuts, tuple(far), finder.blocked, unstarted)


def report_endpoint(estate: Iterable[Facts], platform: Platform, diagnostics: Diagnostics) -> None:
    """Report, once for the estate, that tasks do not know where to ask about other workflows."""
    first = next((cut for facts in estate for cut in facts.cuts.values()), None)
    if first is not None and not platform.endpoint:
        diagnostics.add(NoEndpoint(), first.span, text=first.text)


def _leads_out(dependency: Dependency, head: Mapping[str, str]) -> bool:
    """True if the two jobs are in different workflows."""
    up, down = head.get(dependency.upstream), head.get(dependency.downstream)
    return up is not None and down is not None and up != down and dependency.missing is None


@dataclass(slots=True)
class _Finder:
    """Cuts conditions; `head` has the first job of each job's workflow, `clocks` its schedule."""

    graph: JobGraph
    head: Mapping[str, str]
    clocks: Mapping[str, Schedule]
    started: frozenset[str]
    platform: Platform
    diagnostics: Diagnostics
    sides: Sides
    jobs: dict[str, Job] = field(default_factory=dict)
    cuts: dict[str, Cut] = field(default_factory=dict)
    blocked: dict[str, Blocked] = field(default_factory=dict)
    unstarted: set[str] = field(default_factory=set)

    def cut(self, job: Job) -> None:
        """Take the terms about other workflows out of the job's condition."""
        near, far = self._terms(job)
        condition = simplified(All(tuple(near)))
        self.jobs[job.name] = job.waiting_for(condition)
        if job.name in self.sides.started:
            # The legacy side looks at the rest.
            return
        started = job.name in self.started
        if started and far and not (self.platform.starts and self.platform.waits):
            self._report(job, UnitWithoutStart(name=job.name, feeders=listed(_named(far))))
            self.unstarted.add(job.name)
        if not self.platform.waits:
            if not started:
                self._drop(job, far)
            return
        problem = self._problem(job, far)
        if problem:
            self._report(job, UncutCondition(name=job.name, reason=problem))
            self.blocked[job.name] = Blocked(UncutCondition, problem)
        elif far:
            early = self._early(job)
            needed = simplified(replaced(All(tuple(far)), self._without_missing))
            needed = replaced(needed, lambda atom: _later(atom, early))
            starts = started and not self._only_legacy_starts(job, far) and self.platform.starts
            if needed == TRUE:
                if not starts:
                    return
                # The source looks at it at each end of these jobs.
                ends = (name for name in _named(far) if name in self.head)
                needed = AnyOf(tuple(Status(name, StatusTest.DONE) for name in ends))
            place = job.condition_place
            self._keep(Cut(job.name, needed, job.condition_text, place, starts), job)

    def _terms(self, job: Job) -> tuple[list[Condition], list[Condition]]:
        """The terms of the job's condition: those about its workflow, and the others."""
        whole = replaced(job.condition or TRUE, lambda atom: self._settled(job, atom))
        near: list[Condition] = []
        far: list[Condition] = []
        for term in conjuncts(simplified(whole)):
            if not any(self._is_far(job, atom) for atom in atoms(term)):
                near.append(term)
                continue
            found = simplified(replaced(term, self._melted))
            away = any(self._is_far(job, atom) for atom in atoms(found))
            (far if away else near).append(found)
        return near, far

    def _only_legacy_starts(self, job: Job, far: Sequence[Condition]) -> bool:
        """True for a unit that jobs of the legacy side start; reports it."""
        feeders, _ = self._by_side(job, _named(far))
        if feeders:
            self._report(job, LegacyStart(name=job.name, feeders=listed(feeders)))
            self.unstarted.add(job.name)
        return bool(feeders)

    def _keep(self, cut: Cut, job: Job) -> None:
        """Keep the cut, with what it asks the legacy side; block the job if that has no answer."""
        across, moved = self._by_side(job, cut.asked)
        if found := misfit(cut, across, self.sides.bridge):
            self._report(job, found)
            self.blocked[job.name] = Blocked(type(found), f"it waits for {listed(across)}")
            return
        self.cuts[job.name] = bridged(cut, across, moved, self.sides.bridge)

    def _by_side(self, job: Job, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """If the job has moved with a wave, the names of staying jobs, and of moved ones."""
        stays = self.sides.stays
        if not self.sides.wave_of or job.name in stays:
            return [], []
        return [n for n in names if n in stays], [n for n in names if n not in stays]

    def _drop(self, job: Job, far: Sequence[Condition]) -> None:
        """Report the terms: nothing can ask about another workflow."""
        apart = [term for term in far if all(map(_is_exclusion, atoms(term)))]
        for name in _named(apart):
            self._report(job, ExclusionLost(name=job.name, upstream=name))
        needed = _named([term for term in far if term not in apart])
        needed = [name for name in needed if self.head.get(name) != self.head[job.name]]
        if needed:
            self._report(job, NoWait(name=job.name, others=listed(needed)))
            self.blocked[job.name] = Blocked(NoWait, f"it waits for {listed(needed)}")

    def _report(self, job: Job, found: Finding) -> None:
        place = job.condition_place
        self.diagnostics.add(found, place, job=job.name, text=job.condition_text)

    def _settled(self, job: Job, atom: Atom) -> Condition:
        """The atom; a constant if it is about another workflow and no status there matters."""
        if isinstance(atom, GlobalValue) or not self._is_far(job, atom):
            return atom
        awaited = isinstance(atom, Status) and atom.test is StatusTest.AWAITED
        return TRUE if awaited else self._melted(atom)

    def _melted(self, atom: Atom) -> Condition:
        """The atom; a constant if it is about a job on ice."""
        if isinstance(atom, GlobalValue) or atom.instance is not None:
            return atom
        job = self.graph.jobs.get(atom.job)
        if job is None or job.status is not InitialStatus.ON_ICE:
            return atom
        return TRUE if holds_of_ice(atom) else FALSE

    def _without_missing(self, atom: Atom) -> Condition:
        """The atom; one about a job in no workflow holds if that job need not run."""
        if isinstance(atom, GlobalValue) or atom.job in self.head:
            return atom
        idle = isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
        return TRUE if idle else FALSE

    def _early(self, job: Job) -> int:
        """How many minutes the workflow starts before the place of a job in the plan."""
        unit = job
        while unit.box is not None:
            unit = self.graph.jobs[unit.box]
        if unit.schedule is None or not unit.schedule.placed:
            return 0
        return _minute(unit.schedule) - _minute(self.clocks[self.head[job.name]])

    def _is_far(self, job: Job, atom: Atom) -> bool:
        if isinstance(atom, GlobalValue) or atom.instance is not None:
            return False
        head = self.head.get(atom.job)
        return head is not None and head != self.head[job.name]

    def _problem(self, job: Job, far: Sequence[Condition]) -> str:
        """Why these terms cannot be cut; empty if they can."""
        for atom in (atom for term in far for atom in atoms(term)):
            if not isinstance(atom, Status | ExitCode):
                return f"{atom.name} has a value in one workflow only"
            if atom.instance is not None:
                return f"{label_of(atom)} is in another instance"
        return ""

    def report_rule(self, dependency: Dependency) -> None:
        """Report the rule of a box that asks about another workflow."""
        box = self.graph.jobs[dependency.downstream]
        found = CutInRule(name=box.name, upstream=dependency.upstream)
        text = box.box_rule.text if box.box_rule else ""
        self.diagnostics.add(found, dependency.span, job=box.name, text=text)


def is_cut(dependency: Dependency, jobs: Mapping[str, Job]) -> bool:
    """True for a dependency that only the cut of a job keeps; `jobs` are those with cuts."""
    down = jobs.get(dependency.downstream)
    if down is None or dependency.at_end or dependency.missing or dependency.exclusion:
        return False
    named = (a for a in atoms(down.condition) if not isinstance(a, GlobalValue))
    return dependency.upstream not in map(label_of, named)


def _clocks(graph: JobGraph, groups: Groups) -> dict[str, Schedule]:
    """The schedule of each workflow, by its first job; a mere place in a plan comes last."""
    found: dict[str, Schedule] = {}
    for group in groups:
        schedules = [s for name in group if (s := graph.jobs[name].schedule) is not None]
        if schedules:
            found[group[0]] = min(schedules, key=lambda each: (each.placed, _minute(each)))
    return found


def _minute(schedule: Schedule) -> int:
    """The minute of the day of the first start."""
    return min((hour * 60 + minute for hour, minute in schedule.times), default=0)


def _later(atom: Atom, minutes: int) -> Condition:
    """The atom, with its times so many minutes later."""
    if not isinstance(atom, Status | ExitCode):
        return atom
    begun = atom.begun and (atom.begun[0] + minutes, atom.begun[1] + minutes)
    return replace(atom, begun=begun, by=None if atom.by is None else atom.by + minutes)


def _is_exclusion(atom: Atom) -> bool:
    return isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING


def _named(terms: Iterable[Condition]) -> list[str]:
    """The jobs that the terms name."""
    found = (atom for term in terms for atom in atoms(term) if not isinstance(atom, GlobalValue))
    return list(dict.fromkeys(map(label_of, found)))
