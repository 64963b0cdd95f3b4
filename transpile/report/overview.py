"""A conversion at a glance: what report.md and report.html show first."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import CODES, Finding, Level
from transpile.model import Facts
from transpile.pipeline import Estate
from transpile.report.chart import Chart, charts

STATUSES = ("translated", "partial", "left_out")
"""What becomes of a job or a dependency, as report.json has it."""


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """One workflow in a list of them; `statuses` counts its jobs, `levels` and `codes` findings."""

    chart: Chart
    nodes: int
    launch_plans: tuple[str, ...]
    statuses: Mapping[str, int]
    levels: Mapping[Level, int]
    codes: tuple[str, ...]

    @property
    def jobs(self) -> int:
        """How many jobs it has, boxes included."""
        return len(self.chart.network.jobs)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one code. Those about a job of a workflow have its module.

    `level` is the most severe one of those that are not accepted, a note where all are.
    """

    code: str
    level: Level
    findings: tuple[tuple[Diagnostic, str | None], ...]

    @property
    def entry(self) -> type[Finding]:
        """What the catalogue says."""
        return CODES[self.code]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class Overview:
    """A conversion at a glance. `left_out` are, for each network, the jobs in no workflow."""

    estate: Estate
    jobs: Mapping[str, int]
    dependencies: Mapping[str, int]
    attributes: Mapping[str, int]
    levels: Mapping[Level, int]
    status_of: Mapping[tuple[str | None, str], str]
    workflows: tuple[WorkflowRow, ...]
    groups: tuple[Group, ...]

    @property
    def watched(self) -> int:
        """How many jobs report a status."""
        return sum(len(row.chart.watched) for row in self.workflows)

    @property
    def launch_plans(self) -> int:
        """How many launch plans there are."""
        return sum(len(row.launch_plans) for row in self.workflows)


def overview(estate: Estate, data: Mapping[str, Any]) -> Overview:
    """The overview of an estate; `data` is its report."""
    module_of = dict(_modules(estate))
    groups: dict[str, list[tuple[Diagnostic, str | None]]] = defaultdict(list)
    for found in estate.diagnostics:
        groups[found.code].append((found, module_of.get(found)))
    return Overview(
        estate,
        _counted(data["jobs"]),
        _counted(data["dependencies"]),
        data["attributes"],
        {level: estate.diagnostics.count(level) for level in Level},
        {(row["module"], row["name"]): row["status"] for row in data["jobs"]},
        tuple(_rows(estate, data, module_of)),
        tuple(_groups(groups)),
    )


def _groups(found: dict[str, list[tuple[Diagnostic, str | None]]]) -> list[Group]:
    """The most severe first, then those with many findings."""
    rank = {level: number for number, level in enumerate(Level)}
    groups = []
    for code, findings in found.items():
        levels = [diagnostic.level for diagnostic, _ in findings if not diagnostic.accepted]
        level = min(levels, key=rank.__getitem__, default=Level.NOTE)
        groups.append(Group(code, level, tuple(findings)))
    return sorted(groups, key=lambda group: (rank[group.level], -group.count, group.code))


def _counted(rows: list[dict[str, Any]]) -> dict[str, int]:
    counted = Counter(row["status"] for row in rows)
    return {status: counted[status] for status in STATUSES}


def _modules(estate: Estate) -> Iterator[tuple[Diagnostic, str]]:
    """Findings about jobs, and the modules that these are in, or the key of what is left out."""
    for module, network in estate.planned:
        estate.diagnostics.scope = network.title
        for name in network.jobs:
            for found in estate.diagnostics.judged(name):
                yield found, module.module

    for network in estate.networks:
        estate.diagnostics.scope = network.title
        for name in (*left_out(network), *network.said.deleted):
            for found in estate.diagnostics.judged(name):
                yield found, left_out_key(network)


def _rows(
    estate: Estate, data: Mapping[str, Any], module_of: Mapping[Diagnostic, str]
) -> Iterator[WorkflowRow]:
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    for row in data["jobs"]:
        statuses[row["module"]][row["status"]] += 1
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic, name in module_of.items():
        found[name].append(diagnostic)
    for chart, module in zip(charts(estate), estate.modules, strict=True):
        levels = Counter(f.level for f in found[module.module] if not f.accepted)
        yield WorkflowRow(
            chart,
            sum(len(workflow.nodes) for workflow in module.workflows),
            tuple(plan.name for plan in module.launch_plans),
            statuses[module.module],
            {level: levels[level] for level in Level},
            tuple(sorted({diagnostic.code for diagnostic in found[module.module]})),
        )


def left_out_key(network: Facts) -> str:
    """In the place of a module; no module has such a name."""
    return "left-out" if network.title is None else f"left-out:{network.title}"


def left_out(network: Facts) -> list[str]:
    """The jobs of a network that are in no workflow, in source order."""
    return [name for name in network.jobs if name in network.left_out]
