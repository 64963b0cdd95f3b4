"""The [[list]] tables of transpile.toml: names of columns and keys, and what holds for a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from transpile.dialects.joblist.keys import WORDS, Meanings
from transpile.findings.codes.output import UnknownSetting
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Site
from transpile.model.rules import Table
from transpile.sources.text import Source, Span

TABLE = "list"

PAIRS = (".tsort", ".pairs")
"""Suffixes of pairs of names, which may begin like the files of any other format."""

UNITS = MappingProxyType({"seconds": 1, "minutes": 60, "hours": 3600})
"""Units of time limits without one, in seconds."""

WHOLE = ("title", "cron", "zone", "unit", "separator", "delimiter")
"""Settings of a list as a whole, beside `files` and the names of columns."""

NOWHERE = Span("transpile.toml", 1)


@dataclass(frozen=True, slots=True)
class ListSettings:
    """What a team says about some lists: `columns` by meaning, and settings of the whole."""

    files: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)
    span: Span = NOWHERE

    @property
    def meanings(self) -> Meanings:
        """What columns and keys mean."""
        return Meanings(self.columns)

    @property
    def unit(self) -> str:
        """The unit of time limits that name none."""
        return self.whole.get("unit", "minutes")

    def matches(self, path: str) -> bool:
        """True if the table is about the file at this path."""
        return any(_matches(path, pattern) for pattern in self.files)


NO_SETTINGS = ListSettings()


def claims(path: str, site: Site) -> bool:
    """True if a [[list]] table is about the file. Pairs of words say nothing by themselves."""
    return path.lower().endswith(PAIRS) or any(
        _matches(path, pattern)
        for table in site.tables
        if table.name == TABLE and table.values is not None
        for pattern in _texts(table.values.get("files"))
    )


def _matches(path: str, pattern: str) -> bool:
    """True if the whole path, or its end behind a slash, matches."""
    posix = PurePath(path).as_posix()
    return fnmatchcase(posix, pattern) or fnmatchcase(posix, f"*/{pattern}")


def read_list_settings(site: Site, diagnostics: Diagnostics) -> tuple[ListSettings, ...]:
    """The settings of all [[list]] tables; what is wrong in one is reported and left out."""
    tables = (table for table in site.tables if table.name == TABLE)
    return tuple(found for table in tables for found in _read(table, diagnostics))


def report_unused(
    settings: Sequence[ListSettings], sources: Sequence[Source], diagnostics: Diagnostics
) -> None:
    """Report the tables that are about no list."""
    for each in settings:
        if not any(each.matches(path) for source in sources for path in _paths(source)):
            text = f"[[{TABLE}]] files = {', '.join(each.files)}"
            unused = UnknownSetting(text=text, reason="no list is called so")
            diagnostics.add(unused, each.span, text=text)


def _paths(source: Source) -> tuple[str, ...]:
    return tuple(filter(None, (source.path, source.label)))


def settings_of(source: Source, settings: Sequence[ListSettings]) -> ListSettings:
    """The settings of a file: those of the first table that is about it."""
    matching = (each for each in settings if any(map(each.matches, _paths(source))))
    return next(matching, NO_SETTINGS)


def _read(table: Table, diagnostics: Diagnostics) -> Iterator[ListSettings]:
    def refuse(key: str, reason: str) -> None:
        text = f"[[{TABLE}]] {key}".strip()
        diagnostics.add(UnknownSetting(text=text, reason=reason), table.span, text=text)

    if table.values is None:
        refuse("", "it is not a table")
        return
    files = _texts(table.values.get("files"))
    if not files:
        refuse("files", "it must be a pattern of file names, or a list of them")
        return
    found: dict[str, str] = {}
    for key, value in table.values.items():
        if key == "files":
            continue
        reason = _problem(key, value)
        if reason:
            refuse(key, reason)
        else:
            found[key] = value
    columns = {key: value for key, value in found.items() if key in WORDS}
    whole = {key: value for key, value in found.items() if key in WHOLE}
    yield ListSettings(files, columns, whole, table.span)


def _problem(key: str, value: Any) -> str:
    """What is wrong with a setting; empty if nothing is."""
    if key not in WORDS and key not in WHOLE:
        return f"the settings are files, {', '.join((*WORDS, *WHOLE))}"
    if not isinstance(value, str) or not value:
        return "it must be a text"
    if key == "unit" and value not in UNITS:
        return f"it must be one of {', '.join(UNITS)}"
    if key == "delimiter" and (len(value) != 1 or value in '"\n\r'):
        return "it must be one character"
    return ""


def _texts(value: Any) -> tuple[str, ...]:
    """The texts of a setting that is one text or a list of texts; empty for anything else."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        return ()
    return tuple(values)
