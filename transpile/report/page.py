"""Writes report.html: one page that needs no other file and no network.

Drawings, sources and emitted code are compressed; the browser unpacks what a reader opens.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Level
from transpile.model import Facts
from transpile.report.chart import Asked
from transpile.report.excerpts import Emitted, Excerpt, Origins
from transpile.report.overview import STATUSES, Overview, WorkflowRow, left_out
from transpile.report.svg import pictures
from transpile.report.templates import rendered, resource
from transpile.sources.text import Span
from transpile.targets.flyte.model import ModulePlan

SCRIPTS = ("report-data.js", "report-graph.js", "report-views.js", "report.js")
STYLES = ("graph.css", "report.css")

EFFORT = 6
"""The effort of zlib: the highest, 9, saves 6 % of the page and takes twice the time."""

PART = 250_000
"""Characters that are compressed as one part: few parts, and each opens quickly."""


Place: TypeAlias = tuple[str, int]
"""The id of a part, and an index into the list that it holds."""


class Page:
    """Collects report.html while modules are emitted."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview
        self._origins = Origins(overview.estate.texts, overview.estate.networks)
        self._modules = iter(zip(overview.workflows, overview.estate.modules, strict=True))
        self._packed: dict[str, str] = {}
        self._places: list[Place] = []
        self._batch: list[str] = []

    def add(self, texts: Mapping[str, str]) -> None:
        """Add the next module and the texts of its files, by path."""
        row, module = next(self._modules)
        self._add(_details(self._overview, row, module, texts, self._origins))

    def _add(self, details: dict[str, Any]) -> None:
        self._places.append((f"p{len(self._packed)}", len(self._batch)))
        self._batch.append(_json(details))
        if sum(map(len, self._batch)) > PART:
            self._pack_batch()

    def _pack_batch(self) -> None:
        self._pack(f"p{len(self._packed)}", f"[{','.join(self._batch)}]")
        self._batch = []

    def _pack(self, name: str, text: str) -> None:
        data = zlib.compress(text.encode("ascii"), EFFORT)
        self._packed[name] = base64.b64encode(data).decode("ascii")

    def parts(self, overview: Overview) -> Iterator[str]:
        """The text of the page in parts, with the findings of `overview`."""
        for facts in _apart(overview):
            self._add(_left_out(overview, facts, self._origins))
        self._pack_batch()
        for group in overview.groups:
            rows = [[*_finding(found, ""), found.job, module] for found, module in group.findings]
            self._pack(f"c{group.code}", _json(rows))
        jobs = [list(row.chart.facts.jobs) for row in overview.workflows]
        self._pack("names", _json(jobs))
        self._pack("index", _json(_index(overview, self._places)))
        style = "".join(map(resource, STYLES))
        script = "".join(map(resource, SCRIPTS))
        return rendered(
            "report.html",
            overview=overview,
            levels=list(Level),
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
            parts=self._packed,
        )


def _digest(text: str) -> str:
    """The SHA-256 by which the content security policy allows an inline script or style."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _index(overview: Overview, places: list[Place]) -> dict[str, Any]:
    """The data that the page opens with: workflows and codes, and the places of their details."""
    apart = _apart(overview)
    return {
        "levels": [level.value for level in Level],
        "statuses": STATUSES,
        "asked": [asked.value for asked in Asked],
        "workflows": [
            {**_workflow(row), "place": place}
            for row, place in zip(
                overview.workflows, places[: len(overview.workflows)], strict=True
            )
        ],
        "leftOut": [
            {
                "title": facts.title,
                "engine": facts.said.engine.name,
                "jobs": len(left_out(facts)) + len(facts.said.deleted),
                "place": place,
            }
            for facts, place in zip(apart, places[len(overview.workflows) :], strict=True)
        ],
        "codes": [
            {
                "code": group.code,
                "level": group.level.value,
                "title": group.entry.title,
                "why": group.entry.explanation,
                "help": group.entry.help,
                "count": group.count,
                "accepted": sum(bool(found.accepted) for found, _ in group.findings),
            }
            for group in overview.groups
        ],
    }


def _workflow(row: WorkflowRow) -> dict[str, Any]:
    facts = row.chart.facts
    boxes = sum(bool(facts.members.get(name)) for name in facts.jobs)
    return {
        "title": row.chart.title,
        "module": row.chart.module,
        "path": row.chart.path,
        "engine": facts.said.engine.name,
        "jobs": row.jobs - boxes,
        "boxes": boxes,
        "edges": len(row.chart.edges),
        "watched": len(row.chart.watched),
        "nodes": row.nodes,
        "plans": row.launch_plans,
        "statuses": [row.statuses.get(status, 0) for status in STATUSES],
        "levels": [row.levels[level] for level in Level],
        "codes": row.codes,
    }


def _apart(overview: Overview) -> list[Facts]:
    """The networks with jobs in no workflow."""
    return [n for n in overview.estate.networks if left_out(n) or n.said.deleted]


def _details(
    overview: Overview,
    row: WorkflowRow,
    module: ModulePlan,
    texts: Mapping[str, str],
    origins: Origins,
) -> dict[str, Any]:
    """The details of one workflow."""
    chart, facts = row.chart, row.chart.facts
    overview.estate.diagnostics.scope = facts.title
    code = Emitted(module, texts)
    root = facts.groups[0][0] if facts.title is None and len(facts.groups[0]) == 1 else None
    jobs = []
    for name, job in facts.jobs.items():
        mark = chart.mark(name)
        is_root = name == root and module.node_of.get(name) is None
        jobs.append(
            {
                **_job(overview, facts, name, origins),
                "status": overview.status_of[chart.module, name],
                "mark": mark.value if mark else None,
                "emitted": list(map(_excerpt, code.of(job, is_root=is_root))),
            }
        )
    number = chart.numbers()
    asked = {asked: place for place, asked in enumerate(Asked)}
    return {
        "jobs": jobs,
        "missing": chart.missing,
        "edges": [[number[e.upstream], number[e.downstream], asked[e.asked]] for e in chart.edges],
        "pictures": list(pictures(chart)),
    }


def _left_out(overview: Overview, facts: Facts, origins: Origins) -> dict[str, Any]:
    """The details of jobs in no workflow, and of jobs that the source deletes."""
    overview.estate.diagnostics.scope = facts.title
    nowhere: dict[str, Any] = {"status": "left_out", "mark": None, "emitted": []}
    jobs = [{**_job(overview, facts, n, origins), **nowhere} for n in left_out(facts)]
    for name, span in facts.said.deleted.items():
        read = _read(overview, facts, name, span, origins)
        jobs.append({"kind": "deleted", "box": None, **read, **nowhere})
    return {"jobs": jobs, "missing": [], "edges": [], "pictures": []}


def _job(overview: Overview, facts: Facts, name: str, origins: Origins) -> dict[str, Any]:
    job = facts.jobs[name]
    parts = {"kind": job.kind.value, "box": job.box}
    return {**parts, **_read(overview, facts, name, job.span, origins)}


def _read(
    overview: Overview, facts: Facts, name: str, span: Span, origins: Origins
) -> dict[str, Any]:
    """The source of a job and its findings."""
    found = overview.estate.diagnostics.judged(name)
    return {
        "name": name,
        "file": span.file,
        "line": span.line,
        "source": list(map(_excerpt, origins.of(name, span, facts))),
        "findings": [_finding(finding, span.file) for finding in found],
    }


def _excerpt(excerpt: Excerpt) -> list[Any]:
    return [excerpt.line, excerpt.text, *([excerpt.path] if excerpt.path else [])]


def _finding(found: Diagnostic, file: str) -> list[Any]:
    """Code, level, line, column, message, help, reason of acceptance, file if it differs."""
    place = found.span
    return [
        *(found.code, found.level.value, place.line, place.column, found.message, found.help),
        *(found.accepted, place.file if place.file != file else ""),
    ]
