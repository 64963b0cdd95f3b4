"""Parses one command into its parts, with grammars/dagman.lark."""

import re
from collections.abc import Sequence
from typing import Any

from lark import Token, UnexpectedToken

from transpile.dialects.dagman.codes.dags import UnreadableCommand
from transpile.dialects.dagman.lines import first_word
from transpile.findings.finding import Finding
from transpile.sources.grammars import Grammar

Parts = Sequence[Any]
"""The tokens of a command, with None for each optional part that is missing."""

QUOTES = ("QUOTED", "SINGLE")
"""Types of quoted parts; only versions after 23.9 remove these quotes."""

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
    "LIMITED": "the name of a category is missing",
    "_LOG": "the file of DEBUG is missing",
    "_STREAM": "STDOUT, STDERR or ALL is missing",
    "PART": "PRE, POST or HOLD is missing",
    "SCRIPT": "the script is missing",
    "PAIR": "the variable is missing",
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
"""Reasons for refusing a command that ends before a word of this type."""

_UNEXPECTED = "unexpected word {word}"
_WRONG = {
    "_EXTERNAL": "EXTERNAL is missing",
    "_PARENT": "PARENT is missing",
    "_STREAM": "DEBUG takes STDOUT, STDERR, ALL",
    "PAIR": 'it takes pairs such as name="value"',
    "AMOUNT": "{word} is not a number of jobs",
    **dict.fromkeys(
        "STATUS DELAY RETRIES UNLESS EXIT_CODE RESULT LEVEL LIMIT PERIOD PIN".split(),
        "{word} is not a number",
    ),
}
"""Reasons for refusing a word where one of this type is expected."""

_FILLED = {"IN_QUOTES", "BRACES"}
"""Where one of these is expected, an unexpected word such as `""` counts as a missing one."""

_PARENTS = {"PARENT", "QUOTED"}
"""The types that are expected directly after PARENT."""

_NUMBER = re.compile(r"([-+]?)0*([0-9]*)")
_LARGEST, _DIGITS = 2**63 - 1, 20


class Refusal(Exception):
    """DAGMan refuses the command: the finding, and its offset in the line."""

    def __init__(self, finding: Finding, column: int = 0) -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.column = column


def parse(text: str) -> tuple[str, Parts]:
    """The form of a command and its parts, without quotes. Raises Refusal."""
    try:
        tree: Any = _GRAMMAR.parse(text)
    except UnexpectedToken as error:
        # Terminals match any word, so Lark never sees an unexpected character.
        raise _refusal(error, text) from error
    return str(tree.data), tree.children


def _unquoted(token: Token) -> Token:
    inside = token.strip('"') if token.type == "IN_QUOTES" else unescaped(token[1:-1])
    return token.update(value=inside)


_GRAMMAR = Grammar(
    "dagman.lark",
    "command",
    lexer_callbacks=dict.fromkeys(("QUOTED", "SINGLE", "IN_QUOTES"), _unquoted),
)


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
        return Refusal(UnreadableCommand(reason=f"unknown command {word}"))
    if "PAIR" in wanted and "PLACE" not in wanted:
        at = before.end_pos or at
    reason = next((_WRONG[name] for name in _WRONG if name in wanted), _UNEXPECTED)
    return Refusal(UnreadableCommand(reason=reason.replace("{word}", word)), at)


def wrong(part: Token, reason: str) -> Refusal:
    """A refusal at the place of this part."""
    return Refusal(UnreadableCommand(reason=reason), part.start_pos or 0)


def number(part: str) -> int:
    """The number at the start of a part, wrapped to 32 bits as in DAGMan."""
    found = _NUMBER.match(part)
    assert found is not None
    # Python refuses to convert thousands of digits.
    value = int(f"{found[1]}{found[2][:_DIGITS] or 0}")
    return (max(-_LARGEST - 1, min(value, _LARGEST)) + 2**31) % 2**32 - 2**31
