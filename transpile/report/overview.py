"""The overview of a conversion, which report.md and report.html start with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import CODES, Finding, Level
from transpile.model import Facts
from transpile.pipeline import Estate
from transpile.report.estate import said_start
from transpile.report.heading import Heading
from transpile.report.json_report import Listed, Report
from transpile.report.links import Links
from transpile.report.workflow import STATUSES, WorkflowRow

MOST_NAMED = 3
"""Maximum number of workflows that a cell of a short table names."""


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


class WorkflowLine(NamedTuple):
    """A workflow, how it starts, and which workflows it waits for, both in words."""

    row: WorkflowRow
    start: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of a conversion.

    `jobs` and `dependencies` are counts by status, `attributes` by what became of them, `levels`
    counts findings, `links` has the cuts between workflows, `listed` the dependencies by status.
    """

    heading: Heading
    estate: Estate
    jobs: Mapping[str, int]
    dependencies: Mapping[str, int]
    attributes: Mapping[str, int]
    levels: Mapping[Level, int]
    workflows: tuple[WorkflowRow, ...]
    links: Links
    listed: Mapping[str, Sequence[Listed]]
    groups: tuple[Group, ...]

    def lines(self) -> Iterator[WorkflowLine]:
        """The workflows with what short tables say about them."""
        for row, near in zip(self.workflows, self.links.near, strict=True):
            by = self._named(near.started_by)
            start = f"started by {by}" if row.start == "workflows" and by else said_start(row)
            yield WorkflowLine(row, start, self._named(near.waits_for))

    def _named(self, numbers: Sequence[int]) -> str:
        """The titles of some of these workflows."""
        titles = ", ".join(self.workflows[number].title for number in numbers[:MOST_NAMED])
        more = len(numbers) - MOST_NAMED
        return f"{titles} and {more:,} more" if more > 0 else titles

    @property
    def watched(self) -> int:
        """The number of jobs that report a status."""
        return sum(row.watched for row in self.workflows)

    @property
    def launch_plans(self) -> int:
        """The number of launch plans."""
        return sum(len(row.launch_plans) for row in self.workflows)


def overview(estate: Estate, report: Report, heading: Heading) -> Overview:
    """The overview of an estate and its report.json."""
    diagnostics = estate.diagnostics
    module_of = report.module_of
    for facts in estate.networks:
        diagnostics.scope = facts.title
        for name in (*left_out(facts), *facts.said.deleted):
            for found in diagnostics.judged(name):
                module_of[found] = left_out_key(facts)
    groups: dict[str, list[tuple[Diagnostic, str | None]]] = defaultdict(list)
    for found in diagnostics:
        groups[found.code].append((found, module_of.get(found)))
    totals = report.totals()
    return Overview(
        heading,
        estate,
        {status: totals.jobs[status] for status in STATUSES},
        {status: totals.dependencies[status] for status in STATUSES},
        totals.attributes,
        {level: diagnostics.count(level) for level in Level},
        tuple(report.workflows),
        report.links.among_selected(),
        report.listed_dependencies(),
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


def left_out_key(facts: Facts) -> str:
    """The key of jobs in no workflow; it differs from names of modules."""
    return "left-out" if facts.title is None else f"left-out:{facts.title}"


def left_out(facts: Facts) -> list[str]:
    """The jobs in no workflow, in source order."""
    return [name for name in facts.jobs if name in facts.left_out]
