"""Commands to their parts, with grammars/dagman.lark, and what the engine refuses about them."""

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from lark import Lark, Token, UnexpectedToken

from transpile.dialects.dagman.codes.dags import DagRefused, UndefinedNode, UnreadableCommand
from transpile.dialects.dagman.model import Dag, Node, NodeKind
from transpile.findings.finding import Finding
from transpile.sources.resources import read_resource

ALL = "ALL_NODES"
ORDINARY = (NodeKind.JOB, NodeKind.SUBDAG)
"""Kinds of nodes that edges join, and that ALL_NODES means."""

Parts = Sequence[Any]
"""The tokens of a command, with None for what may stand there and does not."""

QUOTES = ("QUOTED", "SINGLE")
"""Types of parts in quotes that only versions behind 23.9 take off."""

_MISSING = {
    "NODE": "the name of a node is missing",
    "DESCRIPTION": "a submit description is missing",
    "DAG": "the file of the DAG is missing",
    "FOLDER": "a folder is missing",
    "SPLICE": "the name of the splice is missing",
    "SPLICED": "the file of the splice is missing",
    "DESCRIBED": "the name of the description is missing",
    "BRACES": "a description in braces is missing",
    "FILE": "the name of a file is missing",
    "_FILE": "the name of a file is missing",
    "_EXTERNAL": "EXTERNAL is missing",
    "_PARENT": "PARENT is missing",
    "CHILD": "CHILD is missing",
    "PARENT": "the name of a parent is missing",
    "CHILD_NAME": "the name of a child is missing",
    "CONNECTED": "the name of a splice is missing",
    "CATEGORY": "the name of a category is missing",
    "_LIMITED": "the name of a category is missing",
    "_LOG": "the file of DEBUG is missing",
    "_STREAM": "STDOUT, STDERR or ALL is missing",
    "PART": "PRE, POST or HOLD is missing",
    "SCRIPT": "there is no script",
    "PAIR": "there is no variable",
    "AMOUNT": "the number of jobs that may fail is missing",
    "STATUS": "the exit code of DEFER is missing",
    "DELAY": "the time of DEFER is missing",
    "RETRIES": "the number of retries is missing",
    "UNLESS": "the exit code of UNLESS-EXIT is missing",
    "EXIT_CODE": "the exit code is missing",
    "RESULT": "the code of RETURN is missing",
    "LEVEL": "the priority is missing",
    "LIMIT": "the number of nodes is missing",
    "PIN": "the number of the pin is missing",
}
"""What to say where a command ends in front of such a word."""

_UNEXPECTED = "{word} was not expected here"
_WRONG = {
    "_EXTERNAL": "EXTERNAL is missing",
    "_PARENT": "PARENT is missing",
    "_STREAM": "DEBUG takes STDOUT, STDERR, ALL",
    "PAIR": 'it takes pairs such as name="value"',
    "AMOUNT": "{word} is no number of jobs",
    **dict.fromkeys(
        "STATUS DELAY RETRIES UNLESS EXIT_CODE RESULT LEVEL LIMIT PERIOD PIN".split(),
        "{word} is no number",
    ),
}
"""What to say of a word that cannot be one of these; another one was not expected."""

_FILLED = {"IN_QUOTES", "BRACES"}
"""Where one of these may stand, what stands there instead does not count: two quotes, say."""

_PARENTS = {"PARENT", "QUOTED"}
"""What may stand behind PARENT alone."""

_NUMBER = re.compile(r"([-+]?)0*([0-9]*)")
_WORD = re.compile(r"[^ \t]*")
_LARGEST, _DIGITS = 2**63 - 1, 20


class Refusal(Exception):
    """The engine refuses the command: the finding, and its offset in the command's line."""

    def __init__(self, finding: Finding, column: int = 0) -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.column = column


def parse(text: str) -> tuple[str, Parts]:
    """The form of a command and its parts, which have no quotes. Raises Refusal."""
    parser = _parser()
    try:
        tree: Any = parser.parse(text)
    except UnexpectedToken as error:
        # Each word is one somewhere in the grammar: there are no unexpected characters.
        raise _refusal(error, text) from error
    return str(tree.data), tree.children


@functools.cache
def _parser() -> Lark:
    # Loaded when the first file of this format is read.
    callbacks = dict.fromkeys(("QUOTED", "SINGLE", "IN_QUOTES"), _unquoted)
    grammar = read_resource("grammars", "dagman.lark")
    return Lark(grammar, parser="lalr", start="command", lexer_callbacks=callbacks)


def _unquoted(token: Token) -> Token:
    inside = token.strip('"') if token.type == "IN_QUOTES" else unescaped(token[1:-1])
    return token.update(value=inside)


def unescaped(text: str) -> str:
    """The text without the backslash before each escaped character."""
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text


def _refusal(error: UnexpectedToken, text: str) -> Refusal:
    wanted, at = error.expected, error.token.start_pos or 0
    before = (error.token_history or [error.token])[-1]
    if wanted == _PARENTS:
        return wrong(before, _MISSING["PARENT"])
    if error.token.type == "$END" or not _FILLED.isdisjoint(wanted):
        reason = next(_MISSING[name] for name in _MISSING if name in wanted)
        return Refusal(UnreadableCommand(reason=reason), len(text))
    word = first_word(text, at)
    if not at:
        return Refusal(UnreadableCommand(reason=f"{word} is no command"))
    if "PAIR" in wanted and "PLACE" not in wanted:
        at = before.end_pos or at
    reason = next((_WRONG[name] for name in _WRONG if name in wanted), _UNEXPECTED)
    return Refusal(UnreadableCommand(reason=reason.replace("{word}", word)), at)


def first_word(text: str, at: int = 0) -> str:
    """The text from that place to the next blank."""
    found = _WORD.match(text, at)
    return found[0] if found else ""


def wrong(part: Token, reason: str) -> Refusal:
    """A Refusal at the place of a part."""
    return Refusal(UnreadableCommand(reason=reason), part.start_pos or 0)


def plain(parts: Parts) -> tuple[str, ...]:
    """The texts of parts, which count whatever stood there: tokens of two types are not equal."""
    return tuple(map(str, parts))


def number(part: str) -> int:
    """The number with which a part begins; like the engine, 32 bits of it."""
    found = _NUMBER.match(part)
    assert found is not None
    # Python refuses to read a number of some thousand digits.
    value = int(f"{found[1]}{found[2][:_DIGITS] or 0}")
    return (max(-_LARGEST - 1, min(value, _LARGEST)) + 2**31) % 2**32 - 2**31


def check_members(dag: Dag, names: Iterable[str]) -> None:
    """Raise Refusal unless edges may join these nodes and splices.

    DAGMan: what stands in a splice can be spoken of in the splice's own file only.
    """
    for name in names:
        node = dag.nodes.get(name)
        if name in dag.splices and dag.splices[name].parent is None:
            continue
        if node is None or node.splice is not None:
            raise Refusal(UndefinedNode(command="PARENT", name=name, what="node or splice"))
        if node.kind not in ORDINARY:
            raise Refusal(DagRefused(reason=f"{name} is a {node.kind.value} node"))


def single(dag: Dag, name: str, command: str) -> Node:
    """The node of that name. DAGMan: only a splice's own file can speak of what is in it."""
    node = dag.nodes.get(name)
    if node is None or node.splice is not None:
        raise Refusal(UndefinedNode(command=command, name=name, what="node"))
    return node
