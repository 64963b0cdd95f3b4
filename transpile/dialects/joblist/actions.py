"""What a job of a list runs, how often, and how long: from its own values."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from transpile.dialects.joblist.codes.jobs import (
    FormulaCommand,
    JobWithoutCommand,
    SpreadsheetError,
    TimeoutRounded,
)
from transpile.dialects.joblist.keys import plain_key
from transpile.dialects.joblist.model import Entry
from transpile.dialects.joblist.settings import UNITS
from transpile.dialects.kit.windows import needs_windows
from transpile.findings.codes.jobs import UntranslatedType, WindowsCommand
from transpile.findings.codes.reading import WrongValue
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, Kind

NOOP = ("noop", "nop", "dummy", "milestone", "empty")
"""Types of jobs that do nothing."""

COMMANDS = ("command", "cmd", "job", "task", "script", "shell", "bash", "sh")
"""Types of jobs that run their command."""

_ERRORS = re.compile(r"#(?:NAME\?|REF!|N/A|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
_COUNT = re.compile(r"\d{1,4}(?:\.0{1,2})?")
_DURATION = re.compile(r"(\d{1,9})(?:\.0{1,2})? ?([a-z]{0,9})")
_SECONDS = MappingProxyType(
    {
        **dict.fromkeys("s sec secs second seconds".split(), 1),
        **dict.fromkeys("m min mins minute minutes".split(), 60),
        **dict.fromkeys("h hr hrs hour hours".split(), 3600),
        **dict.fromkeys("d day days".split(), 86_400),
    }
)
_LONGEST = 366 * 24 * 60
"""Maximum time limit in minutes."""


class Payload(NamedTuple):
    """What a job runs; `blocked` says why it has no translation."""

    kind: Kind
    action: Command | None = None
    blocked: Blocked | None = None


def build_payload(entry: Entry, diagnostics: Diagnostics) -> Payload:
    """What the job runs, and findings about it."""
    said = entry.values.get("type")
    type_ = plain_key(said.text) if said else ""
    if said is not None and type_ and type_ not in NOOP and type_ not in COMMANDS:
        untranslated = UntranslatedType(type=said.text)
        diagnostics.add(untranslated, said.span, job=entry.name, text=said.text)
        return Payload(Kind.OTHER, None, Blocked(UntranslatedType, f"type {said.text}"))
    command = entry.values.get("command")
    text = _without_last_newline(command.text) if command else ""
    if command is None or not text.strip():
        if type_ in NOOP:
            return Payload(Kind.COMMAND)
        diagnostics.add(JobWithoutCommand(name=entry.name), entry.span, job=entry.name, text="")
        return Payload(Kind.OTHER, None, Blocked(JobWithoutCommand, "it has no command"))
    if type_ in NOOP:
        wrong = WrongValue(key="type", value=type_, expected="another type, as it has a command")
        diagnostics.add(wrong, command.span, job=entry.name, text=text)
        return Payload(Kind.OTHER, None, Blocked(WrongValue, f"type {type_} with a command"))
    finding: Finding
    if _ERRORS.fullmatch(text.strip()):
        finding = SpreadsheetError(name=entry.name, text=text.strip())
        diagnostics.add(finding, command.span, job=entry.name)
        return Payload(Kind.OTHER, None, Blocked(SpreadsheetError, text.strip()))
    if text.lstrip().startswith("="):
        finding = FormulaCommand(name=entry.name)
        diagnostics.add(finding, command.span, job=entry.name, text=text)
    if needs_windows(text):
        diagnostics.add(WindowsCommand(), command.span, job=entry.name, text=text)
    variables = tuple((name, (value,)) for name, value in entry.environment)
    return Payload(Kind.COMMAND, Command((text,), environment=variables, place=command.span))


def build_retries(entry: Entry, diagnostics: Diagnostics) -> int:
    """How often a failed attempt is repeated."""
    value = entry.values.get("retries")
    if value is None or not value.text:
        return 0
    if _COUNT.fullmatch(value.text):
        return int(value.text.partition(".")[0])
    wrong = WrongValue(key="retries", value=value.text, expected="a number")
    diagnostics.add(wrong, value.span, job=entry.name, text=value.text)
    return 0


def build_time_limit(entry: Entry, unit: str, diagnostics: Diagnostics) -> int | None:
    """The minutes that a job may run; a number without a unit counts as many of `unit`."""
    value = entry.values.get("timeout")
    if value is None or not value.text:
        return None
    match = _DURATION.fullmatch(value.text.strip().lower())
    known: Mapping[str, int] = {**_SECONDS, "": UNITS[unit]}
    seconds = int(match[1]) * known.get(match[2], 0) if match else 0
    minutes = -(-seconds // 60)
    if not 0 < minutes <= _LONGEST:
        expected = f"a number of {unit}, or one with a unit such as 90m or 2h"
        wrong = WrongValue(key="timeout", value=value.text, expected=expected)
        diagnostics.add(wrong, value.span, job=entry.name, text=value.text)
        return None
    if seconds % 60:
        rounded = TimeoutRounded(name=entry.name, minutes=minutes, text=value.text)
        diagnostics.add(rounded, value.span, job=entry.name)
    return minutes


def _without_last_newline(text: str) -> str:
    """The text without the line ends at its end, which mean nothing but behind a backslash."""
    bare = text.rstrip("\n")
    return text if bare.endswith("\\") else bare
