"""DAG files to nodes, edges and splices: commands may come in any order."""

import itertools
from collections.abc import Callable

from transpile.dialects.dagman import edges, nodes, settings, variables
from transpile.dialects.dagman.codes.dags import (
    DagRefused,
    DoneInSplice,
    NewerSyntax,
    UnreadableCommand,
    UnreadableFile,
)
from transpile.dialects.dagman.codes.nodes import UntranslatedSubDag
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.lines import Line, logical_lines
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Splice
from transpile.dialects.dagman.tokens import ORDINARY, QUOTES, Parts, Refusal, first_word, parse
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Span

_EDGES: dict[str, Callable[[Dag, Line, Parts], None]] = {
    "weak": edges.weak,
    "parent": edges.parent,
    "connect": edges.connect,
    "pin_in": edges.pin_in,
    "pin_out": edges.pin_out,
}
_SETTINGS: dict[str, Callable[[Dag, Line, Parts, Diagnostics], None]] = {
    "script": settings.script,
    "retry": settings.retry,
    "abort_dag_on": settings.abort,
    "vars": variables.variables,
    "pre_skip": settings.pre_skip,
    "done": settings.done,
    "tolerance": settings.tolerance,
    "priority": settings.priority,
    "category": settings.category,
    "save_point_file": settings.save_point,
    "maxjobs": settings.maxjobs,
    "dot": settings.dot,
    "node_status_file": settings.node_status_file,
    "jobstate_log": settings.jobstate_log,
    "aside": settings.aside,
    "reject": settings.reject,
}
_FIRST = {*nodes.KINDS, "SPLICE", "SUBMIT_DESCRIPTION"}
_HYPHENED = ("abort_dag_on", "submit_description")
"""Forms whose keyword 23.9 knows with hyphens; it knows the other ones with underscores."""
DEEPEST = 50
"""So deep may splices, sub-DAGs and includes be in one another."""


class Reader:
    """Reads one DAG with all that it is made of."""

    def __init__(self, files: Files, diagnostics: Diagnostics) -> None:
        self._files = files
        self._diagnostics = diagnostics
        self._open: list[str] = []

    def read(self, text: str, label: str, name: str, folder: str = "") -> Dag:
        """The DAG of a file. `folder` is what its nodes run in."""
        self._open.append(self._files.identity(name))
        dag = Dag()
        self._read_into(dag, text, label, folder)
        self._open.pop()
        return dag

    def _read_into(self, dag: Dag, text: str, label: str, folder: str) -> None:
        """DAGMan looks for nodes and splices first, and then for all the rest, in order."""
        self._refuse_nul(dag, text, label)
        lines = list(logical_lines(text, label))
        makes = [_spelled(line) in _FIRST for line in lines]
        for first in (True, False):
            for line in itertools.compress(lines, (made is first for made in makes)):
                self._apply(dag, line, folder)

    def _refuse_nul(self, dag: Dag, text: str, label: str) -> None:
        """No line with a NUL character reaches DAGMan whole."""
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
                self._say(dag, line, folder)
        except Refusal as refusal:
            self._refuse(dag, line, refusal)
            return
        for what in line.newer:
            self._diagnostics.add(NewerSyntax(what=what), line.span, text=line.shown or "//")

    def _say(self, dag: Dag, line: Line, folder: str) -> None:
        form, parts = parse(line.text)
        _note_newer(line, form, parts)
        if form in _EDGES:
            _EDGES[form](dag, line, parts)
        elif form in _SETTINGS:
            _SETTINGS[form](dag, line, parts, self._diagnostics)
        elif form == "include":
            self._include(dag, str(parts[0]), folder)
        else:
            self._make(dag, line, form, parts, folder)

    def _include(self, dag: Dag, file: str, folder: str) -> None:
        name = joined(folder, file)
        text = self._opened(name)
        self._open.append(self._files.identity(name))
        dag.inside.add(self._open[-1])
        self._read_into(dag, text, self._files.label(name), folder)
        self._open.pop()

    def _opened(self, name: str) -> str:
        if self._files.identity(name) in self._open:
            raise Refusal(DagRefused(reason=f"{name} holds itself"))
        if len(self._open) > DEEPEST:
            raise Refusal(DagRefused(reason=f"it is nested more than {DEEPEST} deep"))
        try:
            return self._files.read(name)
        except OSError as error:
            raise Refusal(UnreadableFile(path=name, reason=error.strerror or str(error))) from error

    def _refuse(self, dag: Dag, line: Line, refusal: Refusal) -> None:
        dag.refused = True
        span = line.span._replace(column=line.span.column + refusal.column)
        self._diagnostics.add(refusal.finding, span, text=line.shown)

    # ---------------------------------------------------------------- nodes and splices

    def _make(self, dag: Dag, line: Line, form: str, parts: Parts, folder: str) -> None:
        if form == "splice":
            said = nodes.splice_of(dag, parts, folder, self._files.is_folder)
            self._splice(dag, line, said)
        elif form == "node":
            node = nodes.node_of(dag, line, parts, folder, self._files.is_folder)
            if node.kind is NodeKind.SUBDAG:
                self._read_subdag(dag, node)
            dag.nodes[node.name] = node
        elif line.inline is not None:
            # DAGMan: the first of that name counts.
            dag.descriptions.setdefault(str(parts[0]), line.inline)

    def _read_subdag(self, dag: Dag, node: Node) -> None:
        name = joined(node.folder, node.file)
        try:
            text, label = self._opened(name), self._files.label(name)
            node.dag = self.read(text, label, name, node.folder)
            dag.inside |= {self._files.identity(name), *node.dag.inside}
        except Refusal as refusal:
            # It may be written by a script or by a node above: only this node is in doubt.
            finding = refusal.finding
            if isinstance(finding, UnreadableFile):
                finding = UntranslatedSubDag(name=node.name, reason=finding.reason)
            self._diagnostics.add(finding, node.span, job=node.name, text=node.file)

    def _splice(self, dag: Dag, line: Line, said: nodes.Spliced) -> None:
        path = joined(said.folder, said.file)
        name = said.name
        inner = self.read(self._opened(path), self._files.label(path), path, said.folder)
        dag.inside |= {self._files.identity(path), *inner.inside}
        if inner.refused:
            raise Refusal(DagRefused(reason=f"splice {name} is refused"))
        final = next((n for n in inner.nodes.values() if n.kind is NodeKind.FINAL), None)
        if final is not None:
            raise Refusal(DagRefused(reason=f"splice {name} holds a FINAL node: {final.name}"))
        for node in inner.nodes.values():
            if node.done:
                node.done = False
                self._diagnostics.add(
                    DoneInSplice(name=f"{name}+{node.name}"), node.span, text=node.name
                )
        _insert(dag, name, inner, line.span)


def _insert(dag: Dag, name: str, inner: Dag, span: Span) -> None:
    """Put an inner DAG's nodes into the DAG, with the splice's name before their own."""
    lead = f"{name}+"
    twice = next((n for n in (*inner.nodes, *inner.splices) if lead + n in _names(dag)), None)
    if twice is not None:
        raise Refusal(DagRefused(reason=f"there is a node or splice {lead}{twice} already"))
    has_parent = {n for e in inner.edges for n in inner.initial(e.children)}
    has_child = {n for e in inner.edges for n in inner.terminal(e.parents)}
    ordinary = [n.name for n in inner.nodes.values() if n.kind in ORDINARY]
    pins = (inner.pins_in, inner.pins_out)
    pins_in, pins_out = ({k: [lead + n for n in names] for k, names in p.items()} for p in pins)
    dag.splices[name] = Splice(
        span,
        initial=tuple(lead + n for n in ordinary if n not in has_parent),
        terminal=tuple(lead + n for n in ordinary if n not in has_child),
        pins_in=pins_in,
        pins_out=pins_out,
    )
    dag.take_in(inner, lead, name)


def _names(dag: Dag) -> set[str]:
    return {*dag.nodes, *dag.splices}


def _spelled(line: Line) -> str:
    return first_word(line.text).upper().replace("-", "_")


def _note_newer(line: Line, form: str, parts: Parts) -> None:
    word = first_word(line.text)
    if ("_" if form in _HYPHENED else "-") in word:
        line.newer[f"the spelling {word}"] = None
    if any(part is not None and part.type in QUOTES for part in parts):
        line.newer["quotes around a name"] = None
