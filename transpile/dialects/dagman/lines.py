"""DAG files to logical lines: continued lines joined, inline submit descriptions taken out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transpile.source import Span

_INLINE = re.compile(r"(?:\{|@=(?P<token>\S+))\s*\Z")
_OPENS = re.compile(
    r"\s*(?:(?:job|node|final|service|provisioner)\s+\S+|submit[-_]description\s+\S+)\s+"
    r"(?:\{|@=\S+)\s*\Z",
    re.I,
)


@dataclass(slots=True)
class Inline:
    """A submit description inside a DAG file; `span` is its first line."""

    lines: list[str]
    span: Span


@dataclass(slots=True)
class Line:
    """One command. In `text`, inline descriptions stand as their number between NUL characters.

    `closed` is false when the file ends inside an inline description.
    """

    text: str
    span: Span
    inline: list[Inline] = field(default_factory=list)
    closed: bool = True


def logical_lines(text: str, file: str) -> Iterator[Line]:
    """The commands of a DAG file, in order.

    DAGMan: lines that begin with # or // are comments, inside a continued line too; a backslash at
    the end of a line joins the next one to it.
    """
    numbered = enumerate(text.replace("\0", "\ufffd").split("\n"), 1)
    for number, raw in numbered:
        stripped = raw.strip()
        if _is_comment(stripped):
            continue
        span = Span(file, number, len(raw) - len(raw.lstrip()) + 1)
        joined = stripped
        while joined.endswith("\\"):
            joined = joined[:-1]
            following = next((t.strip() for _, t in numbered if not _is_comment(t.strip())), None)
            if following is None:
                break
            joined = f"{joined.rstrip()} {following}"
        line = Line(joined, span)
        while _OPENS.match(line.text) and (opening := _INLINE.search(line.text)):
            _take_inline(line, opening, numbered)
        yield line


def _is_comment(stripped: str) -> bool:
    return not stripped or stripped.startswith(("#", "//"))


def _take_inline(line: Line, opening: re.Match[str], numbered: Iterator[tuple[int, str]]) -> None:
    closing = f"@{opening['token']}" if opening["token"] else "}"
    inline = Inline([], line.span)
    rest: str | None = None
    for number, raw in numbered:
        stripped = raw.strip()
        if stripped.startswith(closing):
            rest = stripped[len(closing) :]
            break
        if not inline.lines:
            inline.span = Span(line.span.file, number)
        inline.lines.append(raw)
    line.closed = rest is not None
    line.text = f"{line.text[: opening.start()]}\0{len(line.inline)}\0{rest or ''}"
    line.inline.append(inline)
