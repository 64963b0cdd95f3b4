"""Placeholders `~{$NAME}~`: a site replaces them before it loads its definitions.

A placeholder may occur anywhere, and its name may hold any character but a line break. The grammar
sees as many private-use characters in its place, so that positions do not move. Values are inserted
after parsing, so that they cannot become statements.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from transpile.dialects.autosys.codes.text import PlaceholderWithLines
from transpile.dialects.autosys.reader import Row, Statement
from transpile.findings.codes.reading import UnknownPlaceholder
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

PLACEHOLDER = re.compile(r"~\{\$([^\n]*?)\}~")
_PRIVATE = range(0xF0000, 0xFFFFE)
_BREAKS = re.compile(r"[\n\r\0]")


class _Text(NamedTuple):
    """A text with its values; `moved` and `missing` are those of an `Attribute`."""

    text: str
    moved: tuple[tuple[int, int, int], ...]
    missing: str


class Templates:
    """The placeholders of one source and their values."""

    def __init__(self, source: Source, values: Mapping[str, str], diagnostics: Diagnostics) -> None:
        self._values = values
        self._diagnostics = diagnostics
        names = dict.fromkeys(match[1] for match in PLACEHOLDER.finditer(source.text))
        used = set(source.text) if names and not source.text.isascii() else set[str]()
        free = (chr(code) for code in _PRIVATE if chr(code) not in used)
        self._marks = dict(zip(names, free, strict=False))
        self._names = {mark: name for name, mark in self._marks.items()}
        marks = "".join(self._names)
        self._run = re.compile(f"([{re.escape(marks)}])\\1*") if names else None
        self.source = replace(source, text=self._hidden(source.text)) if names else source

    def _hidden(self, text: str) -> str:
        return PLACEHOLDER.sub(lambda m: self._marks.get(m[1], "") * len(m[0]) or m[0], text)

    def fill(self, statement: Statement) -> None:
        """Put the values into a statement; missing values are reported."""
        if self._run is None:
            return
        place = statement.span._replace(column=statement.name_column)
        statement.name = self._filled(statement.name, place, None).text
        job = statement.name if statement.verb.endswith("_job") else None
        for attribute in statement.attributes:
            found = self._filled(attribute.value, attribute.place, job)
            attribute.value, attribute.moved, attribute.missing = found
            attribute.comment = self._filled(attribute.comment, None, job).text
            rows = [self._row(row, job) for row in attribute.rows]
            attribute.rows = tuple(row for row, _ in rows)
            attribute.missing = next((m for _, m in rows if m), attribute.missing)
        statement.rows = [self._row(row, job)[0] for row in statement.rows]

    def _row(self, row: Row, job: str | None) -> tuple[Row, str]:
        found = self._filled(row.text, row.span, job)
        return row._replace(text=found.text), found.missing

    def _filled(self, text: str, span: Span | None, job: str | None) -> _Text:
        """The text with its values; placeholders without a value stay."""
        if self._run is None or not self._run.search(text):
            return _Text(text, (), "")
        parts: list[str] = []
        moved: list[tuple[int, int, int]] = []
        at = length = 0
        missing = ""
        for match in self._run.finditer(text):
            name = self._names[match[1]]
            width = len(name) + len("~{$}~")
            parts.append(text[at : match.start()])
            length += match.start() - at
            for place in range(match.start(), match.end(), width):
                value = self._value(name, span and span._replace(column=span.column + place), job)
                if value is None:
                    missing, value = missing or name, f"~{{${name}}}~"
                parts.append(value)
                moved.append((length, len(value), width))
                length += len(value)
            at = match.end()
        return _Text("".join((*parts, text[at:])), tuple(moved), missing)

    def _value(self, name: str, span: Span | None, job: str | None) -> str | None:
        value = self._values.get(name)
        if value is not None and not _BREAKS.search(value):
            return value
        if span is not None:
            kind = UnknownPlaceholder if value is None else PlaceholderWithLines
            self._diagnostics.add(kind(text=f"~{{${name}}}~"), span, job=job)
        return None
