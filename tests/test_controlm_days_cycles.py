"""The engine of Control-M over days: reruns and cyclic jobs.

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

MOVED = "repetition inside a run: its times have moved: a run took longer than its interval"

TABLE: list[Row] = [
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
            f"02 00:25 A: {MOVED}",
            "02 00:35-00:36 A succeeded",
            f"02 00:35 A: {MOVED}",
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
        "the tolerance is the last moment (JefCyclic)",
        [job("A", cycle=Cycle(times=(480, 490), tolerance=15))],
        {"period": MONDAY, "ends": {"A": [RunEnd(1500), RunEnd(60)]}},
        ["02 08:00-08:25 A succeeded", "02 08:25-08:26 A succeeded"],
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
            "02 00:01 TAKE: repetition inside a run: starts as soon as a run of FEED has added E",
            "02 00:06 TAKE: repetition inside a run: waits for E: TAKE has deleted it at "
            "2026-11-02 00:02",
            "02 01:00-01:01 FEED succeeded",
            "02 01:01-01:02 TAKE succeeded",
            "02 01:01 TAKE: repetition inside a run: starts as soon as a run of FEED has added E",
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


def test_a_cyclic_job_of_a_day_that_has_begun_goes_on() -> None:
    plan = [job("A", cycle=Cycle((90,)), days=on(1)), job("B", cycle=Cycle((60,)), reruns=2)]
    assert lines_of(plan, period=MONDAY, new_day="06:00")[:4] == [
        "02 00:00-00:01 A succeeded",
        "02 01:30-01:31 A succeeded",
        "02 03:00-03:01 A succeeded",
        "02 04:30-04:31 A succeeded",
    ]


def test_times_and_targets_of_a_day_that_has_begun_go_on() -> None:
    plan = [
        job("A", cycle=Cycle((300,), basis=Basis.TARGET), days=on(1)),
        job("B", cycle=Cycle(times=(180, 1200)), days=on(1)),
        job("C", cycle=Cycle(), days=on(1), reruns=2),
    ]
    assert lines_of(plan, {"C": takes(90)}, MONDAY, new_day="06:00") == [
        "02 00:00-01:30 C succeeded",
        "02 01:30-03:00 C succeeded",
        "02 02:00-02:01 A succeeded",
        "02 03:00-03:01 B succeeded",
    ]


def test_a_sequence_of_a_day_that_has_begun_goes_on_or_is_over() -> None:
    plan = [
        job("A", cycle=Cycle((60, 60), sequence=True), days=on(1)),
        job("B", cycle=Cycle((60, 1200), sequence=True), days=on(1)),
        job("C", cycle=Cycle((600, 250)), days=on(1)),
    ]
    assert lines_of(plan, period=MONDAY, new_day="06:00") == [
        "02 00:20-00:21 C succeeded",
        "02 03:00-03:01 B succeeded",
        "02 04:30-04:31 C succeeded",
    ]


def test_cyclic_jobs_that_take_no_time_come_to_an_end() -> None:
    plan = [job("A", is_dummy=True, cycle=Cycle()), job("B", cycle=Cycle((0,)))]
    runs = log_of(plan, {"B": takes(0)}, MONDAY).runs
    assert len(runs) == 2 * 24 * 60
