"""Calendars whose days follow from rules: days are chosen, then kept, moved or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from itertools import islice

from transpile.model.days import Calendar, week_day
from transpile.model.rule_terms import (
    Cycle,
    InPeriods,
    Listed,
    Nth,
    NthWeek,
    Term,
    chooses,
    parts_of,
)
from transpile.sources.text import Span

_DAY = timedelta(days=1)
_LONGEST_SEARCH = 28
"""So many years without holidays and periods show every date that a rule can give."""


class Treatment(Enum):
    """What becomes of a chosen holiday or free day.

    KEEP keeps it, DROP leaves it out, ONLY keeps it and leaves out all other days. The others
    replace it with the nearest day of their kind.
    """

    KEEP = "keep"
    DROP = "drop"
    ONLY = "only"
    NEXT_DAY = "next day"
    NEXT_DAY_NO_HOLIDAY = "next day that is no holiday"
    NEXT_WORKDAY = "next workday"
    NEXT_WORKDAY_NO_HOLIDAY = "next workday that is no holiday"
    LAST_WORKDAY = "last workday"
    LAST_WORKDAY_NO_HOLIDAY = "last workday that is no holiday"

    @property
    def moves(self) -> bool:
        """True if it replaces days."""
        return self not in (Treatment.KEEP, Treatment.DROP, Treatment.ONLY)


@dataclass(frozen=True, slots=True)
class RuleCalendar:
    """The days that `chosen` chooses, sorted by holidays and workdays, then shifted.

    `week` has the workdays; there is at least one. A chosen date of `holidays` is treated as
    `on_holiday` says, without it like a free day. Any other day that is no workday is a free day:
    `on_free_day`. Before that, days move by `first_shift` days, after it by `shift`.
    """

    name: str
    span: Span = field(compare=False)
    chosen: Term
    week: tuple[int, ...]
    holidays: Calendar | None = None
    on_holiday: Treatment | None = None
    on_free_day: Treatment = Treatment.KEEP
    shift: int = 0
    first_shift: int = 0
    _years: dict[int, frozenset[date]] = field(
        default_factory=dict, compare=False, repr=False, init=False
    )

    def __contains__(self, day: date) -> bool:
        return day in self.dates(day.year)

    def dates(self, year: int) -> frozenset[date]:
        """Its days in a year."""
        if year not in self._years:
            self._years[year] = frozenset(self._dates(year))
        return self._years[year]

    def from_day(self, first: date) -> Iterator[date]:
        """Its days from a day on, in order, until none is left or rules could give one."""
        ends = [last.year for _, last, _ in self.ends()]
        last = max([first.year, *ends]) + _LONGEST_SEARCH
        for year in range(first.year, min(last, date.max.year) + 1):
            yield from (day for day in sorted(self.dates(year)) if day >= first)

    def preview(self, first: date, count: int) -> tuple[date, ...]:
        """The first days from a day on."""
        return tuple(islice(self.from_day(first), count))

    def moved(self, count: int) -> "RuleCalendar":
        """The same days, so many days later."""
        return replace(self, name=f"{self.name} {count:+} DAYS", shift=self.shift + count)

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles of its rules."""
        found: dict[Cycle, None] = {}
        for part in parts_of(self.chosen):
            if isinstance(part, InPeriods):
                found[part.cycle] = None
            elif isinstance(part, Nth | NthWeek) and isinstance(part.within, Cycle):
                found[part.within] = None
        return tuple(found)

    @property
    def lists(self) -> tuple[Calendar, ...]:
        """The calendars of dates that it looks at."""
        found = dict.fromkeys([self.holidays] if self.holidays else [])
        for part in parts_of(self.chosen):
            if isinstance(part, Listed):
                found[part.calendar] = None
            elif isinstance(part, Nth) and part.but_not:
                found[part.but_not] = None
        return tuple(found)

    def ends(self) -> Iterator[tuple[str, date, str]]:
        """What it looks at that ends: its name, the last day, and what that means."""
        for calendar in self.lists:
            if calendar.dates:
                yield calendar.name, calendar.dates[-1], f"{self.name} has no holidays any more"
        for cycle in self.cycles:
            yield cycle.name, cycle.periods[-1][1], f"{self.name} has no periods any more"

    def _dates(self, year: int) -> Iterator[date]:
        for day in self._candidates(year):
            there = self._sorted(day)
            there = there and _later(there, self.shift)
            if there is not None and there.year == year:
                yield there

    def _candidates(self, year: int) -> Iterator[date]:
        """The chosen days, after the first shift, that may give a day of this year."""
        margin = abs(self.shift) + 1
        day = self._fixed(_later(date(year, 1, 1), -margin) or date.min, -1)
        last = self._fixed(_later(date(year, 12, 31), margin) or date.max, 1)
        for number in range((last - day).days + 1):
            origin = _later(day, number - self.first_shift)
            if origin is not None and chooses(self.chosen, origin):
                yield day + number * _DAY

    def _fixed(self, day: date, step: int) -> date:
        """The nearest day that no other day can be moved over."""
        while not self._is_workday(day, no_holiday=True) and date.min < day < date.max:
            day += step * _DAY
        return day

    def _sorted(self, day: date) -> date | None:
        """Where a chosen day goes; None if it is left out."""
        treatment = self._treatment(day)
        if treatment is Treatment.KEEP:
            return day
        return self._replacement(day, treatment) if treatment.moves else None

    def _treatment(self, day: date) -> Treatment:
        is_holiday = self.holidays is not None and day in self.holidays
        if is_holiday and self.on_holiday is not None:
            treatment = self.on_holiday
        elif self.on_holiday is Treatment.ONLY:
            return Treatment.DROP
        elif is_holiday or week_day(day) not in self.week:
            treatment = self.on_free_day
        else:
            is_only = self.on_free_day is Treatment.ONLY
            return Treatment.DROP if is_only else Treatment.KEEP
        return Treatment.KEEP if treatment is Treatment.ONLY else treatment

    def _replacement(self, day: date, treatment: Treatment) -> date | None:
        kind = treatment.value
        step = -_DAY if kind.startswith("last") else _DAY
        while date.min < day < date.max:
            day += step
            no_holiday = kind.endswith("no holiday")
            if "workday" in kind:
                if self._is_workday(day, no_holiday=no_holiday):
                    return day
            elif not (no_holiday and self.holidays and day in self.holidays):
                return day
        return None

    def _is_workday(self, day: date, *, no_holiday: bool) -> bool:
        is_holiday = no_holiday and self.holidays is not None and day in self.holidays
        return week_day(day) in self.week and not is_holiday

    def __str__(self) -> str:
        return self.name


def _later(day: date, count: int) -> date | None:
    """The day so many days later, if there is one."""
    number = day.toordinal() + count
    is_day = date.min.toordinal() <= number <= date.max.toordinal()
    return date.fromordinal(number) if is_day else None
