"""Calendar statements, as autocal_asc exports them, to days."""

import re
from datetime import date
from typing import NamedTuple

from transpile.dialects.autosys.codes.jobs import CalendarOfRules, CalendarRedefined
from transpile.dialects.autosys.codes.text import UnknownAttribute
from transpile.dialects.autosys.reader import Statement
from transpile.dialects.autosys.values import unquoted
from transpile.dialects.kit.names import Named
from transpile.dialects.kit.values import time_of_day
from transpile.findings.codes.reading import UnusedCalendar
from transpile.findings.codes.schedules import InvalidDate
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar, Tally
from transpile.sources.text import Span

CALENDARS = ("calendar", "extended_calendar", "ext_calendar", "cycle")
"""The verbs of an export."""

_ROW = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ \t]+(\d{1,2}):(\d{2})(?::\d{2})?)?")
_NOTED = frozenset({"description"})


class Defined(NamedTuple):
    """A calendar of the estate. `times` are those of its rows; `why_not` says why it has no days.

    `days` is None for a calendar that cannot be used.
    """

    name: str
    span: Span
    days: Calendar | None
    times: tuple[tuple[int, int], ...] = ()
    why_not: str = ""


class Calendars(Named[Defined]):
    """The calendars that statements have defined so far; case matters in names."""

    def __init__(self, diagnostics: Diagnostics, tally: Tally) -> None:
        super().__init__()
        self._diagnostics = diagnostics
        self._tally = tally

    def define(self, statement: Statement) -> None:
        """Take in one statement; a second one about a calendar replaces the first."""
        read = self._standard if statement.verb == "calendar" else self._extended
        earlier = self.add(statement.name, read(statement))
        if earlier is not None:
            place = f"{earlier.span.file}:{earlier.span.line}"
            self._diagnostics.add(
                CalendarRedefined(name=statement.name, earlier=place),
                statement.span,
                text=statement.name,
            )

    def report_unused(self) -> None:
        """Report the calendars that no schedule names."""
        for defined in self.unused():
            self._diagnostics.add(
                UnusedCalendar(name=defined.name), defined.span, text=defined.name
            )

    def _standard(self, statement: Statement) -> Defined:
        """A list of dates, each on its line, month first; a time of day may follow."""
        for attribute in statement.attributes:
            if attribute.key in _NOTED:
                self._tally.noted += 1
            else:
                self._diagnostics.add(
                    UnknownAttribute(key=attribute.key), attribute.span, text=attribute.value
                )
                self._tally.unsupported += 1
        days: set[date] = set()
        times: set[tuple[int, int]] = set()
        bad = 0
        for row in statement.rows:
            for text, column in _cells(row.text):
                found = _read(text)
                if found is None:
                    span = Span(row.span.file, row.span.line, row.span.column + column)
                    self._diagnostics.add(
                        InvalidDate(value=text, name=statement.name), span, text=text
                    )
                    bad += 1
                    continue
                days.add(found[0])
                times.add(found[1])
        if bad:
            # Without one of its days it would be another calendar.
            return Defined(statement.name, statement.span, None, (), "a row of it is no date")
        calendar = Calendar(statement.name, statement.span, tuple(sorted(days)))
        return Defined(statement.name, statement.span, calendar, tuple(sorted(times)))

    def _extended(self, statement: Statement) -> Defined:
        """Rules by which AutoSys makes days, and the cycles that they count in."""
        self._diagnostics.add(
            CalendarOfRules(verb=statement.verb, name=statement.name),
            statement.span,
            text=statement.name,
        )
        self._tally.unsupported += len(statement.attributes)
        return Defined(statement.name, statement.span, None, (), "its days follow from rules")


def _cells(text: str) -> list[tuple[str, int]]:
    """The dates of a row, each with its column: an export writes one or several to a line."""
    found = [(match.group(), match.start()) for match in _ROW.finditer(text)]
    rest = _ROW.sub("", text).replace(",", "").strip()
    return found if found and not rest else [(text, 0)]


def _read(text: str) -> tuple[date, tuple[int, int]] | None:
    match = _ROW.fullmatch(unquoted(text))
    if match is None:
        return None
    month, day, year, hour, minute = (int(part or 0) for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    time = time_of_day(hour, minute)
    return (found, time) if time else None
