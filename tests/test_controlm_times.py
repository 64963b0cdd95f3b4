"""Times of Control-M: limits, cyclic jobs, and schedules around New Day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.controlm_criteria import ORIGIN, codes, job, own, shown
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.plan import Basis, Cycle
from transpile.dialects.controlm.times import (
    clock,
    cyclic_starts,
    minute_of,
    read_cycle,
    read_time,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Days, Schedule
from transpile.model.days import week_day
from transpile.sources.text import Span

HERE = Span("f.xml", 1)
SIX = 6 * 60


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("0930", 570),
        ("09:30", 570),
        ("9:30", 570),
        ("930", 570),
        (" 0000 ", 0),
        ("2359", 1439),
        ("2400", 1440),
        ("3159", 1919),
        *((text, None) for text in (">", "", "30", "0960", "4800", "12345", "09.30", "-0930")),
    ],
)
def test_minutes(text: str, minute: int | None) -> None:
    assert minute_of(text) == minute


def test_a_time_that_is_none_is_reported() -> None:
    diagnostics = Diagnostics()
    for text in ("0930", ">", ""):
        read_time(job(f"TIMETO={text}"), "TIMETO", diagnostics, "J")
    assert codes(diagnostics) == []
    assert read_time(job("TIMETO=noon"), "TIMETO", diagnostics, "J") is None
    assert codes(diagnostics) == ["A018"]


# -------------------------------------------------------------------- cyclic jobs


def cycle(text: str) -> tuple[Cycle | None, list[str]]:
    diagnostics = Diagnostics()
    return read_cycle(job(text), diagnostics, "J"), codes(diagnostics)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CYCLIC=0; INTERVAL=00030M", None),
        ("CYCLIC=1; INTERVAL=00030M; IND_CYCLIC=S; CYCLIC_TYPE=C", Cycle((30,))),
        ("CYCLIC=Y; INTERVAL=30; IND_CYCLIC=E", Cycle((30,), basis=Basis.END)),
        ("CYCLIC=1; INTERVAL=00002H; IND_CYCLIC=TARGET", Cycle((120,), basis=Basis.TARGET)),
        ("CYCLIC=1; INTERVAL=00001D; CYCLIC_TYPE=Interval", Cycle((1440,))),
        ("CYCLIC=1; INTERVAL=00120S", Cycle((2,))),
        ("CYCLIC=1", Cycle((0,))),
        (
            "CYCLIC=1; CYCLIC_TYPE=V; CYCLIC_INTERVAL_SEQUENCE=+00010M,+00001H",
            Cycle((10, 60), sequence=True),
        ),
        (
            "CYCLIC=1; CYCLIC_TYPE=IntervalSequence; INTERVAL_SEQUENCE=10M 20",
            Cycle((10, 20), sequence=True),
        ),
        (
            "CYCLIC=1; CYCLIC_TYPE=S; CYCLIC_TIMES_SEQUENCE=1135,0900; CYCLIC_TOLERANCE=5",
            Cycle(times=(540, 695), tolerance=5),
        ),
        ("CYCLIC=1; CYCLIC_TYPE=SpecificTimes; SPECIFIC_TIMES=09:00", Cycle(times=(540,))),
    ],
)
def test_cycles(text: str, expected: Cycle | None) -> None:
    assert cycle(text) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "CYCLIC=1; INTERVAL=00090S",
        "CYCLIC=1; INTERVAL=5X",
        "CYCLIC=1; INTERVAL=5; IND_CYCLIC=Q",
        "CYCLIC=1; INTERVAL=5; CYCLIC_TYPE=Q",
        "CYCLIC=1; CYCLIC_TYPE=V",
        "CYCLIC=1; CYCLIC_TYPE=V; INTERVAL_SEQUENCE=5,x",
        "CYCLIC=1; CYCLIC_TYPE=S",
        "CYCLIC=1; CYCLIC_TYPE=S; SPECIFIC_TIMES=0900,2460",
        "CYCLIC=1; CYCLIC_TYPE=S; SPECIFIC_TIMES=0900; CYCLIC_TOLERANCE=x",
    ],
)
def test_cycles_that_cannot_be_read(text: str) -> None:
    assert cycle(text) == (None, ["A017"])


def test_a_finding_about_a_cycle_stands_at_its_attribute() -> None:
    diagnostics = Diagnostics()
    element = Element("JOB", ORIGIN, 3, 5, {"CYCLIC": "1", "INTERVAL": "5X"}, places={})
    read_cycle(element, diagnostics, "J")
    assert [(d.span.line, d.text, d.job) for d in diagnostics] == [(3, 'INTERVAL="5X"', "J")]


@pytest.mark.parametrize(
    ("given", "start", "until", "new_day", "limit", "expected"),
    [
        (Cycle((480,)), 0, None, 0, 0, [0, 480, 960]),
        (Cycle((480,), basis=Basis.TARGET), 60, None, 0, 0, [60, 540, 1020]),
        (Cycle((480,)), 0, 480, 0, 0, [0, 480]),
        (Cycle((480,)), 0, 479, 0, 0, [0]),
        (Cycle((480,)), 0, None, 0, 2, [0, 480]),
        # Until New Day at six on the next day; two o'clock is on the next day.
        (Cycle((480,)), 600, None, SIX, 0, [600, 1080, 1560]),
        (Cycle((60,)), 120, None, SIX, 0, [1560, 1620, 1680, 1740]),
        (Cycle((60,)), 23 * 60, 60, SIX, 0, [1380, 1440, 1500]),
        (Cycle((10, 60), sequence=True), 0, None, 0, 0, [0, 10, 70]),
        (Cycle((10, 720)), 0, None, 0, 0, [0, 10, 730]),
        (Cycle(times=(60, 540, 1200)), SIX, None, SIX, 0, [540, 1200, 1500]),
        (Cycle(times=(60, 540, 1200)), 600, None, SIX, 1, [1200]),
        (Cycle(times=(540,)), 600, None, 0, 0, []),
        (Cycle((30,), basis=Basis.END), 0, None, 0, 1, [0]),
        (Cycle((30,), basis=Basis.END), 0, None, 0, 0, None),
        (Cycle((0,)), 0, None, 0, 0, None),
        (Cycle((30,)), 600, 540, 0, 0, None),
    ],
)
def test_starts_of_cyclic_jobs(
    given: Cycle,
    start: int,
    until: int | None,
    new_day: int,
    limit: int,
    expected: list[int] | None,
) -> None:
    found = cyclic_starts(given, start, until, new_day, limit)
    assert found == (None if expected is None else tuple(expected))


# -------------------------------------------------------------------- schedules


def starts(schedule: Schedule, first: date, last: date) -> list[str]:
    """The starts of a schedule as `05-01 02:00`."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted(
        f"{day:%m-%d} {hour:02}:{minute:02}"
        for each in schedule.each()
        for day in days
        if day in each.days
        for hour, minute in each.times
    )


def at(text: str, minutes: Sequence[int], new_day: int) -> Schedule:
    days = own(text)
    assert days is not None
    return clock(days, minutes, new_day, "UTC", HERE, placed=False)


def test_a_time_earlier_than_new_day_is_on_the_next_day() -> None:
    found = at("WEEKDAYS=5", [120], SIX)
    assert found == Schedule(HERE, found.days, ((2, 0),), timezone="UTC")
    assert {
        week_day(day) for day in (date(2026, 1, n) for n in range(1, 8)) if day in found.days
    } == {6}
    assert shown(at("WEEKDAYS=5", [360], SIX).days) == shown(own("WEEKDAYS=5"))
    assert shown(at("DAYS=1", [1500], 0).days) == "01-02 02-02 03-02 04-02 05-02"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DAYS=L1", "01-01 02-01 03-01 04-01 05-01"),
        ("DAYS=28; MONTHS=2", "03-01"),
        ("DAYS=30", "01-31 03-31 05-01 05-31"),
        ("DAYS=31", "01-01 02-01 04-01"),
        ("WEEKDAYS=2; MONTHS=3", "03-04 03-11 03-18 03-25 04-01"),
        ("DAYS=ALL; MONTHS=1; ACTIVE_FROM=20260130", "01-31 02-01"),
        ("DAYS=D1; DAYSCAL=WORK; ACTIVE_TILL=20260302", "01-03 02-03 03-03"),
        ("DAYS=31; DAYSCAL=WORK", "04-01"),
        ("DAYS=-L1; WEEKDAYS=1; DAYS_AND_OR=A; MONTHS=8", ""),
    ],
)
def test_days_after_order_dates(text: str, expected: str) -> None:
    """New Day is at six; the time 02:00 of each order date."""
    assert shown(at(text, [120], SIX).days) == expected


def test_times_on_both_sides_of_new_day_are_two_schedules() -> None:
    found = at("DAYS=L1; MONTHS=2", [120, 600, 0, 601], SIX)
    assert starts(found, date(2028, 2, 1), date(2028, 3, 31)) == [
        *("02-29 10:00", "02-29 10:01", "03-01 00:00", "03-01 02:00"),
    ]
    assert starts(found, date(2026, 2, 1), date(2026, 3, 31)) == [
        *("02-28 10:00", "02-28 10:01", "03-01 00:00", "03-01 02:00"),
    ]


def test_a_schedule_keeps_zone_and_place() -> None:
    found = clock(Days(), [0], 0, None, HERE, placed=True)
    assert (found.timezone, found.placed, found.days, found.also) == (None, True, Days(), ())
