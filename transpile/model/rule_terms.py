"""Terms of calendar rules: the days that a rule chooses, before holidays move or drop them."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias

from transpile.model.days import WEEK, Calendar, week_day
from transpile.sources.text import Span

_DAY = timedelta(days=1)


class Within(Enum):
    """Stretches of days that begin by themselves; a WEEK begins on the weekday of 1 January."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cycle:
    """Periods under a name: first and last days, in order and apart."""

    name: str
    span: Span = field(compare=False)
    periods: tuple[tuple[date, date], ...]

    def number(self, day: date) -> int | None:
        """The number of the period that holds the day, counted from 1."""
        found = bisect_right(self.periods, day, key=lambda period: period[0])
        return found if found and day <= self.periods[found - 1][1] else None


Stretch: TypeAlias = Within | Cycle


@dataclass(frozen=True, slots=True)
class OfWeek:
    """Days of the week, from Sunday = 0."""

    week: tuple[int, ...] = WEEK


@dataclass(frozen=True, slots=True)
class OfMonths:
    """All days of months."""

    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nth:
    """The days with these numbers among the days of the `week` in a stretch; -1 is the last.

    The dates of `but_not` are not counted.
    """

    numbers: tuple[int, ...]
    week: tuple[int, ...] = WEEK
    within: Stretch = Within.MONTH
    but_not: Calendar | None = None


@dataclass(frozen=True, slots=True)
class NthWeek:
    """The weeks with these numbers in a stretch: of seven days from its first day on.

    With `begins`, weeks begin on that day of the week; the days in front of the first one belong to
    no week or, if `counts_first`, make up week 1. The last week may be short.
    """

    numbers: tuple[int, ...]
    within: Stretch = Within.YEAR
    begins: int | None = None
    counts_first: bool = False


@dataclass(frozen=True, slots=True)
class InPeriods:
    """The periods of a cycle with these numbers; all of them without numbers."""

    cycle: Cycle
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The dates of a calendar."""

    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Negated:
    """All days that the term does not choose."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class Joined:
    """Days that all terms choose (`and`), or one of them (`or`)."""

    word: str
    terms: "tuple[Term, ...]"


Term: TypeAlias = OfWeek | OfMonths | Nth | NthWeek | InPeriods | Listed | Negated | Joined


def chooses(term: Term, day: date) -> bool:
    """True if the term chooses the day."""
    match term:
        case OfWeek(week):
            return week_day(day) in week
        case OfMonths(months):
            return day.month in months
        case Listed(calendar):
            return day in calendar
        case Negated(inner):
            return not chooses(inner, day)
        case Joined(word, terms):
            found = (chooses(one, day) for one in terms)
            return all(found) if word == "and" else any(found)
        case InPeriods(cycle, numbers):
            number = cycle.number(day)
            return number is not None and (not numbers or number in numbers)
        case Nth():
            return _is_nth(term, day)
    return _is_in_week(term, day)


def stretch_of(within: Stretch, day: date) -> tuple[date, date] | None:
    """The first and the last day of the stretch that holds the day."""
    if isinstance(within, Cycle):
        number = within.number(day)
        return within.periods[number - 1] if number else None
    if within is Within.MONTH:
        first = day.replace(day=1)
        return first, day.replace(day=monthrange(day.year, day.month)[1])
    first = date(day.year, 1, 1)
    if within is Within.WEEK:
        first += (day - first).days // 7 * 7 * _DAY
        return first, date.fromordinal(min(first.toordinal() + 6, date.max.toordinal()))
    return first, date(day.year, 12, 31)


def _is_nth(term: Nth, day: date) -> bool:
    stretch = stretch_of(term.within, day)
    if stretch is None or not _is_counted(term, day):
        return False
    first, last = stretch
    ahead, behind = (first, day), (day, last)
    sides = [(n, ahead if n > 0 else behind) for n in term.numbers]
    return any(sum(_is_counted(term, one) for one in _from(*side)) == abs(n) for n, side in sides)


def _is_counted(term: Nth, day: date) -> bool:
    return week_day(day) in term.week and (term.but_not is None or day not in term.but_not)


def _from(first: date, last: date) -> Iterator[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))


def _is_in_week(term: NthWeek, day: date) -> bool:
    stretch = stretch_of(term.within, day)
    if stretch is None:
        return False
    first, last = stretch
    number, total = _week(term, first, day), _week(term, first, last)
    return number > 0 and (number in term.numbers or number - total - 1 in term.numbers)


def _week(term: NthWeek, first: date, day: date) -> int:
    """The number of the day's week in the stretch that begins on `first`; 0 for no week."""
    before = 0 if term.begins is None else (term.begins - week_day(first)) % 7
    number = ((day - first).days - before) // 7 + 1
    return number + (1 if before and term.counts_first else 0)


def parts_of(term: Term) -> Iterator[Term]:
    """The term and all terms inside."""
    yield term
    inner = (term.term,) if isinstance(term, Negated) else ()
    for part in term.terms if isinstance(term, Joined) else inner:
        yield from parts_of(part)


def depth_of(term: Term) -> int:
    """How deep terms stand inside one another."""
    inner = (term.term,) if isinstance(term, Negated) else ()
    return 1 + max(map(depth_of, term.terms if isinstance(term, Joined) else inner), default=0)
