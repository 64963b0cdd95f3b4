"""The engine of Control-M over days: folders that run as a whole, and forced jobs.

The number of a page of the vendor stands behind a title; INC means the manual for z/OS.
"""

from typing import Any

import pytest

from tests.controlm_cases import (
    CODES,
    NOTOK,
    OK,
    Row,
    clock,
    end,
    folder,
    job,
    lines_of,
    log_of,
    on,
    period_of,
    takes,
    titles,
)
from transpile.dialects.controlm.plan import Cycle, Planned
from transpile.model.run_log import Cause

MONDAY = period_of(days=1)

TABLE: list[Row] = [
    (
        "a SMART folder ends when all members have ended, with the worst status (93368)",
        [
            folder("S", ["GO"], ends=(end(OK), end(NOTOK, "+S-BAD"))),
            job("S1", does=["+1"], folder="S"),
            job("S2", ["1"], folder="S", start=clock("02:00")),
            folder("INNER", inside="S", does=["+INNER-OK"]),
            job("I1", folder="INNER"),
            job("TUESDAY", folder="S", days=on(3)),
            job("A", does=["+GO"], start=clock("01:00"), days=on(2)),
            job("B", ["S-BAD"]),
        ],
        {"period": MONDAY, "ends": {"S2": takes(5, 7)}},
        [
            "02 01:00-01:01 A succeeded",
            "02 01:01-02:05 S failed",
            "02 01:01-01:02 S1 succeeded",
            "02 01:01-01:02 INNER succeeded",
            "02 01:01-01:02 I1 succeeded",
            "02 02:00-02:05 S2 failed 7",
            "02 02:05-02:06 B succeeded",
        ],
    ),
    (
        "a SMART folder never ends if a member never runs (93368)",
        [folder("S", days=on(2)), job("A", folder="S"), job("B", ["E"], folder="S")],
        {},
        [
            "02 00:00-... S",
            "02 00:00-00:01 A succeeded",
            "02 00:00 B: wait that is still open: waits for E: no job of the estate adds it",
            "03 00:00 B: carried forward: leaves the plan: ordered for 2026-11-02",
            "03 00:00 S: carried forward: never ends: B has left the plan",
        ],
    ),
    (
        "a folder that leaves the plan takes its members with it (JefMaxWait)",
        [
            folder("S", ["E"], days=on(2)),
            job("A", folder="S", max_wait=None),
            job("B", does=["+E 1102"], days=on(3)),
            folder("EMPTY", days=on(2)),
            job("C", folder="EMPTY", days=on(9)),
        ],
        {},
        [
            "02 00:00 EMPTY: missing instance: is not ordered: none of its members is due",
            "03 00:00-00:01 B succeeded",
            "03 00:00 S: carried forward: leaves the plan: ordered for 2026-11-02",
            "03 00:01 S: carried forward: has left the plan: E comes too late for 2026-11-02",
        ],
    ),
    (
        "a cyclic folder runs all its members again (JefCyclic)",
        [folder("S", cycle=Cycle((60,)), reruns=2), job("A", folder="S"), job("B", folder="S")],
        {"period": MONDAY},
        [
            "02 00:00-00:01 S succeeded",
            "02 00:00-00:01 A succeeded",
            "02 00:00-00:01 B succeeded",
            "02 01:00-01:01 S succeeded",
            "02 01:00-01:01 A succeeded",
            "02 01:00-01:01 B succeeded",
        ],
    ),
    (
        "a folder with a cyclic member ends when that stops, at New Day at the latest",
        [
            folder("S", days=on(2)),
            job("A", folder="S", cycle=Cycle((600,)), reruns=2),
            folder("T", days=on(2)),
            job("B", folder="T", cycle=Cycle((600,))),
        ],
        {},
        [
            "02 00:00-10:01 S succeeded",
            "02 00:00-03 00:00 T succeeded",
            "02 00:00-00:01 A succeeded",
            "02 00:00-00:01 B succeeded",
            "02 10:00-10:01 A succeeded",
            "02 10:00-10:01 B succeeded",
            "02 20:00-20:01 B succeeded",
        ],
    ),
    (
        "a member waits for a job that is not ordered today, and stays (INC 71262)",
        [folder("S"), job("A", does=["+E"], folder="S", days=on(3)), job("B", ["E"], folder="S")],
        {"period": MONDAY},
        [
            "02 00:00-... S",
            "02 00:00 B: missing instance: waits for E: nothing that adds it is ordered for "
            "2026-11-02",
        ],
    ),
    (
        "ADJUST_COND Y: it does not wait for that job (INC 71262, JefAdjustCond)",
        [
            folder("S", adjusts=True),
            job("A", does=["+E"], folder="S", days=on(3)),
            job("B", ["E"], folder="S"),
        ],
        {},
        [
            "02 00:00-00:01 S succeeded",
            "02 00:00-00:01 B succeeded",
            "02 00:00 B: missing instance: does not wait for E: nothing that adds it is ordered "
            "for 2026-11-02",
            "03 00:00-00:02 S succeeded",
            "03 00:00-00:01 A succeeded",
            "03 00:01-00:02 B succeeded",
        ],
    ),
    (
        "ADJUST_COND Y is about events that some job adds",
        [folder("S", adjusts=True), job("A", ["E"], folder="S")],
        {"period": MONDAY},
        [
            "02 00:00-... S",
            "02 00:00 A: wait that is still open: waits for E: no job of the estate adds it",
        ],
    ),
    (
        "a cyclic folder holds new orders of its cyclic members",
        [
            folder("S", cycle=Cycle((60,)), reruns=2),
            job("A", folder="S", cycle=Cycle((10,)), reruns=2),
        ],
        {"period": MONDAY},
        [
            "02 00:00-00:11 S succeeded",
            "02 00:00-00:01 A succeeded",
            "02 00:10-00:11 A succeeded",
            "02 01:00-01:11 S succeeded",
            "02 01:00-01:01 A succeeded",
            "02 01:10-01:11 A succeeded",
        ],
    ),
    (
        "a cyclic member that waits at its last time has ended",
        [
            folder("S"),
            job("A", ["E"], ["-E"], folder="S", cycle=Cycle((10,)), until=clock("03:00")),
            job("B", does=["+E"], folder="S"),
        ],
        {"period": MONDAY},
        [
            "02 00:00-03:00 S succeeded",
            "02 00:00-00:01 B succeeded",
            "02 00:01-00:02 A succeeded",
            "02 00:11 A: repetition inside a run: waits for E: A has deleted it at "
            "2026-11-02 00:02",
        ],
    ),
    (
        "a job that is forced after all its times does not run",
        [
            job("A", start=clock("12:00"), ends=(end(OK, forces=("B",)), end(NOTOK))),
            job("B", cycle=Cycle(times=(60, 120), tolerance=5), is_ordered=False),
        ],
        {"period": MONDAY},
        [
            "02 12:00-12:01 A succeeded",
            "02 12:01 B: latest start time: does not start: it is ready after its last time",
        ],
    ),
    (
        "a forced job is ordered on any day, and waits for its events (1400)",
        [
            job("A", ends=(end(OK), end(NOTOK, forces=("MEND", "NOBODY")))),
            job("MEND", ["TOOLS"], days=on(30), start=clock("00:10")),
            job("B", does=["+TOOLS"], start=clock("03:00")),
        ],
        {"period": MONDAY, "ends": {"A": takes(1, 1)}},
        [
            "02 00:00-00:01 A failed 1",
            "02 03:00-03:01 B succeeded",
            "02 03:01-03:02 MEND succeeded",
        ],
    ),
    (
        "a forced job has the order date of the one that forces it (1400)",
        [
            job("A", days=on(2), ends=(end(OK, "+E", forces=("B",)), end(NOTOK))),
            job("B", ["E"], is_ordered=False),
        ],
        {"ends": {"A": takes(25 * 60)}},
        [
            "02 00:00-03 01:00 A succeeded",
            "03 01:00-01:01 B succeeded",
            "03 01:00 B: carried forward: starts late: it is ordered for 2026-11-02",
        ],
    ),
    (
        "a forced folder holds all its members, a forced member runs alone (1400)",
        [
            job("A", ends=(end(OK, forces=("S", "T1")), end(NOTOK))),
            folder("S", is_ordered=False),
            job("S1", folder="S", days=on(30)),
            folder("T", is_ordered=False),
            job("T1", folder="T"),
        ],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:01-00:02 S succeeded",
            "02 00:01-00:02 T1 succeeded",
            "02 00:01-00:02 S1 succeeded",
        ],
    ),
]


@pytest.mark.parametrize(
    ("plan", "told", "expected"), [row[1:] for row in TABLE], ids=titles(TABLE)
)
def test_timeline(plan: list[Planned], told: dict[str, Any], expected: list[str]) -> None:
    assert lines_of(plan, **told) == expected


@pytest.mark.parametrize("minutes", [0, 1])
def test_jobs_that_force_one_another_come_to_an_end(minutes: int) -> None:
    plan = [
        job("A", days=on(2), ends=(end(CODES, is_ok=True, forces=("B", "B")),)),
        job("B", is_ordered=False, ends=(end(CODES, is_ok=True, forces=("A", "A")),)),
    ]
    log = log_of(plan, {"A": takes(minutes), "B": takes(minutes)}, MONDAY)
    assert len(log.runs) == 3001
    assert {remark.job for remark in log.remarks if remark.cause is Cause.KNOWN} == {"A", "B"}
