"""Groups the jobs that belong into one workflow."""

from collections.abc import Sequence
from typing import TypeAlias

from transpile.model import JobGraph

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""The top-level jobs of each workflow."""


def group_jobs(graph: JobGraph, order: Sequence[str], *, as_one: bool) -> Groups:
    """The top-level jobs of each workflow, or, `as_one`, of the only one.

    Top-level jobs and boxes are together when a condition inside one names a job inside the other.
    Groups stand in the order of their first job, jobs in the given order.
    """
    if as_one:
        group = tuple(name for name in order if graph.jobs[name].box is None)
        return (group,) if group else ()
    top = tops(graph, order)
    leader = {name: name for name in set(top.values())}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for dependency in graph.dependencies:
        if dependency.joins and dependency.upstream in top and dependency.downstream in top:
            leader[find(top[dependency.downstream])] = find(top[dependency.upstream])
    groups: dict[str, list[str]] = {}
    for name in order:
        if graph.jobs[name].box is None:
            groups.setdefault(find(name), []).append(name)
    return tuple(tuple(group) for group in groups.values())


def tops(graph: JobGraph, order: Sequence[str]) -> dict[str, str]:
    """For each job that is not left out, the top-level job that it is or is in."""
    top: dict[str, str] = {}
    for name in order:
        box = graph.jobs[name].box
        top[name] = name if box is None else top[box]
    return top
