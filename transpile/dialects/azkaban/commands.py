"""Builds what a job runs: its commands with folder and environment, from all its properties."""

import re
from collections import ChainMap
from dataclasses import dataclass, field, replace
from functools import partial

from transpile.dialects.azkaban.codes.jobs import (
    InvalidNumber,
    NoCommand,
    NoShell,
    PluginJob,
    PropertyFile,
    PropertyIgnored,
    UntranslatedExpression,
    UntranslatedJobType,
)
from transpile.dialects.azkaban.codes.projects import NonAscii
from transpile.dialects.azkaban.job_types import KEYS, LINES, PLUGINS
from transpile.dialects.azkaban.model import FLOW_TYPE, NOOP_TYPE, Node
from transpile.dialects.azkaban.run_values import ATTEMPT, RunValues
from transpile.dialects.azkaban.scope import Scope
from transpile.dialects.azkaban.values import BadValue, Values, has_shell_syntax
from transpile.dialects.kit.texts import merged
from transpile.dialects.kit.values import Value
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, Steps, Text

_ENVIRONMENT = "env."
_TRANSLATED = re.compile(r"working\.dir|env\..+|flow\.name|job\.succeed\.on\.failure")
"""Translated properties of every type that runs something, beside those of its command line."""

_OF_EVERY_TYPE = ("type", "dependencies", "condition", "retries", "root.node")
_PAUSE = "retry.backoff"
_NOT_KEPT = re.compile(r"retry\.backoff(\.exponential)?|job\.notification\..+")
_JOB_NAME, _PROPERTY_FILE = "JOB_NAME", "JOB_PROP_FILE"


@dataclass(slots=True)
class Payload:
    """What a node runs; `notes` are the properties that are only shown to readers.

    It waits `backoff` seconds before each of the `retries`. `problem` says why the node has no
    translation.
    """

    action: Command | Steps | None = None
    retries: int = 0
    backoff: float = 0.0
    notes: list[tuple[str, str]] = field(default_factory=list)
    problem: Blocked | None = None


class CommandBuilder:
    """Builds the payloads of the nodes of one flow, and counts their properties."""

    def __init__(self, diagnostics: Diagnostics, run_values: RunValues) -> None:
        self._diagnostics = diagnostics
        self._run_values = run_values
        self.noted = self.unsupported = self.translated = 0

    def payload(self, node: Node, scope: Scope) -> Payload:
        """What the node runs, and how often."""
        name = f"{scope.path}{node.name}"
        payload = Payload(problem=node.problem, notes=self.notes(node, name))
        job = _Job(node, scope, self._run_values, self._diagnostics)
        try:
            payload.retries = job.retries()
            payload.backoff = job.backoff()
            if payload.problem is None and node.type != NOOP_TYPE:
                payload.action = job.action(payload.retries)
        except BadValue as error:
            job.report(error.finding, error.value)
            payload.problem = Blocked(type(error.finding), error.reason)
        if isinstance(payload.action, Steps) and payload.action.tolerance:
            # Azkaban repeats failed jobs only.
            payload.retries = 0
        if payload.problem:
            # The author of the task's body needs all properties.
            own = ((key, value.text) for key, value in node.own.items())
            payload.notes = [(key, text) for key, text in own if key not in _OF_EVERY_TYPE]
        return payload

    def notes(self, node: Node, name: str) -> list[tuple[str, str]]:
        """The properties that are only shown to readers. Counts all, and reports ignored ones."""
        notes: list[tuple[str, str]] = []
        for key, (text, span) in node.own.items():
            if key == _PAUSE and text.strip() == "0":
                self.translated += 1
            elif _NOT_KEPT.fullmatch(key):
                ignored = PropertyIgnored(key=key, value=text)
                self._diagnostics.add(ignored, span, job=name, text=text)
                self.unsupported += 1
            elif key in _OF_EVERY_TYPE or _is_translated(node.type, key):
                self.translated += 1
            else:
                notes.append((key, text))
                self.noted += 1
        return notes


class _Job:
    """A node with all properties that it sees. Its methods raise BadValue."""

    def __init__(
        self, node: Node, scope: Scope, run_values: RunValues, diagnostics: Diagnostics
    ) -> None:
        self._node = node
        self._name = f"{scope.path}{node.name}"
        self._diagnostics = diagnostics
        # In this order: the job's own, those of the flows from the inside out, the folder's.
        self._seen = ChainMap(*(dict(p) for p in (node.own, *scope.inherited, node.shared)))
        self._values = Values(
            ChainMap(_built_in(node, scope), self._seen),
            partial(run_values.undefined, node=node, scope=scope),
            partial(run_values.replaceable, node=node, scope=scope),
        )
        self._folder = ""
        self._environment: dict[str, Text] = {}
        self._exports: dict[str, Text] = {}
        self._uses_attempt = False

    def retries(self) -> int:
        """How often a failed attempt is repeated."""
        value = self._seen.get("retries")
        if value is None:
            return 0
        if re.fullmatch(r"\d{1,4}", value.text, re.ASCII):
            return int(value.text)
        number = InvalidNumber(key="retries", value=value.text)
        raise BadValue(number, value, f"retries is {value.text}")

    def backoff(self) -> float:
        """The seconds before a failed attempt is repeated; 0 if they cannot be read."""
        value = self._seen.get(_PAUSE)
        is_known = value is not None and re.fullmatch(r"\d{1,9}", value.text.strip(), re.ASCII)
        return int(value.text) / 1000 if value and is_known else 0.0

    def action(self, retries: int) -> Command | Steps:
        """The commands of the job, in its folder and environment."""
        lines = self._lines()
        folder = self._seen.get("working.dir")
        self._folder = self._checked(folder) if folder else self._node.folder
        for key in sorted(self._seen):
            if key.startswith(_ENVIRONMENT) and len(key) > len(_ENVIRONMENT):
                self._set(key.removeprefix(_ENVIRONMENT), self._seen[key])
        commands = tuple(map(self._command, lines))
        tolerates = self._seen.get("job.succeed.on.failure")
        # JobRunner: a failure of the job then counts as success (FAILED_SUCCEEDED).
        if tolerates and self._checked(tolerates).strip().lower() == "true":
            return Steps((_in_a_row(commands),), tolerance=1)
        if len(commands) == 1 and not retries and not self._uses_attempt:
            return commands[0]
        return Steps(commands)

    def report(self, finding: Finding, value: Value) -> None:
        """Record a finding about a value of the job."""
        self._diagnostics.add(finding, value.span, job=self._name, text=value.text)

    def _lines(self) -> list[Value]:
        """The command lines that the type makes of the properties."""
        type_, name = self._node.type, self._name
        make = LINES.get(type_)
        span = self._seen["type"].span if "type" in self._seen else self._node.span
        if make is None:
            unknown = UntranslatedJobType(type=type_, name=name)
            raise BadValue(unknown, Value(type_, span), f"type {type_}")
        lines = make(self._seen)
        if isinstance(lines, str):
            reason = f"type {type_} needs {lines}"
            missing = NoCommand(name=name, reason=reason)
            raise BadValue(missing, Value(name, self._node.span), reason)
        if type_ in PLUGINS:
            plugin = PluginJob(name=name, type=type_, text=lines[0].text)
            self._diagnostics.add(plugin, span, job=name)
        return lines

    def _checked(self, value: Value) -> str:
        """The text of a value with all references resolved."""
        found = self._values.expand(value)
        if not found.isascii():
            self.report(NonAscii(), value)
        return found

    def _command(self, value: Value) -> Command:
        line = self._checked(value)
        self._uses_attempt |= self._values.uses(line, ATTEMPT)
        if _PROPERTY_FILE in line:
            self.report(PropertyFile(name=self._name), value)
        if has_shell_syntax(line):
            self.report(NoShell(name=self._name), value)
        environment = self._environment
        if _JOB_NAME in line and _JOB_NAME not in environment:
            environment = {_JOB_NAME: (self._node.name,), **environment}
        text: Text = ()
        for name, word in self._exports.items():
            text += (f"export {name}=", *word, " && ")
        if self._folder:
            text += ("cd ", *self._values.words([self._folder]), " && ")
        command = self._values.command(line)
        if not command:
            reason = "the command is empty"
            raise BadValue(NoCommand(name=self._name, reason=reason), value, reason)
        variables = tuple(environment.items())
        return Command(merged(text + command), environment=variables, place=value.span)

    def _set(self, variable: str, value: Value) -> None:
        """Set a variable of the environment, or export it if only the shell knows its value."""
        text = self._checked(value)
        self._uses_attempt |= self._values.uses(text, ATTEMPT)
        if "=" not in variable and self._values.is_static(text):
            self._environment[variable] = self._values.text(text)
        elif re.fullmatch(r"[A-Za-z_]\w*", variable, re.ASCII):
            self._exports[variable] = self._values.words([text])
        else:
            reason = f"{variable} is not the name of a variable"
            raise BadValue(UntranslatedExpression(reason=reason), value, reason)


def _is_translated(type_: str, key: str) -> bool:
    """True for a property with an effect in a job of this type or in an embedded flow."""
    if type_ not in LINES and type_ != FLOW_TYPE:
        return False
    own = KEYS.get(type_)
    return bool(_TRANSLATED.fullmatch(key) or (own and own.fullmatch(key)))


def _in_a_row(commands: tuple[Command, ...]) -> Command:
    """One command that runs all of them, until one fails."""
    first, *others = commands
    if not others:
        return first
    text: Text = ("(", *first.text, ")")
    for command in others:
        text += (" && (", *command.text, ")")
    environment = dict.fromkeys(pair for command in commands for pair in command.environment)
    return replace(first, text=merged(text), environment=tuple(environment))


def _built_in(node: Node, scope: Scope) -> dict[str, Value]:
    """The properties that Azkaban adds to the node."""
    texts = {
        "azkaban.job.id": node.name,
        "azkaban.flow.flowid": scope.flow,
        "azkaban.job.innodes": ",".join(node.parents),
    }
    return {key: Value(text, node.span) for key, text in texts.items()}
