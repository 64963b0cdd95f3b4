"""Cuts conditions inside a box where edges would wait for a job that may never end."""

from dataclasses import replace

from transpile.analysis.alternatives import endless_alternatives, has_alternatives
from transpile.analysis.cuts import Cuts, is_cut
from transpile.analysis.moments import Jobs
from transpile.analysis.settling import Halts
from transpile.model import (
    TRUE,
    All,
    Atom,
    Condition,
    Cut,
    Dependency,
    ExitCode,
    Job,
    JobGraph,
    Platform,
    Status,
    StatusTest,
    atoms,
    conjuncts,
    simplified,
)

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
    if not (platform.endpoint and platform.waits):
        return cuts
    while True:
        view = Jobs.of(cuts.graph, halts.waiting_for(cuts.of.values()))
        found = [job for job in endless_alternatives(view) if _may_be_cut(cuts.graph, job)]
        if not found:
            return cuts
        for job in found:
            cuts = _cut(cuts, job)


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
    return graph.keeps(atom.job) and box in graph.ancestors(atom.job)


def _split(job: Job) -> tuple[list[Condition], list[Condition]]:
    """The terms of the job's condition that edges keep, and those with alternatives."""
    near: list[Condition] = []
    cut: list[Condition] = []
    for term in conjuncts(job.condition or TRUE):
        (cut if has_alternatives(term) else near).append(term)
    return near, cut


def _cut(cuts: Cuts, job: Job) -> Cuts:
    near, terms = _split(job)
    before = cuts.of.get(job.name)
    needed = simplified(All((*((before.condition,) if before else ()), *terms)))
    cut = Cut(job.name, needed, job.condition_text, job.condition_span or job.span)
    condition = simplified(All(tuple(near)))
    jobs = {job.name: replace(job, condition=None if condition == TRUE else condition)}
    kept: list[Dependency] = []
    gone: list[Dependency] = []
    for dependency in cuts.graph.dependencies:
        (gone if is_cut(dependency, jobs) else kept).append(dependency)
    graph = replace(cuts.graph, jobs={**cuts.graph.jobs, **jobs}, dependencies=tuple(kept))
    of = {**cuts.of, job.name: cut}
    return cuts._replace(graph=graph, of=of, far=(*cuts.far, *gone))
