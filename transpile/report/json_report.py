"""Makes report.json: jobs, dependencies, workflows, nodes and findings, for scripts."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Level
from transpile.model import Dependency, Facts, InitialStatus
from transpile.pipeline import Estate
from transpile.sources.printable import to_json
from transpile.sources.text import Span
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.roles import node_rows
from transpile.targets.flyte.sides import files_of

VERSION = 1


def report(estate: Estate) -> dict[str, Any]:
    """The report as JSON values."""
    networks = estate.networks
    tallies = [facts.said.tally for facts in networks]
    return {
        "version": VERSION,
        "jobs": list(_jobs(estate)),
        "dependencies": [_dependency(d, n) for n in networks for d in n.dependencies],
        "attributes": {
            "translated": sum(tally.translated for tally in tallies),
            "noted": sum(tally.noted for tally in tallies),
            "unsupported": sum(tally.unsupported for tally in tallies),
        },
        "workflows": [
            {
                "name": module.title,
                "module": module.module,
                "jobs": len(module.node_of),
                "watched": len(module.watched),
                "nodes": sum(len(workflow.nodes) for workflow in module.workflows),
                "launch_plans": [plan.name for plan in module.launch_plans],
                **({"sides": sides} if (sides := _sides(module)) else {}),
            }
            for module in estate.modules
        ],
        "nodes": [
            {
                "module": module.module,
                "variable": row.variable,
                "node": row.node,
                "role": row.role.value,
                "job": row.job,
            }
            for module in estate.modules
            for row in node_rows(module)
        ],
        "diagnostics": diagnostics_json(estate.diagnostics),
    }


def _sides(module: ModulePlan) -> dict[str, list[str]]:
    """The side modules of a module, with the variables of the workflows that they define."""
    return {
        file.module: list(dict.fromkeys(row.variable for row in node_rows(file)))
        for file in files_of(module)
        if file.beside
    }


def report_lines(data: dict[str, Any]) -> Iterator[str]:
    """The text of report.json: one line per job, dependency, workflow, node and finding."""
    before = "{\n"
    for key, value in data.items():
        yield f'{before}"{key}": '
        before = ",\n"
        if isinstance(value, list) and value:
            for number, row in enumerate(value):
                yield ("[\n  " if number == 0 else ",\n  ") + to_json(row)
            yield "\n]"
        else:
            yield to_json(value)
    yield "\n}\n"


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


def _jobs(estate: Estate) -> Iterator[dict[str, Any]]:
    modules = iter(estate.modules)
    for facts in estate.networks:
        estate.diagnostics.scope = facts.title
        own = list(islice(modules, len(facts.groups)))
        places = {name: (module, node) for module in own for name, node in module.node_of.items()}
        for job in facts.jobs.values():
            module, node = places.get(job.name, (None, None))
            proven = estate.diagnostics.worst(job.name) in (None, Level.NOTE)
            status = "translated" if proven else "partial"
            yield {
                "name": job.name,
                "kind": job.kind.value,
                "box": job.box,
                **({"on_ice": True} if job.status is InitialStatus.ON_ICE else {}),
                **({"terminates_box": True} if job.terminates_box else {}),
                "source": _place(job.span),
                "workflow": module.title if module else None,
                "module": module.module if module else None,
                "node": node,
                "status": status if module else "left_out",
            }
        for name, span in facts.said.deleted.items():
            nowhere = {"workflow": None, "module": None, "node": None}
            yield {"name": name, "source": _place(span), **nowhere, "status": "left_out"}


def _dependency(dependency: Dependency, facts: Facts) -> dict[str, Any]:
    ends = (dependency.upstream, dependency.downstream)
    if not dependency.edge or any(end in facts.left_out for end in ends):
        status = "left_out"
    else:
        status = "partial" if dependency.missing else "translated"
    return {
        "upstream": dependency.upstream,
        "downstream": dependency.downstream,
        "source": _place(dependency.span),
        "status": status,
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


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line}
