"""The words of parsed commands, and what the engine refuses about them."""

from collections.abc import Iterable

from lark import Token, Tree

from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, NodeKind

ALL = "ALL_NODES"
ORDINARY = (NodeKind.JOB, NodeKind.SUBDAG)
"""Kinds of nodes that edges join, and that ALL_NODES means."""


class Refusal(Exception):
    """The engine refuses the command: the code and the fields of its diagnostic."""

    def __init__(self, code: str, column: int = 0, **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.fields = fields


def check_members(dag: Dag, names: Iterable[str]) -> None:
    """Raise Refusal unless edges may join these nodes and splices.

    DAGMan: what stands in a splice can be spoken of in the splice's own file only.
    """
    for name in names:
        node = dag.nodes.get(name)
        if name in dag.splices and dag.splices[name].parent is None:
            continue
        if node is None or node.splice is not None:
            raise Refusal("A702", command="PARENT", name=name, what="node or splice")
        if node.kind not in ORDINARY:
            raise Refusal("A703", reason=f"{name} is a {node.kind.value} node")


def tokens(tree: Tree[Token], kind: str) -> list[Token]:
    """The words of one kind in a command, in order."""
    return [t for t in tree.children if isinstance(t, Token) and t.type == kind]


def name_of(tree: Tree[Token]) -> str:
    """The first name in the command."""
    return unquoted(tokens(tree, "NAME")[0])


def number_of(tree: Tree[Token]) -> int:
    """The first number in the command."""
    return int(tokens(tree, "NUMBER")[0])


def unquoted(token: str) -> str:
    """A word without its quotes; a backslash keeps them."""
    if len(token) > 1 and token[0] == token[-1] and token[0] in "\"'":
        quote = token[0]
        return token[1:-1].replace(f"\\{quote}", quote).replace("\\\\", "\\")
    return str(token)


def split_first(text: str) -> tuple[str, str]:
    """The first word, and the rest."""
    words = text.split(None, 1)
    return (words[0] if words else "", words[1].strip() if len(words) > 1 else "")


def visible(line: Line) -> str:
    """The command as a reader sees it."""
    text = line.text
    for number in range(len(line.inline)):
        text = text.replace(f"\0{number}\0", "{")
    return text
