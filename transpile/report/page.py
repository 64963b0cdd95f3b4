"""Writes report.html: one page that needs no other file and no network.

Drawings, sources and emitted code are compressed; the browser unpacks what a reader opens.
"""

import base64
import zlib
from collections.abc import Iterator
from typing import Any, TypeAlias

from transpile.findings.finding import Level
from transpile.model import Facts
from transpile.report.estate import EstateChart, said_start
from transpile.report.excerpts import Origins
from transpile.report.figure import Asked
from transpile.report.links import CutRow, Neighbours
from transpile.report.overview import Overview, left_out
from transpile.report.svg import pictures
from transpile.report.templates import policy_hash, rendered, resource
from transpile.report.workflow import (
    STATUSES,
    WorkflowRow,
    compact,
    finding_details,
    job_details,
    source_details,
)

SCRIPTS = ("report-data.js", "report-graph.js", "report-lists.js", "report-views.js", "report.js")
STYLES = ("graph.css", "report.css")

BATCH = 50
"""Drawings around workflows in one part."""

EFFORT = 6
"""The effort of zlib: the highest, 9, saves 6 % of the page and takes twice the time."""

Place: TypeAlias = tuple[str, int]
"""The id of a part, and an index into the list that it holds."""


def packed(text: str) -> str:
    """A part of the page, as the browser unpacks it."""
    return base64.b64encode(zlib.compress(text.encode("ascii"), EFFORT)).decode("ascii")


class Page:
    """Collects report.html while workflows are converted.

    `overlay` names the file with the run that is laid over the drawings, if there is one.
    """

    def __init__(self, origins: Origins, overlay: str = "") -> None:
        self._origins = origins
        self._overlay = overlay
        self._packed: dict[str, str] = {}
        self._places: list[Place] = []

    def add(self, details: str, count: int) -> None:
        """Add a packed part with the details of the next `count` workflows."""
        part = f"p{len(self._packed)}"
        self._places += ((part, number) for number in range(count))
        self._packed[part] = details

    def parts(self, overview: Overview) -> Iterator[str]:
        """The text of the page in parts."""
        for facts in _apart(overview):
            self.add(packed(compact([_left_out(overview, facts, self._origins)])), 1)
        for group in overview.groups:
            found = group.findings
            rows = [[*finding_details(each, ""), each.job, module] for each, module in found]
            self._packed[f"c{group.code}"] = packed(compact(rows))
        around = self._draw(overview)
        self._packed["names"] = packed(compact([row.names for row in overview.workflows]))
        self._packed["marks"] = packed(compact([row.marks for row in overview.workflows]))
        self._packed["dependencies"] = packed(compact(overview.listed))
        self._packed["files"] = packed(compact(overview.estate.sources))
        self._packed["cuts"] = packed(compact(list(map(_cut, overview.links.cuts))))
        self._packed["index"] = packed(
            compact({"overlay": self._overlay, **_index(overview, self._places, around)})
        )
        style = "".join(map(resource, STYLES))
        script = "".join(map(resource, SCRIPTS))
        return rendered(
            "report.html",
            overview=overview,
            levels=list(Level),
            style=style,
            script=script,
            style_hash=policy_hash(style),
            script_hash=policy_hash(script),
            parts=self._packed,
        )

    def _draw(self, overview: Overview) -> list[Place | None]:
        """Add the drawing of the estate, and those around workflows with links: their places."""
        rows, links = overview.workflows, overview.links
        self._packed["drawn"] = packed(compact(_drawn(EstateChart.of(rows, links))))
        linked = sorted({number for link in links.of for number in link[:2]})
        places: list[Place | None] = [None] * len(rows)
        for first in range(0, len(linked), BATCH):
            batch, part = linked[first : first + BATCH], f"n{first}"
            charts = [_drawn(EstateChart.around(number, rows, links)) for number in batch]
            self._packed[part] = packed(compact(charts))
            for place, number in enumerate(batch):
                places[number] = (part, place)
        return places


def _drawn(chart: EstateChart) -> dict[str, Any]:
    """The drawings of a chart, and the names of the numbers in them."""
    return {"names": list(chart.numbers()), "pictures": list(pictures(chart))}


def _index(overview: Overview, places: list[Place], around: list[Place | None]) -> dict[str, Any]:
    """The data that the page opens with: workflows and codes, and the places of their details."""
    apart, own = _apart(overview), places[: len(overview.workflows)]
    rows = zip(overview.workflows, overview.links.near, own, around, strict=True)
    return {
        "levels": [level.value for level in Level],
        "statuses": STATUSES,
        "asked": [asked.value for asked in Asked],
        "workflows": [
            {**_workflow(row, near), "place": place, "around": drawn}
            for row, near, place, drawn in rows
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


def _cut(row: CutRow) -> list[Any]:
    """Workflow, job, whether it starts, condition in words and as text, place, jobs asked about."""
    cut = row.cut
    said = (cut.starts, cut.shown, cut.text, cut.span.file, cut.span.line)
    return [row.workflow, cut.job, *said, row.asks]


def _workflow(row: WorkflowRow, near: Neighbours) -> dict[str, Any]:
    return {
        "folder": row.folder,
        "start": row.start,
        "clock": said_start(row),
        "waitsFor": near.waits_for,
        "startedBy": near.started_by,
        "tells": near.tells,
        "starts": near.starts,
        "title": row.title,
        "module": row.module,
        "path": row.path,
        "engine": row.engine,
        "jobs": row.jobs - row.boxes,
        "boxes": row.boxes,
        "edges": row.edges,
        "watched": row.watched,
        "nodes": row.nodes,
        "plans": row.launch_plans,
        "statuses": [row.statuses.get(status, 0) for status in STATUSES],
        "levels": [row.levels[level] for level in Level],
        "codes": row.codes,
    }


def _apart(overview: Overview) -> list[Facts]:
    """The networks with jobs in no workflow."""
    return [n for n in overview.estate.networks if left_out(n) or n.said.deleted]


def _left_out(overview: Overview, facts: Facts, origins: Origins) -> dict[str, Any]:
    """The details of jobs in no workflow, and of jobs that the source deletes."""
    diagnostics = overview.estate.diagnostics
    diagnostics.scope = facts.title
    nowhere: dict[str, Any] = {"status": "left_out", "mark": None, "emitted": []}
    jobs = []
    for name in left_out(facts):
        job = facts.jobs[name]
        source = origins.of(name, job.span, facts)
        jobs.append({**job_details(job, source, diagnostics), **nowhere})
    for name, span in facts.said.deleted.items():
        read = source_details(name, span, origins.of(name, span, facts), diagnostics)
        jobs.append({"kind": "deleted", "box": None, **read, **nowhere})
    return {"jobs": jobs, "missing": [], "edges": [], "gates": [], "reasons": {}, "pictures": []}
