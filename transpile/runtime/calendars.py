"""Calendars of rules: numbered days and weeks, and what becomes of holidays and free days."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transpile.runtime.dates import is_day_of_week

A_DAY = timedelta(days=1)

Periods = Sequence[tuple[str, str]]
"""First and last days, as YYYY-MM-DD."""


def is_nth(
    day: str,
    numbers: Container[int],
    names: Container[str],
    *,
    within: str | Periods = "month",
    but_not: Container[str] = (),
) -> bool:
    """True on the days with these numbers among the days "mo", "tu" ... of a month; -1 is the last.

    Days are counted `within` a "month", a period, or a "week" that begins on the weekday of
    1 January; those in `but_not` are not counted.
    """
    days = [one for one in _stretch(day, within) if is_day_of_week(one, names)]
    counted = [one for one in days if one not in but_not]
    if day not in counted:
        return False
    number = counted.index(day)
    return number + 1 in numbers or number - len(counted) in numbers


def is_nth_week(
    day: str,
    numbers: Container[int],
    *,
    within: str | Periods = "year",
    begins: str = "",
    counts_first: bool = False,
) -> bool:
    """True in the weeks with these numbers in a year or period; -1 is the last.

    Weeks are counted from the first day, or from the first day of the week `begins`. The days
    before that are in no week; if `counts_first` they are week 1.
    """
    weeks: list[list[str]] = [[]]
    for one in _stretch(day, within):
        if is_day_of_week(one, [begins]) if begins else len(weeks[-1]) % 7 == 0:
            weeks.append([])
        weeks[-1].append(one)
    if not (weeks[0] and counts_first):
        del weeks[0]
    found = [number for number, week in enumerate(weeks) if day in week]
    return any(n + 1 in numbers or n - len(weeks) in numbers for n in found)


def is_in_period(day: str, periods: Periods, numbers: Container[int] = ()) -> bool:
    """True in the periods with these numbers; without numbers, in any period."""
    counted = enumerate(periods, 1)
    found = [number for number, (begin, end) in counted if begin <= day <= end]
    return any(not numbers or number in numbers for number in found)


def _stretch(day: str, within: str | Periods) -> list[str]:
    """The days of the week, month, year or period that holds the day; none without a period."""
    if not isinstance(within, str):
        found = [(first, last) for first, last in within if first <= day <= last]
        return _days(*map(date.fromisoformat, found[0])) if found else []
    here = date.fromisoformat(day)
    first = date(here.year, 1, 1)
    if within == "week":
        first += (here - first).days // 7 * 7 * A_DAY
        return _days(first, first + 6 * A_DAY)
    same = 7 if within == "month" else 4
    whole = _days(first, date(here.year, 12, 31))
    return [one for one in whole if one[:same] == day[:same]]


def _days(first: date, last: date) -> list[str]:
    count = (last - first).days + 1
    return [(first + number * A_DAY).isoformat() for number in range(count)]


@dataclass(frozen=True)
class RuleCalendar:
    """The days that `chosen` chooses, each kept, left out or replaced.

    A holiday is treated as `on_holiday` says, any other day that is no workday as `on_free_day`
    says; without `on_holiday`, holidays are free days. "keep" keeps the day, "drop" leaves it out,
    "only" keeps it and leaves out all days of other kinds. Other texts name the day that takes its
    place, such as "next workday that is no holiday". Before that, days move by `first_shift` days,
    after it by `shift`.
    """

    chosen: Callable[[str], bool]
    workdays: Container[str] = ("mo", "tu", "we", "th", "fr", "sa", "su")
    holidays: Container[str] = ()
    on_holiday: str = ""
    on_free_day: str = "keep"
    first_shift: int = 0
    shift: int = 0

    def __contains__(self, day: object) -> bool:
        there = date.fromisoformat(str(day)) - self.shift * A_DAY
        return any(self._goes_to(origin) == there for origin in self._around(there))

    def _around(self, day: date) -> Iterator[date]:
        """The day, and all days that may be replaced by it."""
        yield day
        for step in (A_DAY, -A_DAY):
            other = day + step
            while not self._is_workday(other) or other.isoformat() in self.holidays:
                yield other
                other += step

    def _goes_to(self, day: date) -> date | None:
        """The day in the place of this one, if it is chosen and not left out."""
        if not self.chosen((day - self.first_shift * A_DAY).isoformat()):
            return None
        is_holiday = day.isoformat() in self.holidays
        is_free = is_holiday or not self._is_workday(day)
        if self.on_holiday and is_holiday:
            what = self.on_holiday
        elif self.on_holiday == "only" or (self.on_free_day == "only" and not is_free):
            return None
        else:
            what = self.on_free_day if is_free else "keep"
        if what in ("keep", "only"):
            return day
        return None if what == "drop" else self._nearest(day, what)

    def _nearest(self, day: date, what: str) -> date:
        """The nearest day of a kind, such as "last workday"."""
        step = -A_DAY if what.startswith("last") else A_DAY
        day += step
        while ("workday" in what and not self._is_workday(day)) or (
            what.endswith("no holiday") and day.isoformat() in self.holidays
        ):
            day += step
        return day

    def _is_workday(self, day: date) -> bool:
        return is_day_of_week(day.isoformat(), self.workdays)
