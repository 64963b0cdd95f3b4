"""What a job runs: its commands, with folder and environment, from all properties that it sees."""

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from transpile.dialects.azkaban.codes.jobs import (
    InvalidNumber,
    NoCommand,
    NoShell,
    PluginJob,
    ProjectName,
    PropertyFile,
    PropertyIgnored,
    ServerTimeZone,
    UntranslatedExpression,
    UntranslatedJobType,
    ValueAcrossFlows,
    ValueFromJob,
)
from transpile.dialects.azkaban.codes.projects import NonAscii
from transpile.dialects.azkaban.model import (
    COMMAND_TYPE,
    FLOW_TYPE,
    NOOP_TYPE,
    Flow,
    Node,
    Props,
    Value,
)
from transpile.dialects.azkaban.types import KEYS, LINES, PLUGINS
from transpile.dialects.azkaban.values import BadValue, Values, has_shell_syntax
from transpile.dialects.kit.texts import Hole, merged
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, Steps, Text, Variable, VariableRef

_ENVIRONMENT = "env."
_TRANSLATED = re.compile(r"working\.dir|env\..+|flow\.name|job\.succeed\.on\.failure")
"""Properties of whatever runs something, beside those that its type reads."""

_OF_EVERY_TYPE = ("type", "dependencies", "condition", "retries", "root.node")
_PAUSE = "retry.backoff"
_NOT_KEPT = re.compile(r"retry\.backoff(\.exponential)?|job\.notification\..+")
_ATTEMPT = "$RETRY"
_OF_A_RUN = {
    "azkaban.flow.execid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.flow.uuid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.job.attempt": _ATTEMPT,
    "working.dir": "$PWD",
}
"""What only a run knows, and the shell variables that have it there."""

_START = "azkaban.flow.start"
_PARTS = frozenset(
    f"{_START}.{part}"
    for part in "timestamp year month day hour minute second milliseconds timezone".split()
)
"""FlowUtils.addCommonFlowProperties: the time at which the whole flow starts, in parts."""

_PROJECT_NAME = "azkaban.flow.projectname"

_MUTE = frozenset("chmod cp date echo false ls mkdir mv rm sleep touch true".split())
"""Programs that write no file of outputs: without a shell none is told its name."""

NAME, PROPERTY_FILE, OUTPUT_FILE = "JOB_NAME", "JOB_PROP_FILE", "JOB_OUTPUT_PROP_FILE"


@dataclass(slots=True)
class Scope:
    """Where nodes stand: the id of the whole flow, the names around them, and what they inherit."""

    flow: str
    path: str = ""
    inherited: tuple[Props, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    handed: frozenset[str] = frozenset()

    def within(self, node: Node, inner: Flow) -> "Scope":
        """The scope of the nodes of a flow inside. Azkaban: they see what the node says."""
        path = f"{self.path}{node.name}:"
        handed = self.handed | self.out_of_reach(node) | set(self.givers(node))
        return Scope(self.flow, path, (node.own, *self.inherited), inner.nodes, handed)

    def givers(self, node: Node) -> tuple[str, ...]:
        """The parents whose values for others the node is handed."""
        names = (reference.name for reference in node.dependencies)
        return tuple(f"{self.path}{n}" for n in names if self.nodes[n].type in LINES)

    def writes_outputs(self, name: str) -> bool:
        """True for a job beside the node whose properties name the file of outputs."""
        node = self.nodes[name.removeprefix(self.path)]
        return any(OUTPUT_FILE in value.text for value in node.own.values())

    def may_write_outputs(self, name: str) -> bool:
        """False for a job beside the node that runs nothing but programs that write no outputs."""
        node = self.nodes[name.removeprefix(self.path)]
        lines = [value.text for key, value in node.own.items() if KEYS[COMMAND_TYPE].fullmatch(key)]
        programs = {line.split(" ")[0].rpartition("/")[2] for line in map(str.strip, lines)}
        return node.type != COMMAND_TYPE or not programs or not programs <= _MUTE

    def out_of_reach(self, node: Node) -> set[str]:
        """The parents that may hand over something that the node does not get here."""
        names = (reference.name for reference in node.dependencies)
        return {f"{self.path}{n}" for n in names if self.nodes[n].inner is not None}


@dataclass(slots=True)
class Payload:
    """What a node runs, and what of its properties only a reader needs.

    `problem` says why it cannot be told.
    """

    action: Command | Steps | None = None
    retries: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    problem: Blocked | None = None


class CommandBuilder:
    """Builds what the nodes of one flow run, from its project's name and its server's time zone.

    `variables` have the values that only a run knows: those that nothing defines, and those that a
    job may hand over in the place of a defined one. `doubtful` are the names of properties that a
    job may hand over without saying so in its command.
    """

    def __init__(self, diagnostics: Diagnostics, project: str, zone: str) -> None:
        self._diagnostics = diagnostics
        self._project = project
        self._zone = zone
        self.variables: dict[str, Variable] = {}
        self.doubtful: dict[str, None] = {}
        self.noted = self.unsupported = self.translated = 0

    def payload(self, node: Node, scope: Scope) -> Payload:
        """What the node runs, and how often."""
        name = f"{scope.path}{node.name}"
        # Azkaban: a job's own, the flows' around it from the inside out, the files' of its folder.
        seen: Mapping[str, Value] = ChainMap(
            *(dict(props) for props in (node.own, *scope.inherited, node.shared))
        )
        payload = Payload(problem=node.problem, notes=self.notes(node, name))
        values = Values(
            _built_in(node, scope, seen),
            lambda key: self._unknown(key, node, scope),
            lambda key, text: self._handed(key, text, node, scope),
        )
        try:
            payload.retries = self._number(seen, "retries", name)
            if payload.problem is None:
                payload.action = self._action(node, name, seen, values, payload)
        except BadValue as error:
            payload.problem = Blocked(error.cause, error.reason)
        if payload.problem:
            # Whoever writes its body needs all that it says.
            own = ((key, value.text) for key, value in node.own.items())
            payload.notes = [(key, text) for key, text in own if key not in _OF_EVERY_TYPE]
        return payload

    def _action(
        self, node: Node, name: str, seen: Mapping[str, Value], values: Values, payload: Payload
    ) -> Command | Steps | None:
        if node.type == NOOP_TYPE:
            return None
        lines = self._lines(node, name, seen)
        builder = _Surroundings(self, node, name, seen, values)
        commands = tuple(map(builder.command, lines))
        if self._succeeds_on_failure(seen, name, values):
            # Azkaban retries only what has failed.
            payload.retries = 0
            return Steps((_in_a_row(commands),), tolerance=1)
        if len(commands) == 1 and not payload.retries and not builder.is_told:
            return commands[0]
        return Steps(commands)

    def _lines(self, node: Node, name: str, seen: Mapping[str, Value]) -> list[Value]:
        """The command lines that the node's type makes of its properties. Raises BadValue."""
        make = LINES.get(node.type)
        span = seen["type"].span if "type" in seen else node.span
        if make is None:
            self._diagnostics.add(
                UntranslatedJobType(type=node.type, name=name), span, job=name, text=node.type
            )
            raise BadValue(UntranslatedJobType, f"type {node.type}")
        lines = make(seen)
        if isinstance(lines, str):
            reason = f"type {node.type} needs {lines}"
            self._diagnostics.add(
                NoCommand(name=name, reason=reason), node.span, job=name, text=name
            )
            raise BadValue(NoCommand, reason)
        if node.type in PLUGINS:
            self._diagnostics.add(
                PluginJob(name=name, type=node.type, text=lines[0].text), span, job=name
            )
        return lines

    def _succeeds_on_failure(self, seen: Mapping[str, Value], name: str, values: Values) -> bool:
        """JobRunner: with this property a failed job counts as a success (FAILED_SUCCEEDED)."""
        value = seen.get("job.succeed.on.failure")
        return value is not None and self.checked(value, name, values).strip().lower() == "true"

    def checked(self, value: Value, name: str, values: Values) -> str:
        """The text of a value with all others put in. Raises BadValue, and reports it."""
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

    def _number(self, seen: Mapping[str, Value], key: str, name: str) -> int:
        if key not in seen:
            return 0
        text = seen[key].text
        if re.fullmatch(r"\d{1,4}", text, re.ASCII):
            return int(text)
        self.report(InvalidNumber(key=key, value=text), seen[key], name)
        raise BadValue(InvalidNumber, f"{key} is {text}")

    def _unknown(self, key: str, node: Node, scope: Scope) -> Hole:
        """What stands for a property that nothing defines: a job before may, or who starts it."""
        if key in _OF_A_RUN:
            return _OF_A_RUN[key]
        name, givers = f"{scope.path}{node.name}", scope.givers(node)
        if key.startswith("azkaban."):
            return self._of_the_flow(key, node, name)
        lost = sorted(scope.handed | scope.out_of_reach(node))
        if lost:
            across = ValueAcrossFlows(key=key, name=name, others=", ".join(lost))
            self._diagnostics.add(across, node.span, job=name, text=key)
        elif givers:
            handed = ValueFromJob(key=key, name=name, others=", ".join(givers))
            self._diagnostics.add(handed, node.span, job=name, text=key)
        return self._variable(key, None, givers)

    def _of_the_flow(self, key: str, node: Node, name: str) -> VariableRef:
        """What stands for a property of Azkaban's own about the run, the flow or its project."""
        if key in _PARTS:
            if not self._zone and _START not in self.variables:
                found = ServerTimeZone(name=name, key=key)
                self._diagnostics.add(found, node.span, job=name, text=key)
            self.variables[_START] = Variable(_START, None, is_start=True)
            part = key.removeprefix(f"{_START}.")
            return VariableRef(_START, f"${{{key}}}", part=part, zone=self._zone)
        if key != _PROJECT_NAME or not self._project:
            return self._variable(key, None, ())
        if key not in self.variables:
            found_out = ProjectName(name=name, key=key, project=self._project)
            self._diagnostics.add(found_out, node.span, job=name, text=key)
        return self._variable(key, self._project, ())

    def _handed(self, key: str, value: str, node: Node, scope: Scope) -> Hole | None:
        """What stands for a property that a job before may hand over, if one may.

        FlowRunner: what the job says itself beats that, and that beats what flows and files say.
        """
        if key in node.own or key.startswith("azkaban."):
            return None
        givers = scope.givers(node)
        told = tuple(name for name in givers if scope.writes_outputs(name))
        if not told or "\0" in value:
            outside = scope.handed and key not in scope.inherited[0]
            if outside or any(map(scope.may_write_outputs, givers)):
                self.doubtful[key] = None
            return None
        return self._variable(key, value, told)

    def _variable(self, key: str, value: str | None, givers: tuple[str, ...]) -> VariableRef:
        """The place of a value that only a run knows; other values of the key have other names."""
        name, number = key, 2
        while (known := self.variables.get(name)) is not None and known.value != value:
            name, number = f"{key}.{number}", number + 1
        self.variables[name] = Variable(name, value)
        return VariableRef(name, f"${{{key}}}", givers, "" if name == key else key)

    def notes(self, node: Node, name: str) -> list[tuple[str, str]]:
        """The properties that only a reader needs; others are translated, or reported here."""
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
    """The folder and environment of one node's commands."""

    def __init__(
        self,
        builder: CommandBuilder,
        node: Node,
        name: str,
        seen: Mapping[str, Value],
        values: Values,
    ) -> None:
        self._builder = builder
        self._name = name
        self._values = values
        self.is_told = False
        self._environment: list[tuple[str, Text]] = []
        self._exports: list[tuple[str, Text]] = []
        self._job = node.name
        folder = seen.get("working.dir")
        self._folder = builder.checked(folder, name, values) if folder else node.folder
        for key in sorted(seen):
            if key.startswith(_ENVIRONMENT) and len(key) > len(_ENVIRONMENT):
                self._set(key.removeprefix(_ENVIRONMENT), seen[key])

    def command(self, value: Value) -> Command:
        """A command line with its surroundings. Raises BadValue."""
        line = self._builder.checked(value, self._name, self._values)
        self.is_told |= self._values.uses(line, _ATTEMPT)
        if PROPERTY_FILE in line:
            self._builder.report(PropertyFile(name=self._name), value, self._name)
        if has_shell_syntax(line):
            self._builder.report(NoShell(name=self._name), value, self._name)
        own = {name for name, _ in self._environment}
        given: list[tuple[str, Text]] = [(NAME, (self._job,))] if NAME in line else []
        try:
            text = self._before() + self._values.command(line)
        except BadValue as error:
            self._builder.report(error.finding(self._name), value, self._name)
            raise
        return Command(
            text=merged(text),
            environment=tuple([pair for pair in given if pair[0] not in own] + self._environment),
            place=value.span,
        )

    def _before(self) -> Text:
        parts: Text = ()
        for name, word in self._exports:
            parts += (f"export {name}=", *word, " && ")
        if self._folder:
            parts += ("cd ", *self._values.words([self._folder]), " && ")
        return parts

    def _set(self, variable: str, value: Value) -> None:
        text = self._builder.checked(value, self._name, self._values)
        self.is_told |= self._values.uses(text, _ATTEMPT)
        if "=" not in variable and self._values.is_static(text):
            self._environment.append((variable, self._values.text(text)))
        elif re.fullmatch(r"[A-Za-z_]\w*", variable, re.ASCII):
            self._exports.append((variable, self._values.words([text])))
        else:
            reason = f"{variable} is no name of a variable"
            self._builder.report(UntranslatedExpression(reason=reason), value, self._name)
            raise BadValue(UntranslatedExpression, reason)


def _is_translated(type_: str, key: str) -> bool:
    """True for a property that a job of this type, or a flow inside, acts on."""
    if type_ not in LINES and type_ != FLOW_TYPE:
        return False
    own = KEYS.get(type_)
    return bool(_TRANSLATED.fullmatch(key) or (own and own.fullmatch(key)))


def _in_a_row(commands: tuple[Command, ...]) -> Command:
    """One command that runs all of them, each if those before it succeeded."""
    first, *others = commands
    if not others:
        return first
    text: Text = ("(", *first.text, ")")
    for command in others:
        text += (" && (", *command.text, ")")
    environment = dict.fromkeys(pair for command in commands for pair in command.environment)
    return replace(first, text=merged(text), environment=tuple(environment))


def _built_in(node: Node, scope: Scope, seen: Mapping[str, Value]) -> Mapping[str, Value]:
    """What the job sees, with what Azkaban itself says about it."""
    said = {
        "azkaban.job.id": node.name,
        "azkaban.flow.flowid": scope.flow,
        "azkaban.job.innodes": ",".join(reference.name for reference in node.dependencies),
    }
    return ChainMap({key: Value(text, node.span) for key, text in said.items()}, dict(seen))
