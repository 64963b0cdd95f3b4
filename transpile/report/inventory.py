"""What an estate holds, and what it takes to move it."""

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
"""Hours of a person who reviews what was converted, and mends what was not."""

COLUMNS = (
    *("workflow", "engine", "jobs", "boxes", "edges", "depth", "width", "watched", "launch_plans"),
    *("warnings", "errors", "hours"),
)
"""What is told of each workflow."""


def inventory(estate: Estate) -> dict[str, Any]:
    """The inventory as JSON values, workflows with the most jobs first."""
    jobs = [job for network in estate.networks for job in network.jobs.values()]
    rows = [_row(module, network, estate.diagnostics) for module, network in estate.planned]
    rows.sort(key=lambda row: (-row["jobs"], row["workflow"]))
    left_out = sum(len(network.left_out) for network in estate.networks)
    return {
        "version": VERSION,
        "files": len(estate.sources),
        "jobs": dict(Counter(job.kind.value for job in jobs).most_common()),
        "conditions": dict(_forms(jobs).most_common()),
        "schedules": sum(job.schedule is not None for job in jobs)
        + sum(network.said.schedule is not None for network in estate.networks),
        "calendars": _calendars(jobs),
        "external": _external(estate.networks),
        "globals": sum(len(network.said.variables) for network in estate.networks),
        "left_out": left_out,
        "findings": _findings(estate.diagnostics),
        "effort_rule": EFFORT,
        "hours": round(sum(row["hours"] for row in rows), 2),
        "workflows": rows,
    }


def _forms(jobs: Sequence[Job]) -> Counter[str]:
    """How often conditions ask for what; and how many have an OR in them."""
    found: Counter[str] = Counter()
    for job in jobs:
        rule = job.box_rule
        conditions = (job.condition, *((rule.success, rule.failure) if rule else ()))
        for condition in conditions:
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
    """The jobs that conditions name and that are nowhere in the estate."""
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


def _row(module: ModulePlan, network: Facts, diagnostics: Diagnostics) -> dict[str, Any]:
    diagnostics.scope = network.title
    worst = Counter(diagnostics.worst(name) for name in network.jobs)
    boxes = sum(bool(network.members.get(name)) for name in network.jobs)
    depth, width = _shape(network)
    parts = {
        "workflow": 1,
        "watched job": len(module.watched),
        "job with a warning": worst[Level.WARNING],
        "job with an error": worst[Level.ERROR],
    }
    return {
        "workflow": module.title,
        "engine": network.said.engine.name,
        "jobs": len(network.jobs) - boxes,
        "boxes": boxes,
        "edges": sum(d.edge for d in network.dependencies),
        "depth": depth,
        "width": width,
        "watched": len(module.watched),
        "launch_plans": len(module.launch_plans),
        "warnings": worst[Level.WARNING],
        "errors": worst[Level.ERROR],
        "hours": round(sum(EFFORT[part] * number for part, number in parts.items()), 2),
    }


def _shape(network: Facts) -> tuple[int, int]:
    """The most jobs in a row, and the most that are so far from the start as one another."""
    graph = network.graph
    leaf = {v: n for n, v in graph.start.items() if not network.members.get(n)}
    level = [0] * len(graph.behind)
    for vertex in graph.sorted:
        after = level[vertex] + (vertex in leaf)
        for target in graph.behind[vertex]:
            level[target] = max(level[target], after)
    counted = Counter(level[vertex] for vertex in leaf)
    return (max(counted) + 1, max(counted.values())) if counted else (0, 0)


def table(data: dict[str, Any]) -> Iterator[list[str]]:
    """The workflows as rows of text, the first one with the names of the columns."""
    yield list(COLUMNS)
    for row in data["workflows"]:
        yield [str(row[column]) for column in COLUMNS]
