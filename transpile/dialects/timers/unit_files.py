"""Splits unit files into entries: sections, keys and values, each with its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transpile.dialects.timers.codes.units import LineIgnored
from transpile.dialects.timers.unit_words import OTHER_TYPES, SECTIONS
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

_BLANKS = " \t\r"
_COMMENTS = ("#", ";")
_HEADER = re.compile(r"\[([A-Za-z0-9-]+)\]")
_KEY = re.compile(r"([A-Z][A-Za-z0-9-]*)[ \t]*=")
_PLACE = re.compile(
    r"# (/\S+\.(?:timer|service|target|" + "|".join(OTHER_TYPES) + r"|(?<=\.)d/[^\s/]+\.conf))"
)
_OTHER_SECTIONS = frozenset(each.capitalize() for each in OTHER_TYPES)
_MOST_UNKNOWN = 200
"""The number of lines of a file that are looked at to find out what it is."""


class Entry(NamedTuple):
    """An assignment. An empty value resets its key."""

    section: str
    key: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class UnitText:
    """A unit file or a drop-in. `path` ends with its name; `broken` says why it does not load."""

    path: str
    span: Span
    entries: tuple[Entry, ...]
    broken: str = ""

    @property
    def sections(self) -> frozenset[str]:
        """The sections that hold assignments."""
        return frozenset(entry.section for entry in self.entries)


class _Line(NamedTuple):
    """A logical line, and the number of its first physical line."""

    text: str
    number: int


def is_unit(head: str) -> bool:
    """True for a text that begins with a section of a unit, and a key of that section."""
    found = ""
    for line in head.split("\n", _MOST_UNKNOWN)[:_MOST_UNKNOWN]:
        text = line.strip(_BLANKS)
        if not text or text.startswith(_COMMENTS):
            continue
        header = _HEADER.fullmatch(text)
        if header is None:
            key = _KEY.match(text)
            return bool(found and key) and _is_known(found, key[1] if key else "")
        if header[1] not in SECTIONS and not (found and header[1] in _OTHER_SECTIONS):
            return False
        found = header[1]
    return bool(found)


def _is_known(section: str, key: str) -> bool:
    return section in _OTHER_SECTIONS or key in SECTIONS[section] or key.startswith("X-")


def read_texts(source: Source, diagnostics: Diagnostics) -> list[UnitText]:
    """The unit files in a source: the output of `systemctl cat` has several."""
    lines = source.text.split("\n")
    starts = [n for n, line in enumerate(lines) if _PLACE.fullmatch(line.rstrip(_BLANKS))]
    first = next((n for n, line in enumerate(lines) if line.strip(_BLANKS)), 0)
    if first not in starts:
        return [_text(source.label, source.label, lines, 0, diagnostics)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        path = lines[start].rstrip(_BLANKS)[2:]
        found.append(_text(path, source.label, lines[start:end], start, diagnostics))
    return found


def _text(
    path: str, label: str, lines: Sequence[str], offset: int, diagnostics: Diagnostics
) -> UnitText:
    entries: list[Entry] = []
    section, broken = "", ""
    for line in _logical(lines):
        text = line.text.strip(_BLANKS)
        column = len(line.text) - len(line.text.lstrip(_BLANKS)) + 1
        span = Span(label, line.number + offset, column)
        if text.startswith("["):
            section = text[1:-1]
            if not text.endswith("]"):
                broken = f"{text} is no section header"
                diagnostics.add(LineIgnored(reason=broken), span, text=text)
                break
            _check_section(section, span, diagnostics)
        elif entry := _entry(section, text, span, diagnostics):
            entries.append(entry)
    return UnitText(path, Span(label, offset + 1), tuple(entries), broken)


def _entry(section: str, text: str, span: Span, diagnostics: Diagnostics) -> Entry | None:
    """The assignment of a line; None for a line that systemd ignores, which is reported."""
    name, equals, value = text.partition("=")
    key = name.rstrip(_BLANKS)
    is_other = section in _OTHER_SECTIONS
    if section and section not in SECTIONS and not is_other:
        return None
    reason = ""
    if not equals:
        reason = f"{text} is no assignment"
    elif not key:
        reason = f"{text} has no key"
    elif not section:
        reason = f"{key} is in no section"
    elif not is_other and key not in SECTIONS[section] and not key.startswith("X-"):
        reason = f"{key} is no key of [{section}]"
    if reason:
        diagnostics.add(LineIgnored(reason=reason), span, text=text)
        return None
    start = len(name) + 1
    start += len(value) - len(value.lstrip(_BLANKS))
    return Entry(section, key, value.strip(_BLANKS), span._replace(column=span.column + start))


def _check_section(section: str, span: Span, diagnostics: Diagnostics) -> None:
    is_known = section in SECTIONS or section in _OTHER_SECTIONS or section.startswith("X-")
    if not is_known:
        diagnostics.add(LineIgnored(reason=f"[{section}] is no section of a unit"), span)


def _logical(lines: Sequence[str]) -> Iterator[_Line]:
    """The lines without comments and blank lines; a backslash at the end goes on with the next."""
    pieces: list[str] = []
    first = 0
    for number, line in enumerate(lines, 1):
        if line.lstrip(_BLANKS).startswith(_COMMENTS):
            continue
        first = first if pieces else number
        text = line.rstrip("\r")
        goes_on = (len(text) - len(text.rstrip("\\"))) % 2 == 1
        pieces.append(text[:-1] + " " if goes_on else text)
        if goes_on:
            continue
        if whole := "".join(pieces).rstrip(_BLANKS):
            yield _Line(whole, first)
        pieces = []
    if whole := "".join(pieces).rstrip(_BLANKS):
        yield _Line(whole, first)
