"""Jobs, their boxes and what they wait for, as one graph: the only place that knows edges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from transpile.model.graph import reached, topological
from transpile.model.job import Job
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class Dependency:
    """A reference from a job's condition to another job.

    `edge`: `downstream` waits for the end of `upstream`, or, `at_end`, the result of that box does.
    `joins`: the two belong into one workflow. `exclusion`: they wait only so as not to run at the
    same time. `missing`: the code of the finding that says why `upstream` is not in the estate.
    """

    upstream: str
    downstream: str
    span: Span
    edge: bool
    joins: bool = True
    missing: str | None = None
    at_end: bool = False
    exclusion: bool = False


@dataclass(frozen=True)
class JobGraph:
    """Jobs with the members of each box, their dependencies, and the jobs left out.

    Each job has a vertex for its start and one for its end, the same unless it has members. A box
    starts before its members and ends after them. A dependency puts the start of its downstream
    job behind the end of the upstream one. The vertices of jobs left out have no edges.
    """

    jobs: Mapping[str, Job]
    members: Mapping[str, tuple[str, ...]]
    dependencies: tuple[Dependency, ...]
    left_out: frozenset[str]

    @cached_property
    def start(self) -> dict[str, int]:
        """The vertex of each job's start."""
        return {name: 2 * number for number, name in enumerate(self.jobs)}

    @cached_property
    def end(self) -> dict[str, int]:
        """The vertex of each job's end."""
        return {name: vertex + self.has_members(name) for name, vertex in self.start.items()}

    @cached_property
    def behind(self) -> list[list[int]]:
        """For each vertex those that come after it."""
        start, end = self.start, self.end
        behind: list[list[int]] = [[] for _ in range(2 * len(self.jobs))]
        for name, job in self.jobs.items():
            if name in self.left_out:
                continue
            if self.has_members(name):
                behind[start[name]].append(end[name])
            if job.box is not None:
                behind[start[job.box]].append(start[name])
                behind[end[name]].append(end[job.box])
        for dependency in self.dependencies:
            if dependency.edge and self.joins_kept(dependency):
                first = (end if dependency.at_end else start)[dependency.downstream]
                behind[end[dependency.upstream]].append(first)
        return behind

    @cached_property
    def before(self) -> list[list[int]]:
        """For each vertex those that come before it."""
        before: list[list[int]] = [[] for _ in self.behind]
        for vertex, targets in enumerate(self.behind):
            for target in targets:
                before[target].append(vertex)
        return before

    @cached_property
    def sorted(self) -> list[int]:
        """The vertices in dependency order; those on a cycle or behind one are missing."""
        return topological(self.behind)

    def has_members(self, name: str) -> bool:
        """True for a box with members."""
        return bool(self.members.get(name))

    def keeps(self, name: str) -> bool:
        """True for a job of the graph that is not left out."""
        return name in self.jobs and name not in self.left_out

    def joins_kept(self, dependency: Dependency) -> bool:
        """True if neither end of the dependency is missing or left out."""
        return self.keeps(dependency.upstream) and self.keeps(dependency.downstream)

    def ancestors(self, name: str) -> list[str]:
        """The boxes around a job, innermost first."""
        found = []
        box = self.jobs[name].box
        while box is not None:
            found.append(box)
            box = self.jobs[box].box
        return found

    def top(self, name: str) -> str:
        """The top-level box around a job, or the job."""
        return [name, *self.ancestors(name)][-1]

    def walls_between(self, upstream: str, downstream: str, *, at_end: bool = False) -> list[str]:
        """The boxes that hold only one of the two jobs; `at_end`: the other is that box's end."""
        if self.jobs[upstream].box == self.jobs[downstream].box and not at_end:
            return []
        above, below = self.ancestors(upstream), self.ancestors(downstream)
        if at_end:
            below.insert(0, downstream)
        shared = set(above) & set(below)
        return [box for box in above + below if box not in shared]

    def ends_early(self, box: str) -> bool:
        """True for a box that may have its result although not all its members have ended."""
        members = (self.jobs[name] for name in self.members.get(box, ()) if name in self.jobs)
        return bool(self.jobs[box].box_rule) or any(member.terminates_box for member in members)

    def reached(self, vertices: Iterable[int], *, backwards: bool = False) -> set[int]:
        """The vertices and all that come after them, or, `backwards`, before them."""
        return reached(self.before if backwards else self.behind, vertices)
