"""Jobs that wait for an operator, for what is nowhere, or for one another for ever."""

from collections.abc import Iterable

from transpile.model import (
    TRUE,
    Atom,
    GlobalValue,
    InitialStatus,
    JobGraph,
    Status,
    StatusTest,
    holds,
)


def blocking_jobs(graph: JobGraph, order: Iterable[str]) -> list[str]:
    """The jobs that get a node which fails when it is reached, in the given order."""
    missing = {d.downstream for d in graph.dependencies if d.missing and d.edge}
    jobs = graph.jobs
    return [n for n in order if jobs[n].held_up or jobs[n].never_ends or n in missing]


def never_ending(graph: JobGraph) -> set[str]:
    """The jobs that end in no run: what blocks, what waits for it, and boxes that hold it.

    A box whose result need not wait for all its members ends all the same.
    """
    stuck = set(graph.left_out)
    kept = [name for name in graph.jobs if graph.keeps(name)]
    ends = {graph.end[name]: name for name in kept}
    starts = {graph.start[name]: name for name in kept}
    idle: set[str] = set()
    for vertex in graph.sorted:
        if vertex in starts:
            name = starts[vertex]
            job = graph.jobs[name]
            on_ice = job.status is InitialStatus.ON_ICE
            starting = holds(job.condition or TRUE, lambda atom: _may_hold(atom, graph, stuck))
            if not on_ice and (job.held_up or job.box in idle or not starting):
                idle.add(name)
        if vertex in ends:
            name = ends[vertex]
            members = graph.members.get(name, ())
            lost = not stuck.isdisjoint(members) and not graph.ends_early(name)
            if name in idle or graph.jobs[name].never_ends or lost:
                stuck.add(name)
    return stuck


def _may_hold(atom: Atom, graph: JobGraph, stuck: set[str]) -> bool:
    if isinstance(atom, GlobalValue):
        return True
    if isinstance(atom, Status) and atom.test in (StatusTest.NOT_RUNNING, StatusTest.NOT_FAILED):
        return True
    known = atom.instance is None and atom.job in graph.jobs
    return known and (atom.job not in stuck or _rests(graph, atom.job))


def _rests(graph: JobGraph, name: str) -> bool:
    return graph.jobs[name].status is InitialStatus.ON_ICE
