"""A comparison as JSON values."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from transpile.drift.changes import Change
from transpile.drift.compare import Changed, Drift
from transpile.drift.dates import Dates
from transpile.drift.modules import Module
from transpile.findings.diagnostics import Diagnostic


def drift_json(drift: Drift) -> dict[str, Any]:
    """Everything that was found, as JSON values."""
    matches = drift.matches
    return {
        "same": drift.is_same,
        "from": drift.span.first.isoformat(),
        "days": drift.span.days,
        "jobs": {
            "added": [key.name for key in matches.added],
            "removed": [key.name for key in matches.removed],
            "renamed": [{"old": a.name, "new": b.name} for a, b in matches.renamed],
            "moved": [
                {"job": each.job.name, "what": each.what, "old": each.old, "new": each.new}
                for each in drift.moved
            ],
            "changed": [_changed(each) for each in drift.jobs],
        },
        "workflows": {
            "added": list(drift.added_workflows),
            "removed": list(drift.removed_workflows),
            "renamed": [
                {"old": old, "new": new, "by_file": by_file}
                for old, new, by_file in drift.renamed_workflows
            ],
            "changed": [_changed(each) for each in drift.workflows],
        },
        "variables": [{"name": name, "old": old, "new": new} for name, old, new in drift.variables],
        "findings": [
            {
                "code": found.code,
                "counts": found.counts,
                "gained": [_finding(each) for each in found.gained],
                "lost": [_finding(each) for each in found.lost],
            }
            for found in drift.findings
        ],
        "modules": {
            "added": _modules(drift.modules.added),
            "removed": _modules(drift.modules.removed),
            "renamed": [{"old": old, "new": new} for old, new in drift.modules.renamed],
            "changed": _modules(drift.modules.changed),
            "restated": _modules(drift.modules.restated),
            "unexplained": _modules(drift.modules.unexplained),
        },
    }


def _changed(found: Changed) -> dict[str, Any]:
    return {
        "name": found.title,
        "same": found.is_same,
        "changes": [_change(change) for change in found.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    data: dict[str, Any] = {"what": change.what, "same": change.is_same}
    if change.dates is not None:
        return data | _dates(change.dates)
    data |= {"old": change.old, "new": change.new}
    if change.contrast is not None:
        data["example"] = {
            "if": list(change.contrast.example),
            "holds_in": "new" if change.contrast.starts else "old",
            "sampled": change.contrast.is_sampled,
        }
    return data


def _dates(dates: Dates) -> dict[str, Any]:
    zone = ZoneInfo(dates.zone)
    return {
        "old": dates.old,
        "new": dates.new,
        "timezone": dates.zone,
        "gained": [moment.astimezone(zone).isoformat() for moment in dates.gained],
        "lost": [moment.astimezone(zone).isoformat() for moment in dates.lost],
    }


def _finding(found: Diagnostic) -> dict[str, Any]:
    said = {"statement": found.statement} if found.statement else {}
    return {"job": found.job, "message": found.message, **said}


def _modules(modules: Iterable[Module]) -> list[dict[str, Any]]:
    return [{"path": each.path, "because": list(each.reasons)} for each in modules]
