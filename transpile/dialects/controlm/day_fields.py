"""The two fields of days: DAYS with days of the month, WEEKDAYS with days of the week."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from transpile.dialects.controlm.day_forms import COUNTED, Form, Kind
from transpile.dialects.controlm.day_lists import Field, months_of, weeks_from
from transpile.dialects.controlm.day_sets import by_term
from transpile.dialects.controlm.readings import (
    END_OF_MONTH,
    FIRST_WEEKDAY,
    LAST_DAY,
    MONDAY,
    OCCURRENCE,
    WEEK_OF_MONTH,
)
from transpile.model import WEEK, DayRule
from transpile.model.days import week_day
from transpile.model.readings import Reading
from transpile.model.rule_terms import NthWeek, Within, chooses

_LONGEST_MONTH, _MOST_WEEKS = 31, 6
_BY_WORKING_DAYS = (Kind.ADD, Kind.NEXT, Kind.PREVIOUS, Kind.NTH, Kind.NOT_NTH)

Months = tuple[int, ...]


class SideField(ABC):
    """A field: its attribute, that of its calendar, and what its forms mean without a calendar.

    `months` restrict the days; empty are all of them. `answers` are those to open questions.
    """

    attribute: str
    calendar: str

    def __init__(self, months: Months, answers: Mapping[str, str]) -> None:
        self.months = months
        self.answers = answers

    @property
    @abstractmethod
    def field(self) -> Field:
        """The field, for the dates of a calendar."""

    def check(self, form: Form, *, has_calendar: bool) -> None:
        """Raise ValueError if the form has no settled meaning."""
        if form.period:
            raise ValueError(f"{form.text} counts days of a period")
        self._check(form, has_calendar=has_calendar)
        if form.kind in _BY_WORKING_DAYS and form.week is None and not has_calendar:
            raise ValueError(f"{form.text} needs working days, and {self.calendar} names none")

    @abstractmethod
    def _check(self, form: Form, *, has_calendar: bool) -> None:
        """Raise ValueError if the field has no such form."""

    @abstractmethod
    def readings(self, forms: Iterable[Form], *, has_calendar: bool) -> Iterator[Reading]:
        """The open questions on which the forms depend."""

    @abstractmethod
    def rules(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that add days, within the months; without forms all days."""

    @abstractmethod
    def taken(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that take days away, within the months."""


class MonthField(SideField):
    """DAYS: days of the month. Ln is the n-th day from the end of the month (71319, 71323)."""

    attribute, calendar = "DAYS", "DAYSCAL"

    @property
    def field(self) -> Field:
        """The field, for the dates of a calendar."""
        return Field(months_of, lambda form, day: day.day == form.number, self.months)

    def _check(self, form: Form, *, has_calendar: bool) -> None:
        if form.weekday is not None or form.week is not None:
            raise ValueError(f"{form.text} belongs to WEEKDAYS")
        if form.kind is not Kind.ALL and not 1 <= form.number <= _LONGEST_MONTH:
            raise ValueError(f"no month has a day {form.number}")

    def readings(self, forms: Iterable[Form], *, has_calendar: bool) -> Iterator[Reading]:
        """The open questions on which the forms depend."""
        kinds = {form.kind for form in forms}
        if not has_calendar and not kinds.isdisjoint((Kind.FROM_END, Kind.NOT_FROM_END)):
            yield END_OF_MONTH

    def rules(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that add days, within the months; without forms all days."""
        if not forms or any(form.kind is Kind.ALL for form in forms):
            return (DayRule(months=self.months),)
        parts = (self._on(forms, Kind.ON), self._from_end(forms, Kind.FROM_END))
        return tuple(DayRule(month_days=days, months=self.months) for days in parts if days)

    def taken(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that take days away, within the months."""
        parts = (self._on(forms, Kind.DROP), self._from_end(forms, Kind.NOT_FROM_END))
        return tuple(DayRule(month_days=days, months=self.months) for days in parts if days)

    def _on(self, forms: Sequence[Form], kind: Kind) -> tuple[int, ...]:
        return tuple(sorted({form.number for form in forms if form.kind is kind}))

    def _from_end(self, forms: Sequence[Form], kind: Kind) -> tuple[int, ...]:
        more = 0 if self.answers[END_OF_MONTH.name] == LAST_DAY else 1
        numbers = {-form.number - more for form in forms if form.kind is kind}
        return tuple(sorted(number for number in numbers if number >= -_LONGEST_MONTH))


class WeekField(SideField):
    """WEEKDAYS: days of the week, each in all weeks or in one week of the month."""

    attribute, calendar = "WEEKDAYS", "WEEKSCAL"

    def __init__(self, months: Months, answers: Mapping[str, str]) -> None:
        super().__init__(months, answers)
        self._first = 1 if answers[FIRST_WEEKDAY.name] == MONDAY else 0

    @property
    def field(self) -> Field:
        """The field, for the dates of a calendar."""
        return Field(weeks_from(self._first), self._names, self.months)

    def _check(self, form: Form, *, has_calendar: bool) -> None:
        if form.week is not None and form.kind is not Kind.NTH:
            raise ValueError(f"the documents name no {form.text}")
        if form.week is not None and not 1 <= form.week <= _MOST_WEEKS:
            raise ValueError(f"no month has a week {form.week}")
        if form.kind in COUNTED and form.week is None and not 1 <= form.number <= len(WEEK):
            raise ValueError(f"no week has a day {form.number}")
        if form.number > len(WEEK):
            raise ValueError(f"no week has a day {form.number}")
        if form.kind in (Kind.FROM_END, Kind.NOT_FROM_END) and self.months and not has_calendar:
            raise ValueError(f"{form.text} counts days of weeks, and not all months count")

    def readings(self, forms: Iterable[Form], *, has_calendar: bool) -> Iterator[Reading]:
        """The open questions on which the forms depend."""
        known = list(forms)
        if any(form.week is not None for form in known):
            yield WEEK_OF_MONTH
        numbers = {form.number for form in known if form.weekday is None and form.kind is Kind.ON}
        if numbers and len(numbers) < len(WEEK):
            yield FIRST_WEEKDAY

    def rules(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that add days, within the months; without forms all days."""
        if not forms or any(form.kind is Kind.ALL for form in forms):
            return (DayRule(months=self.months),)
        week = {self._weekday(form) for form in forms if form.week is None}
        rules = [DayRule(tuple(sorted(week)), months=self.months)] if week else []
        rules += [self._in_week(form) for form in forms if form.week is not None]
        return tuple(rules)

    def taken(self, forms: Sequence[Form]) -> tuple[DayRule, ...]:
        """The days of forms that take days away, within the months."""
        week = tuple(sorted({self._weekday(form) for form in forms}))
        return (DayRule(week, months=self.months),)

    def _weekday(self, form: Form) -> int:
        """The day of the week, from Sunday = 0, that a form names."""
        if form.weekday is not None:
            return form.weekday
        if form.kind in (Kind.FROM_END, Kind.NOT_FROM_END):
            return (self._first - form.number) % len(WEEK)
        return (self._first + form.number - 1) % len(WEEK)

    def _in_week(self, form: Form) -> DayRule:
        """A day in one week of the month: DnWm."""
        week, number = (self._weekday(form),), form.week or 0
        if self.answers[WEEK_OF_MONTH.name] == OCCURRENCE:
            days = tuple(range(7 * number - 6, min(7 * number, _LONGEST_MONTH) + 1))
            return DayRule(week if days else (), days, self.months)
        rows = by_term(self._row(number), f"week {number} of the month")
        return DayRule(week, months=self.months, run_rules=rows)

    def _row(self, number: int) -> NthWeek:
        return NthWeek((number,), Within.MONTH, self._first, counts_first=True)

    def _names(self, form: Form, day: date) -> bool:
        if self._weekday(form) != week_day(day):
            return False
        if form.week is None:
            return True
        if self.answers[WEEK_OF_MONTH.name] == OCCURRENCE:
            return (day.day - 1) // len(WEEK) + 1 == form.week
        return chooses(self._row(form.week), day)
