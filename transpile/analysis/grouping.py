"""Which jobs belong into one workflow."""

from dataclasses import replace

from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network


def group_jobs(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass `groups` holds the top-level jobs of each workflow.

    Top-level jobs and boxes are together when a condition inside one names a job inside the other.
    A network with a title is one group. Groups stand in the order of their first job, jobs in the
    network's order.
    """
    top = _tops(network)
    if network.title is not None:
        group = tuple(name for name in network.order if network.jobs[name].box is None)
        return replace(network, groups=(group,) if group else ())
    leader = {name: name for name in set(top.values())}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for dependency in network.dependencies:
        if dependency.joins and dependency.upstream in top and dependency.downstream in top:
            leader[find(top[dependency.downstream])] = find(top[dependency.upstream])
    groups: dict[str, list[str]] = {}
    for name in network.order:
        if network.jobs[name].box is None:
            groups.setdefault(find(name), []).append(name)
    return replace(network, groups=tuple(tuple(group) for group in groups.values()))


def _tops(network: Network) -> dict[str, str]:
    """For each job that is not left out, the top-level job that it is or is in."""
    top: dict[str, str] = {}
    for name in network.order:
        box = network.jobs[name].box
        top[name] = name if box is None else top[box]
    return top
