"""DAG files to nodes, edges and splices: commands may come in any order."""

from collections.abc import Callable, Iterator
from typing import Any

from lark import Lark, Token, Tree, UnexpectedInput, UnexpectedToken

from transpile.diagnostics import Diagnostics
from transpile.dialects.dagman import edges, settings
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.lines import Line, logical_lines
from transpile.dialects.dagman.model import Dag, Node, NodeKind, Splice
from transpile.dialects.dagman.tokens import (
    ALL,
    ORDINARY,
    Refusal,
    name_of,
    tokens,
    unquoted,
    visible,
)
from transpile.resources import read_resource
from transpile.source import Span

_PARSER = Lark(read_resource("grammars", "dagman.lark"), parser="lalr", start="command")
_NODES = {
    "job": NodeKind.JOB,
    "final": NodeKind.FINAL,
    "service": NodeKind.SERVICE,
    "provisioner": NodeKind.PROVISIONER,
    "subdag": NodeKind.SUBDAG,
}
_EDGES: dict[str, Callable[[Dag, Line, Tree[Token]], None]] = {
    "parent": edges.parent,
    "connect": edges.connect,
    "pin_in": edges.pin_in,
    "pin_out": edges.pin_out,
}
_SETTINGS: dict[str, Callable[[Dag, Line, Tree[Token], Diagnostics], None]] = {
    "script": settings.script,
    "retry": settings.retry,
    "abort": settings.abort,
    "vars": settings.variables,
    "pre_skip": settings.pre_skip,
    "done": settings.done,
    "tolerance": settings.tolerance,
    "priority": settings.priority,
    "category": settings.category,
    "save_point": settings.save_point,
    "maxjobs": settings.maxjobs,
    "aside": settings.aside,
}
_FIRST = (*_NODES, "splice", "submit_description")
_LAST = ("connect", "pin_in", "pin_out")
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
        commands = list(self._commands(text, label, dag, folder))
        for chosen in (_FIRST, None, _LAST):
            for line, tree in commands:
                kind = tree.data
                middle = kind not in _FIRST and kind not in _LAST
                if kind in chosen if chosen else middle:
                    self._apply(dag, line, tree, folder)
        self._open.pop()
        return dag

    def _commands(
        self, text: str, label: str, dag: Dag, folder: str
    ) -> Iterator[tuple[Line, Tree[Token]]]:
        """The commands of the file and of those that it includes."""
        self._refuse_nul(dag, text, label)
        for line in logical_lines(text, label):
            if not line.closed:
                reason = "its submit description does not end"
                self._refuse(dag, line, Refusal("A701", reason=reason))
                continue
            try:
                tree = _PARSER.parse(line.text).children[0]
            except UnexpectedInput as error:
                column = len(line.text) if _is_at_end(error) else max(error.column, 1) - 1
                self._refuse(dag, line, Refusal("A701", column, reason=_reason(line, error)))
                continue
            assert isinstance(tree, Tree)
            if tree.data == "include":
                yield from self._included(line, tree, dag, folder)
            else:
                yield line, tree

    def _refuse_nul(self, dag: Dag, text: str, label: str) -> None:
        """No line with a NUL character reaches DAGMan whole."""
        at = text.find("\0")
        if at >= 0:
            dag.refused = True
            begin = text.rfind("\n", 0, at) + 1
            span = Span(label, text.count("\n", 0, at) + 1, at - begin + 1)
            shown = text[begin:].partition("\n")[0]
            self._diagnostics.add("A126", span, text=shown, key="the DAG file")

    def _included(
        self, line: Line, tree: Tree[Token], dag: Dag, folder: str
    ) -> Iterator[tuple[Line, Tree[Token]]]:
        name = joined(folder, name_of(tree))
        try:
            text = self._opened(name)
        except Refusal as refusal:
            self._refuse(dag, line, refusal)
            return
        self._open.append(self._files.identity(name))
        dag.inside.add(self._open[-1])
        yield from self._commands(text, self._files.label(name), dag, folder)
        self._open.pop()

    def _opened(self, name: str) -> str:
        if self._files.identity(name) in self._open:
            raise Refusal("A703", reason=f"{name} holds itself")
        if len(self._open) > DEEPEST:
            raise Refusal("A703", reason=f"it is nested more than {DEEPEST} deep")
        try:
            return self._files.read(name)
        except OSError as error:
            raise Refusal("A704", path=name, reason=error.strerror or str(error)) from error

    def _refuse(self, dag: Dag, line: Line, refusal: Refusal) -> None:
        dag.refused = True
        fields: dict[str, Any] = {"text": visible(line), **refusal.fields}
        span = line.span._replace(column=line.span.column + refusal.column)
        self._diagnostics.add(refusal.code, span, **fields)

    def _apply(self, dag: Dag, line: Line, tree: Tree[Token], folder: str) -> None:
        try:
            if tree.data in _NODES:
                self._node(dag, line, tree, folder)
            elif tree.data == "splice":
                self._splice(dag, line, tree, folder)
            elif tree.data == "submit_description":
                number = int(tokens(tree, "INLINE")[0].strip("\0"))
                dag.descriptions[name_of(tree)] = line.inline[number]
            elif tree.data in _EDGES:
                _EDGES[tree.data](dag, line, tree)
            else:
                _SETTINGS[tree.data](dag, line, tree, self._diagnostics)
        except Refusal as refusal:
            self._refuse(dag, line, refusal)

    # ---------------------------------------------------------------- nodes and splices

    def _node(self, dag: Dag, line: Line, tree: Tree[Token], folder: str) -> None:
        kind = _NODES[tree.data]
        names = [unquoted(token) for token in tokens(tree, "NAME")]
        node = Node(names[0], kind, line.span, folder=folder)
        _check_name(dag, node.name)
        if kind in (NodeKind.FINAL, NodeKind.PROVISIONER):
            other = next((n.name for n in dag.nodes.values() if n.kind is kind), None)
            if other is not None:
                raise Refusal("A703", reason=f"there is a {kind.value} node already: {other}")
        for option in tree.find_pred(lambda t: t.data in ("dir", "noop", "done")):
            if option.data == "dir":
                node.folder = joined(folder, unquoted(tokens(option, "NAME")[0]))
            elif getattr(node, option.data):
                raise Refusal("A701", reason=f"{option.data.upper()} is there twice")
            else:
                # DAGMan: a FINAL node runs, whatever it is called.
                setattr(node, option.data, kind is not NodeKind.FINAL or option.data == "noop")
        if kind is NodeKind.SUBDAG:
            node.file = names[1]
            self._read_subdag(dag, node)
        else:
            description = next(tree.find_data("description")).children[0]
            assert isinstance(description, Token)
            if description.type == "INLINE":
                node.inline = line.inline[int(description.strip("\0"))]
            else:
                node.file = unquoted(description)
        dag.nodes[node.name] = node

    def _read_subdag(self, dag: Dag, node: Node) -> None:
        name = joined(node.folder, node.file)
        try:
            text, label = self._opened(name), self._files.label(name)
            node.dag = self.read(text, label, name, node.folder)
            dag.inside |= {self._files.identity(name), *node.dag.inside}
        except Refusal as refusal:
            # It may be written by a script or by a node above: only this node is in doubt.
            code = "A716" if refusal.code == "A704" else refusal.code
            fields: dict[str, Any] = {"text": node.file, "name": node.name, **refusal.fields}
            self._diagnostics.add(code, node.span, job=node.name, **fields)

    def _splice(self, dag: Dag, line: Line, tree: Tree[Token], folder: str) -> None:
        name, file = (unquoted(token) for token in tokens(tree, "NAME")[:2])
        _check_name(dag, name)
        for option in tree.find_data("dir"):
            folder = joined(folder, unquoted(tokens(option, "NAME")[0]))
        path = joined(folder, file)
        inner = self.read(self._opened(path), self._files.label(path), path, folder)
        dag.inside |= {self._files.identity(path), *inner.inside}
        if inner.refused:
            raise Refusal("A703", reason=f"splice {name} is refused")
        other = next((n for n in inner.nodes.values() if n.kind not in ORDINARY), None)
        if other is not None and other.kind is not NodeKind.SERVICE:
            kind = other.kind.value
            raise Refusal("A703", reason=f"splice {name} holds a {kind} node: {other.name}")
        for node in inner.nodes.values():
            if node.done:
                node.done = False
                self._diagnostics.add("A719", node.span, text=node.name, name=f"{name}+{node.name}")
        _insert(dag, name, inner, line.span)


def _insert(dag: Dag, name: str, inner: Dag, span: Span) -> None:
    """Put an inner DAG's nodes into the DAG, with the splice's name before their own."""
    lead = f"{name}+"
    has_parent = {n for e in inner.edges for n in inner.initial(e.children)}
    has_child = {n for e in inner.edges for n in inner.terminal(e.parents)}
    nodes = [n.name for n in inner.nodes.values() if n.kind in ORDINARY]
    pins = (inner.pins_in, inner.pins_out)
    pins_in, pins_out = ({k: [lead + n for n in names] for k, names in p.items()} for p in pins)
    dag.splices[name] = Splice(
        span,
        initial=tuple(lead + n for n in nodes if n not in has_parent),
        terminal=tuple(lead + n for n in nodes if n not in has_child),
        pins_in=pins_in,
        pins_out=pins_out,
    )
    dag.take_in(inner, lead, name)


def _check_name(dag: Dag, name: str) -> None:
    if name.upper() in ("PARENT", "CHILD", ALL):
        raise Refusal("A703", reason=f"a node may not be called {name}")
    if "+" in name:
        raise Refusal("A703", reason=f"the name {name} holds a +")
    if name in dag.nodes or name in dag.splices:
        raise Refusal("A703", reason=f"there is a node or splice {name} already")


def _is_at_end(error: UnexpectedInput) -> bool:
    return isinstance(error, UnexpectedToken) and error.token.type == "$END"


def _reason(line: Line, error: UnexpectedInput) -> str:
    rest = line.text[max(error.column, 1) - 1 :].split()
    if not rest or _is_at_end(error):
        return "something is missing at its end"
    if error.column > 1:
        return f"{rest[0]} was not expected here"
    word = rest[0].upper().replace("-", "_")
    known = any(word == terminal.name for terminal in _PARSER.terminals)
    return f"something is missing behind {rest[0]}" if known else f"{rest[0]} is no command"
