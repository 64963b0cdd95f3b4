"""Reads Java property files with the position of each value."""

import io
import re

import javaproperties

from transpile.dialects.azkaban.codes.projects import PropertiesRefused, RepeatedProperty
from transpile.dialects.kit.values import Value
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Span

_KEY = re.compile(r"\s*(?:\\.|[^\\=:\s])*(?:[ \t\f]*[=:]|[ \t\f])?[ \t\f]*(?:\\\n[ \t\f]*)*", re.S)
_ESCAPE = re.compile(r"\\u(?![0-9A-Fa-f]{4})")


def read_properties(text: str, label: str, diagnostics: Diagnostics) -> dict[str, Value] | None:
    """The properties of a file, the last of each key; None, with a finding, if Java refuses it."""
    found: dict[str, Value] = {}
    line = 1
    try:
        for element in javaproperties.parse(io.StringIO(text)):
            if isinstance(element, javaproperties.KeyValue):
                span = _place(element.source, label, line)
                if element.key in found:
                    diagnostics.add(RepeatedProperty(key=element.key), span, text=element.value)
                found[element.key] = Value(element.value, span)
            line += element.source.count("\n")
    except javaproperties.InvalidUEscapeError as error:
        rows = enumerate(text.split("\n"), 1)
        bad = next((n for n, row in rows if n >= line and _ESCAPE.search(row)), line)
        diagnostics.add(PropertiesRefused(reason=str(error)), Span(label, bad))
        return None
    return found


def _place(source: str, label: str, line: int) -> Span:
    """Where the value begins, after the key and its separator."""
    match = _KEY.match(source)
    before = source[: match.end()] if match else ""
    if before.rstrip("\n") == source.rstrip("\n"):
        before = source[: len(source) - len(source.lstrip())]
    rows = before.split("\n")
    return Span(label, line + len(rows) - 1, len(rows[-1]) + 1)


def listed(value: Value) -> list[tuple[str, Span]]:
    """The items of a comma-separated list. Their positions are exact if the list is on one line."""
    found: list[tuple[str, Span]] = []
    offset = 0
    for piece in value.text.split(","):
        name = piece.strip()
        if name:
            lead = len(piece) - len(piece.lstrip())
            span = value.span._replace(column=value.span.column + offset + lead)
            found.append((name, span))
        offset += len(piece) + 1
    return found
