"""What a job runs: its commands, with folder and environment, from all properties that it sees."""

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.diagnostics import Diagnostics
from transpile.dialects.azkaban.model import (
    COMMAND_TYPE,
    FLOW_TYPE,
    NOOP_TYPE,
    Flow,
    Node,
    Props,
    Value,
)
from transpile.dialects.azkaban.values import BadValue, Hole, Values, has_shell_syntax
from transpile.ir import Command, Steps, Text, VariableRef

_ENVIRONMENT = "env."
_TRANSLATED = re.compile(
    r"type|dependencies|command(\.\d+)?|retries|working\.dir|env\..+|flow\.name|root\.node"
)
_OF_EVERY_TYPE = ("type", "dependencies", "retries", "root.node")
_RUNNING = (COMMAND_TYPE, FLOW_TYPE)
_NOT_KEPT = re.compile(r"retry\.backoff(\.exponential)?|job\.notification\..+")
_ATTEMPT = "$RETRY"
_OF_A_RUN = {
    "azkaban.flow.execid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.flow.uuid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.job.attempt": _ATTEMPT,
    "working.dir": "$PWD",
}
"""What only a run knows, and the shell variables that have it there."""

NAME, PROPERTY_FILE = "JOB_NAME", "JOB_PROP_FILE"


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
        return tuple(f"{self.path}{n}" for n in names if self.nodes[n].type == COMMAND_TYPE)

    def out_of_reach(self, node: Node) -> set[str]:
        """The parents that may hand over something that the node does not get here."""
        names = (reference.name for reference in node.dependencies)
        return {f"{self.path}{n}" for n in names if self.nodes[n].inner is not None}


@dataclass(slots=True)
class Payload:
    """What a node runs, and what of its properties only a reader needs.

    `problem` is the code and the reason why it cannot be told.
    """

    action: Command | Steps | None = None
    retries: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    problem: tuple[str, str] | None = None


class CommandBuilder:
    """Builds what the nodes of one flow run; `unknown` are the names that nothing defines."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self.unknown: dict[str, None] = {}
        self.noted = self.unsupported = self.translated = 0

    def payload(self, node: Node, scope: Scope) -> Payload:
        """What the node runs, and how often."""
        name = f"{scope.path}{node.name}"
        # Azkaban: a job's own, the flows' around it from the inside out, the files' of its folder.
        seen: Mapping[str, Value] = ChainMap(
            *(dict(props) for props in (node.own, *scope.inherited, node.shared))
        )
        payload = Payload(problem=node.problem, notes=self.notes(node, name))
        values = Values(_built_in(node, scope, seen), lambda key: self._unknown(key, node, scope))
        try:
            payload.retries = self._number(seen, "retries", name)
            if payload.problem is None:
                payload.action = self._action(node, name, seen, values, payload)
        except BadValue as error:
            payload.problem = (error.code, error.reason)
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
        if node.type != COMMAND_TYPE:
            span = seen["type"].span if "type" in seen else node.span
            fields = {"name": name, "type": node.type, "text": node.type}
            self._diagnostics.add("A813", span, job=name, **fields)
            raise BadValue("A813", f"type {node.type}")
        keys = ["command"]
        while f"command.{len(keys)}" in seen:
            keys.append(f"command.{len(keys)}")
        if "command" not in seen:
            self._diagnostics.add("A810", node.span, job=name, text=name, name=name)
            raise BadValue("A810", "it has no command")
        builder = _Surroundings(self, node, name, seen, values)
        commands = tuple(builder.command(seen[key]) for key in keys)
        if len(commands) == 1 and not payload.retries and not builder.is_told:
            return commands[0]
        return Steps(commands)

    def checked(self, value: Value, name: str, values: Values) -> str:
        """The text of a value with all others put in. Raises BadValue, and reports it."""
        try:
            found = values.expand(value.text)
        except BadValue as error:
            fields = {"name": name, "text": value.text, "reason": error.reason}
            self._diagnostics.add(error.code, value.span, job=name, key="a value", **fields)
            raise
        if not found.isascii():
            fields = {"name": name, "text": value.text}
            self._diagnostics.add("A815", value.span, job=name, **fields)
        return found

    def report(self, code: str, found: Value, name: str, **fields: str) -> None:
        """A finding about a value of the job."""
        self._diagnostics.add(code, found.span, job=name, text=found.text, name=name, **fields)

    def _number(self, seen: Mapping[str, Value], key: str, name: str) -> int:
        if key not in seen:
            return 0
        text = seen[key].text
        if re.fullmatch(r"\d{1,4}", text, re.ASCII):
            return int(text)
        self.report("A812", seen[key], name, key=key, value=text)
        raise BadValue("A812", f"{key} is {text}")

    def _unknown(self, key: str, node: Node, scope: Scope) -> Hole:
        """What stands for a property that nothing defines: a job before may, or who starts it."""
        if key in _OF_A_RUN:
            return _OF_A_RUN[key]
        self.unknown[key] = None
        name, givers = f"{scope.path}{node.name}", scope.givers(node)
        fields = {"name": name, "key": key, "text": key}
        lost = sorted(scope.handed | scope.out_of_reach(node))
        if lost:
            shown = ", ".join(lost)
            self._diagnostics.add("A836", node.span, job=name, others=shown, **fields)
        elif givers:
            shown = ", ".join(givers)
            self._diagnostics.add("A835", node.span, job=name, others=shown, **fields)
        return VariableRef(key, f"${{{key}}}", givers)

    def notes(self, node: Node, name: str) -> list[tuple[str, str]]:
        """The properties that only a reader needs; others are translated, or reported here."""
        notes: list[tuple[str, str]] = []
        for key, value in node.own.items():
            if _NOT_KEPT.fullmatch(key):
                self.report("A814", value, name, key=key, value=value.text)
                self.unsupported += 1
            elif key in _OF_EVERY_TYPE or (node.type in _RUNNING and _TRANSLATED.fullmatch(key)):
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
            self._builder.report("A832", value, self._name)
        if has_shell_syntax(line):
            self._builder.report("A837", value, self._name)
        own = {name for name, _ in self._environment}
        given: list[tuple[str, Text]] = [(NAME, (self._job,))] if NAME in line else []
        try:
            text = self._before() + self._values.words(line)
        except BadValue as error:
            self._builder.report(error.code, value, self._name)
            raise
        return Command(
            text=_merged(text),
            environment=tuple([pair for pair in given if pair[0] not in own] + self._environment),
            place=value.span,
        )

    def _before(self) -> Text:
        parts: Text = ()
        for name, word in self._exports:
            parts += (f"export {name}=", *word, " && ")
        if self._folder:
            parts += ("cd ", *self._values.word(self._folder), " && ")
        return parts

    def _set(self, variable: str, value: Value) -> None:
        text = self._builder.checked(value, self._name, self._values)
        self.is_told |= self._values.uses(text, _ATTEMPT)
        if "=" not in variable and self._values.is_static(text):
            self._environment.append((variable, self._values.text(text)))
        elif re.fullmatch(r"[A-Za-z_]\w*", variable, re.ASCII):
            self._exports.append((variable, self._values.word(text)))
        else:
            reason = f"{variable} is no name of a variable"
            self._builder.report("A809", value, self._name, reason=reason)
            raise BadValue("A809", reason)


def _built_in(node: Node, scope: Scope, seen: Mapping[str, Value]) -> Mapping[str, Value]:
    """What the job sees, with what Azkaban itself says about it."""
    said = {
        "azkaban.job.id": node.name,
        "azkaban.flow.flowid": scope.flow,
        "azkaban.job.innodes": ",".join(reference.name for reference in node.dependencies),
    }
    return ChainMap({key: Value(text, node.span) for key, text in said.items()}, dict(seen))


def _merged(text: Text) -> Text:
    found: list[str | VariableRef] = []
    for part in text:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)
