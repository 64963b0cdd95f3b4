"""Builds the flows of job files (Flow 1.0): each last job with all jobs upstream of it."""

from collections.abc import Iterator
from dataclasses import replace

from transpile.dialects.azkaban.codes.flows import (
    AmbiguousDependency,
    RecursiveFlow,
    UndefinedDependency,
    UndefinedFlow,
)
from transpile.dialects.azkaban.codes.jobs import NoType
from transpile.dialects.azkaban.codes.projects import AmbiguousJob
from transpile.dialects.azkaban.model import (
    FLOW_TYPE,
    MOST_NODES,
    Flow,
    Node,
    Reference,
    upstream_of,
)
from transpile.dialects.azkaban.properties import listed
from transpile.dialects.azkaban.reader import JobFile, Project
from transpile.findings.codes.boxes import DependencyCycle
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked


class FlowLoader:
    """Builds the flows of one project's job files."""

    def __init__(self, project: Project, diagnostics: Diagnostics) -> None:
        self._project = project
        self._diagnostics = diagnostics
        self._nodes: dict[str, Node] = {}
        self._ambiguous: set[str] = set()
        self._sinks: dict[str, None] = {}
        self._bad: set[str] = set()
        self._count = 0

    def flows(self) -> Iterator[Flow]:
        """A flow for each job that nobody depends on or that has `root.node=true`.

        Jobs that are in no flow, because they are on a cycle, form a last, refused flow.
        """
        for job in self._project.jobs:
            self._add(job)
        for name in self._ambiguous:
            del self._nodes[name]
        self._find_sinks()
        self._drop_bad_dependencies()
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
            yield Flow(first.name, first.span, lost, refused=True)

    def _add(self, job: JobFile) -> None:
        if job.name in self._nodes:
            first = self._nodes[job.name].span
            found = AmbiguousJob(name=job.name, first=f"{first.file}:{first.line}")
            self._diagnostics.add(found, job.span, job=job.name, text=job.name)
            self._ambiguous.add(job.name)
            return
        shared = self._project.place.shared(self._project.root, job.folder, self._diagnostics)
        folder = str(job.folder.relative_to(self._project.root))
        node = Node(job.name, job.span, "", job.own, shared, folder="" if folder == "." else folder)
        properties = node.properties
        if "type" in properties:
            node.type = properties["type"].text
        else:
            self._diagnostics.add(NoType(name=job.name), job.span, job=job.name, text=job.name)
            node.problem = Blocked(NoType, "it has no type")
        if "dependencies" in properties:
            references = [Reference(*item) for item in listed(properties["dependencies"])]
            node.dependencies = tuple({r.name: r for r in references}.values())
        node.condition = properties.get("condition")
        self._nodes[job.name] = node

    def _find_sinks(self) -> None:
        needed = {parent for node in self._nodes.values() for parent in node.parents}
        for name, node in self._nodes.items():
            root = node.properties.get("root.node")
            if name not in needed or (root and root.text.strip().lower() == "true"):
                self._sinks[name] = None

    def _drop_bad_dependencies(self) -> None:
        """Report dependencies on the job itself and on undefined jobs, and remove them."""
        for name, node in self._nodes.items():
            kept = []
            for reference in node.dependencies:
                if reference.name in self._nodes and reference.name != name:
                    kept.append(reference)
                else:
                    self._report_dependency(name, reference)
                    self._bad.add(name)
            node.dependencies = tuple(kept)

    def _report_dependency(self, name: str, reference: Reference) -> None:
        upstream = reference.name
        if upstream == name:
            cycle = DependencyCycle(cycle=f"{name} -> {name}")
            self._diagnostics.add(cycle, reference.span, job=name)
            return
        kind = AmbiguousDependency if upstream in self._ambiguous else UndefinedDependency
        found = kind(name=name, upstream=upstream)
        self._diagnostics.add(found, reference.span, job=name, text=upstream)

    def _flow(self, sink: str, around: tuple[str, ...]) -> Flow:
        """The flow of a sink, embedded in the flows `around` it."""
        names = {sink} | upstream_of(sink, self._nodes)
        last = self._nodes[sink]
        flow = Flow(sink, last.span, {}, own=last.properties)
        flow.refused = not self._bad.isdisjoint(names)
        self._count += len(names)
        # The order of the files: the same project always gives the same flow.
        for name in (name for name in self._nodes if name in names):
            node = self._nodes[name]
            if node.type == FLOW_TYPE:
                node = replace(node, inner=self._inner(node, (*around, sink)))
                flow.refused |= node.inner is None or node.inner.refused
            flow.nodes[name] = node
        return flow

    def _inner(self, node: Node, around: tuple[str, ...]) -> Flow | None:
        """The flow that a node of type flow runs; None, with a finding, if there is none."""
        value = node.properties.get("flow.name")
        name = value.text.strip() if value else ""
        found: RecursiveFlow | UndefinedFlow
        if name in around:
            found = RecursiveFlow(name=node.name, flow=name, cycle=" -> ".join((*around, name)))
        elif name not in self._sinks:
            found = UndefinedFlow(name=node.name, flow=name or "flow.name")
        elif self._count > MOST_NODES:
            found = RecursiveFlow(name=node.name, flow=name, cycle=f"more than {MOST_NODES} jobs")
        else:
            return self._flow(name, around)
        self._diagnostics.add(found, value.span if value else node.span, job=node.name, text=name)
        return None
