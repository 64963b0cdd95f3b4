"""Jobs that wait for an operator, for what is nowhere, or for one another for ever."""

from transpile.model import (
    TRUE,
    Atom,
    GlobalValue,
    InitialStatus,
    Network,
    Precedence,
    Status,
    StatusTest,
    holds,
)
from transpile.model.graph import topological


def blocking_jobs(network: Network) -> list[str]:
    """The jobs that get a node which fails when it is reached, in the network's order."""
    missing = {d.downstream for d in network.dependencies if d.missing and d.edge}
    jobs = network.jobs
    return [n for n in network.order if jobs[n].held_up or jobs[n].never_ends or n in missing]


def never_ending(network: Network) -> set[str]:
    """The jobs that end in no run: what blocks, what waits for it, and boxes that hold it.

    A box whose result need not wait for all its members ends all the same.
    """
    stuck = set(network.left_out)
    graph = Precedence.of(network)
    kept = [name for name in network.jobs if name not in network.left_out]
    ends = {graph.end[name]: name for name in kept}
    starts = {graph.start[name]: name for name in kept}
    idle: set[str] = set()
    for vertex in topological(graph.behind):
        if vertex in starts:
            name = starts[vertex]
            job = network.jobs[name]
            on_ice = job.status is InitialStatus.ON_ICE
            starting = holds(job.condition or TRUE, lambda atom: _may_hold(atom, network, stuck))
            if not on_ice and (job.held_up or job.box in idle or not starting):
                idle.add(name)
        if vertex in ends:
            name = ends[vertex]
            members = network.members.get(name, ())
            lost = not stuck.isdisjoint(members) and not network.ends_early(name)
            if name in idle or network.jobs[name].never_ends or lost:
                stuck.add(name)
    return stuck


def _may_hold(atom: Atom, network: Network, stuck: set[str]) -> bool:
    if isinstance(atom, GlobalValue):
        return True
    if isinstance(atom, Status) and atom.test in (StatusTest.NOT_RUNNING, StatusTest.NOT_FAILED):
        return True
    known = atom.instance is None and atom.job in network.jobs
    return known and (atom.job not in stuck or _rests(network, atom.job))


def _rests(network: Network, name: str) -> bool:
    return network.jobs[name].status is InitialStatus.ON_ICE
