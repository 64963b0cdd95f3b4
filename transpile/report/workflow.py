"""What the reports say about one workflow, made in the process that converts it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.model import Facts, InitialStatus, SettledJob
from transpile.report.chart import Chart, charts
from transpile.report.excerpts import Emitted, Excerpt
from transpile.report.figure import Asked
from transpile.report.overlay import Trace, Traces
from transpile.report.svg import pictures
from transpile.sources.printable import to_json
from transpile.sources.text import Span
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.roles import node_rows
from transpile.targets.flyte.sides import files_of

STATUSES = ("translated", "partial", "left_out")
"""Statuses of jobs and dependencies in report.json."""

Start: TypeAlias = Literal["clock", "workflows", "legacy side", "hand"]
"""What starts a workflow."""

Sources = Mapping[str, Sequence[Excerpt]]
"""The lines of sources about each job."""


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """One workflow; `path` is that of its module.

    `names` are those of its jobs and boxes. `statuses` counts them, `levels` counts the findings
    about them, which have these `codes`. `clock` has its start times in words, if it has any,
    `start` says how it starts, `start_plan` is the launch plan by which other workflows start it.
    `sides` are its side modules, with the variables of the workflows that they define. `marks` has
    a digit a job: the number of its status, and 3 more if it is watched. `trace` says how it ended
    in the run that is laid over the drawings, if there is one.
    """

    title: str
    module: str
    path: str
    folder: str
    engine: str
    clock: str
    start: Start
    start_plan: str
    names: tuple[str, ...]
    boxes: int
    edges: int
    watched: int
    nodes: int
    launch_plans: tuple[str, ...]
    statuses: Mapping[str, int]
    levels: Mapping[Level, int]
    codes: tuple[str, ...]
    sides: Mapping[str, list[str]]
    marks: str
    trace: Trace | None

    @property
    def jobs(self) -> int:
        """The number of jobs and boxes."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class WorkflowReport:
    """What the reports say about one workflow: its row, and its lines of report.json."""

    row: WorkflowRow
    jobs: tuple[str, ...]
    nodes: tuple[str, ...]


def report_of(
    module: ModulePlan,
    facts: Facts,
    texts: Mapping[str, str],
    sources: Sources,
    diagnostics: Diagnostics,
    traces: Traces | None = None,
) -> tuple[WorkflowReport, str]:
    """The report about a workflow, and its details for report.html, as JSON.

    `texts` are those of its files by path, `diagnostics` has the findings about it, `traces` how
    its jobs ended in a run.
    """
    (chart,) = charts([(module, facts)], diagnostics, traces)
    statuses = statuses_of(facts, diagnostics)
    row = row_of(chart, module, statuses, diagnostics)
    jobs = (
        job_row(job, module, statuses[name], facts.reasons.get(name))
        for name, job in facts.jobs.items()
    )
    report = WorkflowReport(
        row,
        tuple(map(to_json, jobs)),
        tuple(map(to_json, _node_rows(module))),
    )
    code = Emitted(module, texts)
    return report, compact(_details(chart, module, code, statuses, sources, diagnostics))


def compact(value: Any) -> str:
    """JSON without blanks."""
    return json.dumps(value, separators=(",", ":"))


def statuses_of(facts: Facts, diagnostics: Diagnostics) -> dict[str, str]:
    """The status of each job in report.json."""
    proven = (None, Level.NOTE)
    return {
        name: "translated" if diagnostics.worst(name) in proven else "partial"
        for name in facts.jobs
    }


def row_of(
    chart: Chart, module: ModulePlan, statuses: Mapping[str, str], diagnostics: Diagnostics
) -> WorkflowRow:
    """The row of a workflow."""
    facts = chart.facts
    found = {each for name in facts.jobs for each in diagnostics.judged(name)}
    levels = Counter(each.level for each in found if not each.accepted)
    return WorkflowRow(
        title=module.title,
        module=module.module,
        path=module.path,
        folder="/".join(module.folder),
        engine=facts.said.engine.name,
        clock=_clock(facts),
        start=_start(module, facts),
        start_plan=module.crossings.start,
        names=tuple(facts.jobs),
        boxes=sum(bool(facts.members.get(name)) for name in facts.jobs),
        edges=len(chart.edges) - len(chart.gates),
        watched=len(module.watched),
        nodes=sum(len(workflow.nodes) for workflow in module.workflows),
        launch_plans=tuple(plan.name for plan in module.launch_plans),
        statuses=dict(Counter(statuses.values())),
        levels={level: levels[level] for level in Level},
        codes=tuple(sorted({each.code for each in found})),
        sides=_sides(module),
        marks="".join(
            str(STATUSES.index(statuses.get(name, STATUSES[0])) + 3 * (name in module.watched))
            for name in facts.jobs
        ),
        trace=chart.traces.whole(facts.jobs) if chart.traces else None,
    )


def _clock(facts: Facts) -> str:
    """The start times of a workflow in words; its units have the same ones."""
    schedules = (facts.jobs[name].schedule for name in facts.groups[0])
    return next((str(found) for found in (*schedules, facts.said.schedule) if found), "")


def _start(module: ModulePlan, facts: Facts) -> Start:
    if any(plan.cron for plan in module.launch_plans):
        return "clock"
    if facts.sides.started:
        return "legacy side"
    return "workflows" if facts.is_started else "hand"


# ---------------------------------------------------------------- lines of report.json


def job_row(
    job: SettledJob, module: ModulePlan | None, status: str, reason: str | None = None
) -> dict[str, Any]:
    """The row of a job in report.json; without a module it is in no workflow.

    A unit has the reason why it stands in its workflow.
    """
    return {
        "name": job.name,
        "kind": job.kind.value,
        "box": job.box,
        **({"on_ice": True} if job.status is InitialStatus.ON_ICE else {}),
        **({"terminates_box": True} if job.terminates_box else {}),
        "source": place(job.span),
        "workflow": module.title if module else None,
        "module": module.module if module else None,
        "node": module.node_of.get(job.name) if module else None,
        "status": status,
        **({"reason": reason} if reason else {}),
    }


def place(span: Span) -> dict[str, Any]:
    """File and line."""
    return {"file": span.file, "line": span.line}


def _sides(module: ModulePlan) -> dict[str, list[str]]:
    """The side modules of a module, with the variables of the workflows that they define."""
    return {
        file.module: list(dict.fromkeys(row.variable for row in node_rows(file)))
        for file in files_of(module)
        if file.beside
    }


def _node_rows(module: ModulePlan) -> Iterator[dict[str, Any]]:
    for row in node_rows(module):
        yield {
            "module": module.module,
            "variable": row.variable,
            "node": row.node,
            "role": row.role.value,
            "job": row.job,
        }


# ---------------------------------------------------------------- details in report.html


def _details(
    chart: Chart,
    module: ModulePlan,
    code: Emitted,
    statuses: Mapping[str, str],
    sources: Sources,
    diagnostics: Diagnostics,
) -> dict[str, Any]:
    facts = chart.facts
    root = facts.groups[0][0] if facts.title is None and len(facts.groups[0]) == 1 else None
    jobs = []
    for name, job in facts.jobs.items():
        mark = chart.mark(name)
        is_root = name == root and module.node_of.get(name) is None
        jobs.append(
            {
                **job_details(job, sources[name], diagnostics),
                "status": statuses[name],
                "mark": mark.value if mark else None,
                **({"run": [run.status.value, run.long]} if (run := chart.trace(name)) else {}),
                "emitted": list(map(_excerpt, code.of(job, is_root=is_root))),
            }
        )
    number = chart.numbers()
    asked = {asked: place for place, asked in enumerate(Asked)}
    return {
        "jobs": jobs,
        "missing": chart.missing,
        "gates": [[g.job, g.kind.value, g.verb, g.what] for g in chart.gates.values()],
        "reasons": facts.reasons,
        "edges": [[number[e.upstream], number[e.downstream], asked[e.asked]] for e in chart.edges],
        "pictures": list(pictures(chart)),
    }


def job_details(
    job: SettledJob, source: Iterable[Excerpt], diagnostics: Diagnostics
) -> dict[str, Any]:
    """Kind, source and findings of a job."""
    parts = {"kind": job.kind.value, "box": job.box}
    return {**parts, **source_details(job.name, job.span, source, diagnostics)}


def source_details(
    name: str, span: Span, source: Iterable[Excerpt], diagnostics: Diagnostics
) -> dict[str, Any]:
    """The source of a job and its findings."""
    return {
        "name": name,
        "file": span.file,
        "line": span.line,
        "source": list(map(_excerpt, source)),
        "findings": [finding_details(f, span.file) for f in diagnostics.judged(name)],
    }


def _excerpt(excerpt: Excerpt) -> list[Any]:
    return [excerpt.line, excerpt.text, *([excerpt.path] if excerpt.path else [])]


def finding_details(found: Diagnostic, file: str) -> list[Any]:
    """Code, level, line, column, message, help, reason of acceptance, file if it differs."""
    place = found.span
    return [
        *(found.code, found.level.value, place.line, place.column, found.message, found.help),
        *(found.accepted, place.file if place.file != file else ""),
    ]
