"""Calendar statements, as autocal_asc exports them, to calendars."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from transpile.dialects.autosys.calendar_records import DATE, Others, RecordReader, read_day
from transpile.dialects.autosys.codes.calendars import CalendarReadings
from transpile.dialects.autosys.codes.jobs import CalendarRedefined
from transpile.dialects.autosys.codes.text import UnknownAttribute
from transpile.dialects.autosys.extended import open_questions
from transpile.dialects.autosys.reader import Statement
from transpile.dialects.autosys.readings import CALENDAR_READINGS
from transpile.dialects.kit.names import Named
from transpile.findings.codes.reading import UnusedCalendar
from transpile.findings.codes.schedules import InvalidDate
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar, Tally
from transpile.model.readings import taken
from transpile.model.rule_calendars import RuleCalendar
from transpile.sources.text import Span

CALENDARS = ("calendar", "extended_calendar", "ext_calendar", "cycle")
"""The verbs of calendar statements."""


class Defined(NamedTuple):
    """A calendar of the estate and the times in its rows.

    `days` has the dates of a standard calendar, `rules` those of an extended one; both are None if
    it cannot be used, and for a cycle. `questions` are the open ones on which its days depend.
    """

    name: str
    span: Span
    days: Calendar | None = None
    times: tuple[tuple[int, int], ...] = ()
    rules: RuleCalendar | None = None
    questions: CalendarReadings | None = None

    @property
    def is_usable(self) -> bool:
        """True if its days are known."""
        return self.days is not None or self.rules is not None


class Calendars(Named[Defined]):
    """The calendars of the estate; case matters in their names."""

    def __init__(
        self, diagnostics: Diagnostics, tally: Tally, chosen: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self._diagnostics = diagnostics
        self._tally = tally
        self._chosen = chosen or {}
        self._records: dict[str, Statement] = {}

    def define(self, statement: Statement) -> None:
        """Add the calendar of a statement; a later definition replaces an earlier one."""
        if statement.verb == "calendar":
            defined = self._standard(statement)
            self._records.pop(statement.name, None)
        else:
            defined = Defined(statement.name, statement.span)
            self._records[statement.name] = statement
        earlier = self.add(statement.name, defined)
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
                found = read_day(text)
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

    def settle(self) -> None:
        """Read the extended calendars: those that they refer to may follow them."""
        records = self._records.items()
        cycles = {name: each for name, each in records if each.verb == "cycle"}
        others = Others(
            {each.name: each.days for each in self if each.name not in self._records},
            {name: self._reader(each).cycle() for name, each in cycles.items()},
        )
        for name, statement in records:
            if name not in cycles:
                self.add(name, self._extended(statement, others))

    def _reader(self, statement: Statement) -> RecordReader:
        return RecordReader(statement, self._diagnostics, self._tally)

    def _extended(self, statement: Statement, others: Others) -> Defined:
        answers = taken(CALENDAR_READINGS, self._chosen)
        record = self._reader(statement).extended(others, answers)
        if record is None:
            return Defined(statement.name, statement.span)
        for calendar in (record.holidays, record.cycle):
            if calendar is not None:
                self.find(calendar.name)
        return Defined(
            statement.name,
            statement.span,
            rules=record.calendar(answers),
            questions=open_questions(record, self._chosen),
        )


def _cells(text: str) -> list[tuple[str, int]]:
    """The dates of a row with their offsets: an export writes one or more per line."""
    found = [(match.group(), match.start()) for match in DATE.finditer(text)]
    rest = DATE.sub("", text).replace(",", "").strip()
    return found if found and not rest else [(text, 0)]
