"""Sorts jobs in dependency order and leaves out those on a cycle or behind one."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from transpile.analysis.circles import is_deadlock
from transpile.findings.codes.boxes import (
    BoxNeverCompletes,
    CycleOfAlternatives,
    DependencyCycle,
    JobBehindCycle,
)
from transpile.findings.codes.cuts import CycleOverWorkflows
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    FALSE,
    TRUE,
    Atom,
    Blocked,
    Condition,
    Dependency,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    Network,
    holds_of_ice,
    replaced,
    simplified,
)
from transpile.model.graph import cycles


class Ordered(NamedTuple):
    """The graph without jobs on a cycle or behind one, and the others in dependency order.

    `never_ends` says of some boxes why they cannot complete.
    """

    graph: JobGraph
    order: tuple[str, ...]
    never_ends: dict[str, Blocked]


def order_jobs(graph: JobGraph, network: Network, diagnostics: Diagnostics) -> Ordered:
    """After this pass `order` lists the jobs in dependency order, otherwise in source order.

    Jobs on a cycle and behind one are left out instead. A box has a start, before its members, and
    an end, behind them: whoever waits for a box waits for its end. A box that loses members never
    completes.
    """
    nothing = Ordered(replace(graph, left_out=frozenset(graph.jobs)), (), {})
    if network.refused:
        return nothing
    names = list(graph.jobs)
    order = tuple(names[vertex // 2] for vertex in graph.sorted if vertex % 2 == 0)
    if len(graph.sorted) == len(graph.behind):
        return Ordered(graph, order, {})
    left_out = frozenset(graph.jobs.keys() - set(order))
    stuck = set(range(len(graph.behind))) - set(graph.sorted)
    on_cycle: set[str] = set()
    for cycle in cycles(graph.behind, stuck):
        path = [names[v // 2] for v in cycle]
        on_cycle |= _report_cycle(path, graph, network, diagnostics)
    _report_behind(graph, left_out - on_cycle, left_out, diagnostics)
    if network.title is not None:
        # What runs as a whole does not start with a cycle in it.
        return nothing
    circular = _waiting_for_themselves(graph, order, stuck)
    graph = _without_rules(replace(graph, left_out=left_out), circular.keys())
    graph = _with_ice_melted(graph)
    ordered = _without_empty_boxes(graph, order, diagnostics)
    return ordered._replace(never_ends={**circular, **ordered.never_ends})


def _waiting_for_themselves(
    graph: JobGraph, order: tuple[str, ...], stuck: set[int]
) -> dict[str, Blocked]:
    """The boxes whose result waits for itself: they never complete."""
    boxes = {name for name in order if graph.end[name] in stuck}
    found = {}
    for d in graph.dependencies:
        if d.at_end and d.downstream in boxes and graph.end[d.upstream] in stuck:
            rule = graph.jobs[d.downstream].box_rule
            reason = f"its result waits for itself: {rule.text if rule else ''}"
            found[d.downstream] = Blocked(DependencyCycle, reason)
    return found


def _without_rules(graph: JobGraph, boxes: Collection[str]) -> JobGraph:
    jobs = {**graph.jobs, **{n: replace(graph.jobs[n], box_rule=None) for n in boxes}}
    kept = tuple(d for d in graph.dependencies if not (d.at_end and d.downstream in boxes))
    return replace(graph, jobs=jobs, dependencies=kept)


def _with_ice_melted(graph: JobGraph) -> JobGraph:
    """The graph with every atom about a left-out job on ice replaced by a constant.

    Nobody waits for a job on ice, also where the box of the job never starts. Later passes take
    every other left-out job for one that never runs.
    """
    iced = {n for n in graph.left_out if graph.jobs[n].status is InitialStatus.ON_ICE}

    def put_in(atom: Atom) -> Condition:
        if isinstance(atom, GlobalValue) or atom.instance is not None:
            return atom
        if atom.job not in iced:
            return atom
        return TRUE if holds_of_ice(atom) else FALSE

    def melted(condition: Condition | None) -> Condition | None:
        return None if condition is None else simplified(replaced(condition, put_in))

    def without_ice(job: Job) -> Job:
        rule = job.box_rule
        if rule is not None:
            rule = replace(rule, success=melted(rule.success), failure=melted(rule.failure))
        return replace(job.waiting_for(melted(job.condition)), box_rule=rule)

    asking = {d.downstream for d in graph.dependencies if d.upstream in iced}
    return replace(graph, jobs={**graph.jobs, **{n: without_ice(graph.jobs[n]) for n in asking}})


def _report_cycle(
    path: list[str], graph: JobGraph, network: Network, diagnostics: Diagnostics
) -> set[str]:
    # A box passes by its start and its end: in the path it stands once.
    names = [name for i, name in enumerate(path) if i == 0 or name != path[i - 1]]
    shown = " -> ".join([*names, names[0]])
    links = set(zip(names, [*names[1:], names[0]], strict=True))
    found: Dependency | None = next(
        (d for d in graph.dependencies if d.edge and (d.upstream, d.downstream) in links), None
    )
    span = found.span if found else graph.jobs[names[0]].span
    kind: type[DependencyCycle | CycleOfAlternatives | CycleOverWorkflows]
    kind = DependencyCycle
    if network.title is None and not is_deadlock(graph, set(names)):
        kind = CycleOfAlternatives
    elif network.engine.remembers and _has_several_clocks(graph, names):
        kind = CycleOverWorkflows
    diagnostics.add(kind(cycle=shown), span, job=names[0])
    return set(names)


def _has_several_clocks(graph: JobGraph, names: Iterable[str]) -> bool:
    """True if the source starts units of these jobs at different times."""
    units = (graph.jobs[graph.top(name)] for name in names)
    times = [unit.schedule.when() for unit in units if unit.schedule is not None]
    return any(one != times[0] for one in times)


def _report_behind(
    graph: JobGraph, behind: frozenset[str], left_out: frozenset[str], diagnostics: Diagnostics
) -> None:
    waits_for: dict[str, list[str]] = {name: [] for name in behind}
    for dependency in graph.dependencies:
        if dependency.edge and dependency.downstream in behind:
            waits_for[dependency.downstream].append(dependency.upstream)
    for name in graph.jobs:
        if name in behind:
            job = graph.jobs[name]
            # What keeps it from starting: a job that is left out, or a box that never ends.
            stuck = [u for u in waits_for[name] if u in left_out]
            stuck += [u for u in waits_for[name] if u in graph.members]
            upstream = stuck[0] if stuck else job.box or ""
            diagnostics.add(JobBehindCycle(name=name, upstream=upstream), job.span, job=name)


def _without_empty_boxes(
    graph: JobGraph, order: tuple[str, ...], diagnostics: Diagnostics
) -> Ordered:
    """Leave out boxes that lost all their members; those that lost some never complete."""
    left_out, never_ends = set(graph.left_out), {}
    # Members stand behind their box in the order, so that inner boxes come first in reverse.
    for name in reversed(order):
        lost = [member for member in graph.members.get(name, ()) if member in left_out]
        if not lost:
            continue
        span = graph.jobs[name].span
        if len(lost) == len(graph.members[name]):
            left_out.add(name)
            diagnostics.add(JobBehindCycle(name=name, upstream=lost[0]), span, job=name)
        else:
            reason = f"members were left out: {', '.join(lost)}"
            diagnostics.add(BoxNeverCompletes(name=name, reason=reason), span, job=name)
            never_ends[name] = Blocked(BoxNeverCompletes, reason)
    order = tuple(name for name in order if name not in left_out)
    return Ordered(replace(graph, left_out=frozenset(left_out)), order, never_ends)
