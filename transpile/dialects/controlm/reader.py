"""Reads a source, XML or JSON, into elements."""

import re

from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.json_reader import read_json
from transpile.dialects.controlm.xml_reader import read_xml
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

JSON = re.compile(r"\s*(?:/\*(?:[^*]|\*(?!/))*\*/\s*|//[^\n]*\n\s*)*[{\[]")
"""How JSON begins, also with comments in front."""


def read_elements(source: Source, diagnostics: Diagnostics) -> list[Element]:
    """The folders, jobs and calendars of a source, in order."""
    read = read_json if JSON.match(source.text) else read_xml
    found = read(source, diagnostics)
    if not found:
        diagnostics.add(EmptySource(), Span(source.label, 1))
    return found
