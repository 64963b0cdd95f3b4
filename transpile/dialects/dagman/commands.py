"""A node's submit description and scripts to the commands that it runs."""

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.dagman.codes.dags import UnreadableFile
from transpile.dialects.dagman.codes.nodes import (
    ClusterInSequence,
    SubmitCommandIgnored,
    UndefinedMacro,
    UntranslatedDescription,
)
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.macros import (
    ABOUT_THE_DAG,
    ATTEMPT,
    DOLLAR,
    MacroError,
    Macros,
    split_arguments,
    split_environment,
)
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Script
from transpile.dialects.dagman.remarks import Remarks
from transpile.dialects.dagman.submit import (
    Description,
    Proc,
    SubmitError,
    canonical,
    found_as,
    read_description,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import ANY_FAILURE, Alert, Blocked, Command, End, Redirect, Text, VariableRef
from transpile.sources.text import Span

_UNIVERSES = ("vanilla", "local", "scheduler", "docker", "container", "standard", "")
TAKEN = frozenset("""
    arguments container_image docker_image environment error executable initialdir input
    notification notify_user output request_cpus request_disk request_gpus request_memory universe
    """.split())
_NOTIFIES = {
    **dict.fromkeys(("always", "complete"), tuple(End)),
    "error": ANY_FAILURE,
}
_SCRIPT_WORDS = {"$retry": "$RETRY", "$dagid": "$FLYTE_INTERNAL_EXECUTION_ID"}
_POST_WORDS = {"$return": "$RETURN"}
_FINAL_WORDS = {"$dag_status": "$DAG_STATUS", "$failed_count": "$FAILED_COUNT"}
_TOLD = re.compile(r"\$(?:RETRY|DAG_STATUS|FAILED_COUNT)\b")
_SHELLS = ("sh", "ash", "bash", "dash", "ksh", "zsh", "csh", "tcsh", "env", "ssh")
_UNITS = {"": None, "b": "", "k": "Ki", "kb": "Ki", "m": "Mi", "mb": "Mi", "g": "Gi", "gb": "Gi"}
_UNITS |= {"t": "Ti", "tb": "Ti"}


@dataclass(slots=True)
class Payload:
    """What a node runs, what it asks for, and what of its description only a reader needs.

    `problem` says why it cannot be told. `is_told`: it uses what only a run
    of the node knows, such as the number of the attempt.
    """

    commands: tuple[Command, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    image: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    problem: Blocked | None = None
    is_told: bool = False
    alerts: tuple[Alert, ...] = ()


class CommandBuilder:
    """Builds the commands of the nodes of one DAG; `unknown` are macros that nobody defines."""

    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self._files = files
        self._diagnostics = diagnostics
        self._remarks = Remarks(diagnostics)
        self.unknown: dict[str, None] = {}

    def payload(self, node: Node, name: str, dag: Dag) -> Payload:
        """What the node's submit description says; `name` is the job's in the whole estate."""
        inline = node.inline or dag.descriptions.get(node.file)
        path = joined(node.folder, node.file)
        try:
            if inline is not None:
                lines, span = inline.lines, inline.span
            else:
                lines, span = self._files.read(path).split("\n"), Span(self._files.label(path), 1)
        except OSError as error:
            self._diagnostics.add(
                UnreadableFile(path=path, reason=error.strerror or str(error)),
                node.span,
                job=name,
                text=node.file,
            )
            return Payload(problem=Blocked(UnreadableFile, f"{path} cannot be read"))
        try:
            description = self._described(node, name, lines, span)
            return self._translated(node, name, description, span)
        except SubmitError as error:
            return self._lost(node, name, error)

    def script(self, node: Node, name: str, kind: str, script: Script) -> Command:
        """DAGMan: a script runs in the node's folder; whole words are replaced, in any case.

        Raises SubmitError.
        """
        words = script.text.split()
        words[0] = _located(words[0])
        known = {**_SCRIPT_WORDS, **(_FINAL_WORDS if node.kind is NodeKind.FINAL else {})}
        if kind == "POST":
            cluster = _cluster(node, name)
            known |= {**_POST_WORDS, "$clusterid": cluster, "$jobid": f"{cluster}.0"}
        for word in {"$clusterid", "$jobid"} & {word.lower() for word in words}:
            self._remarks.cluster(node, name, word)
        parts = [_script_word(node, word, known, script.span) for word in words]
        text = _in_folder(node.folder, f"exec {' '.join(parts)}")
        return Command(text=(text,), place=script.span)

    def _lost(self, node: Node, name: str, error: SubmitError) -> Payload:
        place = error.span or node.span
        self._diagnostics.add(
            UntranslatedDescription(name=name, reason=str(error)), place, job=name, text=node.file
        )
        return Payload(problem=Blocked(UntranslatedDescription, str(error)))

    def _described(self, node: Node, name: str, lines: list[str], span: Span) -> Description:
        runtime = _runtime(node, name)

        def expand(text: str, values: Mapping[str, str]) -> str:
            macros = Macros({**_names(node), **values}, lambda _: None, runtime)
            try:
                return macros.expand(text)
            except MacroError as error:
                raise SubmitError(str(error)) from error

        own = [("job", node.name), ("retry", f"$({ATTEMPT})")]
        said = [(key.lower(), macro) for key, macro in node.variables.items()]
        before, after = (
            [(key, macro.value) for key, macro in said if macro.behind is behind]
            for behind in (False, True)
        )
        around = ([*own, *before], after)
        return read_description(lines, span, self._files, node.folder, expand, around)

    def _translated(self, node: Node, name: str, description: Description, span: Span) -> Payload:
        payload = Payload()
        commands: list[Command] = []
        for proc, values in description.procs:
            macros = self._macros(node, name, proc, values)
            reader = _Reader(macros, values, _place(description, span))
            try:
                commands.append(reader.command(node.folder))
                if not payload.image:
                    payload.image = self._image(reader, name, description, span)
                    payload.resources = self._resources(reader, name, description, span)
            except MacroError as error:
                raise SubmitError(str(error), span) from error
            payload.alerts = payload.alerts or _alerts(reader)
            payload.is_told |= any(_TOLD.search(str(hole)) for hole in macros.holes)
        payload.commands = tuple(commands)
        if len(commands) > 1:
            self._diagnostics.add(
                ClusterInSequence(count=len(commands), name=name), node.span, job=name
            )
        self._remarks.report(node, name, description)
        said = str(description.commands).lower()
        for key, (value, _) in description.commands.items():
            if canonical(key) not in TAKEN and f"$({key}" not in said:
                payload.notes.append((key, value))
        return payload

    def _macros(self, node: Node, name: str, proc: Proc, values: dict[str, str]) -> Macros:
        def unknown(macro: str) -> None:
            if macro not in self.unknown:
                self.unknown[macro] = None
                self._diagnostics.add(UndefinedMacro(macro=macro), node.span, job=name, text=macro)

        number = str(proc.number)
        own = {"process": number, "procid": number, **proc.macros}
        return Macros({**_names(node), **values, **own}, unknown, _runtime(node, name))

    def _image(
        self, reader: "_Reader", name: str, description: Description, span: Span
    ) -> str | None:
        image = reader.text("container_image") or reader.text("docker_image")
        image = image.strip('"').removeprefix("docker://")
        if image.startswith((".", "/", "osdf:", "file:", "http")) or image.endswith(".sif"):
            place = description.commands.get("container_image", ("", span))[1]
            self._diagnostics.add(
                SubmitCommandIgnored(key="container_image", value=image),
                place,
                job=name,
                text=image,
            )
            return None
        return image or None

    def _resources(
        self, reader: "_Reader", name: str, description: Description, span: Span
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
                place = description.commands.get(key, ("", span))[1]
                self._diagnostics.add(
                    SubmitCommandIgnored(key=key, value=value), place, job=name, text=value
                )
        return tuple(found)


def _place(description: Description, span: Span) -> Span:
    """Where the description says what runs: for a shell that is its arguments."""
    said = description.commands
    shell = os.path.basename(said.get("executable", ("", span))[0]) in _SHELLS
    keys = ("arguments", "executable") if shell else ("executable",)
    return next((said[key][1] for key in keys if key in said), span)


def _runtime(node: Node, name: str) -> dict[str, str]:
    """Macros that only a run knows, and the shell's text for them."""
    cluster = _cluster(node, name)
    told = ABOUT_THE_DAG if node.kind is NodeKind.FINAL else {}
    return {ATTEMPT: "$RETRY", "cluster": cluster, "clusterid": cluster, **told}


def _cluster(node: Node, name: str) -> str:
    """HTCondor: each attempt of each node is a cluster of its own."""
    attempt = "-$RETRY" if node.retries else ""
    return f"$FLYTE_INTERNAL_EXECUTION_ID-{re.sub(r'[^A-Za-z0-9_.+-]', '_', name)}{attempt}"


def _names(node: Node) -> dict[str, str]:
    return {"job": node.name, "node": node.name}


def _script_word(node: Node, word: str, known: Mapping[str, str], span: Span) -> str:
    key = word.lower()
    if key in ("$job", "$node"):
        return shlex.quote(node.name)
    if key == "$max_retries":
        return str(node.retries)
    if key in known:
        return f'"{known[key]}"'
    if word.startswith("$"):
        raise SubmitError(f"{word} is known only while the DAG runs", span)
    return shlex.quote(word)


class _Reader:
    """Reads the commands that hold for one job of a cluster."""

    def __init__(self, macros: Macros, values: dict[str, str], place: Span) -> None:
        self._macros = macros
        self._values = values
        self._place = place

    def text(self, key: str) -> str:
        """The value of the command, macros put in; empty where it is not given."""
        value = self._values.get(found_as(key, self._values), "")
        return self._macros.expand(value).strip() if value else ""

    def command(self, folder: str) -> Command:
        """The command line with its surroundings. Raises MacroError, and SubmitError."""
        universe = self.text("universe").lower()
        if universe not in _UNIVERSES:
            raise SubmitError(f"universe {universe}")
        executable = self.text("executable")
        if not executable:
            raise SubmitError("it has no executable")
        home = joined(folder, self.text("initialdir"))
        words = [_from_folder(executable, folder, home), *split_arguments(self.text("arguments"))]
        # The signal that kills a job is that of its command, not of a shell around it.
        text = _behind("exec ", self._macros.words(words))
        environment: list[tuple[str, Text]] = []
        for name, value in reversed(split_environment(self.text("environment"))):
            if self._macros.is_static(value):
                environment.insert(0, (name, self._macros.text(value)))
            else:
                # What only a run knows is in the shell's hands.
                text = _behind(f"export {name}=", (*self._macros.words([value]), " && ", *text))
        return Command(
            text=_behind(_in_folder(home, ""), text),
            stdin=self._path("input", home),
            stdout=self._redirect("output", home),
            stderr=self._redirect("error", home),
            environment=tuple(environment),
            reads=tuple(self._transferred("transfer_input_files", home)),
            writes=tuple(
                joined(home, os.path.basename(path))
                for path in self._transferred("transfer_output_files", "")
            ),
            place=self._place,
        )

    def _transferred(self, key: str, folder: str) -> Iterator[str]:
        """The paths that HTCondor copies for the job, as seen from where the DAG is submitted."""
        words = (word.strip().strip('"') for word in self.text(key).split(","))
        return (joined(folder, word) for word in words if word and "$" not in word)

    def _path(self, key: str, folder: str) -> Text | None:
        value = self.text(key).strip('"')
        if "$" in value or DOLLAR in value:
            raise SubmitError(f"a dollar sign in the path of {key}")
        return self._macros.text(joined(folder, value)) if value else None

    def _redirect(self, key: str, folder: str) -> Redirect | None:
        path = self._path(key, folder)
        return None if path in (None, ("/dev/null",)) else Redirect(path or (), append=False)


def _alerts(reader: _Reader) -> tuple[Alert, ...]:
    """HTCondor: nobody is told anything unless `notification` says so; if not told whom, the owner.

    An exit code that is no success counts as an error, and so does a signal.
    """
    ends = _NOTIFIES.get(reader.text("notification").lower(), ())
    recipients = tuple(re.split(r"[\s,]+", reader.text("notify_user").strip(" ,")))
    return tuple(Alert(end, recipients=tuple(filter(None, recipients))) for end in ends)


def _located(executable: str) -> str:
    return executable if "/" in executable else f"./{executable}"


def _from_folder(executable: str, folder: str, home: str) -> str:
    """HTCondor: a relative executable is in the folder of submission, not in `initialdir`."""
    if folder == home or executable.startswith("/"):
        return _located(executable)
    if home.startswith("/"):
        raise SubmitError("a relative executable with an absolute initialdir")
    return _located(os.path.relpath(joined(folder, executable), home))


def _in_folder(folder: str, text: str) -> str:
    return f"cd {shlex.quote(folder)} && {text}" if folder else text


def _behind(lead: str, text: Text) -> Text:
    """The text with something in front."""
    if not lead:
        return text
    first, *rest = text
    return (lead, first, *rest) if isinstance(first, VariableRef) else (lead + first, *rest)


def _quantity(value: str, unit: str) -> str | None:
    """A Kubernetes quantity; None where it is an expression. HTCondor counts by 1,024."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([A-Za-z]{0,2})", value)
    if match is None or match[2].lower() not in _UNITS:
        return None
    known = _UNITS[match[2].lower()]
    return f"{match[1]}{unit if known is None else known}"
