"""Reads the tables [[map]], [[workflow]], [[cut]], [[external]] and [[accept]]."""

import keyword
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transpile.model import (
    AcceptRule,
    Approval,
    Bound,
    EntityCall,
    ExternalRule,
    FileState,
    FileWatch,
    JobOutput,
    Listing,
    MapRule,
    Placement,
    PlacementRule,
    PlatformRun,
    Table,
    TaskKind,
    WorkflowInput,
    WorkflowRule,
)
from transpile.model.run_log import Cause
from transpile.sources.text import Span
from transpile.team.checks import RESOURCES, SECRETS, TEXTS, Check, is_text, whole_number
from transpile.team.entities import find_entity

PATTERNS = ("job", "type", "command", "machine", "box", "dialect", "file")
"""The properties of jobs that a rule can match."""

SETTINGS = {
    "image": Check(is_text, "the name of an image"),
    "resources": RESOURCES,
    "environment": TEXTS,
    "retries": whole_number(0, 100),
    "secrets": SECRETS,
    "cache": Check(is_text, "the version of the cache"),
    "labels": TEXTS,
    "queue": Check(is_text, "the name of a Kueue queue"),
    "pod_template": Check(is_text, "the name of a PodTemplate of the platform"),
}
"""The settings of a task that a rule can give, with their checks."""

KINDS = ("python", "shell", "container")
"""The kinds of task, the default first."""

OWN = ("environment", "secrets", "cache", "pod_template")
"""Settings that flytekit's with_overrides does not take."""

DAY, WEEK = 24, 168
"""Default limits in hours: the age of a run on the platform, and the wait for an answer."""


class WrongRule(Exception):
    """The rule is invalid; the message gives the reason."""


def read_map(table: Any, span: Span, folders: Sequence[str]) -> MapRule:
    """A rule for jobs. Raises WrongRule, and NoEntity for an entity that does not exist."""
    known = {*PATTERNS, *SETTINGS, "entity", "inputs", "kind"}
    _check(table, known)
    patterns = tuple((key, _text(table, key)) for key in PATTERNS if key in table)
    if not patterns:
        raise WrongRule(f"it needs one of {', '.join(PATTERNS)}")
    call = None
    if "entity" in table and "kind" in table:
        raise WrongRule("an entity has its own kind")
    if "entity" in table:
        call = _call(table, span, folders)
    elif "inputs" in table:
        raise WrongRule("inputs need an entity")
    settings = []
    for key, check in SETTINGS.items():
        if key in table:
            if not check.accepts(table[key]):
                raise WrongRule(f"{key} must be {check.wanted}")
            if call is not None and key in OWN:
                raise WrongRule(f"an entity has its own {key}")
            settings.append((key, _constant(table[key])))
    if call is None and not settings and "kind" not in table:
        raise WrongRule(f"it sets nothing: entity, kind, {', '.join(SETTINGS)}")
    kind = _kind(_text(table, "kind"), span, folders) if "kind" in table else None
    return MapRule(patterns, call, kind, tuple(settings), span)


def _kind(name: str, span: Span, folders: Sequence[str]) -> TaskKind | None:
    """The kind of that name or of a template; None for the default."""
    if name in KINDS:
        return None if name == KINDS[0] else TaskKind(name, None, span)
    wanted = f"kind is one of {', '.join(KINDS)}, or a template"
    path = template_path(name, folders)
    try:
        if not path.is_file():
            raise WrongRule(f"{wanted}: file {name} does not exist")
        return TaskKind(name, path.read_text(encoding="utf-8"), span)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise WrongRule(f"{wanted}: {name}: {reason}") from error


def template_path(name: str, folders: Sequence[str]) -> Path:
    """The path of a template, relative to the folder of transpile.toml."""
    return Path(*folders, name)


def _call(table: dict[str, Any], span: Span, folders: Sequence[str]) -> EntityCall:
    entity = find_entity(_text(table, "entity"), folders)
    inputs = _bounds(table.get("inputs", {}), "inputs")
    for name, _ in inputs:
        if entity.input(name) is None:
            raise WrongRule(f"{entity.name} has no input {name}")
    bound = {name for name, _ in inputs}
    missing = [p.name for p in entity.inputs or () if p.required and p.name not in bound]
    if missing:
        raise WrongRule(f"{entity.name} needs a value for {', '.join(missing)}")
    return EntityCall(entity, inputs, span)


def read_workflow(table: Any, span: Span) -> WorkflowRule:
    """A rule for a workflow. Raises WrongRule."""
    _check(table, {"job", "jobs", "name", "inputs", "outputs"})
    if ("job" in table) is ("jobs" in table):
        raise WrongRule("it needs job, a job in the workflow, or jobs, those to put together")
    inputs = _bounds(table.get("inputs", {}), "inputs", constant=True)
    outputs = _bounds(table.get("outputs", {}), "outputs")
    name = _text(table, "name") if "name" in table else None
    if "job" in table:
        return WorkflowRule((_text(table, "job"),), name, inputs, outputs, None, span)
    jobs = _names(table, "jobs")
    placement = PlacementRule(Placement.TOGETHER, jobs, span)
    return WorkflowRule(jobs, name, inputs, outputs, placement, span)


def read_cut(table: Any, span: Span) -> PlacementRule:
    """The jobs that a [[cut]] takes apart. Raises WrongRule."""
    _check(table, {"jobs", "between"})
    if len(table) != 1:
        raise WrongRule("it needs one of jobs and between")
    if "jobs" in table:
        return PlacementRule(Placement.ALONE, _names(table, "jobs"), span)
    names = _names(table, "between")
    if len(names) != 2:
        raise WrongRule("between takes two names")
    return PlacementRule(Placement.BETWEEN, names, span)


def read_external(table: Any, span: Span) -> ExternalRule:
    """A rule for jobs that the estate does not define. Raises WrongRule."""
    _check(table, {"job", "file", "workflow", "project", "domain", "approval", "within", "assume"})
    if "job" not in table:
        raise WrongRule("it needs job: the name of a job that is not defined")
    ways = [key for key in ("file", "workflow", "approval", "assume") if key in table]
    if len(ways) != 1:
        raise WrongRule("it needs one of file, workflow, approval and assume")
    beside = table.keys() & {"project", "domain", "within"}
    if ways == ["approval"]:
        beside -= {"within"}
    if ways != ["workflow"] and beside:
        raise WrongRule(f"{min(beside)} needs workflow")
    text = _text(table, ways[0])
    action: FileWatch | PlatformRun | Approval | None = None
    if ways == ["file"]:
        action = FileWatch((text,), FileState.EXISTS)
    elif ways == ["workflow"]:
        places = {key: _text(table, key) for key in ("project", "domain") if key in table}
        action = PlatformRun(text, _minutes(table, DAY), **places)
    elif ways == ["approval"]:
        action = Approval(text, _minutes(table, WEEK))
    return ExternalRule(_text(table, "job"), action, "" if action else text, span)


def read_accept(table: Any, span: Span) -> AcceptRule:
    """A rule about differences over days. Raises WrongRule."""
    _check(table, {"class", "jobs", "reason"})
    if not table.keys() & {"class", "jobs"}:
        raise WrongRule("it needs class, jobs or both")
    causes = {cause.value: cause for cause in Cause}
    word = _text(table, "class") if "class" in table else None
    if word is not None and word not in causes:
        raise WrongRule(f"unknown class {word!r}; the classes are {', '.join(causes)}")
    if "reason" not in table:
        raise WrongRule("it needs a reason")
    jobs = _names(table, "jobs") if "jobs" in table else ()
    return AcceptRule(causes[word] if word else None, jobs, _text(table, "reason"), span)


def _minutes(table: dict[str, Any], usual: int) -> int:
    hours = table.get("within", usual)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours < 10_000:
        raise WrongRule("within must be a number of hours")
    return max(1, round(hours * 60))


def _check(table: Any, known: set[str]) -> None:
    if not isinstance(table, dict):
        raise WrongRule("it must be a table")
    if unknown := sorted(table.keys() - known):
        raise WrongRule(f"unknown key {unknown[0]}; the keys are {', '.join(sorted(known))}")


def _names(table: dict[str, Any], key: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not value or not all(map(is_text, value)):
        raise WrongRule(f"{key} must be a list of names")
    return tuple(map(str, value))


def _text(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not is_text(value):
        raise WrongRule(f"{key} must be a text")
    return str(value)


def _bounds(table: Any, key: str, *, constant: bool = False) -> tuple[tuple[str, Bound], ...]:
    if not isinstance(table, dict):
        raise WrongRule(f"{key} must be a table")
    for name in table:
        if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
            raise WrongRule(f"{name} is not a Python name")
    return tuple((name, (_constant if constant else _bound)(v)) for name, v in table.items())


def _bound(value: Any) -> Bound:
    """A text is a reference: `workflow.NAME` or `JOB.OUTPUT`; {value = ...} is a constant."""
    if isinstance(value, str):
        source, dot, name = value.rpartition(".")
        if not dot or not name.isidentifier() or not source:
            raise WrongRule(f"{value!r} must be workflow.NAME, JOB.OUTPUT or {{value = ...}}")
        return WorkflowInput(name) if source == "workflow" else JobOutput(source, name)
    if isinstance(value, dict) and value.keys() == {"value"}:
        return _constant(value["value"])
    if isinstance(value, dict):
        return Table(tuple((name, _bound(item)) for name, item in value.items()))
    if isinstance(value, list):
        return Listing(tuple(map(_bound, value)))
    return _constant(value)


def _constant(value: Any) -> Bound:
    if isinstance(value, dict):
        return Table(tuple((name, _constant(item)) for name, item in value.items()))
    if isinstance(value, list):
        return Listing(tuple(map(_constant, value)))
    if isinstance(value, float) and not math.isfinite(value):
        raise WrongRule(f"{value} cannot be passed to a task")
    if isinstance(value, str | int | float | bool):
        return value
    raise WrongRule(f"a {type(value).__name__} cannot be passed to a task")
