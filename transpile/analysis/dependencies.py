"""Turns conditions into dependencies between jobs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from transpile.analysis.nesting import Nested
from transpile.findings.codes.conditions import (
    ExclusionLost,
    ExitCodeOfBox,
    FailureOfJobOnIce,
    OtherInstance,
    UndefinedJob,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    FALSE,
    TRUE,
    Atom,
    Blocked,
    Condition,
    Dependency,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    Kind,
    Network,
    Status,
    StatusTest,
    atoms,
    holds_of_ice,
    label_of,
    replaced,
    simplified,
)
from transpile.sources.text import Span


def find_dependencies(network: Network, nested: Nested, diagnostics: Diagnostics) -> JobGraph:
    """The graph of the jobs, with a Dependency for each reference of a condition or box rule.

    It is an edge if the job waits for the other one. A test for a job that does not run waits for
    nothing, a job on ice ignores its condition, and nobody waits for a job on ice. An alternative
    to any of these is no edge either, if it holds: the job does not need it.
    """
    graph = JobGraph(nested.jobs, nested.members, (), frozenset())
    dependencies: list[Dependency] = []
    for job in graph.jobs.values():
        if job.status is InitialStatus.ON_ICE:
            continue
        if job.condition is not None:
            place = job.condition_place
            reader = _Reader(graph, network.outside, job, place, diagnostics)
            dependencies += reader.references(job.condition, job.condition_text)
        if job.box_rule is not None:
            reader = _Reader(graph, network.outside, job, job.box_rule.span, diagnostics)
            for condition in (job.box_rule.success, job.box_rule.failure):
                found = reader.references(condition or TRUE, job.box_rule.text)
                dependencies += reader.from_outside(found)
    for job in graph.jobs.values():
        if job.runs_last:
            dependencies += _behind_all(graph, job)
    return replace(graph, dependencies=tuple(dependencies))


def _behind_all(graph: JobGraph, last: Job) -> Iterator[Dependency]:
    """The dependencies of a job that runs after all jobs beside it."""
    for job in graph.jobs.values():
        if job.box == last.box and job is not last:
            yield Dependency(job.name, last.name, last.span, edge=True)


class _Reader:
    """Reads the conditions of one job."""

    def __init__(
        self,
        graph: JobGraph,
        outside: Mapping[str, Blocked],
        job: Job,
        place: Span,
        diagnostics: Diagnostics,
    ) -> None:
        self._graph = graph
        self._outside = outside
        self._job = job
        self._place = place
        self._diagnostics = diagnostics

    def references(self, condition: Condition, text: str) -> Iterator[Dependency]:
        """A dependency for each job that the condition names."""
        seen: set[tuple[str, bool, bool]] = set()
        needed = set(atoms(simplified(replaced(condition, self._unless_ready))))
        for atom in atoms(condition):
            if isinstance(atom, GlobalValue):
                continue
            place = self._place
            span = atom.span or Span(place.file, place.line, place.column + atom.offset)
            upstream = label_of(atom)
            waits = not (isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING)
            missing = self._missing(atom)
            known = None if missing else self._graph.jobs[atom.job]
            self._report(atom, upstream, span, text, known, missing, waits)
            edge = waits and atom in needed
            if (upstream, waits, edge) not in seen:
                seen.add((upstream, waits, edge))
                yield Dependency(upstream, self._job.name, span, edge, waits, missing)

    def _unless_ready(self, atom: Atom) -> Condition:
        """The atom, or a constant if it waits for nothing."""
        if isinstance(atom, GlobalValue):
            return atom
        known = self._graph.jobs.get(atom.job) if atom.instance is None else None
        if isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING:
            around = known is not None and known.name in self._graph.ancestors(self._job.name)
            return atom if around else TRUE
        if known is None or known.status is not InitialStatus.ON_ICE:
            return atom
        return TRUE if holds_of_ice(atom) else FALSE

    def from_outside(self, found: Iterator[Dependency]) -> Iterator[Dependency]:
        """The dependencies of the end of this box, apart from those on its members."""
        for dependency in found:
            known = self._graph.jobs.get(dependency.upstream)
            if dependency.joins and known is not None and known.box != self._job.name:
                yield replace(dependency, at_end=True)

    def _missing(self, atom: Atom) -> str | None:
        assert not isinstance(atom, GlobalValue)
        if atom.instance is not None:
            return OtherInstance.code
        outside = self._outside.get(atom.job)
        missing = None if atom.job in self._graph.jobs else UndefinedJob.code
        return outside.code if outside else missing

    def _report(
        self,
        atom: Atom,
        upstream: str,
        span: Span,
        text: str,
        known: Job | None,
        missing: str | None,
        waits: bool,
    ) -> None:
        assert not isinstance(atom, GlobalValue)
        name = self._job.name
        if atom.job in self._outside:
            return
        if missing and waits:
            finding = (
                UndefinedJob(upstream=upstream, name=name)
                if atom.instance is None
                else OtherInstance(upstream=atom.job, instance=atom.instance)
            )
            self._diagnostics.add(finding, span, job=name, text=upstream)
        elif missing:
            lost = ExclusionLost(name=name, upstream=upstream)
            self._diagnostics.add(lost, span, job=name, text=text)
        if known is None:
            return
        if known.status is InitialStatus.ON_ICE and not holds_of_ice(atom):
            iced = FailureOfJobOnIce(upstream=upstream, name=name)
            self._diagnostics.add(iced, span, job=name, text=text)
        if known.kind is Kind.BOX and isinstance(atom, ExitCode):
            asked = ExitCodeOfBox(upstream=upstream, name=name)
            self._diagnostics.add(asked, span, job=name, text=text)
