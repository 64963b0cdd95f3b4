"""Groups the jobs that belong into one workflow."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from transpile.model import Job, JobGraph

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""The top-level jobs of each workflow."""


def group_jobs(graph: JobGraph, order: Sequence[str], *, as_one: bool) -> Groups:
    """The top-level jobs of each workflow, or, `as_one`, of the only one.

    Top-level jobs and boxes are together when a condition inside one names a job inside the other.
    Groups stand in the order of their first job, jobs in the given order.
    """
    tops = tuple(name for name in order if graph.jobs[name].box is None)
    if as_one:
        return (tops,) if tops else ()
    top = heads(graph.jobs, order, tuple((name,) for name in tops))
    leader = {name: name for name in tops}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for dependency in graph.dependencies:
        if dependency.joins and dependency.upstream in top and dependency.downstream in top:
            leader[find(top[dependency.downstream])] = find(top[dependency.upstream])
    groups: dict[str, list[str]] = {}
    for name in tops:
        groups.setdefault(find(name), []).append(name)
    return tuple(tuple(group) for group in groups.values())


def heads(jobs: Mapping[str, Job], order: Sequence[str], groups: Groups) -> dict[str, str]:
    """For each job in a group, the first job of the group."""
    found = {name: group[0] for group in groups for name in group}
    for name in order:
        box = jobs[name].box
        if box is not None:
            found[name] = found[box]
    return found
