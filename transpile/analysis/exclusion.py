"""Keeps apart jobs that must not run at the same time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from transpile.analysis.grouping import Groups, heads
from transpile.analysis.moments import Jobs
from transpile.analysis.settling import Halts, Settled
from transpile.findings.codes.conditions import (
    BoxMayNeverComplete,
    ExclusionByOrder,
    ExclusionLost,
    ExclusionMayHang,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    All,
    Atom,
    Condition,
    Cut,
    Dependency,
    GlobalValue,
    InitialStatus,
    JobGraph,
    Status,
    StatusTest,
    atoms,
    holds,
)
from transpile.model.graph import Edges, reached, topological


class Apart(NamedTuple):
    """The graph with an order for jobs that must not run at once; `overlapping` have none."""

    graph: JobGraph
    overlapping: frozenset[tuple[str, str]]


def keep_apart(
    settled: Settled,
    halts: Halts,
    order: Sequence[str],
    groups: Groups,
    cuts: Mapping[str, Cut],
    diagnostics: Diagnostics,
) -> Apart:
    """After this pass jobs of one workflow that must not run together wait for one another.

    A job that starts only while another one does not run is ordered before or after it: before it
    if that one waits for other workflows, by one of the `cuts`, or for a start time. If the two are
    not in one workflow, nothing keeps them apart, and that is reported.
    """
    graph = settled.graph
    asked = [d for d in graph.dependencies if not d.joins and d.missing is None]
    if not asked:
        return Apart(graph, frozenset())
    group = heads(graph.jobs, order, groups)
    late = [n for n in order if (n in cuts and _waits(cuts[n])) or _is_timed(graph, n)]
    exclusions = _Exclusions(settled, halts, late)
    overlapping: set[tuple[str, str]] = set()
    together: list[Dependency] = []
    for dependency in asked:
        up, down = dependency.upstream, dependency.downstream
        rests = any(graph.jobs[n].status is InitialStatus.ON_ICE for n in (up, down))
        if rests or up not in group or down not in group or _one_holds_the_other(graph, up, down):
            continue
        if group[up] == group[down]:
            together.append(dependency)
        if group[up] != group[down] or not exclusions.separate(dependency):
            overlapping.add((up, down))
            diagnostics.add(
                ExclusionLost(name=down, upstream=up), dependency.span, job=down, text=up
            )
    for first, second, dependency in exclusions.added:
        kind = ExclusionMayHang if exclusions.may_hang(first, second) else ExclusionByOrder
        finding = kind(first=first, second=second)
        diagnostics.add(finding, dependency.span, job=dependency.downstream)
    certain = _certain_to_run(graph, order, halts.held_up)
    _report_endless_boxes(settled, together, exclusions, certain, diagnostics)
    pairs = [*exclusions.settled, *((first, second) for first, second, _ in exclusions.added)]
    found = tuple(
        Dependency(first, second, graph.jobs[second].span, edge=True, exclusion=True)
        for first, second in dict.fromkeys(pairs)
    )
    graph = replace(graph, dependencies=graph.dependencies + found)
    return Apart(graph, frozenset(overlapping))


def _report_endless_boxes(
    settled: Settled,
    together: list[Dependency],
    exclusions: "_Exclusions",
    certain: set[str],
    diagnostics: Diagnostics,
) -> None:
    """A box that never completes runs on: n() of it then holds a job back for ever."""
    for dependency in together:
        if not settled.graph.has_members(dependency.upstream):
            continue
        up, down = dependency.upstream, dependency.downstream
        if exclusions.is_surely_before(down, up):
            continue
        if exclusions.needs(up, down) or not _surely_completes(settled, up, certain):
            diagnostics.add(
                BoxMayNeverComplete(upstream=up, name=down), dependency.span, job=down, text=up
            )


def _certain_to_run(graph: JobGraph, order: Sequence[str], held_up: Collection[str]) -> set[str]:
    """The jobs that run in every run, once the boxes around them do."""
    found: set[str] = set()

    def is_met(atom: Atom) -> bool:
        if isinstance(atom, GlobalValue):
            return False
        test = atom.test if isinstance(atom, Status) else None
        ends = atom.job in found and not graph.has_members(atom.job)
        return test is StatusTest.NOT_RUNNING or (test is StatusTest.DONE and ends)

    for name in order:
        job = graph.jobs[name]
        if name not in held_up and (job.condition is None or holds(job.condition, is_met)):
            found.add(name)
    return found


def _surely_completes(settled: Settled, box: str, certain: set[str]) -> bool:
    """True if every job in the box runs."""
    graph, pending = settled.graph, [box]
    while pending:
        name = pending.pop()
        job = graph.jobs[name]
        if job.status is InitialStatus.ON_ICE:
            continue
        if (name not in certain and name != box) or job.box_rule or name in settled.never_ends:
            return False
        pending += graph.members.get(name, ())
    return True


def _is_plain(condition: Condition | None) -> bool:
    """True if the condition asks only for successes, all of them."""
    if isinstance(condition, All):
        return all(map(_is_plain, condition.terms))
    succeeds = isinstance(condition, Status) and condition.test is StatusTest.SUCCESS
    return condition is None or succeeds


def _waits(cut: Cut) -> bool:
    """True unless the cut only asks for jobs that do not run."""
    tests = (atom.test if isinstance(atom, Status) else None for atom in atoms(cut.condition))
    return any(test is not StatusTest.NOT_RUNNING for test in tests)


def _is_timed(graph: JobGraph, name: str) -> bool:
    """True for a job in a box that has start times."""
    job = graph.jobs[name]
    return job.box is not None and job.schedule is not None


def _one_holds_the_other(graph: JobGraph, up: str, down: str) -> bool:
    return up == down or up in graph.ancestors(down) or down in graph.ancestors(up)


class _Exclusions:
    """Orders pairs of jobs, one after another, without ever closing a cycle."""

    def __init__(self, settled: Settled, halts: Halts, late: Iterable[str]) -> None:
        graph = settled.graph
        self._graph = graph
        self._behind = [[*targets] for targets in graph.behind]
        # Only these hold whatever fails: another order may hang on a job that never runs.
        firm = (d for d in graph.dependencies if _is_plain(graph.jobs[d.downstream].condition))
        self._firm = replace(graph, dependencies=tuple(firm)).behind
        self._endless = settled.stuck & graph.members.keys()
        self._endless_jobs = Jobs.of(graph, halts).endless
        self._late = reached(self._behind, [graph.start[name] for name in late])
        self.added: list[tuple[str, str, Dependency]] = []
        self.settled: list[tuple[str, str]] = []
        self._sort()

    def _sort(self) -> None:
        order = topological(self._behind)
        self._place = {vertex: place for place, vertex in enumerate(order)}

    def separate(self, dependency: Dependency) -> bool:
        """True if one of the two jobs ends before the other starts, after a new order if needed."""
        up, down = dependency.upstream, dependency.downstream
        if self._is_ordered(up, down) or self._is_ordered(down, up):
            return True
        both = [(up, down), (down, up)]
        # Nothing can wait for the end of a box that runs on for ever.
        orders = [pair for pair in both if pair[0] not in self._endless]
        short = [pair for pair in orders if not self.may_hang(*pair)]
        early = [pair for pair in short if self._starts(down) and not self._is_late(*pair)]
        return any(self._put_in_order(pairs, dependency) for pairs in (early, short, orders))

    def _put_in_order(self, orders: list[tuple[str, str]], dependency: Dependency) -> bool:
        for first, second in orders:
            if self._place[self._graph.end[first]] < self._place[self._graph.start[second]]:
                self._add(first, second, dependency)
                return True
        for first, second in orders:
            # Both orders are open, although the jobs overlap in the order that was found.
            behind = reached(self._behind, [self._graph.start[second]])
            if self._graph.end[first] not in behind:
                self._add(first, second, dependency)
                self._sort()
                return True
        return False

    def _starts(self, name: str) -> bool:
        """True if a box or a clock starts the job; the end of another one starts other jobs."""
        job = self._graph.jobs[name]
        return job.box is not None or job.schedule is not None

    def _is_late(self, first: str, second: str) -> bool:
        """True if `first` waits for other workflows or a start time, and `second` for neither.

        A job that neither a box nor a clock starts is looked at only when the other one has ended.
        """
        start, job = self._graph.start, self._graph.jobs[second]
        looked_at = job.box is not None or job.schedule is not None
        return looked_at and start[first] in self._late and start[second] not in self._late

    def may_hang(self, first: str, second: str) -> bool:
        """True if `first` may never end, for a reason that does not hold up `second` too."""
        waits = self._endless_jobs.nodes_at_end.get(first, 0)
        return bool(waits & ~self._endless_jobs.nodes_at_start.get(second, 0))

    def is_surely_before(self, first: str, second: str) -> bool:
        """True if `second` starts only after the end of `first`."""
        return self._before(self._firm, first, second)

    def needs(self, box: str, job: str) -> bool:
        """True if the box ends after the job."""
        return self._graph.end[box] in reached(self._behind, [self._graph.end[job]])

    def _is_ordered(self, first: str, second: str) -> bool:
        """True if `first` ends before `second` starts; made certain if need be."""
        if self._before(self._firm, first, second):
            return True
        ordered = first not in self._endless and self._before(self._behind, first, second)
        if ordered:
            self.settled.append((first, second))
        return ordered

    def _before(self, edges: Edges, first: str, second: str) -> bool:
        start, target = self._graph.end[first], self._graph.start[second]
        last = self._place[target]
        if self._place[start] > last:
            return False
        pending, seen = [start], {start}
        while pending:
            vertex = pending.pop()
            if vertex == target:
                return True
            for behind in edges[vertex]:
                if behind not in seen and self._place[behind] <= last:
                    seen.add(behind)
                    pending.append(behind)
        return False

    def _add(self, first: str, second: str, dependency: Dependency) -> None:
        self._behind[self._graph.end[first]].append(self._graph.start[second])
        self.added.append((first, second, dependency))
