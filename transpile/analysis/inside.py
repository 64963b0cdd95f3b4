"""Cuts conditions inside a box where edges would wait for ever, or close a circle."""

from collections.abc import Iterator
from dataclasses import replace

from transpile.analysis.alternatives import endless_alternatives, has_alternatives
from transpile.analysis.circles import is_deadlock
from transpile.analysis.cuts import Cuts, is_cut
from transpile.analysis.moments import Jobs, is_iced
from transpile.analysis.settling import Halts
from transpile.model import (
    TRUE,
    All,
    Atom,
    Condition,
    Cut,
    Dependency,
    ExitCode,
    GlobalValue,
    Job,
    JobGraph,
    Network,
    Platform,
    Status,
    StatusTest,
    atoms,
    conjuncts,
    simplified,
)
from transpile.model.graph import cycles

_OF_AN_END = (
    StatusTest.SUCCESS,
    StatusTest.FAILURE,
    StatusTest.DONE,
    StatusTest.TERMINATED,
)
"""Tests that only the end of a job can meet."""


def cut_alternatives(cuts: Cuts, halts: Halts, platform: Platform) -> Cuts:
    """After this pass edges join no job in a box with one that may never end, if others suffice.

    A Flyte node waits for every node above it. The job waits at a gate instead, which the first
    alternative opens: the other jobs of the box tell it how they ended. The start of the outermost
    box resets all jobs in it, so their statuses are those of this run. Outside of boxes, statuses
    of earlier runs would count, and the edges stay.
    """
    while platform.endpoint and platform.waits:
        view = Jobs.of(cuts.graph, halts.waiting_for(cuts.of.values()))
        found = [job for job in endless_alternatives(view) if _may_be_cut(cuts.graph, job)]
        if not found:
            break
        for job in found:
            cuts = _cut(cuts, job)
    return cuts


def cut_circles(graph: JobGraph, network: Network, platform: Platform) -> Cuts:
    """After this pass edges close no circle in a box that an alternative lets a job start first.

    Edges have one order. At a gate either of two jobs may wait for the other, and be the first. No
    gate asks about a job that another circle keeps from ending.
    """
    nothing = cuts = Cuts(graph, {}, (), {})
    while network.title is None and platform.endpoint and platform.waits:
        found = next(_on_circles(cuts.graph), None)
        if found is None:
            break
        cuts = _cut(cuts, found)
    ends = set(cuts.graph.sorted)
    asked = {job for cut in cuts.of.values() for job in (cut.job, *cut.asked)}
    return cuts if all(cuts.graph.end[job] in ends for job in asked) else nothing


def _on_circles(graph: JobGraph) -> Iterator[Job]:
    """Of each circle that is no deadlock, the jobs that name another one in an alternative."""
    apart = {name for d in graph.dependencies if not d.joins for name in (d.upstream, d.downstream)}
    names = list(graph.jobs)
    for circle in cycles(graph.behind, set(range(len(graph.behind))) - set(graph.sorted)):
        inside = {names[vertex // 2] for vertex in circle}
        if is_deadlock(graph, inside) or not apart.isdisjoint(inside):
            continue
        for name in sorted(inside, key=graph.start.__getitem__):
            job = graph.jobs[name]
            _, terms = _split(job)
            asked = {a.job for t in terms for a in atoms(t) if not isinstance(a, GlobalValue)}
            if not asked.isdisjoint(inside) and _may_be_cut(graph, job):
                yield job


def with_cuts(cuts: Cuts, more: Cuts) -> Cuts:
    """The first cuts with those of `more`, which were found before them."""
    of = dict(cuts.of)
    for name, cut in more.of.items():
        of[name] = _joined(cut, of.get(name))
    return cuts._replace(of=of, far=(*cuts.far, *more.far))


def _joined(cut: Cut, other: Cut | None) -> Cut:
    """The cut of a job that waits for both."""
    if other is None:
        return cut
    return replace(cut, condition=simplified(All((other.condition, cut.condition))))


def _may_be_cut(graph: JobGraph, job: Job) -> bool:
    """True if all alternatives are about the ends of jobs that the job's outermost box resets."""
    boxes = graph.ancestors(job.name)
    if not boxes or any(map(graph.ends_early, boxes)):
        return False
    _, terms = _split(job)
    asked = (atom for term in terms for atom in atoms(term))
    return all(_is_inside(graph, boxes[-1], atom) for atom in asked)


def _is_inside(graph: JobGraph, box: str, atom: Atom) -> bool:
    if not isinstance(atom, Status | ExitCode) or atom.instance is not None:
        return False
    if isinstance(atom, Status) and atom.test not in _OF_AN_END:
        return False
    # A job on ice has no status on the platform.
    runs = graph.keeps(atom.job) and not is_iced(graph.jobs[atom.job])
    return runs and box in graph.ancestors(atom.job)


def _split(job: Job) -> tuple[list[Condition], list[Condition]]:
    """The terms of the job's condition that edges keep, and those with alternatives."""
    near: list[Condition] = []
    cut: list[Condition] = []
    for term in conjuncts(job.condition or TRUE):
        (cut if has_alternatives(term) else near).append(term)
    return near, cut


def _cut(cuts: Cuts, job: Job) -> Cuts:
    near, terms = _split(job)
    place = job.condition_place
    cut = Cut(job.name, simplified(All(tuple(terms))), job.condition_text, place)
    condition = simplified(All(tuple(near)))
    jobs = {job.name: job.waiting_for(condition)}
    kept: list[Dependency] = []
    gone: list[Dependency] = []
    for dependency in cuts.graph.dependencies:
        (gone if is_cut(dependency, jobs) else kept).append(dependency)
    graph = replace(cuts.graph, jobs={**cuts.graph.jobs, **jobs}, dependencies=tuple(kept))
    of = {**cuts.of, job.name: _joined(cut, cuts.of.get(job.name))}
    return cuts._replace(graph=graph, of=of, far=(*cuts.far, *gone))
