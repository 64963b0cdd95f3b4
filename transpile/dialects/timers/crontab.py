"""Reads crontabs into lines, each with the variables that count for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from transpile.dialects.kit.cron import NICKNAMES
from transpile.dialects.timers.codes.cron import (
    CronReading,
    IgnoredCrontab,
    IgnoredFileName,
    RefusedCronLine,
)
from transpile.dialects.timers.cron_fields import REBOOT, CronFields, read_fields
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE, TimerSettings
from transpile.dialects.timers.system_users import looks_like_user, names_user
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

ENGINE_NAMES = {VIXIE: "Debian's cron", CRONIE: "cronie", SYSTEMD: "systemd-cron"}
_BLANKS = re.compile(r"[ \t]+")
_OPTION = re.compile(r"-n[ \t]+")
_NAME = re.compile(r"[^\s=]+")
_SPACE = " \t\r\f\v"
_SHAPE = re.compile(r"-?(?:@[a-z]+[ \t]|[0-9*~][^ \t]*(?:[ \t]+[0-9A-Za-z*,/~-]+){4}[ \t])")
_COMMAND = re.compile(r"[A-Za-z_/.~$\[(\"'`{:!]")
_COMMAND_BYTES, _VARIABLE_BYTES, _LINES = 999, 998, 10_004
"""Limits of Debian's cron: a longer command or file is refused, a longer variable is cut."""

_RULERS = ("dom mon dow", "* * * * *", "(0 - ", "day of week", "do not edit")
_LEFT = re.compile(r"wave [\w-]+:[ \t]+")
"""What `convert --wave` writes in front of a line."""

_MOST_VARIABLES = 1_000
_MOST_COMMENTS = 5
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable and the line that sets it."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class CronLine:
    """A line that starts a command; `fields` is None for @reboot.

    `command` is as it is written, with its `%`; `at` is where it begins. `mails_failures` only is
    an option of cronie, as is `silent`: cron logs nothing.
    """

    text: str
    span: Span
    schedule: str
    fields: CronFields | None
    command: str
    at: Span
    user: str = ""
    description: str = ""
    variables: Mapping[str, Variable] = field(default_factory=dict)
    silent: bool = False
    mails_failures: bool = False


class _Refused(Exception):
    """Cron refuses the line; the message gives the reason."""


# -------------------------------------------------------------------- recognition


def is_crontab(head: str) -> bool:
    """True if most lines are those of a crontab, and at least one starts a command."""
    if head.startswith("#!") or "\0" in head:
        return False
    good = bad = 0
    for line in head.split("\n"):
        text = line.strip(" \t")
        if not text or text.startswith("#"):
            continue
        if looks_like_job(text):
            good += 1
        elif assignment(text, CRONIE) is None:
            bad += 1
    return good > bad


def looks_like_job(text: str) -> bool:
    """True for time fields, or a nickname, with something behind them that may be a command."""
    text = text.removeprefix("-")
    words = _BLANKS.split(text, 1 if text.startswith("@") else _FIELDS)
    if _SHAPE.match(text) is None or not _COMMAND.match(words[-1]):
        return False
    if text.startswith("@"):
        return words[0] in NICKNAMES or words[0] == REBOOT
    try:
        read_fields(" ".join(words[:_FIELDS]), CRONIE)
    except ValueError:
        return False
    return True


# -------------------------------------------------------------------- variables


def assignment(text: str, engine: str) -> tuple[str, str] | None:
    """The name and the value if the line sets a variable, as load_env in env.c reads it."""
    text = text.lstrip(" \t")
    if text[:1] in ("'", '"'):
        end = text.find(text[0], 1)
        name, rest = text[1:end], text[end + 1 :].lstrip(_SPACE)
        if end < 0 or "=" in name:
            return None
    else:
        match = _NAME.match(text)
        name = match[0] if match else ""
        rest = text[len(name) :].lstrip(_SPACE)
    if not rest.startswith("="):
        return None
    value = rest[1:].strip(_SPACE)
    if not value:
        # Debian's cron takes no empty value without quotes.
        return None if engine == VIXIE else (name, "")
    if value[0] in ("'", '"'):
        end = value.find(value[0], 1)
        return (name, value[1:end]) if end == len(value) - 1 and end > 0 else None
    return name, value


# -------------------------------------------------------------------- files


def read_crontab(
    source: Source, settings: TimerSettings, diagnostics: Diagnostics
) -> list[CronLine]:
    """The lines of a crontab that start a command; reports what cron refuses or ignores."""
    reader = _Reader(source, settings, diagnostics)
    return reader.read()


class _Reader:
    """Reads one crontab from top to bottom."""

    def __init__(self, source: Source, settings: TimerSettings, diagnostics: Diagnostics) -> None:
        self._source = source
        self._engine = settings.engine
        self._diagnostics = diagnostics
        self._lines = source.text.split("\n")
        self._has_user = self._decide_user(settings)
        self._variables: dict[str, Variable] = {}
        self._is_shared = False
        self._comments: list[str] = []

    def read(self) -> list[CronLine]:
        """All lines that start a command."""
        self._check_file()
        found = []
        for number, line in enumerate(self._lines, 1):
            text = line.strip(" \t")
            if not text or text.startswith("#"):
                self._note_comment(text)
                continue
            span = Span(self._source.label, number, line.index(text[0]) + 1)
            job = self._statement(line.lstrip(" \t"), span)
            if job is not None:
                found.append(job)
            self._comments.clear()
        return found

    def _statement(self, text: str, span: Span) -> CronLine | None:
        pair = assignment(text, self._engine)
        if pair is not None:
            self._set(Variable(*pair, span), text)
            return None
        try:
            if "\0" in text:
                self._diagnostics.add(NulCharacter(key="the line"), span, text=text)
                return None
            return self._job(text, span)
        except (_Refused, ValueError) as refused:
            self._refuse(str(refused), text, span)
            return None

    def _refuse(self, reason: str, text: str, span: Span) -> None:
        file = self._engine == VIXIE
        effect = "it ignores the whole file" if file else "it ignores the line"
        engine = ENGINE_NAMES[self._engine]
        found = RefusedCronLine(engine=engine, reason=reason, effect=effect)
        self._diagnostics.add(found, span, text=text)

    # ---------------------------------------------------------------- the file

    def _decide_user(self, settings: TimerSettings) -> bool:
        """True if the lines name a user."""
        if settings.user_field is not None:
            return settings.user_field
        paths = [f"/{path}".replace("\\", "/") for path in (self._source.label, self._source.path)]
        if any(path.endswith("/etc/crontab") or "/cron.d/" in path for path in paths):
            return True
        place = names_user(self._lines, looks_like_job)
        if place is None:
            return False
        number, text = place
        found = CronReading(text=text, reading="a user, not as a command: the text says so")
        told = "set user_field under [timers] in transpile.toml, to be sure"
        self._diagnostics.add(found, Span(self._source.label, number), help=told)
        return True

    def _check_file(self) -> None:
        """Report what makes cron ignore the whole file."""
        engine, label = ENGINE_NAMES[self._engine], self._source.label
        last = self._lines[-1].strip(" \t")
        if last and not last.startswith("#") and self._engine != SYSTEMD:
            what = "the whole file" if self._engine == VIXIE else "the last line"
            reason = "the last line does not end with a newline"
            found = IgnoredCrontab(engine=engine, what=what, reason=reason)
            self._diagnostics.add(found, Span(label, len(self._lines)), text=last)
        if len(self._lines) > _LINES and self._engine == VIXIE:
            reason = "it has more than 10,000 lines"
            found = IgnoredCrontab(engine=engine, what="the whole file", reason=reason)
            self._diagnostics.add(found, Span(label, len(self._lines)), text=label)
        folder, _, name = f"/{self._source.path or label}".replace("\\", "/").rpartition("/")
        if folder.endswith("/cron.d") and _is_ignored(name, self._engine):
            ignored = IgnoredFileName(engine=engine, name=name)
            self._diagnostics.add(ignored, Span(label, 1), text=name)

    def _note_comment(self, text: str) -> None:
        """Keep a comment that may describe the line below it."""
        words = _LEFT.sub("", text.lstrip("#").strip(" \t"))
        lowered = " ".join(words.lower().split())
        is_header = any(mark in lowered for mark in _RULERS)
        is_prose = any(char.isalpha() for char in words) and not is_header
        if is_prose and not looks_like_job(words) and assignment(words, CRONIE) is None:
            self._comments.append(words)
        else:
            self._comments.clear()

    def _set(self, variable: Variable, text: str) -> None:
        if not variable.name:
            reading = "a variable without a name, which nothing can use"
            self._diagnostics.add(CronReading(text=text, reading=reading), variable.span)
            return
        if self._engine == VIXIE and len(text.encode(errors="replace")) > _VARIABLE_BYTES:
            reading = f"its first {_VARIABLE_BYTES} characters"
            found = CronReading(text=f"the value of {variable.name}", reading=reading)
            self._diagnostics.add(found, variable.span)
            kept = len(variable.value) - (len(text) - _VARIABLE_BYTES)
            variable = replace(variable, value=variable.value[: max(kept, 0)])
        if len(self._variables) >= _MOST_VARIABLES and variable.name not in self._variables:
            reason = f"a crontab has at most {_MOST_VARIABLES:,} variables"
            engine = ENGINE_NAMES[self._engine]
            refused = RefusedCronLine(engine=engine, reason=reason, effect="it is left out here")
            self._diagnostics.add(refused, variable.span, text=text)
            return
        if self._is_shared:
            self._variables, self._is_shared = dict(self._variables), False
        self._variables[variable.name] = variable

    # ---------------------------------------------------------------- lines

    def _job(self, text: str, span: Span) -> CronLine | None:
        """The line; None if it runs nothing. Raises _Refused and ValueError with the reason."""
        silent = text.startswith("-") and self._engine == CRONIE
        rest = text[1:] if silent else text
        count = 1 if rest.startswith("@") else _FIELDS
        words = _BLANKS.split(rest, count)
        if len(words) < count:
            raise _Refused("it does not have five time fields")
        schedule = " ".join(words[:count])
        fields = None if schedule == REBOOT else read_fields(schedule, self._engine)
        for part, reading in fields.readings if fields else ():
            self._diagnostics.add(CronReading(text=part, reading=reading), span)
        command = words[count] if len(words) > count else ""
        user = ""
        if self._has_user:
            user, _, command = _BLANKS.sub(" ", command, count=1).partition(" ")
            if not looks_like_user(user):
                raise _Refused(f"{user or 'nothing'} is not the name of a user")
        option = _OPTION.match(command) if self._engine == CRONIE else None
        command = command[option.end() :] if option else command
        self._check_command(command, text, span)
        if not command:
            return None
        self._is_shared = True
        column = span.column + len(text) - len(command)
        return CronLine(
            text.rstrip(_SPACE),
            span,
            schedule,
            fields,
            command,
            Span(span.file, span.line, column),
            user,
            " ".join(self._comments[-_MOST_COMMENTS:]),
            self._variables,
            silent,
            option is not None,
        )

    def _check_command(self, command: str, text: str, span: Span) -> None:
        """Raises _Refused for a command that cron does not take."""
        is_cut = self._has_user and not text.endswith((" ", "\t"))
        if not command and (is_cut or self._engine != VIXIE):
            raise _Refused("it has no command")
        if not command:
            found = CronReading(text=text.strip(), reading="a line that runs nothing")
            self._diagnostics.add(found, span)
        if command.startswith("-") and self._engine == CRONIE:
            raise _Refused(f"{command.split(maxsplit=1)[0]} is not an option of a line")
        if command.startswith("*") and not self._has_user and self._engine != SYSTEMD:
            raise _Refused("the command begins with *, like a sixth time field")
        if self._engine == VIXIE and len(command.encode(errors="replace")) >= _COMMAND_BYTES:
            raise _Refused(f"the command has {_COMMAND_BYTES} characters or more")


def _is_ignored(name: str, engine: str) -> bool:
    """True for a file name that cron passes over in cron.d."""
    if engine == VIXIE:
        return not all((char.isalnum() and char.isascii()) or char in "-_" for char in name)
    backup = name.endswith(("~", ".rpmsave", ".rpmorig", ".rpmnew"))
    return engine == CRONIE and (backup or name.startswith((".", "#")))
