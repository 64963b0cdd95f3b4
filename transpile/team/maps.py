"""The tables [[map]], [[workflow]] and [[external]] of transpile.toml."""

import keyword
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from transpile.model import (
    Approval,
    Bound,
    EntityCall,
    ExternalRule,
    FileState,
    FileWatch,
    JobOutput,
    Listing,
    MapRule,
    PlatformRun,
    Table,
    TaskKind,
    WorkflowInput,
    WorkflowRule,
)
from transpile.sources.text import Span
from transpile.team.entities import NoEntity, find_entity

PATTERNS = ("job", "type", "command", "machine", "box", "dialect", "file")
"""What a rule may look at."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_resources(value: Any) -> bool:
    return _is_texts_by_name(value) and value.keys() <= {"cpu", "mem", "gpu", "ephemeral_storage"}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100


def _is_secrets(value: Any) -> bool:
    keys = {"group", "key"}
    return isinstance(value, list) and all(
        _is_texts_by_name(item) and set(item) <= keys and "key" in item for item in value
    )


SETTINGS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "image": (_is_text, "the name of an image"),
    "resources": (_is_resources, "cpu, mem, gpu or ephemeral_storage as texts"),
    "environment": (_is_texts_by_name, "texts by name"),
    "retries": (_is_count, "a number from 0 to 100"),
    "secrets": (_is_secrets, "a list of tables with key, and group if there is one"),
    "cache": (_is_text, "the version that is cached"),
    "labels": (_is_texts_by_name, "texts by name"),
    "queue": (_is_text, "the name of a queue of Kueue"),
    "pod_template": (_is_text, "the name of a PodTemplate of the platform"),
}
"""What a rule may set, and what it wants."""


KINDS = ("python", "shell", "container")
"""What kind of task a job may become; the first one if nobody says."""


OWN = ("environment", "secrets", "cache", "pod_template")
"""What flytekit's with_overrides does not take."""


DAY, WEEK = 24, 168
"""So many hours may have gone by since a run on the platform ended, or until somebody answers."""


class WrongRule(Exception):
    """The rule does not count; the message says why."""


def read_map(table: Any, span: Span, folders: Sequence[str]) -> MapRule:
    """A rule for jobs. Raises WrongRule, and NoEntity when it is about one that is nowhere."""
    known = {*PATTERNS, *SETTINGS, "entity", "inputs", "kind"}
    _check(table, known)
    patterns = tuple((key, _text(table, key)) for key in PATTERNS if key in table)
    if not patterns:
        raise WrongRule(f"it wants one of {', '.join(PATTERNS)}")
    call = None
    if "entity" in table and "kind" in table:
        raise WrongRule("an entity has its own kind")
    if "entity" in table:
        call = _call(table, span, folders)
    elif "inputs" in table:
        raise WrongRule("inputs are those of an entity")
    settings = []
    for key, (is_right, wanted) in SETTINGS.items():
        if key in table:
            if not is_right(table[key]):
                raise WrongRule(f"{key} wants {wanted}")
            if call is not None and key in OWN:
                raise WrongRule(f"an entity has its own {key}")
            settings.append((key, _constant(table[key])))
    if call is None and not settings and "kind" not in table:
        raise WrongRule(f"it sets nothing: entity, kind, {', '.join(SETTINGS)}")
    kind = _kind(_text(table, "kind"), span, folders) if "kind" in table else None
    return MapRule(patterns, call, kind, tuple(settings), span)


def _kind(name: str, span: Span, folders: Sequence[str]) -> TaskKind | None:
    """The kind of that name, or that of a template; None for the one that all jobs are of."""
    if name in KINDS:
        return None if name == KINDS[0] else TaskKind(name, None, span)
    wanted = f"kind is one of {', '.join(KINDS)}, or a template"
    path = template_path(name, folders)
    try:
        if not path.is_file():
            raise WrongRule(f"{wanted}: there is no file {name}")
        return TaskKind(name, path.read_text(encoding="utf-8"), span)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8"
        raise WrongRule(f"{wanted}: {name}: {reason}") from error


def template_path(name: str, folders: Sequence[str]) -> Path:
    """Where a template stands, seen from the folder of transpile.toml."""
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
    _check(table, {"job", "name", "inputs", "outputs"})
    if "job" not in table:
        raise WrongRule("it wants job: the name of one in the workflow")
    inputs = _bounds(table.get("inputs", {}), "inputs", constant=True)
    outputs = _bounds(table.get("outputs", {}), "outputs")
    name = _text(table, "name") if "name" in table else None
    return WorkflowRule(_text(table, "job"), name, inputs, outputs, span)


def read_external(table: Any, span: Span) -> ExternalRule:
    """A rule for jobs that are nowhere. Raises WrongRule."""
    _check(table, {"job", "file", "workflow", "project", "domain", "approval", "within", "assume"})
    if "job" not in table:
        raise WrongRule("it wants job: the name of one that is nowhere")
    ways = [key for key in ("file", "workflow", "approval", "assume") if key in table]
    if len(ways) != 1:
        raise WrongRule("it wants one of file, workflow, approval and assume")
    beside = table.keys() & {"project", "domain", "within"}
    if ways == ["approval"]:
        beside -= {"within"}
    if ways != ["workflow"] and beside:
        raise WrongRule(f"{min(beside)} is of a workflow")
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


def _minutes(table: dict[str, Any], usual: int) -> int:
    hours = table.get("within", usual)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours < 10_000:
        raise WrongRule("within wants a number of hours")
    return max(1, round(hours * 60))


def _check(table: Any, known: set[str]) -> None:
    if not isinstance(table, dict):
        raise WrongRule("it wants a table")
    if unknown := sorted(table.keys() - known):
        raise WrongRule(f"it has no {unknown[0]}, but {', '.join(sorted(known))}")


def _text(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not _is_text(value):
        raise WrongRule(f"{key} wants a text")
    return str(value)


def _bounds(table: Any, key: str, *, constant: bool = False) -> tuple[tuple[str, Bound], ...]:
    if not isinstance(table, dict):
        raise WrongRule(f"{key} wants values by name")
    for name in table:
        if not name.isidentifier() or not name.isascii() or keyword.iskeyword(name):
            raise WrongRule(f"{name} is no name that Python takes")
    return tuple((name, (_constant if constant else _bound)(v)) for name, v in table.items())


def _bound(value: Any) -> Bound:
    """A text is a reference: `workflow.NAME` or `JOB.OUTPUT`; {value = ...} is a constant."""
    if isinstance(value, str):
        source, dot, name = value.rpartition(".")
        if not dot or not name.isidentifier() or not source:
            raise WrongRule(f"{value!r} is neither workflow.NAME nor JOB.OUTPUT; see {{value = }}")
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
        raise WrongRule(f"{value} cannot be handed over")
    if isinstance(value, str | int | float | bool):
        return value
    raise WrongRule(f"a {type(value).__name__} cannot be handed over")


__all__ = ["NoEntity", "WrongRule", "read_external", "read_map", "read_workflow"]
