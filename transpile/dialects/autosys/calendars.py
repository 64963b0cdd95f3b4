"""Calendar statements, as autocal_asc exports them, to calendars."""

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
"""The verbs of calendar statements."""

_ROW = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ \t]+(\d{1,2}):(\d{2})(?::\d{2})?)?")


class Defined(NamedTuple):
    """A calendar of the estate and the times in its rows; `days` is None if it cannot be used."""

    name: str
    span: Span
    days: Calendar | None
    times: tuple[tuple[int, int], ...] = ()


class Calendars(Named[Defined]):
    """The calendars of the estate; case matters in their names."""

    def __init__(self, diagnostics: Diagnostics, tally: Tally) -> None:
        super().__init__()
        self._diagnostics = diagnostics
        self._tally = tally

    def define(self, statement: Statement) -> None:
        """Add the calendar of a statement; a later definition replaces an earlier one."""
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
        """A calendar of dates, month first; a time of day may follow each date."""
        for attribute in statement.attributes:
            if attribute.key == "description":
                self._tally.noted += 1
            else:
                self._diagnostics.add(
                    UnknownAttribute(key=attribute.key), attribute.span, text=attribute.value
                )
                self._tally.unsupported += 1
        days: set[date] = set()
        times: set[tuple[int, int]] = set()
        name, span = statement.name, statement.span
        good = True
        for row in statement.rows:
            for text, offset in _cells(row.text):
                found = _read(text)
                if found is None:
                    place = row.span._replace(column=row.span.column + offset)
                    self._diagnostics.add(InvalidDate(value=text, name=name), place, text=text)
                    good = False
                    continue
                days.add(found[0])
                times.add(found[1])
        # A calendar without one of its dates is a different calendar.
        calendar = Calendar(name, span, tuple(sorted(days))) if good else None
        return Defined(name, span, calendar, tuple(sorted(times)))

    def _extended(self, statement: Statement) -> Defined:
        """A calendar whose days AutoSys computes from rules; it cannot be used."""
        self._diagnostics.add(
            CalendarOfRules(verb=statement.verb, name=statement.name),
            statement.span,
            text=statement.name,
        )
        self._tally.unsupported += len(statement.attributes)
        return Defined(statement.name, statement.span, None)


def _cells(text: str) -> list[tuple[str, int]]:
    """The dates of a row with their offsets: an export writes one or more per line."""
    found = [(match.group(), match.start()) for match in _ROW.finditer(text)]
    rest = _ROW.sub("", text).replace(",", "").strip()
    return found if found and not rest else [(text, 0)]


def _read(text: str) -> tuple[date, tuple[int, int]] | None:
    """The date and the time of day, by default midnight."""
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
