"""DAG files to logical lines: continued lines joined, inline submit descriptions taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transpile.sources.text import Span

SPACE = " \t\r\n\f\v"
"""What DAGMan takes off both ends of a line; no other blanks of Unicode."""

_OPENS = re.compile(
    r"(?P<command>(?:job|node|final|service|provisioner|submit[-_]description)[ \t]+[^ \t]+[ \t]+)"
    r"(?P<braces>\{[^ \t]*|@=(?P<token>[^ \t]+))(?P<behind>.*)",
    re.I | re.S,
)
_SUBMITS = re.compile(r"[^=\s]+\s*=|(?:if|elif|else|endif|use|include|error|warning)\b", re.I)
_LACKS_BRACES = re.compile(r"(?:service|provisioner)\b", re.I)


@dataclass(slots=True)
class Inline:
    """A submit description inside a DAG file; `span` is its first line."""

    lines: list[str]
    span: Span


@dataclass(slots=True)
class Line:
    """One command; NULs stand in its text where it has a submit description of its own.

    `closed` is false when the file ends inside of that; `newer` says what only versions behind
    23.9 take.
    """

    text: str
    span: Span
    inline: Inline | None = None
    closed: bool = True
    newer: dict[str, None] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The text up to the submit description."""
        return self.text.partition("\0")[0].rstrip(" \t")


def logical_lines(text: str, file: str) -> Iterator[Line]:
    """The commands of a DAG file, in order.

    DAGMan: lines that begin with # are comments; a backslash at the end of a line joins the next
    one to it, less the blanks with which that begins.
    """
    numbered = enumerate(text.replace("\0", "\ufffd").split("\n"), 1)
    for number, raw in numbered:
        stripped = raw.strip(SPACE)
        if not stripped or stripped.startswith("#"):
            continue
        line = Line("", Span(file, number, len(raw) - len(raw.lstrip(SPACE)) + 1))
        if stripped.startswith("//"):
            line.newer["a comment that begins with //"] = None
            yield line
            continue
        line.text = _joined(stripped, numbered, line)
        opening = _OPENS.match(line.text)
        if opening:
            _take_inline(line, opening, numbered)
        if line.text:
            yield line


def _joined(text: str, numbered: Iterator[tuple[int, str]], line: Line) -> str:
    while text.endswith("\\"):
        text = text[:-1]
        following = next(numbered, (0, ""))[1].strip(SPACE)
        while following.startswith(("#", "//")):
            line.newer["a comment inside a command that goes on"] = None
            following = next(numbered, (0, ""))[1].strip(SPACE)
        text += following
    return text.rstrip(SPACE)


def _take_inline(line: Line, opening: re.Match[str], numbered: Iterator[tuple[int, str]]) -> None:
    """Take the lines up to the closing brace, as 23.9 and the versions behind it do."""
    closing = f"@{opening['token']}" if opening["token"] else "}"
    if opening["token"]:
        line.newer["a submit description that begins with @="] = None
    elif _LACKS_BRACES.match(line.text):
        line.newer["a submit description in braces for this kind of node"] = None
    line.text = opening["command"] + "\0" * len(opening["braces"]) + opening["behind"]
    line.inline = Inline([], line.span)
    line.closed = False
    for number, raw in numbered:
        stripped = raw.strip(SPACE)
        if stripped.startswith(closing):
            line.closed = True
            _take_behind(line, stripped[len(closing) :].strip(" \t"))
            return
        if not line.inline.lines:
            line.inline.span = Span(line.span.file, number)
        if stripped and not stripped.startswith("#") and not _SUBMITS.match(stripped):
            line.newer[f"the line {stripped[:40]} in a submit description in braces"] = None
        line.inline.lines.append(raw)


def _take_behind(line: Line, behind: str) -> None:
    if behind:
        line.newer["words behind the closing brace"] = None
        line.text += f" {behind}"
