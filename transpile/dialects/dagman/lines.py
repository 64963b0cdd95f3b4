"""Splits DAG files into commands: joins continuation lines, extracts inline submit descriptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transpile.dialects.dagman.codes.dags import NewerSyntax
from transpile.findings.finding import Finding
from transpile.sources.text import Span

SPACE = " \t\r\n\f\v"
"""Blanks that DAGMan strips from both ends of a line; it keeps other Unicode blanks."""

_OPENS = re.compile(
    r"(?P<command>(?:job|node|final|service|provisioner|submit[-_]description)[ \t]+[^ \t]+[ \t]+)"
    r"(?P<braces>\{[^ \t]*|@=(?P<token>[^ \t]+))(?P<behind>.*)",
    re.I | re.S,
)
_SUBMITS = re.compile(r"[^=\s]+\s*=|(?:if|elif|else|endif|use|include|error|warning)\b", re.I)
_LACKS_BRACES = re.compile(r"(?:service|provisioner)\b", re.I)
_WORD = re.compile(r"[^ \t]*")


def first_word(text: str, at: int = 0) -> str:
    """The text from this offset to the next blank."""
    found = _WORD.match(text, at)
    return found[0] if found else ""


@dataclass(slots=True)
class Inline:
    """A submit description inside a DAG file; `span` is its first line."""

    lines: list[str]
    span: Span


@dataclass(slots=True)
class Line:
    """One command of a DAG file.

    NULs replace the opening brace of its submit description, `inline`. `closed` is false if the
    file ends before the closing brace. `findings` are reported unless the command is refused.
    """

    text: str
    span: Span
    inline: Inline | None = None
    closed: bool = True
    findings: list[Finding] = field(default_factory=list)

    @property
    def keyword(self) -> str:
        """The first word in upper case, with `_` for `-`."""
        return first_word(self.text).upper().replace("-", "_")

    @property
    def shown(self) -> str:
        """The text up to the submit description."""
        return self.text.partition("\0")[0].rstrip(" \t")

    def newer(self, what: str) -> None:
        """Note syntax that only versions after 23.9 accept."""
        self.findings.append(NewerSyntax(what=what))


def logical_lines(text: str, file: str) -> Iterator[Line]:
    """Yield the commands of a DAG file.

    DAGMan skips lines that begin with #. A backslash at the end of a line joins it and the next
    line, without the leading blanks of that line.
    """
    numbered = enumerate(text.replace("\0", "\ufffd").split("\n"), 1)
    for number, raw in numbered:
        stripped = raw.strip(SPACE)
        if not stripped or stripped.startswith("#"):
            continue
        line = Line("", Span(file, number, len(raw) - len(raw.lstrip(SPACE)) + 1))
        if stripped.startswith("//"):
            line.newer("a comment that begins with //")
            yield line
            continue
        line.text = _joined(stripped, numbered, line)
        if opening := _OPENS.match(line.text):
            _take_inline(line, opening, numbered)
        if line.text:
            yield line


def _joined(text: str, numbered: Iterator[tuple[int, str]], line: Line) -> str:
    while text.endswith("\\"):
        following = next(numbered, (0, ""))[1].strip(SPACE)
        while following.startswith(("#", "//")):
            line.newer("a comment between the lines of one command")
            following = next(numbered, (0, ""))[1].strip(SPACE)
        text = text[:-1] + following
    return text.rstrip(SPACE)


def _take_inline(line: Line, opening: re.Match[str], numbered: Iterator[tuple[int, str]]) -> None:
    """Move the lines up to the closing brace into the line's submit description."""
    closing = f"@{opening['token']}" if opening["token"] else "}"
    if opening["token"]:
        line.newer("a submit description that begins with @=")
    elif _LACKS_BRACES.match(line.text):
        line.newer("a submit description in braces for this kind of node")
    line.text = opening["command"] + "\0" * len(opening["braces"]) + opening["behind"]
    line.inline = Inline([], line.span)
    line.closed = False
    for number, raw in numbered:
        stripped = raw.strip(SPACE)
        if stripped.startswith(closing):
            line.closed = True
            if rest := stripped[len(closing) :].strip(" \t"):
                line.newer("words after the closing brace")
                line.text += f" {rest}"
            return
        if not line.inline.lines:
            line.inline.span = Span(line.span.file, number)
        if stripped and not stripped.startswith("#") and not _SUBMITS.match(stripped):
            line.newer(f"the line {stripped[:40]} in a submit description in braces")
        line.inline.lines.append(raw)
