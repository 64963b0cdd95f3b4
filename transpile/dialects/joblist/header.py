"""The header of a table: its delimiter, its place, and whether it looks like one of a list."""

import re
from typing import NamedTuple

from transpile.dialects.joblist.cells import Row, Table
from transpile.dialects.joblist.keys import Meanings

DELIMITERS = (",", ";", "\t", "|")

_SEPARATOR_LINE = re.compile(r"sep=([^\n])[ \t]*(?:\n|\Z)", re.I)
"""The first line by which spreadsheets tell one another the delimiter."""

_SEARCHED = 20
"""So many rows may stand above the header."""

_NO_NAMES = Meanings({})


class Header(NamedTuple):
    """The header row, the number of rows above it, and the delimiter."""

    row: Row
    above: int
    delimiter: str


def find_header(text: str, meanings: Meanings, delimiter: str = "") -> Header | None:
    """The first row that names jobs and something about them; None if there is none.

    Of several delimiters the one counts that gives more columns with a meaning.
    """
    said = _SEPARATOR_LINE.match(text)
    if not delimiter and said is not None:
        delimiter = said[1]
    found: Header | None = None
    most = 0
    for each in (delimiter,) if delimiter else DELIMITERS:
        rows = zip(range(_SEARCHED), Table(text, each).rows(), strict=False)
        header = next((h for n, row in rows if (h := _header(row, n, each, meanings))), None)
        count = len(_found(header.row, meanings)) if header else 0
        if count > most:
            found, most = header, count
    return found


def _header(row: Row, above: int, delimiter: str, meanings: Meanings) -> Header | None:
    found = _found(row, meanings)
    is_header = len(found) > 1 and not {"name", "number"}.isdisjoint(found)
    return Header(row, above, delimiter) if is_header else None


def _found(row: Row, meanings: Meanings) -> set[str]:
    return {meaning for text in row.texts if (meaning := meanings.of(text)) is not None}


def is_table(head: str) -> bool:
    """True for a header with names and commands, or what jobs come after, and a row like it."""
    header = find_header(head, _NO_NAMES)
    if header is None or header.above > bool(_SEPARATOR_LINE.match(head)):
        return False
    if {"command", "after"}.isdisjoint(_found(header.row, _NO_NAMES)):
        return False
    rows = Table(head, header.delimiter).rows()
    following = [row for row in rows if row.line > header.row.line][:1]
    return any(len(row.filled) > 1 or len(row.texts) == len(header.row.texts) for row in following)


def behind_separator_line(text: str) -> int:
    """The number of rows that only tell the delimiter."""
    return int(_SEPARATOR_LINE.match(text) is not None)
