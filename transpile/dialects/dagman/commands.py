"""Translates submit descriptions and scripts of nodes into shell commands."""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.dialects.dagman.codes.dags import UnreadableFile
from transpile.dialects.dagman.codes.nodes import (
    ClusterInSequence,
    SubmitCommandIgnored,
    UndefinedMacro,
    UntranslatedDescription,
)
from transpile.dialects.dagman.files import FileError, Files, joined
from transpile.dialects.dagman.macros import ABOUT_THE_DAG, ATTEMPT, MacroError, Macros
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Script
from transpile.dialects.dagman.proc import TAKEN, ProcReader, cd, located
from transpile.dialects.dagman.remarks import Remarks
from transpile.dialects.dagman.submit import (
    Description,
    DescriptionReader,
    Proc,
    SubmitError,
    canonical,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Alert, Blocked, Command
from transpile.sources.text import Span

_OF_THE_RUN = re.compile(r"\$(?:RETRY|DAG_STATUS|FAILED_COUNT)\b")
_SHELLS = ("sh", "ash", "bash", "dash", "ksh", "zsh", "csh", "tcsh", "env", "ssh")


@dataclass(slots=True)
class Payload:
    """The translation of a node's submit description.

    `blocked` says why there is none. `asks_run` is true if the commands use values that only a run
    knows, such as the number of the attempt.
    """

    commands: tuple[Command, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    image: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    blocked: Blocked | None = None
    asks_run: bool = False
    alerts: tuple[Alert, ...] = ()


class CommandBuilder:
    """Builds the commands of the nodes of one DAG; `unknown` collects undefined macros."""

    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self._files = files
        self._diagnostics = diagnostics
        self._remarks = Remarks(diagnostics)
        self.unknown: dict[str, None] = {}

    def payload(self, node: Node, name: str, dag: Dag) -> Payload:
        """The translation of a node's submit description; `name` is the name of its job."""
        inline = node.inline or dag.descriptions.get(node.file)
        path = joined(node.folder, node.file)
        try:
            if inline is not None:
                lines, span = inline.lines, inline.span
            else:
                lines, span = self._files.read(path).split("\n"), Span(self._files.label(path), 1)
            description = self._described(node, name, lines, span)
            return self._translated(node, name, description, span)
        except FileError as error:
            finding = UnreadableFile(path=path, reason=str(error))
            self._diagnostics.add(finding, node.span, job=name, text=node.file)
            return Payload(blocked=Blocked(UnreadableFile, f"{path} cannot be read"))
        except SubmitError as error:
            return Payload(blocked=self.blocked(node, name, error, node.file))

    def script(self, node: Node, name: str, kind: str, script: Script) -> Command:
        """The command of a script. Raises SubmitError.

        DAGMan: a script runs in the node's folder; its macros are whole words, in any case.
        """
        program, *arguments = re.split(r"[ \t]+", script.text)
        words = [located(program), *arguments]
        known = {
            **dict.fromkeys(("$job", "$node"), shlex.quote(node.name)),
            "$max_retries": str(node.retries),
            "$retry": '"$RETRY"',
            "$dagid": '"$FLYTE_INTERNAL_EXECUTION_ID"',
        }
        if node.kind is NodeKind.FINAL:
            known |= {f"${macro}": f'"{text}"' for macro, text in ABOUT_THE_DAG.items()}
        if kind == "POST":
            cluster = _cluster(node, name)
            known |= {"$return": '"$RETURN"', "$clusterid": f'"{cluster}"'}
            known["$jobid"] = f'"{cluster}.0"'
        for word in {"$clusterid", "$jobid"} & {word.lower() for word in words}:
            self._remarks.cluster(node, name, word)
        unknown = next((w for w in words if w.startswith("$") and w.lower() not in known), None)
        if unknown is not None:
            raise SubmitError(f"{unknown} has a value only while the DAG runs", script.span)
        parts = [known.get(word.lower(), shlex.quote(word)) for word in words]
        text = f"{cd(node.folder)}exec {' '.join(parts)}"
        return Command(text=(text,), place=script.span)

    def blocked(self, node: Node, name: str, error: SubmitError, text: str) -> Blocked:
        """Report a node that cannot be translated, and the reason."""
        finding = UntranslatedDescription(name=name, reason=str(error))
        self._diagnostics.add(finding, error.span or node.span, job=name, text=text)
        return Blocked(UntranslatedDescription, str(error))

    def _described(self, node: Node, name: str, lines: list[str], span: Span) -> Description:
        runtime = _runtime(node, name)

        def expand(text: str, values: Mapping[str, str]) -> str:
            return Macros({**_names(node), **values}, lambda _: None, runtime).expand(text)

        pairs = [(key.lower(), macro) for key, macro in node.variables.items()]
        before = [("job", node.name), ("retry", f"$({ATTEMPT})")]
        before += [(key, macro.value) for key, macro in pairs if not macro.appended]
        after = [(key, macro.value) for key, macro in pairs if macro.appended]
        reader = DescriptionReader(self._files, node.folder, expand, before, after)
        return reader.read(lines, span)

    def _translated(self, node: Node, name: str, description: Description, span: Span) -> Payload:
        def ignored(key: str, value: str) -> None:
            place = description.commands.get(key, ("", span))[1]
            finding = SubmitCommandIgnored(key=key, value=value)
            self._diagnostics.add(finding, place, job=name, text=value)

        payload = Payload()
        for proc in description.procs:
            macros = self._macros(node, name, proc)
            reader = ProcReader(macros, proc.commands, _place(description, span))
            try:
                payload.commands += (reader.command(node.folder),)
                if not payload.image:
                    payload.image = reader.image(ignored)
                    payload.resources = reader.resources(ignored)
                payload.alerts = payload.alerts or reader.alerts()
            except MacroError as error:
                raise SubmitError(str(error), span) from error
            payload.asks_run |= any(_OF_THE_RUN.search(str(hole)) for hole in macros.holes)
        count = len(payload.commands)
        if count > 1:
            finding = ClusterInSequence(count=count, name=name)
            self._diagnostics.add(finding, node.span, job=name)
        self._remarks.report(node, name, description)
        text = str(description.commands).lower()
        for key, (value, _) in description.commands.items():
            if canonical(key) not in TAKEN and f"$({key}" not in text:
                payload.notes.append((key, value))
        return payload

    def _macros(self, node: Node, name: str, proc: Proc) -> Macros:
        def unknown(macro: str) -> None:
            if macro not in self.unknown:
                self.unknown[macro] = None
                self._diagnostics.add(UndefinedMacro(macro=macro), node.span, job=name, text=macro)

        number = str(proc.number)
        own = {"process": number, "procid": number, **proc.macros}
        return Macros({**_names(node), **proc.commands, **own}, unknown, _runtime(node, name))


def _place(description: Description, span: Span) -> Span:
    """Where the description says what runs: `arguments` of a shell, otherwise `executable`."""
    commands = description.commands
    shell = os.path.basename(commands.get("executable", ("", span))[0]) in _SHELLS
    keys = ("arguments", "executable") if shell else ("executable",)
    return next((commands[key][1] for key in keys if key in commands), span)


def _runtime(node: Node, name: str) -> dict[str, str]:
    """Macros that have a value only in a run, and the shell's text for them."""
    cluster = _cluster(node, name)
    final = ABOUT_THE_DAG if node.kind is NodeKind.FINAL else {}
    return {ATTEMPT: "$RETRY", "cluster": cluster, "clusterid": cluster, **final}


def _cluster(node: Node, name: str) -> str:
    """The text for the cluster's number. HTCondor: each attempt of a node is a new cluster."""
    attempt = "-$RETRY" if node.retries else ""
    return f"$FLYTE_INTERNAL_EXECUTION_ID-{re.sub(r'[^A-Za-z0-9_.+-]', '_', name)}{attempt}"


def _names(node: Node) -> dict[str, str]:
    return {"job": node.name, "node": node.name}
