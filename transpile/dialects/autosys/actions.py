"""Attributes to the action of a job: its command, or the file that it waits for."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from transpile.dialects.autosys import values
from transpile.dialects.autosys.catalogue import AGENT_VARIABLES
from transpile.dialects.autosys.codes.jobs import (
    AttributeIgnored,
    OutputAppended,
    QuotedCommand,
    TriggerChecksOnce,
    UntranslatedTrigger,
    VariableInEnvironment,
)
from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.reader import Attribute
from transpile.dialects.kit.windows import needs_windows
from transpile.findings.codes.jobs import AgentVariable, NothingToRun, WindowsCommand
from transpile.findings.codes.reading import WrongValue
from transpile.model import (
    Command,
    ExitRule,
    FileState,
    FileWatch,
    Redirect,
    Text,
    plain,
)
from transpile.sources.text import Span

_SHELLS = ("ash", "bash", "dash", "ksh", "ksh93", "sh", "zsh")
_VARIABLE = re.compile(r"(?<!\$)\$(?:\w|\{\w)")
_AGENT = re.compile(rf"[$%]\{{?({'|'.join(AGENT_VARIABLES)})\b")
_JOB_NAME = re.compile(r"[$%]\{?AUTO_JOB_NAME\b")


def build_command(definition: Definition) -> Command | None:
    """The command with its redirections, environment and exit rule.

    None if the definition has no command; the job is then blocked.
    """
    attribute = definition.take("command")
    if attribute is None:
        definition.report(NothingToRun(type="command", key="command"))
        definition.block(NothingToRun, "no command")
        return None
    raw = attribute.value
    if needs_windows(raw.replace("\\:", ":")):
        definition.report(WindowsCommand(), attribute.span, text=raw)
    if len(raw) > 1 and raw[0] == raw[-1] == '"' and '"' not in raw[1:-1] and " " in raw:
        definition.report(QuotedCommand(), attribute.span, text=raw)
    shell = definition.attributes.get("shell")
    if shell and PurePosixPath(values.unquoted(shell.value)).name not in _SHELLS:
        # The emitted script uses syntax that only these shells understand.
        definition.drop("shell", AttributeIgnored(key="shell", value=shell.value))
    command = Command(
        text=values.text(raw),
        stdin=_path(definition, "std_in_file"),
        stdout=_redirect(definition, "std_out_file"),
        stderr=_redirect(definition, "std_err_file"),
        environment=_environment(definition),
        profile=_path(definition, "profile"),
        shell=definition.take_text("shell"),
        success=_exit_rule(definition),
        place=attribute.place,
    )
    return _with_job_name(definition, command)


def _path(definition: Definition, key: str) -> Text | None:
    value = definition.take_text(key)
    return values.text(value) if value else None


def _redirect(definition: Definition, key: str) -> Redirect | None:
    attribute = definition.take(key)
    if attribute is None:
        return None
    value = values.unquoted(attribute.value)
    path = values.unquoted(value.removeprefix(">").removeprefix(">"))
    if not path:
        definition.report(
            WrongValue(key=key, value=value, expected="a path"), attribute.span, text=value
        )
        return None
    if not value.startswith(">"):
        definition.report(OutputAppended(key=key), attribute.span, text=value)
    overwrites = value.startswith(">") and not value.startswith(">>")
    return Redirect(values.text(path), append=not overwrites)


def _environment(definition: Definition) -> tuple[tuple[str, Text], ...]:
    pairs = definition.take_as("envvars", values.environment, "NAME=value, ...") or ()
    for name, value in pairs:
        if "$" in value.replace("$$", ""):
            definition.report(VariableInEnvironment(name=name, value=value), text=value)
    return tuple((name, values.text(value)) for name, value in pairs)


def _exit_rule(definition: Definition) -> ExitRule:
    """AutoSys: fail_codes decide alone, without them success_codes, then max_exit_success."""
    expected = "exit codes such as 0, 10-20"
    fails = definition.take_as("fail_codes", values.ranges, expected)
    succeeds = definition.take_as("success_codes", values.ranges, expected)
    most = definition.take_as("max_exit_success", values.integer, "an exit code")
    if fails:
        return ExitRule(fails, fails=True)
    if succeeds:
        return ExitRule(succeeds)
    return ExitRule(((0, most or 0),))


def _with_job_name(definition: Definition, command: Command) -> Command:
    """The command, with AUTO_JOB_NAME in its environment if it refers to it.

    References to other variables of the agent are reported.
    """
    used = "\n".join(plain(text) for text in command.texts)
    for name in sorted({match[1] for match in _AGENT.finditer(used)}):
        definition.report(AgentVariable(name=name), text=name)
    if not _JOB_NAME.search(used):
        return command
    environment = (("AUTO_JOB_NAME", (definition.name,)), *command.environment)
    return replace(command, environment=environment)


def build_file_watch(definition: Definition, type_name: str) -> FileWatch | None:
    """The wait for a file.

    AutoSys: a file watcher (fw) ends when the file has its minimum size and did not grow between
    two checks; a file trigger (ft) fires by watch_file_type, GENERATE by default.

    None if the wait cannot be translated; the job is then blocked.
    """
    path = _path(definition, "watch_file")
    if path is None:
        definition.report(NothingToRun(type=type_name, key="watch_file"))
        definition.block(NothingToRun, "no watch_file")
        return None
    interval = definition.take_as("watch_interval", values.integer, "a number of seconds") or 60
    size = definition.take_as("watch_file_min_size", values.integer, "a number of bytes") or 0
    if type_name != "ft":
        watch = FileWatch(path, FileState.COMPLETE, interval, size, steady=interval)
        # A file watcher runs no command: its profile only sets variables of the path.
        if _VARIABLE.search(plain(path, lambda ref: "")):
            return replace(watch, profile=_path(definition, "profile"))
        return watch
    return _trigger(definition, path, interval, size)


def _trigger(definition: Definition, path: Text, interval: int, size: int) -> FileWatch | None:
    attribute = definition.attributes.get("watch_file_type")
    word = (definition.take_text("watch_file_type") or "GENERATE").upper()
    minutes = definition.take_as("watch_no_change", values.integer, "a number of minutes") or 0
    if found := _untranslated(definition, word, attribute):
        reason, span = found
        definition.report(UntranslatedTrigger(reason=reason), span, text=reason)
        definition.block(UntranslatedTrigger, reason)
        return None
    if word == "GENERATE":
        return FileWatch(path, FileState.COMPLETE, interval, size, minutes * 60)
    state = FileState.EXISTS if word == "EXIST" else FileState.ABSENT
    span = attribute.span if attribute else definition.span
    wanted = "is not there" if word == "EXIST" else "is there"
    definition.report(
        TriggerChecksOnce(type=word, name=definition.name, wanted=wanted), span, text=word
    )
    return FileWatch(path, state, interval, size if word == "EXIST" else 0, once=True)


def _untranslated(
    definition: Definition, word: str, attribute: Attribute | None
) -> tuple[str, Span] | None:
    """The attribute of a file trigger that has no translation, and its place."""
    if attribute and word not in ("EXIST", "GENERATE", "NOTEXIST"):
        return f"watch_file_type {word}", attribute.span
    for key in ("continuous", "watch_file_recursive"):
        asked = definition.attributes.get(key)
        if definition.take_as(key, values.boolean, "1 or 0") and asked:
            return key, asked.span
    for key in ("watch_file_owner", "watch_file_groupname"):
        if key in definition.attributes:
            return key, definition.attributes[key].span
    return None
