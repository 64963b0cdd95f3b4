"""The engine of Control-M over days: cases worked by hand from the vendor's pages.

The number of a page stands behind a title; INC means the manual for z/OS.
"""

from typing import Any

import pytest

from tests.controlm_cases import (
    NOTOK,
    OK,
    Row,
    clock,
    end,
    job,
    lines_of,
    log_of,
    on,
    period_of,
    takes,
    titles,
)
from transpile.dialects.controlm.plan import Basis, Cycle, Planned
from transpile.model.run_log import RunEnd

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
    (
        "MAXRERUN=1 with DO RERUN: two runs (JefMaxRerun, INC 71472)",
        [job("A", reruns=1, ends=(end(OK), end(NOTOK, reruns=True)))],
        {"period": MONDAY, "ends": {"A": takes(2, 8)}},
        ["02 00:00-00:02 A failed 8", "02 00:02-00:04 A failed 8"],
    ),
    (
        "MAXRERUN without DO RERUN does nothing (INC 71472)",
        [job("A", reruns=5)],
        {"period": MONDAY, "ends": {"A": takes(2, 8)}},
        ["02 00:00-00:02 A failed 8"],
    ),
    (
        "a rerun waits for the interval (INC 71472)",
        [
            job("A", ["E"], reruns=5, pause=Cycle((30,)), ends=(end(OK), end(NOTOK, reruns=True))),
            job("B", does=["+E"]),
        ],
        {"period": MONDAY, "ends": {"A": [RunEnd(90, 8), RunEnd(60)]}},
        [
            "02 00:00-00:01 B succeeded",
            "02 00:01-00:02:30 A failed 8",
            "02 00:02:30 A: wait before a retry: runs again at 2026-11-02 00:31",
            "02 00:31-00:32 A succeeded",
        ],
    ),
    (
        "a rerun waits for events like any other job (INC 71389)",
        [
            job("A", ["E"], reruns=1, ends=(end(OK), end(NOTOK, "-E", "+BAD", reruns=True))),
            job("B", does=["+E"]),
            job("MEND", ["BAD"], ["+E"]),
        ],
        {"period": MONDAY, "ends": {"A": [RunEnd(60, 8), RunEnd(60)], "MEND": takes(20)}},
        [
            "02 00:00-00:01 B succeeded",
            "02 00:01-00:02 A failed 8",
            "02 00:02-00:22 MEND succeeded",
            "02 00:02 A: repetition inside a run: waits for E: A has deleted it at "
            "2026-11-02 00:02",
            "02 00:22-00:23 A succeeded",
        ],
    ),
    (
        "an interval of a minute from the start, runs of 15 seconds (9.0.20 3818)",
        [job("JOB_A", cycle=Cycle((1,)), reruns=2)],
        {"period": MONDAY, "ends": {"JOB_A": takes(0.25)}},
        ["02 00:00-00:00:15 JOB_A succeeded", "02 00:01-00:01:15 JOB_A succeeded"],
    ),
    (
        "two minutes from an end at 2:15 past the hour: the next run is at 4:00 (9.0.20 3818)",
        [job("JOB_B", cycle=Cycle((2,), basis=Basis.END), reruns=2)],
        {"period": MONDAY, "ends": {"JOB_B": takes(2.25)}},
        ["02 00:00-00:02:15 JOB_B succeeded", "02 00:04-00:06:15 JOB_B succeeded"],
    ),
    (
        "target times are 6, 8, 10, whatever a run takes; one while it runs is left out "
        "(ctrlm9 3818)",
        [
            job(
                "A",
                cycle=Cycle((120,), basis=Basis.TARGET),
                start=clock("06:00"),
                until=clock("15:00"),
            )
        ],
        {"period": MONDAY, "ends": {"A": [RunEnd(60), RunEnd(7800), RunEnd(60)]}},
        [
            "02 06:00-06:01 A succeeded",
            "02 08:00-10:10 A succeeded",
            "02 12:00-12:01 A succeeded",
            "02 14:00-14:01 A succeeded",
        ],
    ),
    (
        "a run that is due while the job runs starts when it ends (33588)",
        [job("A", cycle=Cycle((10,)), reruns=3)],
        {"period": MONDAY, "ends": {"A": [RunEnd(1500), RunEnd(60)]}},
        [
            "02 00:00-00:25 A succeeded",
            "02 00:25-00:26 A succeeded",
            "02 00:35-00:36 A succeeded",
        ],
    ),
    (
        "without an interval a job runs without a pause (1341)",
        [job("A", cycle=Cycle((0,)), reruns=3)],
        {"period": MONDAY, "ends": {"A": takes(7)}},
        [
            "02 00:00-00:07 A succeeded",
            "02 00:07-00:14 A succeeded",
            "02 00:14-00:21 A succeeded",
        ],
    ),
    (
        "a sequence of intervals ends with the last one (INC 71464)",
        [job("A", cycle=Cycle((30, 240), sequence=True))],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:30-00:31 A succeeded",
            "02 04:30-04:31 A succeeded",
        ],
    ),
    (
        "a run at a time comes within the tolerance, or not at all (JefCyclic)",
        [job("A", cycle=Cycle(times=(480, 490, 500, 600), tolerance=15))],
        {"period": MONDAY, "ends": {"A": [RunEnd(1200), RunEnd(60)]}},
        [
            "02 08:00-08:20 A succeeded",
            "02 08:20-08:21 A succeeded",
            "02 08:21-08:22 A succeeded",
            "02 10:00-10:01 A succeeded",
        ],
    ),
    (
        "a time passes while the job waits for an event (JefCyclic)",
        [
            job("A", ["E"], cycle=Cycle(times=(480, 600), tolerance=15)),
            job("B", does=["+E"], start=clock("09:00")),
        ],
        {"period": MONDAY},
        [
            "02 09:00-09:01 B succeeded",
            "02 09:01 A: repetition inside a run: leaves out its run of 2026-11-02 08:00",
            "02 10:00-10:01 A succeeded",
        ],
    ),
    (
        "times are sorted from New Day on (JefCyclic)",
        [job("A", days=on(2), cycle=Cycle(times=(60, 1200)))],
        {"new_day": "06:00"},
        ["02 20:00-20:01 A succeeded", "03 01:00-01:01 A succeeded"],
    ),
    (
        "a cyclic job stops at New Day; the next order begins anew",
        [job("A", cycle=Cycle((600,)), start=clock("08:00"))],
        {},
        [
            "02 08:00-08:01 A succeeded",
            "02 18:00-18:01 A succeeded",
            "03 08:00-08:01 A succeeded",
            "03 18:00-18:01 A succeeded",
        ],
    ),
    (
        "a run over New Day is the last one",
        [job("A", cycle=Cycle((0,)), days=on(2), start=clock("22:00"))],
        {"ends": {"A": takes(90)}},
        ["02 22:00-23:30 A succeeded", "02 23:30-03 01:00 A succeeded"],
    ),
    (
        "a cyclic job goes on after a failure, and stops with SPCYC",
        [
            job(
                "A",
                cycle=Cycle((60,)),
                ends=(end(OK, "+E"), end(frozenset((1,))), end(NOTOK - {1}, stops=True)),
            ),
        ],
        {"period": MONDAY, "ends": {"A": [RunEnd(60, 1), RunEnd(60), RunEnd(60, 4)]}},
        [
            "02 00:00-00:01 A failed 1",
            "02 01:00-01:01 A succeeded",
            "02 02:00-02:01 A failed 4",
        ],
    ),
    (
        "each run of a cyclic job waits for its events again (33588)",
        [
            job("FEED", does=["+E"], cycle=Cycle((60,)), reruns=2),
            job("TAKE", ["E"], ["-E"], cycle=Cycle((5,))),
        ],
        {"period": MONDAY},
        [
            "02 00:00-00:01 FEED succeeded",
            "02 00:01-00:02 TAKE succeeded",
            "02 00:06 TAKE: repetition inside a run: waits for E: TAKE has deleted it at "
            "2026-11-02 00:02",
            "02 01:00-01:01 FEED succeeded",
            "02 01:01-01:02 TAKE succeeded",
            "02 01:06 TAKE: repetition inside a run: waits for E: TAKE has deleted it at "
            "2026-11-02 01:02",
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


def test_a_cyclic_job_of_a_day_that_has_begun_goes_on() -> None:
    plan = [job("A", cycle=Cycle((90,)), days=on(1)), job("B", cycle=Cycle((60,)), reruns=2)]
    assert lines_of(plan, period=MONDAY, new_day="06:00")[:4] == [
        "02 00:00-00:01 A succeeded",
        "02 01:30-01:31 A succeeded",
        "02 03:00-03:01 A succeeded",
        "02 04:30-04:31 A succeeded",
    ]


def test_a_sequence_of_a_day_that_has_begun_may_be_over() -> None:
    plan = [job("A", cycle=Cycle((60, 60), sequence=True), days=on(1))]
    assert lines_of(plan, period=MONDAY, new_day="06:00") == []


def test_cyclic_jobs_that_take_no_time_come_to_an_end() -> None:
    plan = [job("A", is_dummy=True, cycle=Cycle()), job("B", cycle=Cycle((0,)))]
    runs = log_of(plan, {"B": takes(0)}, MONDAY).runs
    assert len(runs) == 2 * 24 * 60
