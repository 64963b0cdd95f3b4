"""Commands that make nodes: what stands behind their keyword."""

from collections.abc import Callable
from dataclasses import dataclass

from transpile.dialects.dagman.files import joined
from transpile.dialects.dagman.lines import Inline, Line
from transpile.dialects.dagman.model import Dag, Node, NodeKind
from transpile.dialects.dagman.tokens import ALL, Refusal, Words

KINDS = {
    "JOB": NodeKind.JOB,
    "FINAL": NodeKind.FINAL,
    "SERVICE": NodeKind.SERVICE,
    "PROVISIONER": NodeKind.PROVISIONER,
    "SUBDAG": NodeKind.SUBDAG,
}
_OPTIONS = ("DIR", "NOOP", "DONE")
_OF_A_DAG = ".condor.sub"


@dataclass(frozen=True, slots=True)
class Spliced:
    """What a SPLICE says: the name, the file, and the folder in which it is read."""

    name: str
    file: str
    folder: str


def node_of(
    dag: Dag, line: Line, words: Words, folder: str, is_folder: Callable[[str], bool]
) -> Node:
    """The node that a command makes. Raises Refusal."""
    keyword = words.next().upper()
    if keyword == "NODE":
        words.only_newer("NODE")
        keyword = "JOB"
    kind = KINDS[keyword]
    if kind is NodeKind.SUBDAG and words.required("EXTERNAL").upper() != "EXTERNAL":
        raise Refusal("A701", words.column, reason="EXTERNAL is missing")
    node = Node(words.name(), kind, line.span, folder=folder)
    if line.inline is None:
        what = "the file of the DAG" if kind is NodeKind.SUBDAG else "a submit description"
        node.file = words.file(what, quoted=True)
        options = words
    else:
        node.inline = line.inline
        options = Words(line.options)
    _read_options(node, options, folder, is_folder)
    words.newer |= options.newer
    _check(dag, node)
    return node


def _read_options(node: Node, words: Words, folder: str, is_folder: Callable[[str], bool]) -> None:
    seen: list[str] = []
    while word := words.next():
        option = word.upper()
        if option not in _OPTIONS:
            raise words.unexpected(word)
        seen.append(option)
        if option == "DIR":
            node.folder = joined(folder, words.file("a folder", quoted=True))
            if not is_folder(node.folder):
                raise Refusal("A704", words.column, path=node.folder, reason="no such folder")
        node.noop |= option == "NOOP"
        node.done |= option == "DONE"
    if seen != [option for option in _OPTIONS if option in seen]:
        words.only_newer("another order than DIR, NOOP, DONE, each once")


def _check(dag: Dag, node: Node) -> None:
    check_name(dag, node.name)
    if "+" in node.name:
        raise Refusal("A703", reason=f"the name {node.name} holds a +")
    if node.name.upper() in ("PARENT", "CHILD", ALL):
        raise Refusal("A703", reason=f"a node may not be called {node.name}")
    if node.kind is not NodeKind.SUBDAG and _OF_A_DAG in node.file:
        raise Refusal("A703", reason="the description of a DAG is no JOB, but a SUBDAG EXTERNAL")
    if node.kind in (NodeKind.FINAL, NodeKind.PROVISIONER):
        other = next((n.name for n in dag.nodes.values() if n.kind is node.kind), None)
        if other is not None:
            raise Refusal("A703", reason=f"there is a {node.kind.value} node already: {other}")
    if node.done and node.kind in (NodeKind.FINAL, NodeKind.SERVICE):
        raise Refusal("A703", reason=f"a {node.kind.value} node cannot be DONE")


def splice_of(dag: Dag, words: Words, folder: str, is_folder: Callable[[str], bool]) -> Spliced:
    """What a SPLICE command says. Raises Refusal."""
    words.next()
    name = words.name("the name of the splice")
    check_name(dag, name)
    file = words.file("the file of the splice", quoted=False)
    word = words.next()
    if word.upper() == "DIR":
        folder = joined(folder, words.file("a folder", quoted=False))
        if not is_folder(folder):
            raise Refusal("A704", words.column, path=folder, reason="no such folder")
    elif word:
        raise words.unexpected(word)
    words.end()
    return Spliced(name, file, folder)


def description_of(line: Line, words: Words) -> tuple[str, Inline]:
    """The name of a shared submit description, and its lines. Raises Refusal."""
    words.next()
    name = words.name("the name of the description")
    if line.inline is None:
        raise Refusal("A701", len(line.text), reason="a description in braces is missing")
    return name, line.inline


def check_name(dag: Dag, name: str) -> None:
    """Raise Refusal if the DAG has a node or splice of that name."""
    if name in dag.nodes or name in dag.splices:
        raise Refusal("A703", reason=f"there is a node or splice {name} already")
