"""Flow 1.0: job files to flows. A flow is a job that nobody depends on, with all before it."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import replace

from transpile.dialects.azkaban.codes.flows import (
    AmbiguousDependency,
    RecursiveFlow,
    UndefinedDependency,
    UndefinedFlow,
)
from transpile.dialects.azkaban.codes.jobs import NoType
from transpile.dialects.azkaban.codes.projects import AmbiguousJob
from transpile.dialects.azkaban.model import FLOW_TYPE, Flow, Node, Reference, Value
from transpile.dialects.azkaban.properties import listed
from transpile.dialects.azkaban.reader import JobFile, Project
from transpile.findings.codes.boxes import DependencyCycle
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked

MOST_NODES = 5_000
"""A flow with the flows inside it has no more; what has, holds itself many times over."""


class FlowLoader:
    """The flows of one project's job files."""

    def __init__(self, project: Project, diagnostics: Diagnostics) -> None:
        self._project = project
        self._diagnostics = diagnostics
        self._nodes: dict[str, Node] = {}
        self._ambiguous: set[str] = set()
        self._sinks: dict[str, None] = {}
        self._bad: set[str] = set()
        self._count = 0

    def flows(self) -> Iterator[Flow]:
        """A flow for each job that nobody depends on, or that says that it is one.

        What is in no flow, because it is on a cycle, comes as a flow that does not load.
        """
        for job in self._project.jobs:
            self._add(job)
        for name in self._ambiguous:
            del self._nodes[name]
        self._find_sinks()
        seen: set[str] = set()
        for name in self._sinks:
            self._count = 0
            flow = self._flow(name, ())
            if self._count > MOST_NODES:
                flow.nodes = {n: replace(node, inner=None) for n, node in flow.nodes.items()}
            seen |= flow.nodes.keys()
            yield flow
        lost = {name: node for name, node in self._nodes.items() if name not in seen}
        if lost:
            first = next(iter(lost.values()))
            kept = {n: self._with_known(node) for n, node in lost.items()}
            yield Flow(first.name, first.span, kept, refused=True)

    def _add(self, job: JobFile) -> None:
        if job.name in self._nodes:
            first = self._nodes[job.name].span
            self._diagnostics.add(
                AmbiguousJob(name=job.name, first=f"{first.file}:{first.line}"),
                job.span,
                job=job.name,
                text=job.name,
            )
            self._ambiguous.add(job.name)
            return
        shared = self._project.place.shared(self._project.root, job.folder, self._diagnostics)
        seen: Mapping[str, Value] = ChainMap(dict(job.own), dict(shared)) if shared else job.own
        type_ = seen.get("type")
        problem = None
        if type_ is None:
            self._diagnostics.add(NoType(name=job.name), job.span, job=job.name, text=job.name)
            problem = Blocked(NoType, "it has no type")
        found = seen.get("dependencies")
        references = [Reference(*item) for item in listed(found)] if found else []
        folder = str(job.folder.relative_to(self._project.root))
        self._nodes[job.name] = Node(
            name=job.name,
            span=job.span,
            type=type_.text if type_ else "",
            own=job.own,
            shared=shared,
            dependencies=tuple({r.name: r for r in references}.values()),
            condition=seen.get("condition"),
            folder="" if folder == "." else folder,
            problem=problem,
        )

    def _find_sinks(self) -> None:
        needed = {r.name for node in self._nodes.values() for r in node.dependencies}
        for name, node in self._nodes.items():
            root = {**node.shared, **node.own}.get("root.node")
            if name not in needed or (root and root.text.strip().lower() == "true"):
                self._sinks[name] = None
            for reference in node.dependencies:
                if reference.name not in self._nodes or reference.name == name:
                    self._report_edge(node, reference)
                    self._bad.add(name)

    def _report_edge(self, node: Node, reference: Reference) -> None:
        if reference.name == node.name:
            cycle = f"{node.name} -> {node.name}"
            self._diagnostics.add(DependencyCycle(cycle=cycle), reference.span, job=node.name)
        elif reference.name in self._ambiguous:
            self._diagnostics.add(
                AmbiguousDependency(name=node.name, upstream=reference.name),
                reference.span,
                job=node.name,
                text=reference.name,
            )
        else:
            self._diagnostics.add(
                UndefinedDependency(name=node.name, upstream=reference.name),
                reference.span,
                job=node.name,
                text=reference.name,
            )

    def _flow(self, sink: str, around: tuple[str, ...]) -> Flow:
        """The flow of a sink; `around` are those that it is inside of."""
        names = self._before(sink)
        last = self._nodes[sink]
        flow = Flow(sink, last.span, {}, refused=not self._bad.isdisjoint(names))
        flow.own = {**last.shared, **last.own}
        self._count += len(names)
        # In the order of the files, so that the same project always gives the same flow.
        for name in (name for name in self._nodes if name in names):
            node = self._with_known(self._nodes[name])
            if node.type == FLOW_TYPE:
                node = replace(node, inner=self._inner(node, (*around, sink)))
                flow.refused |= node.inner is None or node.inner.refused
            flow.nodes[name] = node
        return flow

    def _with_known(self, node: Node) -> Node:
        kept = tuple(r for r in node.dependencies if r.name in self._nodes and r.name != node.name)
        return replace(node, dependencies=kept)

    def _inner(self, node: Node, around: tuple[str, ...]) -> Flow | None:
        value = {**node.shared, **node.own}.get("flow.name")
        name = value.text.strip() if value else ""
        span = value.span if value else node.span
        if name in around:
            cycle = " -> ".join((*around, name))
            self._diagnostics.add(
                RecursiveFlow(name=node.name, flow=name, cycle=cycle),
                span,
                job=node.name,
                text=name,
            )
        elif name not in self._sinks:
            self._diagnostics.add(
                UndefinedFlow(name=node.name, flow=name or "flow.name"),
                span,
                job=node.name,
                text=name,
            )
        elif self._count > MOST_NODES:
            cycle = f"more than {MOST_NODES} jobs"
            self._diagnostics.add(
                RecursiveFlow(name=node.name, flow=name, cycle=cycle),
                span,
                job=node.name,
                text=name,
            )
        else:
            return self._flow(name, around)
        return None

    def _before(self, sink: str) -> set[str]:
        pending, found = [sink], {sink}
        while pending:
            for reference in self._nodes[pending.pop()].dependencies:
                if reference.name in self._nodes and reference.name not in found:
                    found.add(reference.name)
                    pending.append(reference.name)
        return found
