"""Tells trees of jobs from other YAML and JSON files, by how they begin."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import yaml

from transpile.dialects.joblist.keys import ENVIRONMENT, Meanings, plain_key
from transpile.dialects.joblist.tree_reader import CONTAINERS, FOR_READERS, TITLES

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_MARK = re.compile(r"(?:jobs|tasks|steps|stages)[\"']?[ \t]*:", re.I)
_LIST = re.compile(r"\s*(?:---[^\n]*\n\s*|#[^\n]*\n\s*)*[-\[][\s{]")
_FOREIGN = frozenset("""
    runson uses hosts image docker cmds deps displayname module pool services with include extends
    become register plugin agents environmentvariables commands
    """.split())
"""Keys of jobs in the files of other tools."""

_KEYS_OF_THE_WHOLE = frozenset(
    (*CONTAINERS, *FOR_READERS, *TITLES, *ENVIRONMENT, "schedule", "cron", "timezone", "tz")
)
_GUESSED = Meanings({})


@dataclass(slots=True)
class _Outline:
    """Keys of the first document: of the whole, and of each job in its lists and mappings."""

    whole: list[str] = field(default_factory=list)
    jobs: list[list[str]] = field(default_factory=list)
    has_names: bool = False


class _Role(Enum):
    """What a mapping or a list is."""

    WHOLE = "whole"
    JOBS = "jobs"
    JOB = "job"
    OTHER = "other"


@dataclass(slots=True)
class _Frame:
    """A mapping or a list around a place; `key` is the key that waits for its value."""

    role: _Role
    is_mapping: bool
    key: str | None = None


def is_tree(head: str) -> bool:
    """True for jobs that have commands, or say what they come after, and for nothing else.

    The jobs of a list without a key around it do both.
    """
    if not (_MARK.search(head) or _LIST.match(head)):
        return False
    found = _outline(head)
    if not all(plain_key(key) in _KEYS_OF_THE_WHOLE for key in found.whole):
        return False
    keys = [key for job in found.jobs for key in job]
    if any(plain_key(key) in _FOREIGN for key in keys):
        return False
    meanings = {_GUESSED.of(key) for key in keys}
    if not found.has_names and not meanings & {"name", "number"}:
        return False
    wanted = {"command", "after"}
    return bool(meanings & wanted) if found.whole else meanings >= wanted


def _outline(head: str) -> _Outline:
    """The keys of a text, which may be cut anywhere."""
    found = _Outline()
    # JSON may be indented with tabs.
    text = head.replace("\t", " ") if head.lstrip()[:1] in ("{", "[") else head
    frames: list[_Frame] = []
    try:
        for event in yaml.parse(text, _LOADER):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            if isinstance(event, yaml.NodeEvent):
                _begin(event, frames, found)
            elif isinstance(event, yaml.CollectionEndEvent):
                frames.pop()
    except yaml.YAMLError:
        # The text is cut, or no YAML behind this place.
        pass
    return found


def _begin(event: Any, frames: list[_Frame], found: _Outline) -> None:
    """Take a key or a value."""
    top = frames[-1] if frames else None
    if top is not None and top.is_mapping and top.key is None:
        top.key = str(getattr(event, "value", ""))
        _note_key(top.role, top.key, found)
        role = _Role.OTHER
    else:
        role = _role(top, event)
        if role is _Role.JOB and top is not None and not top.is_mapping:
            found.jobs.append([])
        if top is not None:
            top.key = None
    if isinstance(event, yaml.CollectionStartEvent):
        frames.append(_Frame(role, isinstance(event, yaml.MappingStartEvent)))


def _note_key(role: _Role, key: str, found: _Outline) -> None:
    if role is _Role.WHOLE:
        found.whole.append(key)
    elif role is _Role.JOBS:
        found.has_names = True
        found.jobs.append([])
    elif role is _Role.JOB:
        found.jobs[-1].append(key)


def _role(top: _Frame | None, event: Any) -> _Role:
    """What a value is."""
    if top is None:
        return _Role.WHOLE if isinstance(event, yaml.MappingStartEvent) else _Role.JOBS
    if top.role in (_Role.WHOLE, _Role.JOB) and plain_key(top.key or "") in CONTAINERS:
        return _Role.JOBS
    return _Role.JOB if top.role is _Role.JOBS else _Role.OTHER
