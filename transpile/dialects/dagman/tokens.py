"""The words of a command, one after the other, and what the engine refuses about them."""

import re
from collections.abc import Iterable

from transpile.dialects.dagman.model import Dag, Node, NodeKind

ALL = "ALL_NODES"
ORDINARY = (NodeKind.JOB, NodeKind.SUBDAG)
"""Kinds of nodes that edges join, and that ALL_NODES means."""

_WORD = re.compile(r"[ \t]*([^ \t]*)")
_QUOTED = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')(?=[ \t]|\Z)""")
_FILE = re.compile(r'[ \t]*"([^"]*)"?')
_NUMBER = re.compile(r"[-+]?\d+")
LONGEST = 2**63 - 1


class Refusal(Exception):
    """The engine refuses the command: the code and the fields of its diagnostic."""

    def __init__(self, code: str, column: int = 0, **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.fields = fields


class Words:
    """Reads a command as DAGMan does: blanks and tabs part its words.

    `newer` says what of it only versions behind 23.9 take; `unread` is what the engine takes no
    notice of.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.column = self.gap = 0
        self.newer: dict[str, None] = {}
        self.unread = ""

    def next(self) -> str:
        """The next word; empty at the end."""
        return self._take(_WORD)

    def peek(self) -> str:
        """The next word, which stays."""
        found = _WORD.match(self._text, self._at)
        return found[1] if found else ""

    def required(self, what: str) -> str:
        """The next word; raises Refusal, which calls it `what`, where there is none."""
        word = self.next()
        if not word:
            raise Refusal("A701", len(self._text), reason=f"{what} is missing")
        return word

    def name(self, what: str = "the name of a node") -> str:
        """The next word; versions behind 23.9 take quotes off it."""
        quoted = self._quoted()
        if quoted is not None:
            return quoted
        return self.required(what)

    def file(self, what: str, *, quoted: bool) -> str:
        """The next word, or what stands in double quotes; without `quoted` only newer versions."""
        if quoted and _WORD.match(self._text, self._at)[1].startswith('"'):  # type: ignore[index]
            found = self._take(_FILE)
        else:
            found = self._quoted() or self.next()
        if not found:
            raise Refusal("A701", len(self._text), reason=f"{what} is missing")
        return found

    def number(self, what: str, *, whole: bool = False) -> int:
        """The number with which the next word begins, or, `whole`, which it is; 32 bits of it."""
        word = self.required(what)
        found = _NUMBER.match(word)
        if found is None or (whole and found[0] != word):
            raise Refusal("A701", self.column, reason=f"{word} is no number")
        value = max(-LONGEST - 1, min(int(found[0]), LONGEST))
        return (value + 2**31) % 2**32 - 2**31

    def rest(self) -> str:
        """All that is left; `gap` is the number of blanks in front of it."""
        text = self._text[self._at :].strip(" \t")
        self.column = len(self._text) - len(self._text[self._at :].lstrip(" \t"))
        self.gap = self.column - self._at
        self._at = len(self._text)
        return text

    def ignore(self) -> None:
        """The engine takes no notice of what is left."""
        self.unread = self.rest()

    def end(self) -> None:
        """Raise Refusal if a word is left."""
        word = self.next()
        if word:
            raise self.unexpected(word)

    def unexpected(self, word: str) -> Refusal:
        """A Refusal of the last word."""
        return Refusal("A701", self.column, reason=f"{word} was not expected here")

    def only_newer(self, what: str) -> None:
        """Note that this is in need of a version behind 23.9."""
        self.newer[what] = None

    def _quoted(self) -> str | None:
        match = _QUOTED.match(self._text, self._at)
        if match is None:
            return None
        self.only_newer("quotes around a name")
        text = self._take(_QUOTED, match)
        return re.sub(r"\\(.)", r"\1", text)

    def _take(self, pattern: re.Pattern[str], match: re.Match[str] | None = None) -> str:
        match = match or pattern.match(self._text, self._at)
        assert match is not None
        group = match.lastindex or 1
        self.column = match.start(group)
        self._at = match.end()
        return match[group]


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


def single(dag: Dag, name: str, command: str) -> Node:
    """The node of that name. DAGMan: only a splice's own file can speak of what is in it."""
    node = dag.nodes.get(name)
    if node is None or node.splice is not None:
        raise Refusal("A702", command=command, name=name, what="node")
    return node
