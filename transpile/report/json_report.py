"""report.json: every job, dependency and finding, for a script to read."""

import json
from collections.abc import Iterable
from typing import Any

from transpile.codes import Level
from transpile.diagnostics import Diagnostic, Diagnostics
from transpile.flyte.model import ModulePlan
from transpile.ir import Dependency, InitialStatus, Network
from transpile.pipeline import Estate
from transpile.source import Span

VERSION = 1


def report(estate: Estate) -> dict[str, Any]:
    """The report as JSON values; the same for the same sources."""
    network, tally = estate.network, estate.network.tally
    return {
        "version": VERSION,
        "jobs": list(_jobs(network, estate.modules, estate.diagnostics)),
        "dependencies": [_dependency(d, network) for d in network.dependencies],
        "attributes": {
            "translated": tally.translated,
            "noted": tally.noted,
            "unsupported": tally.unsupported,
        },
        "workflows": [
            {
                "name": module.title,
                "module": module.name,
                "jobs": len(module.node_of),
                "watched": len(module.watched),
                "nodes": sum(len(workflow.nodes) for workflow in module.workflows),
                "launch_plans": [plan.name for plan in module.launch_plans],
            }
            for module in estate.modules
        ],
        "diagnostics": diagnostics_json(estate.diagnostics),
    }


def report_text(estate: Estate) -> str:
    """report.json: one line for each job, dependency, workflow and finding."""
    parts = []
    for key, value in report(estate).items():
        if isinstance(value, list):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            parts.append(f'"{key}": [\n{rows}\n]' if value else f'"{key}": []')
        else:
            parts.append(f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def diagnostics_json(diagnostics: Diagnostics) -> list[dict[str, Any]]:
    """The findings as JSON values."""
    return [_diagnostic(found) for found in diagnostics]


def _jobs(
    network: Network, modules: Iterable[ModulePlan], diagnostics: Diagnostics
) -> Iterable[dict[str, Any]]:
    places = {name: (module, node) for module in modules for name, node in module.node_of.items()}
    for name, job in network.jobs.items():
        module, node = places.get(name, (None, None))
        proven = diagnostics.worst(name) in (None, Level.NOTE)
        status = "translated" if proven else "partial"
        yield {
            "name": name,
            "kind": job.kind.value,
            "box": job.box,
            **({"on_ice": True} if job.status is InitialStatus.ON_ICE else {}),
            **({"terminates_box": True} if job.terminates_box else {}),
            "source": _place(job.span),
            "workflow": module.title if module else None,
            "module": module.name if module else None,
            "node": node,
            "status": status if module else "left_out",
        }
    for name, span in network.deleted.items():
        nowhere = {"workflow": None, "module": None, "node": None}
        yield {"name": name, "source": _place(span), **nowhere, "status": "left_out"}


def _dependency(dependency: Dependency, network: Network) -> dict[str, Any]:
    ends = (dependency.upstream, dependency.downstream)
    if not dependency.edge or any(end in network.left_out for end in ends):
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
    }


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line}
