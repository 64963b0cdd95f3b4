"""Finds the jobs behind those that wait without a limit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from transpile.analysis.endstates import Known
from transpile.model import Job, JobGraph


@dataclass(slots=True)
class Endless:
    """The jobs without a limit before each start and end of a job, as bits.

    `nodes`: the node of the job waits for them. `runs`: the job cannot have started or ended unless
    they have ended.
    """

    bit_of: dict[str, int]
    nodes_at_start: dict[str, int] = field(default_factory=dict)
    nodes_at_end: dict[str, int] = field(default_factory=dict)
    runs_at_start: dict[str, int] = field(default_factory=dict)
    runs_at_end: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, graph: JobGraph, waiting: Collection[str], needed: Callable[[Job], Known | None]
    ) -> "Endless":
        """Those of a graph that are `waiting`; `needed` is what each job cannot start without."""
        kept = [name for name in graph.jobs if name in waiting and graph.keeps(name)]
        found = cls({name: 1 << place for place, name in enumerate(kept)})
        if not kept:
            return found
        starts = {vertex: name for name, vertex in graph.start.items()}
        ends = {vertex: name for name, vertex in graph.end.items()}
        nodes = [0] * len(graph.behind)
        for vertex in graph.sorted:
            if vertex in starts:
                name = starts[vertex]
                found.nodes_at_start[name] = nodes[vertex]
                found._start(graph.jobs[name], needed)
            if vertex in ends:
                name = ends[vertex]
                nodes[vertex] |= found.bit_of.get(name, 0)
                found.nodes_at_end[name] = nodes[vertex]
                found._end(graph, name)
            for behind in graph.behind[vertex]:
                nodes[behind] |= nodes[vertex]
        return found

    def _start(self, job: Job, needed: Callable[[Job], Known | None]) -> None:
        found = self.runs_at_start.get(job.box, 0) if job.box else 0
        for name in needed(job) or ():
            found |= self.runs_at_end.get(name, 0)
        self.runs_at_start[job.name] = found

    def _end(self, graph: JobGraph, name: str) -> None:
        found = self.runs_at_start[name] | self.bit_of.get(name, 0)
        if not graph.ends_early(name):
            for member in graph.members.get(name, ()):
                found |= self.runs_at_end.get(member, 0)
        self.runs_at_end[name] = found
