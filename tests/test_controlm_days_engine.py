"""The engine of Control-M over days: cases worked by hand from the vendor's pages.

The number of a page stands behind a title; INC means the manual for z/OS.
"""

from typing import Any

import pytest

from tests.controlm_cases import (
    Row,
    clock,
    job,
    lines_of,
    log_of,
    on,
    period_of,
    takes,
    titles,
)
from transpile.dialects.controlm.plan import Planned

MONDAY = period_of(days=1)

TABLE: list[Row] = [
    (
        "New Day at 06:00: the 4th lasts until 06:00 of the 5th (8527)",
        [job("AT_ONCE", days=on(4)), job("BEFORE", days=on(4), start=clock("05:59"))],
        {"period": period_of("2026-08-04", 2), "new_day": "06:00"},
        ["04 06:00-06:01 AT_ONCE succeeded", "05 05:59-06:00 BEFORE succeeded"],
    ),
    (
        "03:00 of the 5th comes on the 6th if New Day is at 05:00 (9.0.21 Time_Zone)",
        [job("A", days=on(5), start=clock("03:00"))],
        {"period": period_of("2026-11-05", 3), "new_day": "05:00"},
        ["06 03:00-03:01 A succeeded"],
    ),
    (
        "the period begins in a working day: only what still starts is ordered",
        [
            job("LATE", days=on(1), start=clock("05:00")),
            job("EARLY", days=on(1), start=clock("23:00")),
            job("AT_ONCE", days=on(1)),
        ],
        {"new_day": "06:00"},
        ["02 05:00-05:01 LATE succeeded"],
    ),
    (
        "a server in the west orders a job of the east on its evening before (9.0.21 Time_Zone)",
        [job("PAYROLL_EST", days=on(6), zone="America/New_York")],
        {"period": period_of("2026-07-05", 2, "America/Los_Angeles")},
        ["05 21:00-21:01 PAYROLL_EST succeeded"],
    ),
    (
        "23:00 to 05:00 with New Day at 22:00 are six hours (INC 71677, example 4)",
        [
            job("GIVER", does=["+E"], start=clock("04:30")),
            job("LATER", does=["+F"], start=clock("05:30")),
            job("IN_TIME", ["E"], start=clock("23:00"), until=clock("05:00"), days=on(2)),
            job("TOO_LATE", ["F"], start=clock("23:00"), until=clock("05:00"), days=on(2)),
        ],
        {"period": period_of("2026-11-02T12:00"), "new_day": "22:00"},
        [
            "03 04:30-04:31 GIVER succeeded",
            "03 04:31-04:32 IN_TIME succeeded",
            "03 05:00 TOO_LATE: latest start time: does not start: its last time has passed",
            "03 05:30-05:31 LATER succeeded",
            "03 05:31 TOO_LATE: latest start time: does not start: it is ready after its last time",
            "03 22:00 TOO_LATE: carried forward: leaves the plan: ordered for 2026-11-02",
            "04 04:30-04:31 GIVER succeeded",
            "04 05:30-05:31 LATER succeeded",
        ],
    ),
    (
        "23:00 to 21:00 with New Day at 22:00 are 22 hours (INC 71677, as example 5)",
        [
            job("GIVER", does=["+E"], start=clock("20:30"), days=on(2)),
            job("A", ["E"], start=clock("23:00"), until=clock("21:00"), days=on(2)),
        ],
        {"period": period_of("2026-11-02T12:00"), "new_day": "22:00"},
        ["03 20:30-20:31 GIVER succeeded", "03 20:31-20:32 A succeeded"],
    ),
    (
        "an `until` before the start is on the next day; New Day comes first",
        [
            job("GIVER", does=["+E"], start=clock("23:30"), days=on(2)),
            job("A", ["E"], start=clock("22:00"), until=clock("02:00"), days=on(2)),
            job("B", ["F"], start=clock("22:00"), until=clock("02:00"), days=on(2), max_wait=1),
            job("GIVES_F", does=["+F -1"], start=clock("01:00"), days=on(3)),
        ],
        {},
        [
            "02 23:30-23:31 GIVER succeeded",
            "02 23:31-23:32 A succeeded",
            "03 00:00 B: carried forward: stays in the plan: ordered for 2026-11-02",
            "03 01:00-01:01 GIVES_F succeeded",
            "03 01:01-01:02 B succeeded",
            "03 01:01 B: carried forward: starts late: it is ordered for 2026-11-02",
        ],
    ),
    (
        "waiting jobs leave the plan at New Day (DOC-104555)",
        [
            job("J1", does=["+J1-OK"], start=clock("23:55"), days=on(2)),
            job("J2", ["J1-OK"], ["+J2-OK"], days=on(2)),
            job("J3", ["J2-OK"], days=on(2)),
        ],
        {"ends": {"J1": takes(4), "J2": takes(2)}},
        [
            "02 23:55-23:59 J1 succeeded",
            "02 23:59-03 00:01 J2 succeeded",
            "03 00:00 J3: carried forward: leaves the plan: ordered for 2026-11-02",
            "03 00:01 J3: carried forward: has left the plan: J2-OK comes too late for 2026-11-02",
        ],
    ),
    (
        "with MAXWAIT 1 they stay for a day (JefMaxWait)",
        [
            job("J1", does=["+J1-OK"], start=clock("23:55"), days=on(2)),
            job("J2", ["J1-OK"], ["+J2-OK"], days=on(2)),
            job("J3", ["J2-OK"], days=on(2), max_wait=1),
            job("J4", ["J5-OK"], days=on(2), max_wait=1),
            job("J5", does=["+J5-OK"], days=on(5)),
        ],
        {"ends": {"J1": takes(4), "J2": takes(2)}, "period": period_of(days=3)},
        [
            "02 00:00 J4: missing instance: waits for J5-OK: nothing that adds it is ordered for "
            "2026-11-02",
            "02 23:55-23:59 J1 succeeded",
            "02 23:59-03 00:01 J2 succeeded",
            "03 00:00 J3: carried forward: stays in the plan: ordered for 2026-11-02",
            "03 00:00 J4: carried forward: stays in the plan: ordered for 2026-11-02",
            "03 00:01-00:02 J3 succeeded",
            "03 00:01 J3: carried forward: starts late: it is ordered for 2026-11-02",
            "04 00:00 J4: carried forward: leaves the plan: ordered for 2026-11-02",
        ],
    ),
    (
        "MAXWAIT 99 has no end (JefMaxWait)",
        [
            job("A", ["E"], days=on(2), max_wait=None),
            job("B", does=["+E 1102"], days=on(5)),
        ],
        {"period": period_of(days=4)},
        [
            "03 00:00 A: carried forward: stays in the plan: ordered for 2026-11-02",
            "05 00:00-00:01 B succeeded",
            "05 00:01-00:02 A succeeded",
            "05 00:01 A: carried forward: starts late: it is ordered for 2026-11-02",
        ],
    ),
]


@pytest.mark.parametrize(
    ("plan", "told", "expected"), [row[1:] for row in TABLE], ids=titles(TABLE)
)
def test_timeline(plan: list[Planned], told: dict[str, Any], expected: list[str]) -> None:
    assert lines_of(plan, **told) == expected


def test_the_readings_that_decide_are_named() -> None:
    plan = [job("A", start=clock("12:00"))]
    assert dict(log_of(plan).readings) == {}
    assert dict(log_of([job("A")]).readings) == {"controlm_new_day": "00:00"}


def test_a_time_that_the_clock_skips_or_repeats() -> None:
    plan = [job("A", start=clock("02:30"))]
    spring = period_of("2026-03-29", 1, "Europe/Berlin")
    assert lines_of(plan, period=spring) == [
        "29 03:30-03:31 A succeeded",
        "29 03:30 A: clock change: is due at a time that the clock skips",
    ]
    autumn = period_of("2026-10-25", 1, "Europe/Berlin")
    assert lines_of(plan, period=autumn) == [
        "25 02:30-02:31 A succeeded",
        "25 02:30 A: clock change: is due at a time that the clock repeats",
    ]


def test_each_zone_has_its_own_new_day() -> None:
    plan = [
        job("A", ["E"], days=on(2), zone="Asia/Tokyo"),
        job("B", does=["+E"], days=on(2), start=clock("14:58")),
        job("C", ["F"], days=on(2), zone="Asia/Tokyo"),
        job("D", does=["+F"], days=on(2), start=clock("15:00")),
        job("WEST", ["G"], days=on(1), zone="America/Los_Angeles"),
        job("GIVER", does=["+G -1"], days=on(2), start=clock("05:00")),
    ]
    assert lines_of(plan, period=period_of("2026-11-01", 2)) == [
        "02 05:00-05:01 GIVER succeeded",
        "02 05:01-05:02 WEST succeeded",
        "02 14:58-14:59 B succeeded",
        "02 14:59-15:00 A succeeded",
        "02 15:00-15:01 D succeeded",
        "02 15:00 C: carried forward: leaves the plan: ordered for 2026-11-02",
        "02 15:01 C: carried forward: has left the plan: F comes too late for 2026-11-02",
    ]
