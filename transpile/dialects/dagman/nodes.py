"""Commands that make nodes: what stands behind their keyword."""

from collections.abc import Callable
from dataclasses import dataclass

from lark import Token

from transpile.dialects.dagman.codes.dags import DagRefused, UnreadableFile
from transpile.dialects.dagman.files import joined
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Node, NodeKind
from transpile.dialects.dagman.tokens import ALL, Parts, Refusal

KINDS = {
    "JOB": NodeKind.JOB,
    "NODE": NodeKind.JOB,
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
    dag: Dag, line: Line, parts: Parts, folder: str, is_folder: Callable[[str], bool]
) -> Node:
    """The node that a command makes. Raises Refusal."""
    keyword, name, file, *options = parts
    if keyword.upper() == "NODE":
        line.newer["NODE"] = None
    node = Node(str(name), KINDS[keyword.upper()], line.span, folder=folder, inline=line.inline)
    if line.inline is None:
        node.file = str(file)
    for part in options:
        if part.type in ("NOOP", "DONE"):
            node.noop |= part.type == "NOOP"
            node.done |= part.type == "DONE"
        else:
            node.folder = _folder(part, folder, is_folder)
    said = [part.type if part.type in _OPTIONS else "DIR" for part in options]
    if said != [option for option in _OPTIONS if option in said]:
        line.newer["another order than DIR, NOOP, DONE, each once"] = None
    _check(dag, node)
    return node


def _folder(part: Token, folder: str, is_folder: Callable[[str], bool]) -> str:
    path = joined(folder, str(part))
    if not part or not is_folder(path):
        raise Refusal(UnreadableFile(path=path, reason="no such folder"), part.start_pos or 0)
    return path


def _check(dag: Dag, node: Node) -> None:
    check_name(dag, node.name)
    if "+" in node.name:
        raise Refusal(DagRefused(reason=f"the name {node.name} holds a +"))
    if node.name.upper() in ("PARENT", "CHILD", ALL):
        raise Refusal(DagRefused(reason=f"a node may not be called {node.name}"))
    if node.kind is not NodeKind.SUBDAG and _OF_A_DAG in node.file:
        raise Refusal(
            DagRefused(reason="the description of a DAG is no JOB, but a SUBDAG EXTERNAL")
        )
    if node.kind in (NodeKind.FINAL, NodeKind.PROVISIONER):
        other = next((n.name for n in dag.nodes.values() if n.kind is node.kind), None)
        if other is not None:
            raise Refusal(DagRefused(reason=f"there is a {node.kind.value} node already: {other}"))
    if node.done and node.kind in (NodeKind.FINAL, NodeKind.SERVICE):
        raise Refusal(DagRefused(reason=f"a {node.kind.value} node cannot be DONE"))


def splice_of(dag: Dag, parts: Parts, folder: str, is_folder: Callable[[str], bool]) -> Spliced:
    """What a SPLICE command says. Raises Refusal."""
    name, file, own = str(parts[0]), str(parts[1]), parts[2]
    check_name(dag, name)
    return Spliced(name, file, _folder(own, folder, is_folder) if own is not None else folder)


def check_name(dag: Dag, name: str) -> None:
    """Raise Refusal if the DAG has a node or splice of that name."""
    if name in dag.nodes or name in dag.splices:
        raise Refusal(DagRefused(reason=f"there is a node or splice {name} already"))
