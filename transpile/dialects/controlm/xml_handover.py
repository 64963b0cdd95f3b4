"""Edits XML exports: what is not edited stays to the character."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from transpile.dialects.controlm.days import RULE_TAGS
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.times import CYCLE_ATTRIBUTES
from transpile.dialects.controlm.xml_reader import decoded
from transpile.dialects.controlm.xml_words import ATTRIBUTES
from transpile.sources.text import Source

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"""|<(?P<end>/?)(?P<name>[^\s<>/!?]+)(?=[\s/>])(?:[^<>"'/]|/(?!>)|"[^"]*"|'[^']*')*(?P<empty>/?)>""",
    re.S,
)
_ATTRIBUTE = re.compile(r"""\s+(?P<word>[^\s=<>]+)\s*=\s*(?P<value>"[^"]*"|'[^']*')""")
_ROOT = re.compile(
    r"<(?P<name>(?:[\w.-]+:)?DEF(?:TABLE|FOLDER))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.I
)

LIMITS = frozenset((*CYCLE_ATTRIBUTES, "TIMETO", "CONFIRM", "MAXRERUN"))
"""Attributes that limit or repeat the runs of a job."""

_OWNED = ("APPLICATION", "SUB_APPLICATION", "MAXWAIT", "CREATED_BY")
"""Attributes of a folder that a new job in it has, too."""


@dataclass(slots=True)
class _Node:
    """An element in the text: its begin, the end of its start tag, its end tag, and its end."""

    name: str
    begin: int
    head: int
    tail: int = -1
    end: int = -1

    @property
    def is_empty(self) -> bool:
        """True for a tag without an end tag."""
        return self.head == self.end


def _nodes(text: str, at: int) -> Iterator[_Node]:
    """The element at an offset and all in it. What is not closed ends with what is in it."""
    stack: list[_Node] = []
    last = at
    for tag in _TAG.finditer(text, at):
        if tag["name"] is None:
            continue
        if not tag["end"]:
            node = _Node(tag["name"], tag.start(), tag.end())
            if tag["empty"]:
                node.tail = node.end = node.head
                yield node
            else:
                stack.append(node)
        elif stack:
            node = stack.pop()
            node.tail, node.end = tag.start(), tag.end()
            yield node
        last = tag.end()
        if not stack:
            return
    for node in reversed(stack):
        node.tail = node.end = last
        yield node


@dataclass(slots=True)
class XmlEditor:
    """Edits one source. Nothing is `kept` that should go.

    `_edits` are the begin, the end and the new text of each place.
    """

    source: Source
    kept: list[tuple[Element, str]] = field(default_factory=list)
    _text: str = field(init=False)
    _known: dict[int, _Node] = field(default_factory=dict)
    _edits: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._text = decoded(self.source)

    def _node(self, element: Element) -> _Node:
        at = element.origin.offset(element.line, element.column)
        if at not in self._known:
            self._known |= {node.begin: node for node in _nodes(self._text, at)}
        return self._known[at]

    # ---------------------------------------------------------------- edits

    def remove(self, element: Element) -> None:
        """Leave a job, folder or statement out, with the blanks in front of it."""
        node = self._node(element)
        self._edits.append((node.begin - len(self._indent(node.begin)), node.end, ""))

    def clear(self, element: Element, statements: Iterable[Element]) -> None:
        """Leave out these statements of a job or folder, and what limits or repeats its runs."""
        for name, begin, end in self._attributes(element):
            if name in LIMITS:
                self._edits.append((begin, end, ""))
        for statement in statements:
            self.remove(statement)

    def idle(self, element: Element) -> None:
        """Make a job a dummy."""
        self._set(element, "TASKTYPE", "Dummy")

    def hold(self, element: Element) -> None:
        """Have nothing order a folder."""
        if element.tag != "JOB":
            self._set(element, "FOLDER_ORDER_METHOD", "MANUAL")

    def wait(self, element: Element, event: str) -> None:
        """Have a dummy wait for an event, and delete it at its end."""
        node = self._node(element)
        behind = next(element.all("OUTCOND", "ON"), None)
        at = self._node(behind).begin if behind else node.tail
        inner = self._indent(self._node(element.children[0]).begin) if element.children else ""
        inner = inner or f"{self._indent(node.begin)}  "
        added = f"{inner}{f'{inner}'.join(self._events(event))}"
        if node.is_empty:
            close = f"{self._indent(node.begin)}</{node.name}>"
            self._edits.append((node.head - 2, node.head, f">{added}{close}"))
        else:
            at -= len(self._indent(at))
            self._edits.append((at, at, added))

    def add(self, element: Element, title: str, event: str) -> None:
        """Add a dummy to a folder that waits for an event."""
        node = self._node(element)
        known = {name: self._text[begin:end] for name, begin, end in self._attributes(element)}
        own = "".join(known[name] for name in _OWNED if name in known)
        outer = f"{self._indent(node.begin)}  "
        rules = ['<RULE_BASED_CALENDARS NAME="*"/>'] if any(element.all(*RULE_TAGS)) else []
        inner = "".join(f"{outer}  {line}" for line in (*rules, *self._events(event)))
        job = f'{outer}<JOB JOBNAME={quoteattr(title)} TASKTYPE="Dummy"{own}>{inner}{outer}</JOB>'
        at = node.tail - len(self._indent(node.tail))
        self._edits.append((at, at, job))

    def _events(self, event: str) -> tuple[str, str]:
        """The conditions of a dummy, with signs and operators as the source spells them."""
        long = re.search(r"""\bSIGN\s*=\s*["'](?:ADD|DEL)""", self._text)
        operator, sign = ("AND", "DEL") if long else ("A", "-")
        name = f'NAME={quoteattr(event)} ODATE="ODAT"'
        return f'<INCOND {name} AND_OR="{operator}"/>', f'<OUTCOND {name} SIGN="{sign}"/>'

    def _set(self, element: Element, name: str, value: str) -> None:
        node = self._node(element)
        places = [(b, e) for n, b, e in self._attributes(element) if n == name]
        if places:
            begin, end = places[0]
            word = self._text[begin:end].split("=")[0]
            self._edits.append((begin, end, f"{word}={quoteattr(value)}"))
        else:
            at = node.begin + 1 + len(node.name)
            self._edits.append((at, at, f" {name}={quoteattr(value)}"))

    def _attributes(self, element: Element) -> Iterator[tuple[str, int, int]]:
        """The attributes in a start tag by their current names, with the blanks in front."""
        node = self._node(element)
        at = node.begin + 1 + len(node.name)
        while match := _ATTRIBUTE.match(self._text, at, node.head):
            word = match["word"].rpartition(":")[2].upper()
            yield ATTRIBUTES.get(word, word), *match.span()
            at = match.end()

    def _indent(self, at: int) -> str:
        """The blanks in front of an offset."""
        before = self._text[max(0, at - 400) : at]
        return before[len(before.rstrip()) :]

    # ---------------------------------------------------------------- text

    def text(self, folders: Sequence[Element], heading: str) -> str:
        """The text of a file that defines these folders."""
        root = _ROOT.search(self._text)
        begin, name = (
            (root[0].removesuffix("/>"), root["name"]) if root else ("<DEFTABLE>", "DEFTABLE")
        )
        comment = heading.replace("--", "- -")
        parts = [self._folder(self._node(folder)) for folder in folders]
        lines = ('<?xml version="1.0" encoding="UTF-8"?>', f"<!-- {comment}. -->", begin, *parts)
        return "\n".join((*lines, f"</{name}>", ""))

    def _folder(self, node: _Node) -> str:
        """The folder with all edits in it."""
        found = []
        at = node.begin
        for begin, end, new in sorted(e for e in self._edits if node.begin <= e[0] < node.end):
            found += [self._text[at:begin], new]
            at = max(at, end)
        indent = self._indent(node.begin).rpartition("\n")[2]
        closed = "" if node.tail < node.end or node.is_empty else f"</{node.name}>"
        return "".join((indent, *found, self._text[at : node.end], closed))
