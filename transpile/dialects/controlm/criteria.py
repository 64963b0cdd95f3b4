"""Scheduling criteria of one job, folder or rule to days.

Control-M: DAYS are days of the month, WEEKDAYS days of the week, both within the months, each alone
or with the working days of a calendar. Both together count by AND or by OR, the default (71319).
What one of them takes away never counts (71322). CONFCAL confirms or moves each day (71288), and
ACTIVE_FROM and ACTIVE_TILL limit them; if they are the wrong way round, they name the gap (71327).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from transpile.dialects.controlm.calendars import MONTHS, Defined, WorkDays
from transpile.dialects.controlm.codes.days import DaysByReading, UnknownCalendar, UnsettledDays
from transpile.dialects.controlm.day_fields import MonthField, SideField, WeekField
from transpile.dialects.controlm.day_forms import NEGATIVE, Form, Kind, forms_of
from transpile.dialects.controlm.day_lists import choose, confirmed
from transpile.dialects.controlm.day_sets import (
    NEVER,
    intersection,
    listed,
    placed,
    union,
    without,
)
from transpile.dialects.controlm.elements import YES, Element
from transpile.dialects.controlm.readings import DATE_ORDER, FIRST_WEEKDAY, MMDD, READINGS
from transpile.dialects.kit.names import Named
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import DayRule, Days
from transpile.model.readings import Reading, taken

CRITERIA_ATTRIBUTES = (
    *("DAYS", "WEEKDAYS", "DAYSCAL", "WEEKSCAL", "DAYS_AND_OR", "DATE", "CONFCAL", "SHIFT"),
    *("SHIFTNUM", "ACTIVE_FROM", "ACTIVE_TILL", *MONTHS),
)
"""The attributes that say on which days something is ordered."""

CHOOSING = ("DAYS", "WEEKDAYS", "DAYSCAL", "WEEKSCAL", "DATE")
"""The attributes that choose days; the others only restrict or move them."""

NO_MONTH = (0,)
"""The months of criteria that leave out all of them."""

_DAY = timedelta(days=1)
_NO = ("0", "N", "NO", "FALSE")
_DATE = re.compile(r"(\d\d)(/?)(\d\d)", re.ASCII)
_LIMIT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SHIFT = re.compile(r"([<>@]?)\s*([+-]?\d{1,2})?", re.ASCII)
_POLICIES = {
    **dict.fromkeys(("", "IGNOREJOB", "DONOTORDER"), None),
    **dict.fromkeys((">", "NEXT", "NEXTDAY", "ORDERONNEXTCONFIRMEDDAY"), Kind.NEXT),
    **dict.fromkeys(("<", "PREV", "PREVDAY", "ORDERONPREVIOUSCONFIRMEDDAY"), Kind.PREVIOUS),
    **dict.fromkeys(("@", "NOCONFCAL", "ORDERANYWAY"), Kind.ALL),
}
_LONGEST_SHIFT = 62
_FAR = 9000
_LEAP_YEAR = 2028


@dataclass(frozen=True, slots=True)
class Context:
    """What criteria are read with: calendars, answers that were `chosen`, and where to report."""

    calendars: Named[Defined]
    chosen: Mapping[str, str]
    diagnostics: Diagnostics
    answers: dict[str, str] = field(init=False)
    known: dict[tuple[str, ...], Days] = field(default_factory=dict, init=False)
    reported: set[str] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", taken(READINGS, self.chosen))


def chooses_days(element: Element) -> bool:
    """True if the element has criteria that choose days."""
    return any(element.get(name).upper() not in ("", "NONE") for name in CHOOSING)


def months_of(element: Element) -> tuple[int, ...] | None:
    """The months that count, empty for all of them; None if that is not known.

    The months that are not named count only if none is.
    """
    words = [element.get(month).upper() for month in MONTHS]
    if any(word not in ("", *YES, *_NO) for word in words):
        return None
    found = tuple(number for number, word in enumerate(words, 1) if word in YES)
    if not found and any(words):
        return None if "" in words else NO_MONTH
    return () if len(found) == len(MONTHS) else found


def own_days(element: Element, context: Context, name: str) -> Days | None:
    """The days that the criteria of an element choose; None if unknown, which is reported."""
    values = tuple(element.get(attribute) for attribute in CRITERIA_ATTRIBUTES)
    if values not in context.known:
        reader = _Reader(element, context, name)
        try:
            days = reader.days()
        except _UnknownDays:
            return None
        if reader.has_reported:
            return days
        # Many jobs have the same criteria, and calendars are long.
        context.known[values] = days
    return context.known[values]


class _UnknownDays(Exception):
    """The days are not known, which has been reported."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Days that DAYS or WEEKDAYS chooses, and those that never count."""

    days: Days
    dropped: Days


class _Reader:
    """The criteria of one element. Its methods raise _UnknownDays."""

    def __init__(self, element: Element, context: Context, name: str) -> None:
        self._element = element
        self._context = context
        self._name = name
        self.has_reported = False

    def days(self) -> Days:
        chosen = self._dates() if self._element.get("DATE") else self._combined()
        return placed(self._limited(self._confirmed(chosen)), self._element.span())

    # ---------------------------------------------------------------- reports

    def _report(self, finding: Finding, attribute: str) -> None:
        self.has_reported = True
        element = self._element
        text = element.word(attribute)
        self._context.diagnostics.add(finding, element.span(attribute), job=self._name, text=text)

    def _lose(self, attribute: str, reason: str) -> _UnknownDays:
        value = self._element.word(attribute)
        self._report(UnsettledDays(value=value, name=self._name, reason=reason), attribute)
        return _UnknownDays()

    def _rely_on(self, reading: Reading, attribute: str) -> None:
        """Report that the days depend on an open question that nobody has answered."""
        # Numbers of weekdays are in most jobs: one finding is enough for an estate.
        is_told = reading is FIRST_WEEKDAY and reading.name in self._context.reported
        if is_told or reading.name in self._context.chosen:
            return
        self._context.reported.add(reading.name)
        value, answer = self._element.word(attribute), f'{reading.name} = "{reading.default}"'
        finding = DaysByReading(
            value=value, name=self._name, question=reading.question, taken=answer
        )
        self._report(finding, attribute)

    def _sure(self, days: Days | None, attribute: str) -> Days:
        if days is None:
            raise self._lose(attribute, "its days cannot be combined with the others")
        return days

    # ---------------------------------------------------------------- days and weekdays

    def _combined(self) -> Days:
        months = months_of(self._element)
        if months is None:
            given = next(month for month in MONTHS if month in self._element.attributes)
            raise self._lose(given, "it is not known which months count")
        if months == NO_MONTH:
            return NEVER
        answers = self._context.answers
        fields = (MonthField(months, answers), WeekField(months, answers))
        sides = [side for each in fields if (side := self._side(each)) is not None]
        if not sides:
            return NEVER
        found = sides[0].days
        if len(sides) > 1:
            second = sides[1].days
            both = self._joins_both()
            found = self._sure(
                intersection(found, second) if both else union(found, second), "DAYS_AND_OR"
            )
        for side in sides:
            found = self._sure(without(found, side.dropped), "DAYS_AND_OR")
        return found

    def _joins_both(self) -> bool:
        word = self._element.get("DAYS_AND_OR").upper()
        if word not in ("", "A", "AND", "O", "OR"):
            raise self._lose("DAYS_AND_OR", "it is neither AND nor OR")
        return word.startswith("A")

    def _side(self, side: SideField) -> _Side | None:
        """The days of DAYS or WEEKDAYS; None if neither it nor its calendar is given."""
        try:
            forms = forms_of(self._element.get(side.attribute))
            forms = tuple(form for form in forms if form.kind is not Kind.NONE)
            named = self._element.get(side.calendar)
            if not forms and not named:
                return None
            for form in forms:
                side.check(form, has_calendar=bool(named))
        except ValueError as error:
            raise self._lose(side.attribute, str(error)) from error
        for reading in side.readings(forms, has_calendar=bool(named)):
            self._rely_on(reading, side.attribute)
        work = self._work(side.calendar) if named else None
        positive = [form for form in forms if form.kind not in NEGATIVE]
        if work is None:
            return self._by_rules(side, forms, positive)
        if all(form.kind in (Kind.ON, Kind.ALL) and form.week is None for form in forms):
            rules = side.rules(positive)
            return _Side(
                Days(tuple(replace(rule, run_calendar=work.calendar) for rule in rules)), NEVER
            )
        return self._by_list(side, forms, work)

    def _by_rules(self, side: SideField, forms: tuple[Form, ...], positive: list[Form]) -> _Side:
        dropped = [form for form in forms if form.kind in NEGATIVE]
        return _Side(Days(side.rules(positive)), Days(side.taken(dropped)) if dropped else NEVER)

    def _by_list(self, side: SideField, forms: tuple[Form, ...], work: WorkDays) -> _Side:
        found = choose(work, forms, side.field)
        if found.crossing:
            form = found.crossing[0].text
            reason = (
                f"the nearest day of {form} is in a month that does not count, or comes from one"
            )
            raise self._lose(side.attribute, reason)
        calendar = work.calendar
        name = f"{calendar.name} {','.join(form.text for form in forms)}"
        plain = [form for form in forms if form.kind is Kind.DROP]
        dropped = Days(side.taken(plain)) if plain else NEVER
        more = Days((listed(f"{name} LEFT OUT", calendar.span, found.dropped),))
        days = Days((listed(name, calendar.span, found.days),))
        return _Side(union(days), union(dropped, more))

    def _work(self, attribute: str) -> WorkDays:
        """The dates of a calendar; `*` is that of CONFCAL."""
        if self._element.get(attribute) == "*" and self._element.get("CONFCAL"):
            attribute = "CONFCAL"
        name = self._element.get(attribute)
        defined = self._context.calendars.find(name)
        if defined is not None and defined.work is not None:
            return defined.work
        reason = "it is not in the sources"
        if defined is not None:
            reason = defined.reason or "it is made of rules"
        unknown = UnknownCalendar(calendar=name, name=self._name, reason=reason)
        self._report(unknown, attribute)
        raise _UnknownDays

    # ---------------------------------------------------------------- dates

    def _dates(self) -> Days:
        others = [name for name in CHOOSING if name != "DATE" and self._element.get(name)]
        if any(self._element.get(name).upper() != "NONE" for name in others):
            raise self._lose("DATE", f"it does not go together with {' and '.join(others)}")
        words = re.split(r"[\s,]+", self._element.get("DATE"))
        matches = [_DATE.fullmatch(word) for word in words if word]
        readings: dict[str, set[tuple[int, int]]] = {}
        for order in DATE_ORDER.answers:
            found = {_day_of_year(match, order) for match in matches}
            if None not in found:
                readings[order] = {day for day in found if day is not None}
        chosen = self._context.chosen.get(DATE_ORDER.name)
        orders = (
            [chosen] if chosen else [order for order in DATE_ORDER.answers if order in readings]
        )
        if not orders or orders[0] not in readings:
            raise self._lose("DATE", "it is no list of days of a year such as 1231")
        if len(orders) > 1 and readings[orders[0]] != readings[orders[1]]:
            self._rely_on(DATE_ORDER, "DATE")
        by_month: dict[int, list[int]] = {}
        for month, day in sorted(readings[orders[0]]):
            by_month.setdefault(month, []).append(day)
        return union(
            *(Days((DayRule(month_days=tuple(d), months=(m,)),)) for m, d in by_month.items())
        )

    # ---------------------------------------------------------------- confirmation and limits

    def _confirmed(self, days: Days) -> Days:
        if not self._element.get("CONFCAL"):
            return days
        policy, count = self._shift()
        work = self._work("CONFCAL")
        if policy is Kind.ALL and not count:
            return days
        if policy is None and not count:
            confirmed_ = intersection(days, Days((DayRule(run_calendar=work.calendar),)))
            return self._sure(confirmed_, "CONFCAL")
        known = (day for day in work.days() if day in days)
        found, is_open = confirmed(known, work, policy, count)
        if is_open:
            raise self._lose("SHIFTNUM", "it moves days that are no working days")
        sign = policy.value if policy else ""
        shift = f"{sign}{f'{count:+}' if count else ''}"
        given = (
            f"{each} {self._element.get(each)}" for each in CHOOSING if self._element.get(each)
        )
        name = f"{work.calendar.name} {shift} OF {', '.join(given)}"
        return union(Days((listed(name, work.calendar.span, found),)))

    def _shift(self) -> tuple[Kind | None, int]:
        """Where a day goes that is no working day, and by how many working days it moves then."""
        word = re.sub(r"[\s_]", "", self._element.get("SHIFT")).upper()
        number = self._element.get("SHIFTNUM")
        if word not in _POLICIES:
            match = _SHIFT.fullmatch(word)
            if match is None or (match[2] and number):
                raise self._lose("SHIFT", "it is no exception policy such as NEXTDAY")
            word, number = match[1], match[2] or number
        count = (
            int(number or "0") if re.fullmatch(r"[+-]?\d{1,2}", number or "0", re.ASCII) else None
        )
        if count is None or abs(count) > _LONGEST_SHIFT:
            raise self._lose(
                "SHIFTNUM", f"it is no number from -{_LONGEST_SHIFT} to {_LONGEST_SHIFT}"
            )
        return _POLICIES[word], count

    def _limited(self, days: Days) -> Days:
        since, till = self._limit("ACTIVE_FROM"), self._limit("ACTIVE_TILL")
        until = till and till + _DAY
        if since is None and until is None:
            return days
        if since and until and since >= until:
            limits = Days((DayRule(until=until), DayRule(since=since)))
        else:
            limits = Days((DayRule(since=since, until=until),))
        return self._sure(intersection(days, limits), "ACTIVE_FROM")

    def _limit(self, attribute: str) -> date | None:
        """A limit; None without one, which some write as 00000000, or 99991231 for the end."""
        word = self._element.get(attribute)
        if not word or set(word) == {"0"}:
            return None
        match = _LIMIT.fullmatch(word)
        try:
            found = date(int(match[1]), int(match[2]), int(match[3])) if match else None
        except ValueError:
            found = None
        is_far = found is not None and found.year >= _FAR
        if found is None or (is_far and attribute == "ACTIVE_FROM"):
            raise self._lose(attribute, "it is no date such as 20261231")
        return None if is_far else found


def _day_of_year(match: re.Match[str] | None, order: str) -> tuple[int, int] | None:
    """The month and the day of a date; None if it is none. With a slash the month is first."""
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    month, day = (first, second) if order == MMDD or match[2] else (second, first)
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return month, day
