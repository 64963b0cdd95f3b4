"""Days that are chosen from the dates of a calendar, its working days: DAYSCAL, WEEKSCAL, CONFCAL.

Control-M, "Valid formats" of DAYS and WDAYS: a plain day counts if it is a working day. +n adds a
day to all working days, -n takes it away. >n and <n are day n or else the nearest working day that
no -n takes away. Dn and Ln are the n-th working day from the begin or the end of the month or week.
Days that are taken away never count; without other days they are taken from all working days.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from transpile.dialects.controlm.calendars import WorkDays
from transpile.dialects.controlm.day_forms import NEGATIVE, Form, Kind
from transpile.model.days import week_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month or a week: its days from first to last."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Its days, in order."""
        count = (self.last - self.first).days + 1
        return (self.first + number * _DAY for number in range(count))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Days that are chosen, and days that never count.

    `crossing` are forms whose days may be in another month than the day n, if that decides.
    """

    days: frozenset[date]
    dropped: frozenset[date]
    crossing: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One of DAYS and WEEKDAYS: its stretches, and the test whether a form names a day.

    `months` restrict the days; empty are all months.
    """

    stretches: Callable[[Iterable[int]], Iterator[Stretch]]
    names: Callable[[Form, date], bool]
    months: tuple[int, ...]

    def allows(self, day: date) -> bool:
        """True in the months that count."""
        return not self.months or day.month in self.months


def months_of(years: Iterable[int]) -> Iterator[Stretch]:
    """The months of the years."""
    for year in sorted(years):
        for month in range(1, 13):
            last = monthrange(year, month)[1]
            yield Stretch(date(year, month, 1), date(year, month, last))


def weeks_from(first_weekday: int) -> Callable[[Iterable[int]], Iterator[Stretch]]:
    """A function that gives the weeks of years, which begin on that day; weeks may reach over."""

    def weeks(years: Iterable[int]) -> Iterator[Stretch]:
        seen: set[date] = set()
        for year in sorted(years):
            day = date(year, 1, 1)
            day -= (week_day(day) - first_weekday) % 7 * _DAY
            while day.year <= year:
                if day not in seen:
                    seen.add(day)
                    yield Stretch(day, day + 6 * _DAY)
                day += 7 * _DAY

    return weeks


def choose(work: WorkDays, forms: Collection[Form], field: Field) -> Chosen:
    """The days that the forms choose among the dates of a calendar."""
    taken = [form for form in forms if form.kind is Kind.DROP]

    def is_taken(day: date) -> bool:
        return any(field.names(form, day) for form in taken)

    found: set[date] = set()
    dropped: set[date] = set()
    crossing: list[Form] = []
    for form in forms:
        if form.kind in (Kind.NEXT, Kind.PREVIOUS):
            days, crosses = _nearest(work, form, field, is_taken)
            crossing += [form] if crosses else []
        else:
            days = set(_days_of(work, form, field))
        (dropped if form.kind in NEGATIVE else found).update(days)
    if all(form.kind in NEGATIVE for form in forms):
        found = {day for day in work.calendar.dates if field.allows(day)}
    return Chosen(frozenset(found - dropped), frozenset(dropped), tuple(crossing))


def _days_of(work: WorkDays, form: Form, field: Field) -> Iterator[date]:
    match form.kind:
        case Kind.ALL:
            yield from filter(field.allows, work.calendar.dates)
        case Kind.ON:
            dates = filter(field.allows, work.calendar.dates)
            yield from (day for day in dates if field.names(form, day))
        case Kind.ADD | Kind.DROP:
            days = filter(field.allows, work.days())
            adds = form.kind is Kind.ADD
            yield from (d for d in days if field.names(form, d) or (adds and d in work))
        case Kind.NTH | Kind.NOT_NTH if form.week is not None:
            dates = filter(field.allows, work.calendar.dates)
            yield from (day for day in dates if field.names(form, day))
        case Kind.NTH | Kind.NOT_NTH | Kind.FROM_END | Kind.NOT_FROM_END:
            yield from _counted(work, form, field)
        case _:
            return


def _counted(work: WorkDays, form: Form, field: Field) -> Iterator[date]:
    """The n-th working day of each month or week whose begin, or end, the calendar knows.

    Control-M, WDAYS: in a week over two months the earlier one decides whether it counts (77221).
    """
    from_end = form.kind in (Kind.FROM_END, Kind.NOT_FROM_END)
    for stretch in field.stretches(work.years):
        if not field.allows(stretch.first):
            continue
        days = list(stretch.days())
        if from_end:
            days.reverse()
        left = form.number
        for day in days:
            if not work.knows(day):
                break
            left -= day in work
            if not left:
                yield day
                break


def _nearest(
    work: WorkDays, form: Form, field: Field, is_taken: Callable[[date], bool]
) -> tuple[set[date], bool]:
    """Day n of each month or week, or else the nearest working day, and whether months matter."""
    step = _DAY if form.kind is Kind.NEXT else -_DAY
    found: set[date] = set()
    others: set[date] = set()
    for day in work.days():
        if not field.names(form, day):
            continue
        there = day
        while work.knows(there) and (there not in work or is_taken(there)):
            there += step
        if work.knows(there):
            found |= {there} if field.allows(day) else set()
            others |= {there} if field.allows(there) else set()
    return found, found != others


# -------------------------------------------------------------------- confirmation


def confirmed(
    days: Iterable[date], work: WorkDays, policy: Kind | None, count: int
) -> tuple[set[date], bool]:
    """The days as CONFCAL confirms them, and whether one of them has no settled place.

    Control-M, CONFCAL: a day that is no working day is left out, or goes where the policy says, to
    the NEXT or PREVIOUS working day; ALL keeps it. Then it moves by `count` working days (71288).
    """
    found: set[date] = set()
    is_open = False
    for day in days:
        if day in work:
            there: date | None = day
        elif policy is Kind.ALL:
            there, is_open = day, is_open or bool(count)
        else:
            step = {Kind.NEXT: 1, Kind.PREVIOUS: -1}
            there = work.step(day, step[policy]) if policy in step else None
        if there is not None and count:
            there = work.step(there, count)
        found |= {there} if there is not None else set()
    return found, is_open
