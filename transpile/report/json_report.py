"""Makes report.json: jobs, dependencies, workflows, nodes and findings, for scripts."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.model import Cut, Dependency, Facts
from transpile.pipeline import Estate
from transpile.report.envelope import envelope
from transpile.report.links import CutRow, Links
from transpile.report.workflow import STATUSES, WorkflowReport, WorkflowRow, job_row, place
from transpile.sources.printable import to_json
from transpile.sources.text import Span
from transpile.targets.flyte.cuts import gate_name

_ENVELOPE = envelope("convert")
_OPENING = "{\n" + ",\n".join(f'"{key}": {to_json(value)}' for key, value in _ENVELOPE.items())
"""The beginning of report.json, up to its first list."""


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


class Listed(NamedTuple):
    """A dependency: two jobs, each with the number of its workflow, None without one."""

    upstream: str
    upstream_workflow: int | None
    downstream: str
    downstream_workflow: int | None


class Report:
    """Collects report.json while workflows are converted.

    `workflows` are those that were added. `module_of` has the module of each finding about a job.
    """

    def __init__(self, estate: Estate) -> None:
        self.workflows: list[WorkflowRow] = []
        self.module_of: dict[Diagnostic, str] = {}
        self._estate = estate
        self._jobs: list[dict[str, str]] = [{} for _ in estate.networks]
        self.links = Links.between(estate)
        self._nodes: list[str] = []
        self._workflow_of: list[dict[str, int]] = [{} for _ in estate.networks]

    def add(self, found: WorkflowReport, network: int) -> None:
        """Add a workflow of the network with this number."""
        row = found.row
        self.workflows.append(row)
        self._jobs[network].update(zip(row.names, found.jobs, strict=True))
        self._nodes += found.nodes
        self._workflow_of[network].update(dict.fromkeys(row.names, len(self.workflows) - 1))
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
            Counter(status for _, status, _ in self._dependencies()),
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
        yield _OPENING
        yield from _listed("jobs", self._job_lines())
        dependencies = (_dependency(*row) for row in self._dependencies())
        yield from _listed("dependencies", map(to_json, dependencies))
        yield f',\n"attributes": {to_json(self.totals().attributes)}'
        yield f',\n"readings": {to_json(self._estate.readings)}'
        yield from _listed("workflows", map(to_json, self._workflow_rows()))
        yield from _listed("cuts", map(to_json, map(self._cut, self.links.cuts)))
        yield from _listed("nodes", self._nodes)
        diagnostics = diagnostics_json(self._estate.diagnostics)
        yield from _listed("diagnostics", map(to_json, diagnostics))
        yield "\n}\n"

    def listed_dependencies(self) -> dict[str, list[Listed]]:
        """The dependencies by status."""
        found: dict[str, list[Listed]] = {status: [] for status in STATUSES}
        for facts, workflow_of in zip(self._estate.networks, self._workflow_of, strict=True):
            for dependency, status, _ in self._dependencies_of(facts):
                up, down = dependency.upstream, dependency.downstream
                found[status].append(Listed(up, workflow_of.get(up), down, workflow_of.get(down)))
        return found

    def _dependencies(self) -> Iterator[tuple[Dependency, str, Cut | None]]:
        for facts in self._estate.networks:
            yield from self._dependencies_of(facts)

    def _dependencies_of(self, facts: Facts) -> Iterator[tuple[Dependency, str, Cut | None]]:
        chosen = self._estate.selection
        for row in _dependencies(facts):
            if chosen is None or row[0].downstream in chosen.jobs:
                yield row

    def _workflow_rows(self) -> Iterator[dict[str, Any]]:
        for row, near in zip(self.workflows, self.links.near, strict=True):
            yield {
                "name": row.title,
                "module": row.module,
                "folder": row.folder,
                "start": row.start,
                "clock": row.clock or None,
                "waits_for": self._titles(near.waits_for),
                "started_by": self._titles(near.started_by),
                "tells": self._titles(near.tells),
                "starts": self._titles(near.starts),
                "jobs": row.jobs,
                "watched": row.watched,
                "nodes": row.nodes,
                "launch_plans": list(row.launch_plans),
                **({"sides": row.sides} if row.sides else {}),
            }

    def _titles(self, numbers: Iterable[int]) -> list[str]:
        return [self.links.titles[number] for number in numbers]

    def _cut(self, row: CutRow) -> dict[str, Any]:
        cut, workflow = row.cut, self.workflows[row.workflow]
        return {
            "job": cut.job,
            "workflow": workflow.title,
            "kind": _how(cut),
            **({"launch_plan": workflow.start_plan} if cut.starts else {"gate": gate_name(cut)}),
            "condition": cut.shown,
            "text": cut.text,
            "source": place(cut.span),
            "asks": [
                {"job": job, "workflow": self.links.titles[number]} for job, number in row.asks
            ],
        }

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
    yield _OPENING
    for key, value in new.items():
        if key in ours:
            rows = _replaced(old[key], value, ours[key])
            yield from _listed(key, map(to_json, rows))
        elif key not in _ENVELOPE:
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


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
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


def _dependencies(facts: Facts) -> Iterator[tuple[Dependency, str, Cut | None]]:
    """All dependencies with their status and with the cut that keeps them, if one does."""
    for dependency in facts.dependencies:
        cut = None if dependency.edge else _cut_of(dependency, facts)
        yield dependency, "translated" if cut else _status(dependency, facts), cut
    for dependency in facts.far:
        cut = _cut_of(dependency, facts)
        kept = cut or dependency.downstream in facts.sides.started
        yield dependency, "translated" if kept else "left_out", cut


def _cut_of(dependency: Dependency, facts: Facts) -> Cut | None:
    """The cut that asks about the upstream job, if there is one."""
    cut = None if dependency.at_end else facts.cuts.get(dependency.downstream)
    return cut if cut is not None and dependency.upstream in cut.asked else None


def _how(cut: Cut) -> str:
    return "start" if cut.starts else "wait"


def _status(dependency: Dependency, facts: Facts) -> str:
    ends = (dependency.upstream, dependency.downstream)
    if not dependency.edge or any(end in facts.left_out for end in ends):
        return "left_out"
    return "partial" if dependency.missing else "translated"


def _dependency(dependency: Dependency, status: str, cut: Cut | None) -> dict[str, Any]:
    return {
        "upstream": dependency.upstream,
        "downstream": dependency.downstream,
        "source": place(dependency.span),
        "status": status,
        **({"cut": _how(cut)} if cut else {}),
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
