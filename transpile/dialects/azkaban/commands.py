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
from transpile.dialects.azkaban.model import FLOW_TYPE, NOOP_TYPE, Node, Props, Value
from transpile.dialects.azkaban.run_values import ATTEMPT, RunValues
from transpile.dialects.azkaban.scope import Scope
from transpile.dialects.azkaban.values import BadValue, Values, has_shell_syntax
from transpile.dialects.kit.texts import merged
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

    `problem` says why the node has no translation.
    """

    action: Command | Steps | None = None
    retries: int = 0
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
        # In this order: the job's own, those of the flows from the inside out, the folder's.
        seen = ChainMap(*(dict(props) for props in (node.own, *scope.inherited, node.shared)))
        payload = Payload(problem=node.problem, notes=self.notes(node, name))
        values = Values(
            ChainMap(_built_in(node, scope), seen),
            partial(self._run_values.undefined, node=node, scope=scope),
            partial(self._run_values.replaceable, node=node, scope=scope),
        )
        try:
            payload.retries = self._retries(seen, name)
            if payload.problem is None:
                payload.action = self._action(node, name, seen, values, payload)
        except BadValue as error:
            payload.problem = Blocked(error.cause, error.reason)
        if payload.problem:
            # Whoever writes the body of its task needs all properties.
            own = ((key, value.text) for key, value in node.own.items())
            payload.notes = [(key, text) for key, text in own if key not in _OF_EVERY_TYPE]
        return payload

    def _action(
        self, node: Node, name: str, seen: Props, values: Values, payload: Payload
    ) -> Command | Steps | None:
        if node.type == NOOP_TYPE:
            return None
        lines = self._lines(node, name, seen)
        surroundings = _Surroundings(self, node, name, seen, values)
        commands = tuple(map(surroundings.command, lines))
        if self._succeeds_on_failure(seen, name, values):
            # Azkaban repeats failed jobs only.
            payload.retries = 0
            return Steps((_in_a_row(commands),), tolerance=1)
        if len(commands) == 1 and not payload.retries and not surroundings.uses_attempt:
            return commands[0]
        return Steps(commands)

    def _lines(self, node: Node, name: str, seen: Props) -> list[Value]:
        """The command lines of the node, made by its type. Raises BadValue."""
        make = LINES.get(node.type)
        span = seen["type"].span if "type" in seen else node.span
        if make is None:
            unknown = UntranslatedJobType(type=node.type, name=name)
            self._diagnostics.add(unknown, span, job=name, text=node.type)
            raise BadValue(UntranslatedJobType, f"type {node.type}")
        lines = make(seen)
        if isinstance(lines, str):
            reason = f"type {node.type} needs {lines}"
            missing = NoCommand(name=name, reason=reason)
            self._diagnostics.add(missing, node.span, job=name, text=name)
            raise BadValue(NoCommand, reason)
        if node.type in PLUGINS:
            plugin = PluginJob(name=name, type=node.type, text=lines[0].text)
            self._diagnostics.add(plugin, span, job=name)
        return lines

    def _succeeds_on_failure(self, seen: Props, name: str, values: Values) -> bool:
        """True if a failure of the job counts as success (JobRunner: FAILED_SUCCEEDED)."""
        value = seen.get("job.succeed.on.failure")
        return value is not None and self.checked(value, name, values).strip().lower() == "true"

    def checked(self, value: Value, name: str, values: Values) -> str:
        """The text of a value with all references resolved. Raises BadValue after reporting it."""
        try:
            found = values.expand(value.text)
        except BadValue as error:
            self.report(error.finding(name), value, name)
            raise
        if not found.isascii():
            self._diagnostics.add(NonAscii(), value.span, job=name, text=value.text)
        return found

    def report(self, finding: Finding, value: Value, name: str) -> None:
        """Record a finding about a value of the job."""
        self._diagnostics.add(finding, value.span, job=name, text=value.text)

    def _retries(self, seen: Props, name: str) -> int:
        value = seen.get("retries")
        if value is None:
            return 0
        if re.fullmatch(r"\d{1,4}", value.text, re.ASCII):
            return int(value.text)
        self.report(InvalidNumber(key="retries", value=value.text), value, name)
        raise BadValue(InvalidNumber, f"retries is {value.text}")

    def notes(self, node: Node, name: str) -> list[tuple[str, str]]:
        """The properties that are only shown to readers. Counts all, and reports ignored ones."""
        notes: list[tuple[str, str]] = []
        for key, value in node.own.items():
            if key == _PAUSE and value.text.strip() == "0":
                self.translated += 1
            elif _NOT_KEPT.fullmatch(key):
                self.report(PropertyIgnored(key=key, value=value.text), value, name)
                self.unsupported += 1
            elif key in _OF_EVERY_TYPE or _is_translated(node.type, key):
                self.translated += 1
            else:
                notes.append((key, value.text))
                self.noted += 1
        return notes


class _Surroundings:
    """The folder and environment of one node's commands.

    `uses_attempt` is true if they refer to the number of the attempt.
    """

    def __init__(
        self,
        builder: CommandBuilder,
        node: Node,
        name: str,
        seen: Props,
        values: Values,
    ) -> None:
        self._builder = builder
        self._name = name
        self._values = values
        self.uses_attempt = False
        self._environment: dict[str, Text] = {}
        self._exports: dict[str, Text] = {}
        self._job = node.name
        folder = seen.get("working.dir")
        self._folder = builder.checked(folder, name, values) if folder else node.folder
        for key in sorted(seen):
            if key.startswith(_ENVIRONMENT) and len(key) > len(_ENVIRONMENT):
                self._set(key.removeprefix(_ENVIRONMENT), seen[key])

    def command(self, value: Value) -> Command:
        """The command of one line. Raises BadValue."""
        line = self._builder.checked(value, self._name, self._values)
        self.uses_attempt |= self._values.uses(line, ATTEMPT)
        if _PROPERTY_FILE in line:
            self._builder.report(PropertyFile(name=self._name), value, self._name)
        if has_shell_syntax(line):
            self._builder.report(NoShell(name=self._name), value, self._name)
        environment = self._environment
        if _JOB_NAME in line and _JOB_NAME not in environment:
            environment = {_JOB_NAME: (self._job,), **environment}
        try:
            text = self._before() + self._values.command(line)
        except BadValue as error:
            self._builder.report(error.finding(self._name), value, self._name)
            raise
        return Command(text=merged(text), environment=tuple(environment.items()), place=value.span)

    def _before(self) -> Text:
        parts: Text = ()
        for name, word in self._exports.items():
            parts += (f"export {name}=", *word, " && ")
        if self._folder:
            parts += ("cd ", *self._values.words([self._folder]), " && ")
        return parts

    def _set(self, variable: str, value: Value) -> None:
        text = self._builder.checked(value, self._name, self._values)
        self.uses_attempt |= self._values.uses(text, ATTEMPT)
        if "=" not in variable and self._values.is_static(text):
            self._environment[variable] = self._values.text(text)
        elif re.fullmatch(r"[A-Za-z_]\w*", variable, re.ASCII):
            self._exports[variable] = self._values.words([text])
        else:
            reason = f"{variable} is not the name of a variable"
            self._builder.report(UntranslatedExpression(reason=reason), value, self._name)
            raise BadValue(UntranslatedExpression, reason)


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
