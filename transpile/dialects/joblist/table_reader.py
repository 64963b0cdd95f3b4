"""Reads tables: a row is a job, and the header says what its cells mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from transpile.dialects.joblist.cells import Row, Table
from transpile.dialects.joblist.codes.jobs import JobListedTwice, JobWithoutName
from transpile.dialects.joblist.codes.lists import (
    ListCut,
    ListGuessed,
    ListRefused,
    SectionRead,
)
from transpile.dialects.joblist.header import Header, behind_separator_line, find_header
from transpile.dialects.joblist.keys import Chosen, choose, guesses
from transpile.dialects.joblist.model import MOST_JOBS, Entry, JobList, Reference
from transpile.dialects.joblist.settings import ListSettings
from transpile.dialects.kit.values import Value
from transpile.findings.codes.output import UnknownSetting
from transpile.findings.codes.reading import EmptySource, StrayText
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

_ROW_NUMBER = re.compile(r"\d{1,9}")
_LOOKED_AT = 100
"""So many rows tell whether a column holds numbers."""

_BELONGS_NOWHERE = "give the column a header, or quote the cell that holds the delimiter"


@dataclass(slots=True)
class _Section:
    """A row with one cell, and the jobs in the rows below it."""

    entry: Entry
    column: int
    members: list[Entry] = field(default_factory=list)


def read_table(
    source: Source, settings: ListSettings, title: str, diagnostics: Diagnostics
) -> JobList | None:
    """The list of a table; None, with a finding, if it has no header."""
    meanings = settings.meanings
    header = find_header(source.text, meanings, settings.whole.get("delimiter", ""))
    span = Span(source.label, 1)
    if header is None:
        if source.text.strip():
            reason = "no row names the columns, one of them for the names of jobs"
            diagnostics.add(ListRefused(reason=reason), span)
        else:
            diagnostics.add(EmptySource(), span)
        return None
    return _TableReader(source, settings, header, title, diagnostics).read()


class _TableReader:
    def __init__(
        self,
        source: Source,
        settings: ListSettings,
        header: Header,
        title: str,
        diagnostics: Diagnostics,
    ) -> None:
        self._file = source.label
        self._text = source.text
        self._settings = settings
        self._header = header
        self._diagnostics = diagnostics
        self._keys = [text.strip() for text in header.row.texts]
        self._list = JobList(title, Span(source.label, header.row.line))
        self._sections: list[_Section] = []
        self._chosen = Chosen()
        self._meanings: dict[int, str] = {}

    def read(self) -> JobList:
        """Read all rows."""
        self._choose()
        table = Table(self._text, self._header.delimiter)
        rows = (row for row in table.rows() if row.line > self._header.row.line)
        for row in rows:
            if len(self._list.jobs) + len(self._sections) == MOST_JOBS:
                cut = ListCut(most=f"{MOST_JOBS:,} jobs")
                self._diagnostics.add(cut, Span(self._file, row.line))
                break
            self._read_row(row)
        if table.unclosed is not None:
            reason = "a quote is not closed, it was taken as a character"
            place = Span(self._file, *table.unclosed)
            self._diagnostics.add(StrayText(text='"'), place, help=f"close it; {reason}")
        for section in self._sections:
            self._close(section)
        if self._sections:
            in_order = sorted(self._list.jobs.items(), key=lambda item: item[1].span[1:])
            self._list.jobs = dict(in_order)
        if not self._list.jobs:
            self._diagnostics.add(EmptySource(), self._list.span)
        return self._list

    # ---------------------------------------------------------------- columns

    def _choose(self) -> None:
        row, meanings = self._header.row, self._settings.meanings
        spans = [Span(self._file, *place) for place in row.located()]
        self._chosen = choose(self._keys, meanings, self._numeric())
        self._meanings = {place: meaning for meaning, place in self._chosen.of.items()}
        self._chosen.report(self._keys, spans, self._diagnostics)
        for meaning, name in meanings.named.items():
            if meaning not in self._chosen.of:
                text = f"[[list]] {meaning} = {name}"
                reason = f"{self._file} has no such column"
                unknown = UnknownSetting(text=text, reason=reason)
                self._diagnostics.add(unknown, self._settings.span, text=text)
        said = guesses(self._keys, self._chosen, meanings)
        above = self._header.above - behind_separator_line(self._text)
        if above > 0:
            said.append(f"header in line {row.line}, what is above it is left out")
        if said:
            guessed = ListGuessed(guesses=", ".join(said))
            self._diagnostics.add(guessed, self._list.span, text=", ".join(said))

    def _numeric(self) -> set[int]:
        """The columns that hold numbers only."""
        rows = Table(self._text, self._header.delimiter).rows()
        below = (row for row in rows if row.line > self._header.row.line)
        cells: dict[int, bool] = {}
        for _, row in zip(range(_LOOKED_AT), below, strict=False):
            for number in row.filled:
                is_number = _ROW_NUMBER.fullmatch(row.texts[number].strip()) is not None
                cells[number] = cells.get(number, True) and is_number
        return {number for number, is_numeric in cells.items() if is_numeric}

    # ---------------------------------------------------------------- rows

    def _read_row(self, row: Row) -> None:
        filled = row.filled
        entry = self._entry(row, filled)
        has_commands = "command" in self._chosen.of and len(self._keys) > 1
        if has_commands and len(filled) == 1 and "command" not in entry.values:
            entry.name = row.texts[filled[0]].strip()
            self._sections.append(_Section(entry, filled[0]))
            return
        if self._add(entry) and self._sections and entry.box is None:
            self._sections[-1].members.append(entry)

    def _add(self, entry: Entry) -> bool:
        if not entry.name:
            text = " ".join(value.text for value in entry.values.values())
            self._diagnostics.add(JobWithoutName(text=text), entry.span, text=text)
            return False
        earlier = self._list.jobs.get(entry.name)
        if earlier is not None:
            place = f"{earlier.span.file}:{earlier.span.line}"
            repeated = JobListedTwice(name=entry.name, earlier=place)
            self._diagnostics.add(repeated, entry.span, text=entry.name)
            return False
        self._list.jobs[entry.name] = entry
        return True

    def _entry(self, row: Row, filled: list[int]) -> Entry:
        """The job of a row; its position is that of its name."""
        spans = [Span(self._file, *place) for place in row.located()]
        name = self._chosen.of.get("name", 0)
        entry = Entry("", spans[name if name < len(spans) else filled[0]])
        for place in filled:
            text, span = row.texts[place], spans[place]
            meaning = self._meanings.get(place)
            if place >= len(self._keys):
                stray = StrayText(text=text.strip())
                self._diagnostics.add(stray, span, help=_BELONGS_NOWHERE)
            elif meaning == "command":
                entry.values[meaning] = Value(text, span)
            elif meaning is None:
                entry.notes.append((self._keys[place] or f"column {place + 1}", text.strip()))
            else:
                self._put(entry, meaning, Value(text.strip(), span))
        return entry

    def _put(self, entry: Entry, meaning: str, value: Value) -> None:
        if meaning == "name":
            entry.name = value.text
        elif meaning == "number":
            entry.number = value.text
        elif meaning == "after":
            entry.after.append(Reference(value.text, value.span, is_exact=False))
        elif meaning == "box":
            entry.box = value.text
            self._list.boxes.setdefault(value.text, Entry(value.text, value.span, is_box=True))
        else:
            entry.values[meaning] = value

    # ---------------------------------------------------------------- sections

    def _close(self, section: _Section) -> None:
        """Make a box of a row with one cell, or a job if none is below it or one names it."""
        entry, members = section.entry, section.members
        names = (part for member in members for part in _parts(member))
        if not members or entry.name in names or "box" in self._chosen.of:
            if section.column == self._chosen.of.get("name"):
                entry.values.clear()
                self._add(entry)
            else:
                stray = StrayText(text=entry.name)
                self._diagnostics.add(stray, entry.span, help="delete the row, or name a job in it")
            return
        box = self._list.boxes.setdefault(entry.name, Entry(entry.name, entry.span, is_box=True))
        for member in members:
            member.box = box.name
        jobs = f"{len(members)} job{'s' if len(members) > 1 else ''}"
        read = SectionRead(name=entry.name, jobs=jobs)
        self._diagnostics.add(read, entry.span, text=entry.name)


def _parts(entry: Entry) -> Iterator[str]:
    """The names that may stand in what a job comes after."""
    for reference in entry.after:
        yield reference.text
        yield from (part.strip() for part in re.split(r"[;,|\n]", reference.text))
