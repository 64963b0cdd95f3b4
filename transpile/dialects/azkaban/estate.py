"""Turns sources into networks, one for each flow of each project."""

from collections import Counter
from collections.abc import Iterator, Sequence

from transpile.dialects.azkaban.builder import build_network
from transpile.dialects.azkaban.codes.projects import (
    FlowRefused,
    JobFileIgnored,
    NoProject,
    ProjectRefused,
)
from transpile.dialects.azkaban.flows import load_flow
from transpile.dialects.azkaban.jobs import FlowLoader
from transpile.dialects.azkaban.model import Flow
from transpile.dialects.azkaban.reader import Project, find_projects
from transpile.dialects.kit.yaml_tree import Refusal, compose
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.zones import Zones
from transpile.sources.text import Source, Span

_VERSION = "azkaban-flow-version"


def read_networks(
    sources: Sequence[Source], diagnostics: Diagnostics, site: Site
) -> Iterator[Network]:
    """A network for each flow. If flows share a name, the name of the project goes before it."""
    loaded: list[tuple[Project, Flow, Diagnostics]] = []
    for project in find_projects(sources, diagnostics):
        findings = Diagnostics()
        loaded += ((project, flow, findings) for flow in _flows_of(project, findings))
        diagnostics.extend(findings)
    count = Counter(flow.name for _, flow, _ in loaded)
    for project, flow, findings in loaded:
        lead = f"{project.title}_" if count[flow.name] > 1 and project.title else ""
        diagnostics.scope = f"{lead}{flow.name}"
        diagnostics.extend(findings)
        zone = Zones(dict(site.timezones)).default
        yield build_network(flow, diagnostics.scope, project, diagnostics, zone)


def _flows_of(project: Project, diagnostics: Diagnostics) -> Iterator[Flow]:
    """The flows of a project. Only a project with a settings file has flow files."""
    if not project.settings:
        yield from FlowLoader(project, diagnostics).flows()
        for source in project.flows:
            diagnostics.add(NoProject(), Span(source.label, 1), text=source.label)
    elif not _is_sound(project, diagnostics):
        return
    else:
        for job in project.jobs:
            diagnostics.add(JobFileIgnored(name=job.name), job.span, text=job.name)
        if not project.flows:
            diagnostics.add(EmptySource(), Span(project.settings[0].label, 1))
    known: dict[str, Source] = {}
    for source in project.flows:
        flow = load_flow(source, diagnostics)
        if flow is None:
            continue
        if flow.name in known:
            reason = f"flow {flow.name} is already defined in {known[flow.name].label}"
            diagnostics.add(FlowRefused(reason=reason), flow.span, text=flow.name)
            flow.refused = True
        known.setdefault(flow.name, source)
        yield flow


def _is_sound(project: Project, diagnostics: Diagnostics) -> bool:
    """True for one settings file of version 2.0, as FlowLoaderFactory wants; else reported."""
    first, *others = project.settings
    for other in others:
        reason = f"the project already has {first.label}"
        diagnostics.add(ProjectRefused(reason=reason), Span(other.label, 1), text=other.label)
    try:
        root = compose(first.text, first.label)
        found = root.mapping("the file") if root else {}
        if _VERSION not in found:
            raise Refusal(f"it has no {_VERSION}", Span(first.label, 1))
        version = found[_VERSION].part.text(_VERSION)
        if version.text != "2.0":
            raise Refusal(f"{_VERSION} is {version.text}, not 2.0", version.span)
    except Refusal as refusal:
        diagnostics.add(ProjectRefused(reason=refusal.reason), refusal.span)
        return False
    return not others
