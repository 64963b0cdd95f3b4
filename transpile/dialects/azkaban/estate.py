"""Turns sources into networks, one for each flow of each project."""

from collections import Counter
from collections.abc import Iterator, Sequence

from transpile.dialects.azkaban.builder import build_network
from transpile.dialects.azkaban.model import Flow
from transpile.dialects.azkaban.reader import Project, find_projects
from transpile.dialects.azkaban.settings import load_flows
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.zones import Zones
from transpile.sources.text import Source


def read_networks(
    sources: Sequence[Source], diagnostics: Diagnostics, site: Site
) -> Iterator[Network]:
    """A network for each flow. If flows share a name, the name of the project goes before it."""
    loaded: list[tuple[Project, Flow, Diagnostics]] = []
    for project in find_projects(sources, diagnostics):
        findings = Diagnostics()
        loaded += ((project, flow, findings) for flow in load_flows(project, findings))
        diagnostics.extend(findings)
    count = Counter(flow.name for _, flow, _ in loaded)
    for project, flow, findings in loaded:
        lead = f"{project.title}_" if count[flow.name] > 1 and project.title else ""
        diagnostics.scope = f"{lead}{flow.name}"
        diagnostics.extend(findings)
        zone = Zones(dict(site.timezones)).default
        yield build_network(flow, diagnostics.scope, project, diagnostics, zone)
