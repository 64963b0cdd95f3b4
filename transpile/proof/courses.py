"""When the jobs of a workflow start and end, if each takes a known time and all succeed."""

from collections.abc import Mapping
from dataclasses import dataclass

from transpile.model import JobGraph


@dataclass(frozen=True, slots=True)
class Course:
    """The starts and ends of jobs, in seconds from the start of their workflow.

    `path` is the critical path: the jobs that the end waits for, one after another.
    """

    starts: Mapping[str, float]
    ends: Mapping[str, float]
    path: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """The duration of the whole."""
        return max(self.ends.values(), default=0.0)


def course_of(
    graph: JobGraph, seconds: Mapping[str, float], earliest: Mapping[str, float] | None = None
) -> Course:
    """The course of a workflow; `earliest` holds jobs back until so many seconds from its start.

    Jobs without known seconds take no time. A box ends with the last of its members.
    """
    earliest = earliest or {}
    names = [*graph.jobs]
    begin: dict[int, float] = {}
    finish: dict[int, float] = {}
    last: dict[int, int | None] = {}
    for vertex in graph.sorted:
        name = names[vertex // 2]
        before = [other for other in graph.before[vertex] if other in finish]
        above = max(before, key=lambda other: finish[other], default=None)
        at = 0.0 if above is None else finish[above]
        if vertex == graph.start[name]:
            held = earliest.get(name, 0.0)
            at, above = (held, None) if held > at else (at, above)
        takes = 0.0 if graph.has_members(name) else seconds.get(name, 0.0)
        begin[vertex], finish[vertex], last[vertex] = at, at + takes, above
    kept = [name for name in names if graph.keeps(name) and graph.end[name] in finish]
    path: list[str] = []
    vertex_of = {name: graph.end[name] for name in kept}
    end = max(vertex_of.values(), key=lambda vertex: finish[vertex], default=None)
    while end is not None:
        name = names[end // 2]
        if not graph.has_members(name):
            path.append(name)
        end = last[end]
    return Course(
        {name: begin[graph.start[name]] for name in kept},
        {name: finish[graph.end[name]] for name in kept},
        tuple(reversed(path)),
    )
