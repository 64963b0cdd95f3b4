"""Describes an estate before its conversion, with an estimate of the effort."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import CODES, Level
from transpile.model import (
    AnyOf,
    Condition,
    ExitCode,
    Facts,
    GlobalValue,
    Job,
    Status,
    atoms,
)
from transpile.pipeline import Estate
from transpile.targets.flyte.model import ModulePlan

VERSION = 1
EFFORT = {
    "workflow": 0.5,
    "watched job": 0.05,
    "job with a warning": 0.25,
    "job with an error": 1.0,
}
"""Review effort in hours, per construct."""

COLUMNS = (
    *("workflow", "engine", "jobs", "boxes", "edges", "depth", "width", "watched", "launch_plans"),
    *("warnings", "errors", "hours"),
)
"""Columns of the table of workflows."""


def inventory(estate: Estate) -> dict[str, Any]:
    """The inventory as JSON values; workflows are sorted by their number of jobs."""
    networks = estate.chosen_facts
    jobs = [job for facts in networks for job in facts.jobs.values()]
    rows, used = list[dict[str, Any]](), set[tuple[int, str]]()
    for module, facts in estate.plans():
        rows.append(_row(module, facts, estate.diagnostics))
        used.update((module.crossings.network, name) for name in module.inputs)
    rows.sort(key=lambda row: (-row["jobs"], row["workflow"]))
    known = sum(len(facts.said.variables) for facts in networks)
    left_out = sum(name in facts.jobs for facts in networks for name in facts.left_out)
    return {
        "version": VERSION,
        "files": len(estate.sources),
        "jobs": dict(Counter(job.kind.value for job in jobs).most_common()),
        "conditions": dict(_forms(jobs).most_common()),
        "schedules": sum(job.schedule is not None for job in jobs)
        + sum(facts.said.schedule is not None for facts in networks),
        "calendars": _calendars(jobs),
        "external": _external(networks),
        "globals": len(used) if estate.selection else known,
        "left_out": left_out,
        "findings": _findings(estate.diagnostics),
        "effort_rule": EFFORT,
        "hours": round(sum(row["hours"] for row in rows), 2),
        "workflows": rows,
    }


def _forms(jobs: Sequence[Job]) -> Counter[str]:
    """The number of atoms of each kind in conditions, and of conditions with an OR."""
    found: Counter[str] = Counter()
    for job in jobs:
        for condition in job.conditions:
            found["or"] += _has_or(condition)
            for atom in atoms(condition):
                if isinstance(atom, Status):
                    found[atom.test.value] += 1
                elif isinstance(atom, ExitCode):
                    found["exit code"] += 1
                elif isinstance(atom, GlobalValue):
                    found["global"] += 1
                else:
                    found["output"] += 1
                if not isinstance(atom, GlobalValue):
                    found["look-back"] += bool(atom.lookback)
    return +found


def _has_or(condition: Condition | None) -> bool:
    pending = [condition]
    while pending:
        term = pending.pop()
        if isinstance(term, AnyOf):
            return True
        pending += getattr(term, "terms", ())
    return False


def _calendars(jobs: Sequence[Job]) -> list[str]:
    """The calendars that jobs name."""
    keys = ("run_calendar", "exclude_calendar")
    return sorted({value for job in jobs for key, value in job.notes if key in keys})


def _external(networks: tuple[Facts, ...]) -> list[str]:
    """Missing jobs that conditions name."""
    return sorted({d.upstream for n in networks for d in n.dependencies if d.missing})


def _findings(diagnostics: Diagnostics) -> list[dict[str, Any]]:
    counted = Counter(found.code for found in diagnostics)
    order = {level: number for number, level in enumerate(Level)}
    rows = [
        {
            "code": code,
            "level": CODES[code].level.value,
            "count": number,
            "title": CODES[code].title,
        }
        for code, number in counted.items()
    ]
    return sorted(rows, key=lambda row: (order[CODES[row["code"]].level], -row["count"]))


def _row(module: ModulePlan, facts: Facts, diagnostics: Diagnostics) -> dict[str, Any]:
    diagnostics.scope = facts.title
    worst = Counter(diagnostics.worst(name) for name in facts.jobs)
    boxes = sum(bool(facts.members.get(name)) for name in facts.jobs)
    depth, width = _shape(facts)
    parts = {
        "workflow": 1,
        "watched job": len(module.watched),
        "job with a warning": worst[Level.WARNING],
        "job with an error": worst[Level.ERROR],
    }
    return {
        "workflow": module.title,
        "engine": facts.said.engine.name,
        "jobs": len(facts.jobs) - boxes,
        "boxes": boxes,
        "edges": sum(d.edge for d in facts.dependencies),
        "depth": depth,
        "width": width,
        "watched": len(module.watched),
        "launch_plans": len(module.launch_plans),
        "warnings": worst[Level.WARNING],
        "errors": worst[Level.ERROR],
        "hours": round(sum(EFFORT[part] * number for part, number in parts.items()), 2),
    }


def _shape(facts: Facts) -> tuple[int, int]:
    """Depth, the number of jobs in the longest row, and width, the most jobs at one depth."""
    graph = facts.graph
    leaf = {v: n for n, v in graph.start.items() if not facts.members.get(n)}
    level = [0] * len(graph.behind)
    for vertex in graph.sorted:
        after = level[vertex] + (vertex in leaf)
        for target in graph.behind[vertex]:
            level[target] = max(level[target], after)
    counted = Counter(level[vertex] for vertex in leaf)
    return (max(counted) + 1, max(counted.values())) if counted else (0, 0)


def table(data: dict[str, Any]) -> Iterator[list[str]]:
    """The workflows as rows of text; the first row has the names of the columns."""
    yield list(COLUMNS)
    for row in data["workflows"]:
        yield [str(row[column]) for column in COLUMNS]
