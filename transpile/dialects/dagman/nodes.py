"""Commands that define nodes, and the nodes that other commands name."""

from lark import Token

from transpile.dialects.dagman.codes.dags import DagRefused, UndefinedNode, UnreadableFile
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import ORDINARY, Dag, Node, NodeKind
from transpile.dialects.dagman.tokens import Parts, Refusal

KINDS = {
    "JOB": NodeKind.JOB,
    "NODE": NodeKind.JOB,
    "FINAL": NodeKind.FINAL,
    "SERVICE": NodeKind.SERVICE,
    "PROVISIONER": NodeKind.PROVISIONER,
    "SUBDAG": NodeKind.SUBDAG,
}
ALL = "ALL_NODES"
_OPTIONS = ("DIR", "NOOP", "DONE")
_OF_A_DAG = ".condor.sub"


def node_of(dag: Dag, line: Line, parts: Parts, folder: str, files: Files) -> Node:
    """The node that a command defines. Raises Refusal."""
    keyword, name, file, *options = parts
    if keyword.upper() == "NODE":
        line.newer("NODE")
    node = Node(str(name), KINDS[keyword.upper()], line.span, folder=folder, inline=line.inline)
    if line.inline is None:
        node.file = str(file)
    for part in options:
        if part.type in ("NOOP", "DONE"):
            node.noop |= part.type == "NOOP"
            node.done |= part.type == "DONE"
        else:
            node.folder = folder_of(part, folder, files)
    given = [part.type if part.type in _OPTIONS else "DIR" for part in options]
    if given != [option for option in _OPTIONS if option in given]:
        line.newer("another order than DIR, NOOP, DONE, each once")
    _check(dag, node)
    return node


def folder_of(part: Token, folder: str, files: Files) -> str:
    """The folder that DIR names. Raises Refusal if it does not exist."""
    path = joined(folder, str(part))
    if not part or not files.is_folder(path):
        raise Refusal(UnreadableFile(path=path, reason="no such folder"), part.start_pos or 0)
    return path


def _check(dag: Dag, node: Node) -> None:
    check_name(dag, node.name)
    reason = ""
    if "+" in node.name:
        reason = f"the name {node.name} contains a +"
    elif node.name.upper() in ("PARENT", "CHILD", ALL):
        reason = f"{node.name} is a reserved name"
    elif node.kind is not NodeKind.SUBDAG and _OF_A_DAG in node.file:
        reason = f"{node.file} submits a DAG: use SUBDAG EXTERNAL"
    elif node.kind in (NodeKind.FINAL, NodeKind.PROVISIONER) and (other := dag.first(node.kind)):
        reason = f"there is a {node.kind.value} node already: {other.name}"
    elif node.done and node.kind in (NodeKind.FINAL, NodeKind.SERVICE):
        reason = f"a {node.kind.value} node cannot be DONE"
    if reason:
        raise Refusal(DagRefused(reason=reason))


def check_name(dag: Dag, name: str) -> None:
    """Raise Refusal if the DAG has a node or splice of this name."""
    if name in dag.nodes or name in dag.splices:
        raise Refusal(DagRefused(reason=f"there is a node or splice {name} already"))


def node_called(dag: Dag, name: str, command: str) -> Node:
    """The node that a command names. Raises Refusal.

    DAGMan: only the file of a splice can name the nodes in it.
    """
    node = dag.nodes.get(name)
    if node is None or node.splice is not None:
        raise Refusal(UndefinedNode(command=command, name=name, what="node"))
    return node


def nodes_called(dag: Dag, name: str, command: str) -> list[Node]:
    """The nodes that a command names; ALL_NODES means all ordinary nodes of this file."""
    if name.upper() != ALL:
        return [node_called(dag, name, command)]
    found = [n for n in dag.nodes.values() if n.kind in ORDINARY and n.splice is None]
    if not found:
        raise Refusal(UndefinedNode(command=command, name=name, what="node"))
    return found
