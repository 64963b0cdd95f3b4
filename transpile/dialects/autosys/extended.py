"""Extended calendars: what their codes mean, under each answer to what the documents leave open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from transpile.dialects.autosys.codes.calendars import CalendarReadings
from transpile.dialects.autosys.day_rules import chosen_by, read_rules
from transpile.dialects.autosys.readings import (
    ADJUST,
    CALENDAR_READINGS,
    HOLIDAYS_IN_A_ROW,
    LANDING,
    NEXT_DAY,
    NO_CODE,
)
from transpile.dialects.autosys.rule_words import Context
from transpile.model import Calendar
from transpile.model.readings import taken
from transpile.model.rule_calendars import RuleCalendar, Treatment
from transpile.model.rule_terms import Cycle, Term
from transpile.sources.text import Span

_YEARS = range(2026, 2038)
"""The years in which answers are compared, apart from those of holidays and periods."""

_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Extended:
    """What the record of an extended calendar says; `lines` are its rules, codes may be empty."""

    name: str
    span: Span
    week: tuple[int, ...]
    non_workday: str
    holiday: str
    holidays: Calendar | None
    cycle: Cycle | None
    adjust: int
    lines: tuple[str, ...]

    def calendar(self, answers: Mapping[str, str]) -> RuleCalendar:
        """The calendar, if open questions have these answers."""
        found = RuleCalendar(
            self.name,
            self.span,
            self._chosen(answers),
            self.week,
            self.holidays,
            self._on_holiday(answers),
            self._on_free_day(answers),
        )
        if found.on_free_day is Treatment.KEEP and found.on_holiday in (None, Treatment.KEEP):
            found = replace(found, holidays=None, on_holiday=None)
        moves = found.on_free_day.moves or (found.on_holiday is not None and found.on_holiday.moves)
        if moves and answers[ADJUST.name] == "before_replacing":
            return replace(found, first_shift=self.adjust)
        return replace(found, shift=self.adjust)

    def _chosen(self, answers: Mapping[str, str]) -> Term:
        context = Context(self.week, self.holidays, self.cycle, answers)
        rules = (rule for line in self.lines for rule in read_rules(line, context)[0])
        return chosen_by(rules, context)

    def _on_holiday(self, answers: Mapping[str, str]) -> Treatment | None:
        if answers[HOLIDAYS_IN_A_ROW.name] == "next_day":
            following = Treatment.NEXT_DAY
        else:
            following = Treatment.NEXT_DAY_NO_HOLIDAY
        codes = {
            "O": Treatment.ONLY,
            "S": Treatment.KEEP,
            "N": following,
            "W": Treatment.NEXT_WORKDAY_NO_HOLIDAY,
            "P": Treatment.LAST_WORKDAY_NO_HOLIDAY,
        }
        return codes.get(self.holiday)

    def _on_free_day(self, answers: Mapping[str, str]) -> Treatment:
        on_any = answers[LANDING.name] == "on_any_workday"
        by_workday = answers[NEXT_DAY.name] == "workday_no_holiday"
        codes = {
            "O": Treatment.ONLY,
            "S": Treatment.KEEP,
            "N": Treatment.NEXT_WORKDAY_NO_HOLIDAY if by_workday else Treatment.NEXT_DAY,
            "W": Treatment.NEXT_WORKDAY if on_any else Treatment.NEXT_WORKDAY_NO_HOLIDAY,
            "P": Treatment.LAST_WORKDAY if on_any else Treatment.LAST_WORKDAY_NO_HOLIDAY,
        }
        absent = Treatment.KEEP if answers[NO_CODE.name] == "kept" else Treatment.DROP
        return codes.get(self.non_workday, absent)


def open_questions(record: Extended, chosen: Mapping[str, str]) -> CalendarReadings | None:
    """The open questions on which the days of a calendar depend, apart from `chosen` ones."""
    answers = taken(CALENDAR_READINGS, chosen)
    found = record.calendar(answers)
    open_ = []
    for reading in CALENDAR_READINGS:
        others = (answer for answer in reading.answers if answer != answers[reading.name])
        if reading.name not in chosen and any(
            _differ(found, record.calendar({**answers, reading.name: other})) for other in others
        ):
            open_.append(reading)
    if not open_:
        return None
    return CalendarReadings(
        calendar=record.name,
        questions="; ".join(reading.question for reading in open_),
        taken=", ".join(f'{reading.name} = "{answers[reading.name]}"' for reading in open_),
    )


def _differ(one: RuleCalendar, other: RuleCalendar) -> bool:
    return one != other and any(one.dates(y) != other.dates(y) for y in _years(one, other))


def _years(*calendars: RuleCalendar) -> Iterator[int]:
    ends: set[date] = set()
    for calendar in calendars:
        ends.update(day for listed in calendar.lists for day in listed.dates)
        ends.update(day for cycle in calendar.cycles for both in cycle.periods for day in both)
    yield from _YEARS
    yield from sorted({day.year for day in ends} - set(_YEARS))[:_MOST_YEARS]
