"""Reads transpile.toml, the settings of a migration beside its sources."""

import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from transpile.findings.baseline import read_baseline
from transpile.findings.codes.mapping import InvalidRule, UnknownEntity
from transpile.findings.codes.output import UnknownSetting, UnreadableSettings
from transpile.findings.finding import CODES, Finding, Level, current
from transpile.findings.policy import Policy, Suppression
from transpile.model import Bridge, Credentials, FolderRule, Form, Platform, Rules, Site, Waves
from transpile.model.readings import Reading
from transpile.model.rules import TARGETS, Table
from transpile.sources.text import Span
from transpile.team.checks import (
    CREDENTIALS,
    DURATION,
    ENDPOINT,
    FLAG,
    FOLDER,
    PATTERN_LIST,
    PREFIX,
    REPORT,
    ZONE,
    Check,
    any_text,
    one_of,
    seconds_of,
    whole_number,
)
from transpile.team.durations import Duration, Durations
from transpile.team.entities import NoEntity
from transpile.team.location import SETTINGS_FILE
from transpile.team.maps import (
    WrongRule,
    read_accept,
    read_cut,
    read_external,
    read_map,
    read_workflow,
    template_path,
)
from transpile.team.waves import BRIDGE, wave_reader

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

R = TypeVar("R")

STYLES = ("imperative", "declarative")
"""The styles of emitted workflows, the default first."""

BRANCHES = ("task", "native")
"""Where conditions are evaluated, the default first."""

FEWEST_NODES = 2
"""The smallest limit of nodes per workflow: one node cannot depend on another."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An invalid setting, which is ignored."""

    finding: Finding
    span: Span
    text: str


@dataclass(slots=True)
class Settings:
    """The settings of a file, or the defaults if `path` is None.

    `options` are defaults of command-line options, by name. `files` are the real paths of all files
    that hold settings: they are not sources. `places` has those of the answers in [readings].
    `tables` are those of other names, which formats may know.
    """

    path: Path | None = None
    options: dict[str, Any] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    rules: Rules = field(default_factory=Rules)
    problems: list[Problem] = field(default_factory=list)
    files: set[Path] = field(default_factory=set)
    durations: Durations = field(default_factory=Durations)

    places: dict[str, Span] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def seconds_of(self, job: str) -> float | None:
        """The duration of a job that the team gives; None without one."""
        return self.durations.of(job)

    def use_tables(self, known: Collection[str]) -> None:
        """Hand the tables of these names to their formats; others are reported."""
        for table in self.tables:
            if table.name not in known:
                reason = f"transpile.toml has {', '.join((*_SECTIONS, *known))}"
                wrong = UnknownSetting(text=table.name, reason=reason)
                self.problems.append(Problem(wrong, table.span, table.name))
        kept = tuple(table for table in self.tables if table.name in known)
        self.tables = ()
        if kept:
            self.rules = replace(self.rules, site=replace(self.rules.site, tables=kept))

    def use_readings(self, known: Mapping[str, Reading]) -> None:
        """Drop answers to questions that are not known, and answers that are none of theirs."""
        kept = []
        for name, answer in self.rules.site.readings:
            reading = known.get(name)
            if reading and answer in reading.answers:
                kept.append((name, answer))
                continue
            text, reason = name, f"[readings] has {', '.join(known)}"
            if reading:
                text = f"{name} = {answer!r}"
                reason = f"it must be one of {', '.join(reading.answers)}"
            wrong = UnknownSetting(text=text, reason=reason)
            self.problems.append(
                Problem(wrong, self.places.get(name, Span(SETTINGS_FILE, 1)), text)
            )
        self.rules = replace(self.rules, site=replace(self.rules.site, readings=tuple(kept)))

    def use_form(
        self,
        style: str | None = None,
        branch: str | None = None,
        max_nodes: int | None = None,
        target: str | None = None,
    ) -> None:
        """Set the form of emitted workflows; options that are None come from transpile.toml."""
        form = replace(
            self.rules.form,
            declarative=(style or self.options.get("style", STYLES[0])) == "declarative",
            branching=(branch or self.options.get("branch", BRANCHES[0])) == "native",
            max_nodes=max_nodes or self.options.get("max-nodes"),
            target=target or self.options.get("target", TARGETS[0]),
        )
        self.rules = replace(self.rules, form=form)

    def use_package(self, name: str) -> None:
        """Set the package of emitted modules."""
        self.rules = replace(self.rules, form=replace(self.rules.form, package=name))

    def use_baseline(self, name: str) -> None:
        """Read a baseline, or record that it cannot be read."""
        path = Path(name)
        try:
            self.files.add(Path(os.path.realpath(path)))
            self.policy.baseline = read_baseline(path)
        except (OSError, ValueError) as error:
            self.problems.append(_unreadable(path.name, error))


def read_settings(path: Path | None) -> Settings:
    """The settings in a file. Never raises: errors in the file become problems."""
    if path is None:
        return Settings()
    try:
        text = path.read_text(encoding="utf-8")
        return _Reader(path, text, tomllib.loads(text)).read()
    except (OSError, ValueError, RecursionError) as error:
        # Invalid TOML and invalid UTF-8 raise ValueErrors.
        problem = _unreadable(path.name, error)
        return Settings(path, problems=[problem], files={Path(os.path.realpath(path))})


def _unreadable(name: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    place = re.search(r"\(at line (\d+), column (\d+)\)", reason)
    line, column = (int(n) for n in place.groups()) if place else (1, 1)
    return Problem(UnreadableSettings(path=name, reason=reason), Span(name, line, column), "")


_OPTIONS = {
    "baseline": any_text("a path"),
    "branch": one_of(BRANCHES),
    "exclude": PATTERN_LIST,
    "from": any_text("the name of a dialect"),
    "include": PATTERN_LIST,
    "max-nodes": whole_number(FEWEST_NODES),
    "package": any_text("the name of a Python package"),
    "strict": FLAG,
    "style": one_of(STYLES),
    "target": one_of(TARGETS),
    "with-tests": FLAG,
}
_LAYOUT = {"folder": FOLDER}
_PLATFORM = {
    "pod_template": any_text("the name of a PodTemplate"),
    "prefix": PREFIX,
    "system_retries": whole_number(0),
    "endpoint": ENDPOINT,
    "insecure": FLAG,
    "credentials": CREDENTIALS,
    "waits": FLAG,
    "starts": FLAG,
}
_SECTIONS: dict[str, type] = {
    "options": dict,
    "severity": dict,
    "suppress": list,
    "map": list,
    "workflow": list,
    "cut": list,
    "external": list,
    "accept": list,
    "layout": dict,
    "platform": dict,
    "timezones": dict,
    "templates": dict,
    "durations": dict,
    "wave": list,
    "bridge": dict,
    "readings": dict,
    "report": dict,
}
_SUPPRESSION = {"code", "job", "file", "reason"}


class _Reader:
    """Reads the sections of a TOML document."""

    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._data = data
        self._problems: list[Problem] = []
        self._tables: list[Table] = []
        self._sections: dict[str, Any] = {key: kind() for key, kind in _SECTIONS.items()}

    def read(self) -> Settings:
        """The settings of all sections."""
        self._read_sections()
        options = self._checked("options", _OPTIONS)
        if "baseline" in options:
            options["baseline"] = str(self._path.parent / options["baseline"])
        folders = [str(self._path.parent)]
        maps = self._rules("map", partial(read_map, folders=folders))
        templates = (r.kind.name for r in maps if r.kind and r.kind.template is not None)
        paths = [self._path, *(template_path(name, folders) for name in templates)]
        workflows = self._rules("workflow", read_workflow)
        cuts = self._rules("cut", read_cut)
        waves = self._rules("wave", wave_reader())
        times = self._named("durations", DURATION)
        durations = [Duration(n, seconds_of(v) or 0.0, self._place_of(n)) for n, v in times]
        settings = Settings(
            self._path,
            options,
            Policy(self._levels(), tuple(self._suppressions())),
            Rules(
                maps,
                workflows,
                (*(rule.placement for rule in workflows if rule.placement), *cuts),
                self._rules("accept", read_accept),
                Form(platform=self._platform(), folder=self._folder()),
                Site(
                    self._named("timezones", ZONE),
                    self._named("templates", any_text()),
                    self._rules("external", read_external),
                    self._named("readings", any_text("the name of an answer")),
                    report=tuple((k, str(v)) for k, v in self._checked("report", REPORT).items()),
                ),
                Waves(waves, Bridge(**self._checked("bridge", BRIDGE))),
            ),
            self._problems,
            {Path(os.path.realpath(path)) for path in paths},
            Durations(durations),
            {name: self._place_of(name) for name in self._sections["readings"]},
            tuple(self._tables),
        )
        settings.use_form()
        return settings

    def _read_sections(self) -> None:
        for key, value in self._data.items():
            if key not in _SECTIONS:
                found = value if isinstance(value, list) else [value]
                self._sections[key] = found
                tables = ((t if isinstance(t, dict) else None, s) for t, s in self._placed(key))
                self._tables += (Table(key, table, span) for table, span in tables)
            elif isinstance(value, _SECTIONS[key]):
                self._sections[key] = value
            else:
                self._wrong(key, key, f"[[{key}]]" if _SECTIONS[key] is list else f"[{key}]")

    def _platform(self) -> Platform:
        found = self._checked("platform", _PLATFORM)
        if table := found.get("credentials"):
            found["credentials"] = Credentials(
                client_id=table["client_id"],
                scopes=tuple(table.get("scopes", ())),
                audience=table.get("audience", ""),
                **table["secret"],
            )
        return Platform(**found)

    def _named(self, section: str, check: Check) -> tuple[tuple[str, Any], ...]:
        """The valid entries of a table whose keys are free."""
        return tuple(self._checked(section, dict.fromkeys(self._sections[section], check)).items())

    def _checked(self, section: str, known: dict[str, Check]) -> dict[str, Any]:
        """The valid entries of a table; others are reported."""
        found = {}
        for key, value in self._sections[section].items():
            check = known.get(key)
            if check is None:
                self._wrong(key, key, f"[{section}] has {', '.join(known)}")
            elif not check.accepts(value):
                self._wrong(key, f"{key} = {value!r}", f"it must be {check.wanted}")
            else:
                found[key] = value
        return found

    def _folder(self) -> FolderRule | None:
        """The rule that places modules in folders, if there is one; a single word is a property."""
        text = self._checked("layout", _LAYOUT).get("folder")
        if text is None:
            return None
        return FolderRule(f"{{{text}}}" if text.isidentifier() else text, self._place_of("folder"))

    def _levels(self) -> dict[str, Level]:
        levels = {level.value: level for level in Level}
        found = {}
        for code, name in self._sections["severity"].items():
            if current(code) not in CODES:
                self._wrong(code, code, "unknown code")
            elif not isinstance(name, str) or name not in levels:
                self._wrong(code, f"{code} = {name!r}", f"it must be one of {', '.join(levels)}")
            else:
                found[current(code)] = levels[name]
        return found

    def _suppressions(self) -> Iterator[Suppression]:
        """The valid suppressions; others are reported."""
        for table, span in self._placed("suppress"):
            if reason := _objection(table):
                found = UnknownSetting(text="suppress", reason=reason)
                self._problems.append(Problem(found, span, "suppress"))
                continue
            patterns = (current(table["code"]), table.get("job", "*"), table.get("file", "*"))
            yield Suppression(*patterns, table["reason"], span)

    def _rules(self, key: str, read: Callable[[Any, Span], R]) -> tuple[R, ...]:
        """The valid rules; others are reported."""
        found: list[R] = []
        for table, span in self._placed(key):
            try:
                found.append(read(table, span))
            except NoEntity as error:
                text = str(table["entity"])
                unknown = UnknownEntity(entity=text, reason=str(error))
                self._problems.append(Problem(unknown, span, text))
            except WrongRule as error:
                text = f"[[{key}]]"
                wrong = InvalidRule(text=text, reason=str(error))
                self._problems.append(Problem(wrong, span, text))
        return tuple(found)

    def _placed(self, key: str) -> Iterator[tuple[Any, Span]]:
        """The tables of a list, each with its position."""
        begin = re.compile(rf"\s*\[\[?\s*{re.escape(key)}\s*\]|\s*{re.escape(key)}\s*=")
        places = self._places(begin)
        for table in self._sections[key]:
            yield table, next(places, Span(SETTINGS_FILE, 1))

    def _wrong(self, key: str, text: str, reason: str) -> None:
        found = UnknownSetting(text=text, reason=reason)
        self._problems.append(Problem(found, self._place_of(key), text))

    def _place_of(self, key: str) -> Span:
        """The position of a key or the heading of a table."""
        begin = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}(?!\w)")
        return next(self._places(begin), Span(SETTINGS_FILE, 1))

    def _places(self, begin: re.Pattern[str]) -> Iterator[Span]:
        """The positions of lines that begin like this; the TOML parser has no positions."""
        for number, line in enumerate(self._lines, 1):
            if begin.match(line):
                column = len(line) - len(line.lstrip()) + 1
                yield Span(SETTINGS_FILE, number, column)


def _objection(table: Any) -> str:
    """What is wrong with a suppression; empty for a valid one."""
    keys = ", ".join(sorted(_SUPPRESSION))
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        return f"it must be a table of texts: {keys}"
    if unknown := sorted(table.keys() - _SUPPRESSION):
        return f"unknown key {unknown[0]}; the keys are {keys}"
    if current(table.get("code", "")) not in CODES:
        return f"unknown code {table.get('code', '')}".rstrip()
    return "" if table.get("reason", "").strip() else "it needs a reason"
