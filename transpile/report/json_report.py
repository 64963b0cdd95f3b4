"""Makes report.json: jobs, dependencies, workflows, nodes and findings, for scripts."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.model import Dependency, Facts
from transpile.pipeline import Estate
from transpile.report.workflow import WorkflowReport, WorkflowRow, job_row, place
from transpile.sources.printable import to_json
from transpile.sources.text import Span

VERSION = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """What a report counts: jobs and dependencies by status, attributes by what became of them."""

    jobs: Counter[str]
    dependencies: Counter[str]
    attributes: Mapping[str, int]
    watched: int
    workflows: int
    launch_plans: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Totals":
        """The totals of a report that was read."""
        return cls(
            Counter(job["status"] for job in data["jobs"]),
            Counter(dependency["status"] for dependency in data["dependencies"]),
            data["attributes"],
            sum(workflow["watched"] for workflow in data["workflows"]),
            len(data["workflows"]),
            sum(len(workflow["launch_plans"]) for workflow in data["workflows"]),
        )


class Report:
    """Collects report.json while workflows are converted.

    `workflows` are those that were added. `module_of` has the module of each finding about a job.
    """

    def __init__(self, estate: Estate) -> None:
        self.workflows: list[WorkflowRow] = []
        self.module_of: dict[Diagnostic, str] = {}
        self._estate = estate
        self._jobs: list[dict[str, str]] = [{} for _ in estate.networks]
        self._workflow_rows: list[str] = []
        self._nodes: list[str] = []

    def add(self, found: WorkflowReport, network: int) -> None:
        """Add a workflow of the network with this number."""
        row = found.row
        self.workflows.append(row)
        self._jobs[network].update(zip(row.names, found.jobs, strict=True))
        self._workflow_rows.append(found.workflow)
        self._nodes += found.nodes
        self._estate.diagnostics.scope = self._estate.networks[network].title
        for name in row.names:
            for each in self._estate.diagnostics.judged(name):
                self.module_of[each] = row.module

    def totals(self) -> Totals:
        """What the report counts."""
        estate = self._estate
        jobs = Counter[str]()
        for row in self.workflows:
            jobs.update(row.statuses)
        if estate.selection is None:
            known = sum(len(facts.jobs) + len(facts.said.deleted) for facts in estate.networks)
            jobs["left_out"] += known - jobs.total()
        tallies = [facts.said.tally for facts in estate.networks]
        return Totals(
            jobs,
            Counter(_status(d, facts) for d, facts in self._dependencies()),
            {
                "translated": sum(tally.translated for tally in tallies),
                "noted": sum(tally.noted for tally in tallies),
                "unsupported": sum(tally.unsupported for tally in tallies),
            },
            sum(row.watched for row in self.workflows),
            len(self.workflows),
            sum(len(row.launch_plans) for row in self.workflows),
        )

    def lines(self) -> Iterator[str]:
        """The text of report.json: one line per job, dependency, workflow, node and finding."""
        yield f'{{\n"version": {VERSION}'
        yield from _listed("jobs", self._job_lines())
        dependencies = (_dependency(d, facts) for d, facts in self._dependencies())
        yield from _listed("dependencies", map(to_json, dependencies))
        yield f',\n"attributes": {to_json(self.totals().attributes)}'
        yield from _listed("workflows", self._workflow_rows)
        yield from _listed("nodes", self._nodes)
        diagnostics = diagnostics_json(self._estate.diagnostics)
        yield from _listed("diagnostics", map(to_json, diagnostics))
        yield "\n}\n"

    def _dependencies(self) -> Iterator[tuple[Dependency, Facts]]:
        chosen = self._estate.selection
        for facts in self._estate.networks:
            for dependency in facts.dependencies:
                if chosen is None or dependency.downstream in chosen.jobs:
                    yield dependency, facts

    def _job_lines(self) -> Iterator[str]:
        for facts, known in zip(self._estate.networks, self._jobs, strict=True):
            if self._estate.selection is not None:
                yield from (known[name] for name in facts.jobs if name in known)
                continue
            for job in facts.jobs.values():
                yield known.get(job.name) or to_json(job_row(job, None, "left_out"))
            for name, span in facts.said.deleted.items():
                nowhere = {"workflow": None, "module": None, "node": None}
                yield to_json(
                    {"name": name, "source": place(span), **nowhere, "status": "left_out"}
                )


def _listed(key: str, rows: Iterable[str]) -> Iterator[str]:
    """An entry with a list, one row a line."""
    yield f',\n"{key}": ['
    before = "\n  "
    for row in rows:
        yield before + row
        before = ",\n  "
    yield "]" if before == "\n  " else "\n]"


def merged(before: str, lines: Iterable[str]) -> Iterator[str]:
    """The text of a report with other rows about the workflows of a new one, given as lines."""
    old, new = json.loads(before), json.loads("".join(lines))
    modules = {row["module"] for row in new["workflows"]}
    jobs = {row["name"] for row in new["jobs"]}
    known = {to_json(row) for row in new["diagnostics"]}
    ours: dict[str, Callable[[dict[str, Any]], bool]] = {
        "jobs": lambda row: row["module"] in modules,
        "dependencies": lambda row: row["downstream"] in jobs,
        "workflows": lambda row: row["module"] in modules,
        "nodes": lambda row: row["module"] in modules,
        "diagnostics": lambda row: row["job"] in jobs or to_json(row) in known,
    }
    yield f'{{\n"version": {VERSION}'
    for key, value in new.items():
        if key in ours:
            rows = _replaced(old[key], value, ours[key])
            yield from _listed(key, map(to_json, rows))
        elif key != "version":
            yield f',\n"{key}": {to_json(value)}'
    yield "\n}\n"


def _replaced(
    old: Iterable[dict[str, Any]],
    new: Iterable[dict[str, Any]],
    is_ours: Callable[[dict[str, Any]], bool],
) -> Iterator[dict[str, Any]]:
    """The old rows, with the new ones in the place of the first of ours."""
    waiting = iter(new)
    for row in old:
        if is_ours(row):
            yield from waiting
        else:
            yield row
    yield from waiting


def diagnostics_json(diagnostics: Diagnostics) -> list[dict[str, Any]]:
    """The findings as JSON values."""
    return [_diagnostic(found) for found in diagnostics]


def read_diagnostics(rows: list[dict[str, Any]]) -> Diagnostics:
    """The findings of a report, which lacks the offending text."""
    diagnostics = Diagnostics()
    for row in rows:
        span = Span(row["file"], row["line"], row["column"])
        level, accepted = Level(row["level"]), row.get("accepted", "")
        parts = (row["message"], row["help"], row["job"])
        diagnostics.record(Diagnostic(row["code"], level, span, *parts, text="", accepted=accepted))
    return diagnostics


def _status(dependency: Dependency, facts: Facts) -> str:
    ends = (dependency.upstream, dependency.downstream)
    if not dependency.edge or any(end in facts.left_out for end in ends):
        return "left_out"
    return "partial" if dependency.missing else "translated"


def _dependency(dependency: Dependency, facts: Facts) -> dict[str, Any]:
    return {
        "upstream": dependency.upstream,
        "downstream": dependency.downstream,
        "source": place(dependency.span),
        "status": _status(dependency, facts),
    }


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "level": found.level.value,
        "file": found.span.file,
        "line": found.span.line,
        "column": found.span.column,
        "message": found.message,
        "help": found.help,
        "job": found.job,
        **({"accepted": found.accepted} if found.accepted else {}),
    }
