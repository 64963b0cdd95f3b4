"""Reads a DAG file, with its includes, splices and sub-DAGs, into nodes, edges and splices."""

from collections.abc import Callable

from transpile.dialects.dagman import edges, nodes, settings
from transpile.dialects.dagman.codes.dags import (
    DagRefused,
    DoneInSplice,
    UnreadableCommand,
    UnreadableFile,
)
from transpile.dialects.dagman.codes.nodes import UntranslatedSubDag
from transpile.dialects.dagman.files import FileError, Files, joined
from transpile.dialects.dagman.lines import Line, first_word, logical_lines
from transpile.dialects.dagman.model import ORDINARY, Dag, Node, NodeKind, Splice
from transpile.dialects.dagman.tokens import QUOTES, Parts, Refusal, parse
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Span

_APPLY: dict[str, Callable[[Dag, Line, Parts], None]] = {
    "join": edges.join,
    "connect": edges.connect,
    "pin": edges.pin,
    "script": settings.script,
    "retry": settings.retry,
    "abort_dag_on": settings.abort,
    "vars": settings.variables,
    "pre_skip": settings.pre_skip,
    "done": settings.done,
    "tolerance": settings.tolerance,
    "throttle": settings.throttle,
    "maxjobs": settings.maxjobs,
    "save_point_file": settings.save_point,
    "node_status_file": settings.node_status_file,
    "aside": settings.aside,
    "reject": settings.reject,
}
_DEFINE = {*nodes.KINDS, "SPLICE", "SUBMIT_DESCRIPTION"}
"""Keywords of commands that define nodes, splices and submit descriptions."""

_HYPHENED = ("abort_dag_on", "submit_description")
"""Commands that DAGMan 23.9 spells with hyphens; it spells all others with underscores."""

DEEPEST = 50
"""Maximum depth of splices, sub-DAGs and includes."""


class Reader:
    """Reads one DAG file and the files that it consists of."""

    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self._files = files
        self._diagnostics = diagnostics
        self._open: list[str] = []

    def read(self, text: str, label: str, name: str, folder: str = "") -> Dag:
        """The DAG of a file; its nodes run in `folder`."""
        dag = Dag()
        self._read_into(dag, text, label, name, folder)
        return dag

    def _read_into(self, dag: Dag, text: str, label: str, name: str, folder: str) -> None:
        """Apply the commands of a file. DAGMan applies those that define nodes or splices first."""
        self._open.append(self._files.identity(name))
        self._refuse_nul(dag, text, label)
        for line in sorted(logical_lines(text, label), key=lambda ln: ln.keyword not in _DEFINE):
            self._apply(dag, line, folder)
        self._open.pop()

    def _refuse_nul(self, dag: Dag, text: str, label: str) -> None:
        """Refuse a file with a NUL character: DAGMan reads no further in that line."""
        at = text.find("\0")
        if at >= 0:
            dag.refused = True
            begin = text.rfind("\n", 0, at) + 1
            span = Span(label, text.count("\n", 0, at) + 1, at - begin + 1)
            shown = text[begin:].partition("\n")[0]
            self._diagnostics.add(NulCharacter(key="the DAG file"), span, text=shown)

    def _apply(self, dag: Dag, line: Line, folder: str) -> None:
        try:
            if not line.closed:
                raise Refusal(UnreadableCommand(reason="its submit description does not end"))
            if line.text:
                form, parts = parse(line.text)
                _note_newer(line, form, parts)
                if form in _APPLY:
                    _APPLY[form](dag, line, parts)
                else:
                    self._define(dag, line, form, parts, folder)
        except Refusal as refusal:
            dag.refused = True
            span = line.span._replace(column=line.span.column + refusal.column)
            self._diagnostics.add(refusal.finding, span, text=line.shown)
            return
        for finding in line.findings:
            self._diagnostics.add(finding, line.span, text=line.shown or "//")

    def _define(self, dag: Dag, line: Line, form: str, parts: Parts, folder: str) -> None:
        if form == "include":
            name = joined(folder, str(parts[0]))
            text = self._opened(name)
            dag.inside.add(self._files.identity(name))
            self._read_into(dag, text, self._files.label(name), name, folder)
        elif form == "splice":
            self._splice(dag, line, parts, folder)
        elif form == "node":
            node = nodes.node_of(dag, line, parts, folder, self._files)
            if node.kind is NodeKind.SUBDAG:
                self._read_subdag(dag, node)
            dag.nodes[node.name] = node
        elif line.inline is not None:
            # DAGMan: the first description of a name counts.
            dag.descriptions.setdefault(str(parts[0]), line.inline)

    def _opened(self, name: str) -> str:
        if self._files.identity(name) in self._open:
            raise Refusal(DagRefused(reason=f"{name} includes itself"))
        if len(self._open) > DEEPEST:
            raise Refusal(DagRefused(reason=f"more than {DEEPEST} files are nested"))
        try:
            return self._files.read(name)
        except FileError as error:
            raise Refusal(UnreadableFile(path=name, reason=str(error))) from error

    def _read_subdag(self, dag: Dag, node: Node) -> None:
        name = joined(node.folder, node.file)
        try:
            node.dag = self.read(self._opened(name), self._files.label(name), name, node.folder)
            dag.inside |= {self._files.identity(name), *node.dag.inside}
        except Refusal as refusal:
            # A script or an upstream node may write the file, so the rest of the DAG is converted.
            finding = refusal.finding
            if isinstance(finding, UnreadableFile):
                finding = UntranslatedSubDag(name=node.name, reason=finding.reason)
            self._diagnostics.add(finding, node.span, job=node.name, text=node.file)

    def _splice(self, dag: Dag, line: Line, parts: Parts, folder: str) -> None:
        name, file, own = str(parts[0]), str(parts[1]), parts[2]
        nodes.check_name(dag, name)
        if own is not None:
            folder = nodes.folder_of(own, folder, self._files)
        path = joined(folder, file)
        inner = self.read(self._opened(path), self._files.label(path), path, folder)
        dag.inside |= {self._files.identity(path), *inner.inside}
        if inner.refused:
            raise Refusal(DagRefused(reason=f"splice {name} is refused"))
        if final := inner.first(NodeKind.FINAL):
            raise Refusal(DagRefused(reason=f"splice {name} contains a FINAL node: {final.name}"))
        for node in inner.nodes.values():
            if node.done:
                node.done = False
                self._diagnostics.add(
                    DoneInSplice(name=f"{name}+{node.name}"), node.span, text=node.name
                )
        _insert(dag, name, inner, line.span)


def _insert(dag: Dag, name: str, inner: Dag, span: Span) -> None:
    """Add the nodes of a splice to the DAG, with the splice's name before their own."""
    prefix = f"{name}+"
    for inner_name in (*inner.nodes, *inner.splices):
        nodes.check_name(dag, prefix + inner_name)
    has_parent = {n for e in inner.edges for n in inner.initial(e.children)}
    has_child = {n for e in inner.edges for n in inner.terminal(e.parents)}
    ordinary = [n.name for n in inner.nodes.values() if n.kind in ORDINARY]
    pins = (inner.pins_in, inner.pins_out)
    pins_in, pins_out = ({k: [prefix + n for n in names] for k, names in p.items()} for p in pins)
    dag.splices[name] = Splice(
        span,
        initial=tuple(prefix + n for n in ordinary if n not in has_parent),
        terminal=tuple(prefix + n for n in ordinary if n not in has_child),
        pins_in=pins_in,
        pins_out=pins_out,
    )
    dag.merge(inner, prefix, name)


def _note_newer(line: Line, form: str, parts: Parts) -> None:
    word = first_word(line.text)
    if ("_" if form in _HYPHENED else "-") in word:
        line.newer(f"the spelling {word}")
    if any(part is not None and part.type in QUOTES for part in parts):
        line.newer("quotes around a name")
