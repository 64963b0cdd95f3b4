"""Generated run cycles as composer text, and the days that composer's rules say, day by day.

The rules are those of the reference for ON, EXCEPT and FREEDAYS: each is followed word by word over
all days, apart from how transpile reckons with them.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.schedule_texts import DAYS, FIRST

DAY = timedelta(days=1)
WIDE = [FIRST + n * DAY for n in range(-90, DAYS + 90)]
"""What is moved may come from outside."""

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Europe/London")
TIMES = ("0600", "2330")
"""Hours that no clock of these zones changes in."""

Selects = Callable[["Estate", date], bool]


@dataclass(frozen=True)
class Item:
    """One item of ON or EXCEPT, and whether it selects a day."""

    text: str
    selects: Selects
    since: date | None = None


@dataclass(frozen=True)
class Cycle:
    """An ON clause."""

    items: tuple[Item, ...]
    rule: str
    time: str
    later: int


@dataclass(frozen=True)
class Estate:
    """A stream and its calendars; `free` are the days of the week that are free."""

    holidays: frozenset[date]
    pay: frozenset[date]
    zone: str
    free: tuple[int, ...]
    freedays: str
    cycles: tuple[Cycle, ...]
    excepted: tuple[Item, ...]

    def is_free(self, day: date) -> bool:
        return day.weekday() in self.free or day in self.holidays

    def starts(self) -> set[tuple[date, str]]:
        """Days and times at which instances are due, by the clock there."""
        found = set()
        for cycle in self.cycles:
            since = next((item.since for item in cycle.items if item.since), WIDE[0])
            valid = [day for day in WIDE if day >= since]
            selected = {d for item in cycle.items for d in valid if item.selects(self, d)}
            kept = {self._ruled(day, cycle.rule) for day in selected}
            for day in kept - {None}:
                if day and not any(item.selects(self, day) for item in self.excepted):
                    found.add((day + cycle.later * DAY, cycle.time))
        return {(d, time) for d, time in found if FIRST <= d < FIRST + DAYS * DAY}

    def _ruled(self, day: date, rule: str) -> date | None:
        while rule and self.is_free(day):
            if rule == "FDIGNORE":
                return None
            day += DAY if rule == "FDNEXT" else -DAY
        return day

    @property
    def text(self) -> str:
        lines = ["$CALENDAR", "HOLIDAYS", _row(self.holidays), 'PAY "pay days"', _row(self.pay)]
        lines += ["$SCHEDULES", f"SCHEDULE W#S TIMEZONE {self.zone} {self.freedays}"]
        for number, cycle in enumerate(self.cycles):
            since = next((item.since for item in cycle.items if item.since), None)
            begin = f"VALIDFROM {since:%m/%d/%Y}" if since else ""
            items = ", ".join(item.text for item in cycle.items)
            later = f" +{cycle.later} DAYS" if cycle.later else ""
            lines.append(f"ON RUNCYCLE R{number} {begin} {items} {cycle.rule}")
            lines.append(f"( AT {cycle.time}{later} )")
        lines += [f"EXCEPT {item.text}" for item in self.excepted]
        return "\n".join((*lines, ":", 'J DOCOMMAND "true"', "END", ""))


def _row(days: frozenset[date]) -> str:
    return " ".join(f"{day:%m/%d/%Y}" for day in sorted(days))


def _moved(estate: Estate, day: date, count: int, unit: str) -> date:
    for _ in range(abs(count)):
        day += DAY if count > 0 else -DAY
        while (unit == "WEEKDAYS" and day.weekday() > 4) or (
            unit == "WORKDAYS" and estate.is_free(day)
        ):
            day += DAY if count > 0 else -DAY
    return day


def _from_end(day: date) -> int:
    return day.day - monthrange(day.year, day.month)[1] - 1


_WEEKDAY = st.integers(0, 6)
_WEEK = st.sets(_WEEKDAY, min_size=1).map(sorted)
_DATES = st.frozensets(st.sampled_from(WIDE[60:-60]), min_size=1, max_size=25)


def _names(days: list[int]) -> str:
    return ",".join(NAMES[day] for day in days)


@st.composite
def _plain(draw: st.DrawFn) -> Item:
    """What EXCEPT can take away, too."""
    kind = draw(st.integers(0, 7))
    if kind == 0:
        day = draw(_WEEKDAY)
        return Item(NAMES[day], lambda _, d: d.weekday() == day)
    if kind == 1:
        return Item("WEEKDAYS", lambda _, d: d.weekday() < 5)
    if kind == 2:
        return Item("WORKDAYS", lambda estate, d: not estate.is_free(d))
    if kind == 3:
        one = draw(st.sampled_from(WIDE[90:-90]))
        return Item(f"{one:%m/%d/%Y}", lambda _, d: d == one)
    if kind == 4:
        return Item("pay", lambda estate, d: d in estate.pay)
    if kind == 5:
        count = draw(st.integers(-4, 4).filter(bool))
        unit = draw(st.sampled_from(("DAYS", "WEEKDAYS", "WORKDAYS")))
        return Item(
            f"PAY {count:+} {unit}",
            lambda estate, d: d in {_moved(estate, p, count, unit) for p in estate.pay},
        )
    if kind == 6:
        days = draw(_WEEK)
        return Item(f'"FREQ=WEEKLY;BYDAY={_names(days)}"', lambda _, d: d.weekday() in days)
    free = draw(st.booleans())
    word = "BYFREEDAY" if free else "BYWORKDAY"
    return Item(f'"FREQ=DAILY;{word};"', lambda estate, d: estate.is_free(d) is free)


@st.composite
def _rule(draw: st.DrawFn) -> Item:
    """What only ON can say. A week of two begins on its Monday."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Item("EVERYDAY", lambda _, d: True)
    since = draw(st.sampled_from(WIDE[90:200]))
    if kind == 1:
        count = draw(st.integers(2, 9))
        return Item(
            f'"FREQ=DAILY;INTERVAL={count}"',
            lambda _, d: d >= since and (d - since).days % count == 0,
            since,
        )
    if kind == 2:
        days, count = draw(_WEEK), draw(st.integers(2, 3))
        monday = since - since.weekday() * DAY
        return Item(
            f'"FREQ=WEEKLY;INTERVAL={count};BYDAY={_names(days)}"',
            lambda _, d: (
                d >= since and d.weekday() in days and (d - monday).days // 7 % count == 0
            ),
            since,
        )
    if kind == 3:
        numbers = draw(st.sets(st.sampled_from((1, 2, 5, 14, 15, 28, 31, -1, -2, -9)), min_size=1))
        listed = ",".join(map(str, sorted(numbers)))
        return Item(
            f'"FREQ=MONTHLY;BYMONTHDAY={listed}"',
            lambda _, d: d.day in numbers or _from_end(d) in numbers,
        )
    if kind == 4:
        day, number = draw(_WEEKDAY), draw(st.sampled_from((1, 2, 3, 4, 5, -1, -2)))
        return Item(
            f'"FREQ=MONTHLY;BYDAY={number}{NAMES[day]}"',
            lambda _, d: (
                d.weekday() == day
                and number == ((d.day + 6) // 7 if number > 0 else -((6 - _from_end(d)) // 7))
            ),
        )
    first = since.replace(day=1)
    return Item(
        '"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,10"',
        lambda _, d: d.day in (1, 10) and (d.month - first.month) % 3 == 0,
        first,
    )


@st.composite
def run_cycles(draw: st.DrawFn) -> Estate:
    """One stream with up to three run cycles."""
    cycles = []
    for _ in range(draw(st.integers(1, 3))):
        items = [draw(_plain() | _rule())]
        # The first day of a run cycle is for all of its items.
        items += [draw(_plain())] if draw(st.booleans()) and not items[0].since else []
        rule = draw(st.sampled_from(("", "", "FDIGNORE", "FDNEXT", "FDPREV")))
        later = draw(st.sampled_from((0, 0, 0, 1, 2)))
        cycles.append(Cycle(tuple(items), rule, draw(st.sampled_from(TIMES)), later))
    worked = draw(st.sets(st.sampled_from(("-SA", "-SU"))))
    is_named = draw(st.booleans())
    days = {"-SA": 5, "-SU": 6}
    return Estate(
        holidays=draw(_DATES),
        pay=draw(_DATES),
        zone=draw(st.sampled_from(ZONES)),
        free=tuple(day for word, day in days.items() if not (is_named and word in worked)),
        freedays=" ".join(("FREEDAYS HOLIDAYS", *sorted(worked))) if is_named else "",
        cycles=tuple(cycles),
        excepted=tuple(draw(st.lists(_plain(), max_size=2))),
    )
