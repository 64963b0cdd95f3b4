"""The overview of a conversion, which report.md and report.html start with."""

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
"""Statuses of jobs and dependencies in report.json."""


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """One workflow: `statuses` counts its jobs, `levels` its findings, which have these `codes`."""

    chart: Chart
    nodes: int
    launch_plans: tuple[str, ...]
    statuses: Mapping[str, int]
    levels: Mapping[Level, int]
    codes: tuple[str, ...]

    @property
    def jobs(self) -> int:
        """The number of jobs and boxes."""
        return len(self.chart.facts.jobs)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one code, each with the module of its job, if it has one.

    `level` is the most severe level of those that are not accepted, NOTE if all are accepted.
    """

    code: str
    level: Level
    findings: tuple[tuple[Diagnostic, str | None], ...]

    @property
    def entry(self) -> type[Finding]:
        """The code's entry in the catalogue."""
        return CODES[self.code]

    @property
    def count(self) -> int:
        """The number of findings."""
        return len(self.findings)


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of a conversion.

    `jobs` and `dependencies` are counts by status, `attributes` by what became of them, `levels`
    counts findings. `status_of` has the status of each job by module and name.
    """

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
        """The number of jobs that report a status."""
        return sum(len(row.chart.watched) for row in self.workflows)

    @property
    def launch_plans(self) -> int:
        """The number of launch plans."""
        return sum(len(row.launch_plans) for row in self.workflows)


def overview(estate: Estate, data: Mapping[str, Any]) -> Overview:
    """The overview of an estate; `data` is its report.json."""
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
    """Groups sorted by level, the most severe first, then by number of findings."""
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
    """Findings about jobs with their modules; `left_out_key` stands for jobs in no workflow."""
    for module, facts in estate.planned:
        estate.diagnostics.scope = facts.title
        for name in facts.jobs:
            for found in estate.diagnostics.judged(name):
                yield found, module.module
    for facts in estate.networks:
        estate.diagnostics.scope = facts.title
        for name in (*left_out(facts), *facts.said.deleted):
            for found in estate.diagnostics.judged(name):
                yield found, left_out_key(facts)


def _rows(
    estate: Estate, data: Mapping[str, Any], module_of: Mapping[Diagnostic, str]
) -> Iterator[WorkflowRow]:
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    for row in data["jobs"]:
        statuses[row["module"]][row["status"]] += 1
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic, name in module_of.items():
        found[name].append(diagnostic)
    for chart, module in zip(
        charts(estate.planned, estate.diagnostics), estate.modules, strict=True
    ):
        levels = Counter(f.level for f in found[module.module] if not f.accepted)
        yield WorkflowRow(
            chart,
            sum(len(workflow.nodes) for workflow in module.workflows),
            tuple(plan.name for plan in module.launch_plans),
            statuses[module.module],
            {level: levels[level] for level in Level},
            tuple(sorted({diagnostic.code for diagnostic in found[module.module]})),
        )


def left_out_key(facts: Facts) -> str:
    """The key of jobs in no workflow; it differs from names of modules."""
    return "left-out" if facts.title is None else f"left-out:{facts.title}"


def left_out(facts: Facts) -> list[str]:
    """The jobs in no workflow, in source order."""
    return [name for name in facts.jobs if name in facts.left_out]
