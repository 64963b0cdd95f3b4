"""JIL text to statements: cut at the verbs, then parsed one by one by grammars/jil.lark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from lark import Token

from transpile.dialects.autosys.codes.text import UnclosedComment
from transpile.dialects.autosys.values import unquoted
from transpile.findings.codes.reading import EmptySource, Latin1Source, StrayText
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.grammars import Grammar
from transpile.sources.text import Source, Span

_GRAMMAR = Grammar("jil.lark", "statement")

# The text is cut at verbs that begin a line, outside of comments.
_VERB = r"(?:(?:insert|update|delete|override)_\w+|\w+_(?:job|box)" + (
    r"|calendar|extended_calendar|ext_calendar|cycle)[ \t\u00a0]*:"
)
_CUT = re.compile(
    rf"(?:^|(?<=\*/))[ \t\r\f\v\u00a0]*(?:(?P<verb>{_VERB})|(?P<comment>/\*))", re.I | re.M
)
_FIRST = re.compile(rf"(?:\s|/\*(?:[^*]|\*(?!/))*\*/|#[^\n]*(?:\n|\Z))*{_VERB}", re.I)


class Row(NamedTuple):
    """A line that is not `key: value`, stripped."""

    text: str
    span: Span


@dataclass(slots=True)
class Attribute:
    """`key: value` as written, stripped. `column` is that of the value.

    `comment` was removed from the end of free text; `rows` are the lines that follow. `moved` has
    the (offset, length, length in the source) of each value that replaced a placeholder; `missing`
    is the name of a placeholder without a value.
    """

    key: str
    value: str
    span: Span
    column: int
    comment: str = ""
    rows: tuple[Row, ...] = ()
    moved: tuple[tuple[int, int, int], ...] = ()
    missing: str = ""

    @property
    def place(self) -> Span:
        """The position of the value."""
        return self.span._replace(column=self.column)

    def column_of(self, offset: int) -> int:
        """The column in the source of an offset in the value."""
        column = self.column + offset
        for start, length, in_source in self.moved:
            if offset >= start + length:
                column += in_source - length
            elif offset > start:
                column -= offset - start
        return column


@dataclass(slots=True)
class Statement:
    """A verb, the name of an object, and attributes in source order."""

    verb: str
    name: str
    span: Span
    attributes: list[Attribute]
    rows: list[Row]
    name_column: int = 1


def begins_with_statement(head: str) -> bool:
    """True if the text begins with a JIL verb, after any comments."""
    return _FIRST.match(head) is not None


def read_statements(source: Source, diagnostics: Diagnostics) -> Iterator[Statement]:
    """The statements of the source; other text is reported."""
    file = source.label
    if source.encoding == "latin-1":
        diagnostics.add(Latin1Source(), Span(file, 1))
    found = False
    for line, chunk, is_statement in _chunks(source, diagnostics):
        if is_statement:
            found = True
            yield _parse(chunk, file, line)
        else:
            found |= _report_stray(chunk, file, line, diagnostics)
    if not found:
        diagnostics.add(EmptySource(), Span(file, 1))


def _chunks(source: Source, diagnostics: Diagnostics) -> Iterator[tuple[int, str, bool]]:
    """The text cut at its verbs, without comments: (first line, text, is it a statement)."""
    text = source.text
    last_close = text.rfind("*/")
    parts: list[str] = []
    line, at_line, start, is_statement = 1, 1, 0, False
    position = 0
    while match := _CUT.search(text, position):
        if match["verb"]:
            at = match.start("verb")
            at_line += text.count("\n", start, at)
            yield line, "".join(parts) + text[start:at], is_statement
            # Leading blanks keep the columns right.
            parts = [" " * (at - text.rfind("\n", 0, at) - 1)]
            line, start, is_statement, position = at_line, at, True, match.end()
            continue
        at = match.start("comment")
        at_line += text.count("\n", start, at)
        if at + 2 <= last_close:
            end = text.find("*/", at + 2) + 2
        else:
            end = text.find("\n", at) % (len(text) + 1)
            diagnostics.add(UnclosedComment(), Span(source.label, at_line), text=text[at:end])
        newlines = text.count("\n", at, end)
        at_line += newlines
        parts += (text[start:at], "\n" * newlines)
        start = position = end
    yield line, "".join(parts) + text[start:], is_statement


def _report_stray(chunk: str, file: str, line: int, diagnostics: Diagnostics) -> bool:
    """Report the first line of text in front of all statements; False if there is none."""
    for number, text in enumerate(chunk.split("\n"), line):
        if text.strip() and not text.lstrip().startswith("#"):
            column = len(text) - len(text.lstrip()) + 1
            diagnostics.add(StrayText(text=text.strip()), Span(file, number, column))
            return True
    return False


def _parse(chunk: str, file: str, line: int) -> Statement:
    # No rule makes a subtree: every child is a token.
    header, *tokens = cast(list[Token], _GRAMMAR.parse(chunk).children)
    verb, _, name = header.partition(":")
    attributes: list[Attribute] = []
    rows: list[Row] = []
    # The rows of a calendar are its dates; elsewhere they continue an attribute.
    is_calendar = not verb.lower().startswith(("insert", "update", "override", "delete"))
    for token in tokens:
        if token.type == "PLAIN_LINES":
            attributes += _plain_attributes(token, file, line)
            continue
        if token.type in ("ATTRIBUTE", "COMMAND"):
            attributes.append(_attribute(token, file, line, chunk))
            continue
        place = Span(file, line + (token.line or 1) - 1, token.column or 1)
        row = Row(token.rstrip(), place)
        if is_calendar or not attributes:
            rows.append(row)
        else:
            attributes[-1].rows += (row,)
    column = header.column or 1
    at = column + len(header) - len(name.lstrip())
    span = Span(file, line, column)
    return Statement(verb.strip().lower(), unquoted(name), span, attributes, rows, at)


def _attribute(token: Token, file: str, line: int, chunk: str) -> Attribute:
    key, _, value = token.partition(":")
    column = token.column or 1
    at = column + len(token) - len(value.lstrip())
    comment = ""
    if token.type == "COMMAND":
        end = token.end_pos or 0
        rest = chunk[end : chunk.find("\n", end) % (len(chunk) + 1)].strip()
        comment = rest if rest.startswith("/*") else ""
    span = Span(file, line + (token.line or 1) - 1, column)
    return Attribute(key.strip().lower(), value.strip(), span, at, comment)


def _plain_attributes(token: Token, file: str, line: int) -> Iterator[Attribute]:
    """The attributes of lines that hold one plain value each."""
    number = line + (token.line or 1) - 1
    indent = (token.column or 1) - 1
    for text in token.rstrip().split("\n"):
        key, _, value = text.partition(":")
        column = 1 + indent
        if key[0].isspace():
            column += len(key) - len(key.lstrip())
        at = 1 + indent + len(text) - len(value.lstrip())
        yield Attribute(key.strip().lower(), value.strip(), Span(file, number, column), at)
        number, indent = number + 1, 0
