"""A node's submit description and scripts to the commands that it runs."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.diagnostics import Diagnostics
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.macros import Macros, split_arguments, split_environment
from transpile.dialects.dagman.model import Dag, Node, Script
from transpile.dialects.dagman.submit import Description, Proc, SubmitError, read_description
from transpile.ir import Command, Redirect, Text, VariableRef
from transpile.source import Span

_UNIVERSES = ("vanilla", "local", "scheduler", "docker", "container", "standard", "")
_NOT_KEPT = frozenset("""
    allowed_execute_duration allowed_job_duration concurrency_limits cron_day_of_month
    cron_day_of_week cron_hour cron_minute cron_month cron_prep_time deferral_prep_time
    deferral_time deferral_window hold max_materialize max_retries next_job_start_delay noop_job
    on_exit_hold on_exit_remove periodic_hold periodic_release periodic_remove retry_until
    success_exit_code
    """.split())
_TAKEN = frozenset("""
    arguments args container_image docker_image environment env error executable initialdir
    initial_dir input output request_cpus request_disk request_gpus request_memory universe
    """.split())
_SCRIPT_WORDS = {
    "$RETRY": "RETRY",
    "$RETURN": "RETURN",
    "$DAG_STATUS": "DAG_STATUS",
    "$FAILED_COUNT": "FAILED_COUNT",
    "$JOBID": "FLYTE_INTERNAL_EXECUTION_ID",
    "$CLUSTERID": "FLYTE_INTERNAL_EXECUTION_ID",
    "$DAGID": "FLYTE_INTERNAL_EXECUTION_ID",
}
_TOLD = ("RETRY", "DAG_STATUS", "FAILED_COUNT")
_UNITS = {"": None, "b": "", "k": "Ki", "kb": "Ki", "m": "Mi", "mb": "Mi", "g": "Gi", "gb": "Gi"}
_UNITS |= {"t": "Ti", "tb": "Ti"}


@dataclass(slots=True)
class Payload:
    """What a node runs, what it asks for, and what of its description only a reader needs.

    `problem` is the code and the reason why it cannot be told. `is_told`: it uses what only a run
    of the node knows, such as the number of the attempt.
    """

    commands: tuple[Command, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    image: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    problem: tuple[str, str] | None = None
    is_told: bool = False


class CommandBuilder:
    """Builds the commands of the nodes of one DAG; `unknown` are macros that nobody defines."""

    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self._files = files
        self._diagnostics = diagnostics
        self.unknown: dict[str, None] = {}

    def payload(self, node: Node, name: str, dag: Dag) -> Payload:
        """What the node's submit description says; `name` is the job's in the whole estate."""
        inline = node.inline or dag.descriptions.get(node.file)
        label = joined(node.folder, node.file)
        try:
            if inline is not None:
                lines, span = inline.lines, inline.span
            else:
                lines, span = self._files.read(label).split("\n"), Span(label, 1)
            description = self._described(node, lines, span, inline is not None)
        except OSError as error:
            fields = {"path": label, "reason": error.strerror or str(error)}
            self._diagnostics.add("A704", node.span, job=name, text=node.file, **fields)
            return Payload(problem=("A704", f"{label} cannot be read"))
        except SubmitError as error:
            return self._lost(node, name, str(error))
        return self._translated(node, name, description)

    def script(self, node: Node, script: Script) -> Command:
        """DAGMan: a script runs in the node's folder; only whole words are replaced."""
        words = script.text.split()
        words[0] = _located(words[0])
        parts = [self._script_word(node, word) for word in words]
        return Command(text=(_in_folder(node.folder, " ".join(parts)),))

    def _script_word(self, node: Node, word: str) -> str:
        if word in ("$JOB", "$NODE"):
            return shlex.quote(node.name)
        if word == "$MAX_RETRIES":
            return str(node.retries)
        if word in _SCRIPT_WORDS:
            return f'"${_SCRIPT_WORDS[word]}"'
        return shlex.quote(word)

    def _lost(self, node: Node, name: str, reason: str) -> Payload:
        fields = {"name": name, "reason": reason}
        self._diagnostics.add("A713", node.span, job=name, text=node.file, **fields)
        return Payload(problem=("A713", reason))

    def _described(self, node: Node, lines: list[str], span: Span, inside: bool) -> Description:
        def expand(text: str, values: Mapping[str, str]) -> str:
            macros = Macros({**_known(node), **values, **node.appended}, lambda _: None)
            return macros.expand(text)

        return read_description(
            lines, span, self._files, node.folder, expand, queues_once=inside or bool(node.file)
        )

    def _translated(self, node: Node, name: str, description: Description) -> Payload:
        payload = Payload()
        commands: list[Command] = []
        used: set[str] = set()
        for proc, values in description.procs:
            macros = self._macros(node, name, proc, values)
            reader = _Reader(macros, values, used)
            universe = reader.text("universe").lower()
            if universe not in _UNIVERSES:
                return self._lost(node, name, f"universe {universe}")
            command = reader.command(node.folder)
            if command is None:
                return self._lost(node, name, "it has no executable")
            commands.append(command)
            if not payload.image:
                payload.image = reader.image()
                payload.resources = self._resources(reader, name, description)
            payload.is_told |= any(hole in _TOLD for hole in macros.holes)
            for text in macros.strange:
                self._diagnostics.add("A714", node.span, job=name, text=text, key=text, value=text)
        payload.commands = tuple(commands)
        for key, (value, span) in description.commands.items():
            if key in _NOT_KEPT:
                self._diagnostics.add("A714", span, job=name, text=value, key=key, value=value)
            if key not in _TAKEN and f"$({key}" not in str(description.commands).lower():
                payload.notes.append((key, value))
        return payload

    def _macros(self, node: Node, name: str, proc: Proc, values: dict[str, str]) -> Macros:
        def unknown(macro: str) -> None:
            if macro not in self.unknown:
                self.unknown[macro] = None
                self._diagnostics.add("A715", node.span, job=name, text=macro, macro=macro)

        number = str(proc.number)
        own = {"process": number, "procid": number, **proc.macros}
        return Macros({**_known(node), **values, **node.appended, **own}, unknown)

    def _resources(
        self, reader: "_Reader", name: str, description: Description
    ) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for key, word, unit in (
            ("request_cpus", "cpu", ""),
            ("request_memory", "mem", "Mi"),
            ("request_disk", "ephemeral_storage", "Ki"),
            ("request_gpus", "gpu", ""),
        ):
            value = reader.text(key)
            quantity = _quantity(value, unit)
            if quantity and quantity != "0":
                found.append((word, quantity))
            elif value and quantity is None:
                span = description.commands[key][1]
                self._diagnostics.add("A714", span, job=name, text=value, key=key, value=value)
        return tuple(found)


def _known(node: Node) -> dict[str, str]:
    return {"job": node.name, "node": node.name, **node.variables}


class _Reader:
    """Reads the commands that hold for one job of a cluster."""

    def __init__(self, macros: Macros, values: dict[str, str], used: set[str]) -> None:
        self._macros = macros
        self._values = values
        self._used = used

    def text(self, *keys: str) -> str:
        """The value of the first of these commands that is given, macros put in."""
        value = next((self._values[key] for key in keys if key in self._values), "")
        return self._macros.expand(value).strip()

    def command(self, folder: str) -> Command | None:
        """The command line with its surroundings."""
        executable = self.text("executable")
        if not executable:
            return None
        folder = joined(folder, self.text("initialdir", "initial_dir"))
        words = [_located(executable), *split_arguments(self.text("arguments", "args"))]
        text = self._macros.words(words)
        pairs = split_environment(self.text("environment", "env"))
        return Command(
            text=_in_folder_text(folder, text),
            stdin=self._path("input", folder),
            stdout=self._redirect("output", folder),
            stderr=self._redirect("error", folder),
            environment=tuple((name, self._macros.text(value)) for name, value in pairs),
        )

    def image(self) -> str | None:
        """The container image that it runs in."""
        name = self.text("container_image", "docker_image").strip('"')
        return name.removeprefix("docker://") or None

    def _path(self, key: str, folder: str) -> Text | None:
        value = self.text(key).strip('"')
        return self._macros.text(joined(folder, value)) if value else None

    def _redirect(self, key: str, folder: str) -> Redirect | None:
        path = self._path(key, folder)
        return None if path in (None, ("/dev/null",)) else Redirect(path or (), append=False)


def _located(executable: str) -> str:
    return executable if "/" in executable else f"./{executable}"


def _in_folder(folder: str, text: str) -> str:
    return f"cd {shlex.quote(folder)} && {text}" if folder else text


def _in_folder_text(folder: str, text: Text) -> Text:
    if not folder:
        return text
    lead = _in_folder(folder, "")
    first = text[0]
    if isinstance(first, VariableRef):
        return (lead, *text)
    return (lead + first, *text[1:])


def _quantity(value: str, unit: str) -> str | None:
    """A Kubernetes quantity; None where it is an expression. HTCondor counts by 1,024."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]{0,2})", value)
    if match is None or match[2].lower() not in _UNITS:
        return None
    known = _UNITS[match[2].lower()]
    return f"{match[1]}{unit if known is None else known}"
