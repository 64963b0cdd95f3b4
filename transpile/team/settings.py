"""transpile.toml: the settings of a migration, kept beside its sources."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from transpile.findings.baseline import read_baseline
from transpile.findings.codes.mapping import InvalidRule, UnknownEntity
from transpile.findings.codes.output import UnknownSetting, UnreadableSettings
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import CODES, Finding, Level, current
from transpile.findings.policy import Policy, Suppression
from transpile.model import ExternalRule, Form, MapRule, Platform, Rules, Site, WorkflowRule
from transpile.model.zones import zone_named
from transpile.sources.text import STDIN, Span
from transpile.team.maps import (
    NoEntity,
    WrongRule,
    read_external,
    read_map,
    read_workflow,
    template_path,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

R = TypeVar("R")

SETTINGS_FILE = "transpile.toml"

STYLES = ("imperative", "declarative")
"""How workflows are written, the default first."""

BRANCHES = ("task", "native")
"""Where the conditions of jobs stand, the default first."""

FEWEST_NODES = 2
"""With fewer nodes than these in a workflow nothing follows anything."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file of settings that does not count, as a diagnostic is made of it."""

    finding: Finding
    span: Span
    text: str

    def report(self, diagnostics: Diagnostics) -> None:
        """Record it."""
        diagnostics.add(self.finding, self.span, text=self.text)


@dataclass(slots=True)
class Settings:
    """What transpile.toml says; `path` is None when there is none.

    `options` are defaults for options of the command line, by their names there; `files` are the
    real paths of what was read for settings, which are no sources.
    """

    path: Path | None = None
    options: dict[str, Any] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    rules: Rules = field(default_factory=Rules)
    problems: list[Problem] = field(default_factory=list)
    files: set[Path] = field(default_factory=set)

    def use_form(
        self, style: str | None = None, branch: str | None = None, max_nodes: int | None = None
    ) -> None:
        """Write workflows so; what is not given is as transpile.toml has it."""
        form = replace(
            self.rules.form,
            declarative=(style or self.options.get("style", STYLES[0])) == "declarative",
            branching=(branch or self.options.get("branch", BRANCHES[0])) == "native",
            max_nodes=max_nodes or self.options.get("max-nodes"),
        )
        self.rules = replace(self.rules, form=form)

    def use_package(self, name: str) -> None:
        """Emit modules of a package of this name."""
        self.rules = replace(self.rules, form=replace(self.rules.form, package=name))

    def use_baseline(self, name: str) -> None:
        """Read a baseline; one that cannot be read is a problem."""
        path = Path(name)
        try:
            self.files.add(Path(os.path.realpath(path)))
            self.policy.baseline = read_baseline(path)
        except (OSError, ValueError) as error:
            self.problems.append(_unreadable(path.name, error))


def find_settings(sources: Sequence[str]) -> Path | None:
    """The nearest transpile.toml at or above the sources; for standard input, the work folder."""
    folders = {_folder(source) for source in sources}
    shared = _shared(sorted(folders))
    for folder in (shared, *shared.parents):
        # A folder above that may not be entered is none that settings are kept in.
        if os.path.isfile(folder / SETTINGS_FILE):
            return folder / SETTINGS_FILE
    return None


def _folder(source: str) -> Path:
    if source == STDIN:
        return Path.cwd()
    path = Path(os.path.realpath(source))
    return path if path.is_dir() else path.parent


def _shared(folders: Sequence[Path]) -> Path:
    first, *others = folders
    return next(
        (f for f in (first, *first.parents) if all(f in (o, *o.parents) for o in others)),
        Path(first.anchor),
    )


def read_settings(path: Path | None) -> Settings:
    """The settings in a file; never raises, what is wrong in it is in `problems`."""
    if path is None:
        return Settings()
    try:
        text = path.read_text(encoding="utf-8")
        return _Reader(path, text, tomllib.loads(text)).read()
    except (OSError, ValueError, RecursionError) as error:
        # TOML that is broken, and bytes that are no UTF-8, are ValueErrors.
        problem = _unreadable(path.name, error)
        return Settings(path, problems=[problem], files={Path(os.path.realpath(path))})


def _unreadable(name: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    place = re.search(r"\(at line (\d+), column (\d+)\)", reason)
    line, column = (int(n) for n in place.groups()) if place else (1, 1)
    return Problem(UnreadableSettings(path=name, reason=reason), Span(name, line, column), "")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_prefix(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"([A-Za-z0-9][\w.-]*)?", value, re.ASCII))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_limit(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= FEWEST_NODES


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_zone(value: Any) -> bool:
    return isinstance(value, str) and zone_named(value) is not None


def _one_of(words: Sequence[str]) -> tuple[Callable[[Any], bool], str]:
    return lambda value: value in words, f"one of {', '.join(words)}"


_OPTIONS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "baseline": (_is_text, "a path"),
    "branch": _one_of(BRANCHES),
    "exclude": (_is_texts, "a list of patterns"),
    "from": (_is_text, "the name of a dialect"),
    "include": (_is_texts, "a list of patterns"),
    "max-nodes": (_is_limit, f"a number of at least {FEWEST_NODES}"),
    "package": (_is_text, "the name of a Python package"),
    "strict": (_is_flag, "true or false"),
    "style": _one_of(STYLES),
}
_TEXT = (_is_text, "a text")
_ZONE = (_is_zone, "a time zone such as Europe/London")
_PLATFORM: dict[str, tuple[Callable[[Any], bool], str]] = {
    "pod_template": (_is_text, "the name of a PodTemplate"),
    "prefix": (_is_prefix, "letters, digits, '.', '_' and '-'"),
    "system_retries": (_is_count, "a number of at least 0"),
}
_LISTS = ("suppress", "map", "workflow", "external")
_SUPPRESSION = {"code", "job", "file", "reason"}


class _Reader:
    """Takes a TOML document apart."""

    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self._lines = text.splitlines()
        self._data = data
        self._settings = Settings(path, files={Path(os.path.realpath(path))})
        self._levels: dict[str, Level] = {}
        self._maps: list[MapRule] = []
        self._workflows: list[WorkflowRule] = []
        self._externals: list[ExternalRule] = []
        self._found_platform = Platform()
        self._zones: tuple[tuple[str, str], ...] = ()
        self._values: tuple[tuple[str, str], ...] = ()
        self._suppressions: list[Suppression] = []

    def read(self) -> Settings:
        """Everything in it."""
        sections: dict[str, Callable[[Any], None]] = {
            "options": self._options,
            "severity": self._severity,
            "suppress": self._suppress,
            "map": self._map,
            "workflow": self._workflow,
            "external": self._external,
            "platform": self._platform,
            "timezones": self._timezones,
            "templates": self._templates,
        }
        for key, value in self._data.items():
            if key not in sections:
                self._wrong(key, key, f"transpile.toml has {', '.join(sections)}")
            elif isinstance(value, list if key in _LISTS else dict):
                sections[key](value)
            else:
                self._wrong(key, key, f"[[{key}]]" if key in _LISTS else f"[{key}]")
        self._settings.rules = Rules(
            tuple(self._maps),
            tuple(self._workflows),
            Form(platform=self._found_platform),
            Site(self._zones, self._values, tuple(self._externals)),
        )
        self._settings.use_form()
        self._settings.policy = Policy(self._levels, tuple(self._suppressions))
        return self._settings

    def _options(self, table: dict[str, Any]) -> None:
        self._settings.options.update(self._checked("options", table, _OPTIONS))
        baseline, path = self._settings.options.get("baseline"), self._settings.path
        if baseline is not None and path is not None:
            self._settings.options["baseline"] = str(path.parent / baseline)

    def _platform(self, table: dict[str, Any]) -> None:
        self._found_platform = Platform(**self._checked("platform", table, _PLATFORM))

    def _timezones(self, table: dict[str, Any]) -> None:
        self._zones = tuple(self._checked("timezones", table, dict.fromkeys(table, _ZONE)).items())

    def _templates(self, table: dict[str, Any]) -> None:
        self._values = tuple(self._checked("templates", table, dict.fromkeys(table, _TEXT)).items())

    def _checked(
        self,
        section: str,
        table: dict[str, Any],
        known: dict[str, tuple[Callable[[Any], bool], str]],
    ) -> dict[str, Any]:
        """The entries of a table that are valid; the others are reported."""
        found = {}
        for key, value in table.items():
            is_right, wanted = known.get(key, (None, ""))
            if is_right is None:
                self._wrong(key, key, f"[{section}] has {', '.join(known)}")
            elif not is_right(value):
                self._wrong(key, f"{key} = {value!r}", f"it wants {wanted}")
            else:
                found[key] = value
        return found

    def _severity(self, table: dict[str, Any]) -> None:
        levels = {level.value: level for level in Level}
        for code, name in table.items():
            if current(code) not in CODES:
                self._wrong(code, code, "there is no such code")
            elif not isinstance(name, str) or name not in levels:
                self._wrong(code, f"{code} = {name!r}", f"it wants {', '.join(levels)}")
            else:
                self._levels[current(code)] = levels[name]

    def _suppress(self, tables: list[Any]) -> None:
        for table, span in self._placed("suppress", tables):
            reason = self._objection(table)
            if reason:
                found = UnknownSetting(text="suppress", reason=reason)
                self._settings.problems.append(Problem(found, span, "suppress"))
                continue
            patterns = (current(table["code"]), table.get("job", "*"), table.get("file", "*"))
            self._suppressions.append(Suppression(*patterns, table["reason"], span))

    def _map(self, tables: list[Any]) -> None:
        folders = [str(path.parent) for path in [self._settings.path] if path]
        found = tuple(self._rules("map", tables, partial(read_map, folders=folders)))
        kinds = (rule.kind for rule in found if rule.kind and rule.kind.template is not None)
        paths = (template_path(kind.name, folders) for kind in kinds)
        self._settings.files |= {Path(os.path.realpath(path)) for path in paths}
        self._maps += found

    def _workflow(self, tables: list[Any]) -> None:
        self._workflows += self._rules("workflow", tables, read_workflow)

    def _external(self, tables: list[Any]) -> None:
        self._externals += self._rules("external", tables, read_external)

    def _rules(self, key: str, tables: list[Any], read: Callable[[Any, Span], R]) -> Iterator[R]:
        """The rules that count; of the others it is said why they do not."""
        for table, span in self._placed(key, tables):
            try:
                yield read(table, span)
            except NoEntity as error:
                text = str(table["entity"])
                unknown = UnknownEntity(entity=text, reason=str(error))
                self._settings.problems.append(Problem(unknown, span, text))
            except WrongRule as error:
                text = f"[[{key}]]"
                wrong = InvalidRule(text=text, reason=str(error))
                self._settings.problems.append(Problem(wrong, span, text))

    def _placed(self, key: str, tables: list[Any]) -> Iterator[tuple[Any, Span]]:
        begin = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        places = self._places(begin)
        for table in tables:
            yield table, next(places, Span(SETTINGS_FILE, 1))

    def _objection(self, table: Any) -> str:
        """What is wrong with a suppression; nothing for a good one."""
        if not isinstance(table, dict) or not all(map(_is_text, table.values())):
            return f"it wants texts: {', '.join(sorted(_SUPPRESSION))}"
        if unknown := sorted(table.keys() - _SUPPRESSION):
            return f"it has no {unknown[0]}, but {', '.join(sorted(_SUPPRESSION))}"
        if current(table.get("code", "")) not in CODES:
            return f"there is no code {table.get('code', '')}".rstrip()
        return "" if table.get("reason", "").strip() else "it wants a reason"

    def _wrong(self, key: str, text: str, reason: str) -> None:
        begin = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b")
        span = next(self._places(begin), Span(SETTINGS_FILE, 1))
        found = UnknownSetting(text=text, reason=reason)
        self._settings.problems.append(Problem(found, span, text))

    def _places(self, begin: re.Pattern[str]) -> Iterator[Span]:
        """The lines that begin so: the TOML reader keeps no positions."""
        for number, line in enumerate(self._lines, 1):
            if begin.match(line):
                column = len(line) - len(line.lstrip()) + 1
                yield Span(SETTINGS_FILE, number, column)
