"""What stands before what: starts and ends of jobs as one graph."""

from collections.abc import Iterable
from dataclasses import dataclass

from transpile.model.network import Network


@dataclass(slots=True)
class Precedence:
    """A vertex for the start of each job and one for its end, the same unless it has members.

    `behind` lists for each vertex those that come after it: a box starts before its members and
    ends after them, and a dependency puts its downstream job behind the end of the upstream one.
    """

    start: dict[str, int]
    end: dict[str, int]
    behind: list[list[int]]

    @classmethod
    def of(cls, network: Network) -> "Precedence":
        """The graph of all jobs but those left out, which are on their own."""
        start = {name: 2 * number for number, name in enumerate(network.jobs)}
        end = {name: start[name] + bool(network.members.get(name)) for name in network.jobs}
        behind: list[list[int]] = [[] for _ in range(2 * len(network.jobs))]
        kept = {n: j for n, j in network.jobs.items() if n not in network.left_out}
        for name, job in kept.items():
            if network.members.get(name):
                behind[start[name]].append(end[name])
            if job.box is not None:
                behind[start[job.box]].append(start[name])
                behind[end[name]].append(end[job.box])
        for dependency in network.dependencies:
            known = dependency.upstream in kept and dependency.downstream in kept
            if dependency.edge and known:
                first = (end if dependency.at_end else start)[dependency.downstream]
                behind[end[dependency.upstream]].append(first)
        return cls(start, end, behind)

    def reversed(self) -> "Precedence":
        """The same vertices, each with those that come before it."""
        before: list[list[int]] = [[] for _ in self.behind]
        for vertex, targets in enumerate(self.behind):
            for target in targets:
                before[target].append(vertex)
        return Precedence(self.start, self.end, before)

    def reached(self, vertices: Iterable[int], among: set[int] | None = None) -> set[int]:
        """The vertices and all that come after them; `among` limits where it looks."""
        pending = list(vertices)
        found = set(pending)
        while pending:
            for target in self.behind[pending.pop()]:
                if target not in found and (among is None or target in among):
                    found.add(target)
                    pending.append(target)
        return found
