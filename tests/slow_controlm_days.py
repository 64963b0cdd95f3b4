"""Days of Control-M criteria, read a second time: slowly, day by day, from the attributes.

It shares no code with the reader. Open questions have their default answers.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

ONE = timedelta(days=1)
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
NAMES = "MON TUE WED THU FRI SAT SUN".split()
TOKEN = re.compile(r"([-+<>]?)([DL]?)(\d+|[A-Z]{3,4})(?:W(\d))?")

Attributes = Mapping[str, str]
Dates = Mapping[str, set[date]]


def span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE


class Unsettled(Exception):
    """The documents do not say which days these are."""


class Slow:
    """Criteria; `calendars` have the dates of calendars, all of which know the `years`."""

    def __init__(self, attributes: Attributes, calendars: Dates, years: range) -> None:
        self.attributes = attributes
        self.calendars = calendars
        self.years = years
        self.every = list(span(date(years[0], 1, 1), date(years[-1], 12, 31)))
        self.months = {n for n, m in enumerate(MONTHS, 1) if attributes.get(m) == "1"}
        if not any(m in attributes for m in MONTHS):
            self.months = set(range(1, 13))

    def days(self) -> set[date]:
        """The days in the years. Raises Unsettled."""
        given = self.attributes.get
        sides = []
        for key, calendar in (("DAYS", "DAYSCAL"), ("WEEKDAYS", "WEEKSCAL")):
            if given(key) or given(calendar):
                sides.append(self.side(key, given(key, ""), given(calendar, "")))
        if not self.months or not sides:
            return set()
        chosen = set(sides[0][0])
        if len(sides) == 2 and given("DAYS_AND_OR", "O") == "A":
            chosen &= sides[1][0]
        elif len(sides) == 2:
            chosen |= sides[1][0]
        for _, never in sides:
            chosen -= never
        return {day for day in self.confirmed(chosen) if self.is_active(day)}

    # ---------------------------------------------------------------- sides

    def side(self, key: str, text: str, calendar: str) -> tuple[set[date], set[date]]:
        work = self.calendars[calendar] if calendar else None
        tokens = [match.groups() for match in TOKEN.finditer(text)]
        assert len(tokens) == len([part for part in text.split(",") if part])
        minus = [(t[2]) for t in tokens if t[0] == "-" and not t[1]]
        chosen: set[date] = set()
        never: set[date] = set()
        for sign, letter, number, week in tokens:
            found = set(self.form(key, sign, letter, number, week, work, minus))
            (never if sign == "-" else chosen).update(found)
        if all(sign == "-" for sign, *_ in tokens):
            chosen = {d for d in self.every if d.month in self.months}
            chosen &= work if work is not None else chosen
        return chosen - never, never

    def form(
        self,
        key: str,
        sign: str,
        letter: str,
        number: str,
        week: str | None,
        work: set[date] | None,
        minus: list[str],
    ) -> Iterator[date]:
        days = set(self.every) if work is None else work
        if sign in ("<", ">"):
            yield from self.nearest(key, sign, number, work, minus)
            return
        if letter and not week:
            yield from self.counted(key, letter, int(number), work)
            return
        for day in self.every:
            if day.month not in self.months:
                continue
            hit = number == "ALL" or self.is_day(key, day, number)
            if week:
                hit = hit and (day.day - 1) // 7 == int(week) - 1
            if (hit and (sign or day in days)) or (sign == "+" and day in days):
                yield day

    def is_day(self, key: str, day: date, number: str) -> bool:
        if key == "DAYS":
            return str(day.day) == number
        if number in NAMES:
            return NAMES[day.weekday()] == number
        return (int(number) - 1) % 7 == day.weekday()

    def nearest(
        self, key: str, sign: str, number: str, work: set[date] | None, minus: list[str]
    ) -> Iterator[date]:
        if work is None:
            raise Unsettled
        for base in self.every:
            if not self.is_day(key, base, number):
                continue
            day = base
            while day.year in self.years and (
                day not in work or any(self.is_day(key, day, other) for other in minus)
            ):
                day += ONE if sign == ">" else -ONE
            if day.year in self.years:
                if (base.month in self.months) != (day.month in self.months):
                    raise Unsettled
                if base.month in self.months:
                    yield day

    def counted(self, key: str, letter: str, number: int, work: set[date] | None) -> Iterator[date]:
        if work is None and letter == "D":
            raise Unsettled
        if work is None and key == "WEEKDAYS" and len(self.months) < 12:
            raise Unsettled
        for day in self.every:
            if work is not None and day not in work:
                continue
            first, last = self.stretch(key, day)
            if first.month not in self.months:
                continue
            ahead = list(span(first, day) if letter == "D" else span(day, last))
            if work is not None:
                if any(one.year not in self.years for one in ahead):
                    continue
                ahead = [one for one in ahead if one in work]
            if len(ahead) == number:
                yield day

    def stretch(self, key: str, day: date) -> tuple[date, date]:
        if key == "WEEKDAYS":
            first = day - day.weekday() * ONE
            return first, first + 6 * ONE
        first = day.replace(day=1)
        last = day
        while (last + ONE).month == day.month:
            last += ONE
        return first, last

    # ---------------------------------------------------------------- afterwards

    def confirmed(self, days: set[date]) -> Iterator[date]:
        name = self.attributes.get("CONFCAL")
        if not name:
            yield from days
            return
        work = self.calendars[name]
        shift = self.attributes.get("SHIFT", "")
        count = int(self.attributes.get("SHIFTNUM", "0"))
        for day in days:
            there: date | None = day
            if day not in work:
                if shift == "@" and count:
                    raise Unsettled
                sign = {">": 1, "<": -1}.get(shift, 0)
                there = self.walk(day, sign, work) if sign else day if shift == "@" else None
            if there is not None and count:
                there = self.walk(there, count, work)
            if there is not None:
                yield there

    def walk(self, day: date, count: int, work: set[date]) -> date | None:
        order = sorted(work | {day})
        place = order.index(day) + count
        return order[place] if 0 <= place < len(order) else None

    def is_active(self, day: date) -> bool:
        since = self.attributes.get("ACTIVE_FROM", "00000000")
        till = self.attributes.get("ACTIVE_TILL", "99999999")
        text = f"{day:%Y%m%d}"
        if since > till:
            return text >= since or text <= till
        return since <= text <= till
