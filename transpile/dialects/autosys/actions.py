"""What a job does: its command, or the file it waits for."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from transpile.dialects.autosys import values
from transpile.dialects.autosys.catalogue import AGENT_VARIABLES
from transpile.dialects.autosys.definition import Definition
from transpile.ir import (
    Blocked,
    Command,
    ExitRule,
    FileState,
    FileWatch,
    Redirect,
    Text,
    plain,
)

_SHELLS = ("ash", "bash", "dash", "ksh", "ksh93", "sh", "zsh")
_WINDOWS = re.compile(r'"?[A-Za-z]:\\|"?[^\s"]+\.(?:bat|cmd|exe|ps1)(?:["\s]|\Z)|.*%\w+%', re.I)
_AGENT = re.compile(rf"[$%]\{{?({'|'.join(AGENT_VARIABLES)})\b")
_JOB_NAME = re.compile(r"[$%]\{?AUTO_JOB_NAME\b")


def build_command(definition: Definition) -> Command | None:
    """The command with everything that surrounds it; None, and the job blocked, without one."""
    attribute = definition.take("command")
    if attribute is None:
        definition.report("A202", type="command", key="command")
        definition.blocked = definition.blocked or Blocked("A202", "no command")
        return None
    raw = attribute.value
    if _WINDOWS.match(raw):
        definition.report("A209", attribute.span, text=raw)
    if len(raw) > 1 and raw[0] == raw[-1] == '"' and '"' not in raw[1:-1] and " " in raw:
        definition.report("A211", attribute.span, text=raw)
    shell = definition.attributes.get("shell")
    if shell and PurePosixPath(values.unquoted(shell.value)).name not in _SHELLS:
        # Redirections and the profile are written in the language of these.
        definition.drop("shell", "A205")
    command = Command(
        text=values.text(raw),
        stdin=_path(definition, "std_in_file"),
        stdout=_redirect(definition, "std_out_file"),
        stderr=_redirect(definition, "std_err_file"),
        environment=_environment(definition),
        profile=_path(definition, "profile"),
        shell=definition.take_text("shell"),
        success=_exit_rule(definition),
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
    sign = re.match(r">{0,2}", value)
    signs = sign.group() if sign else ""
    path = values.unquoted(value[len(signs) :])
    if not path:
        definition.report(
            "A115", attribute.span, text=value, key=key, value=value, expected="a path"
        )
        return None
    if not signs:
        definition.report("A213", attribute.span, text=value, key=key)
    return Redirect(values.text(path), append=signs != ">")


def _environment(definition: Definition) -> tuple[tuple[str, Text], ...]:
    pairs = definition.take_as("envvars", values.environment, "NAME=value, ...") or ()
    for name, value in pairs:
        if "$" in value.replace("$$", ""):
            definition.report("A216", text=value, name=name, value=value)
    return tuple((name, values.text(value)) for name, value in pairs)


def _exit_rule(definition: Definition) -> ExitRule:
    """AutoSys: fail_codes alone decide if given, else success_codes, else max_exit_success."""
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
    """AUTO_JOB_NAME in the environment where something refers to it; other such names reported."""
    used = "\n".join(plain(text) for text in command.texts)
    for name in sorted({match[1] for match in _AGENT.finditer(used)}):
        definition.report("A210", text=name, name=name)
    if not _JOB_NAME.search(used):
        return command
    environment = (("AUTO_JOB_NAME", (definition.name,)), *command.environment)
    return replace(command, environment=environment)


def build_file_watch(definition: Definition, type_name: str) -> FileWatch | None:
    """The wait for a file; None, and the job blocked, where none can be made.

    AutoSys: a file watcher (fw) ends when the file has its minimum size and did not grow between
    two looks; a file trigger (ft) fires by watch_file_type, GENERATE by default.
    """
    path = _path(definition, "watch_file")
    if path is None:
        definition.report("A202", type=type_name, key="watch_file")
        definition.blocked = definition.blocked or Blocked("A202", "no watch_file")
        return None
    interval = definition.take_as("watch_interval", values.integer, "a number of seconds") or 60
    size = definition.take_as("watch_file_min_size", values.integer, "a number of bytes") or 0
    if type_name != "ft":
        return FileWatch(path, FileState.COMPLETE, interval, size, steady=interval)
    return _trigger(definition, path, interval, size)


def _trigger(definition: Definition, path: Text, interval: int, size: int) -> FileWatch | None:
    word = (definition.take_text("watch_file_type") or "GENERATE").upper()
    minutes = definition.take_as("watch_no_change", values.integer, "a number of minutes") or 0
    reason = None if word in ("EXIST", "GENERATE", "NOTEXIST") else f"watch_file_type {word}"
    if definition.take_as("continuous", values.boolean, "1 or 0"):
        reason = "continuous"
    if definition.take_as("watch_file_recursive", values.boolean, "1 or 0"):
        reason = "watch_file_recursive"
    for key in ("watch_file_owner", "watch_file_groupname"):
        if key in definition.attributes:
            reason = key
    if reason:
        definition.report("A203", text=reason, reason=reason)
        definition.blocked = definition.blocked or Blocked("A203", reason)
        return None
    states = {"EXIST": FileState.EXISTS, "NOTEXIST": FileState.ABSENT}
    return FileWatch(path, states.get(word, FileState.COMPLETE), interval, size, minutes * 60)
