"""The engine of Control-M over days: events and what waits for them.

The number of a page of the vendor stands behind a title; INC means the manual for z/OS.
"""

import time
from datetime import date
from typing import Any

import pytest

from tests.controlm_cases import (
    CODES,
    NOTOK,
    OK,
    WEEKDAYS,
    Row,
    clock,
    either,
    end,
    facts_of,
    job,
    lines_of,
    log_of,
    on,
    period_of,
    takes,
    titles,
)
from tests.day_cases import Ends
from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.controlm.plan import Cycle, Planned
from transpile.model import DayRule, Days
from transpile.model.run_log import RunEnd

MONDAY = period_of(days=1)

TABLE: list[Row] = [
    (
        "the order of changes decides",
        [job("A", does=["+E", "-E", "-F", "+F"]), job("NO", ["E"]), job("YES", ["F"])],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:01-00:02 YES succeeded",
            "02 00:01 NO: known difference: waits for E: A has deleted it at 2026-11-02 00:01",
        ],
    ),
    (
        "COMPSTAT with DO OK comes before ON NOTOK (JefAddSteps_2); NOTOK adds no OUT condition",
        [
            job("A", ends=(end(frozenset((0, 4)), "+E"), end(CODES - {0, 4}, "+BAD"))),
            job("GOOD", ["E"]),
            job("BAD", ["BAD"]),
        ],
        {"ends": {"A": [RunEnd(60, 4), RunEnd(60, 5)]}},
        [
            "02 00:00-00:01 A succeeded 4",
            "02 00:01-00:02 GOOD succeeded",
            "03 00:00-00:01 A failed 5",
            "03 00:00 BAD: carried forward: leaves the plan: ordered for 2026-11-02",
            "03 00:01-00:02 BAD succeeded",
        ],
    ),
    (
        "PREV of Monday is Friday for a job of weekdays (4460)",
        [job("A", does=["+A-OK"], days=WEEKDAYS), job("B", ["A-OK PREV"], days=WEEKDAYS)],
        {"period": period_of("2026-11-06", 4), "ends": {"A": takes(5)}},
        [
            "06 00:00-00:05 A succeeded",
            "07 00:00 B: carried forward: leaves the plan: ordered for 2026-11-06",
            "09 00:00-00:05 A succeeded",
            "09 00:00-00:01 B succeeded",
        ],
    ),
    (
        "NEXT of Friday is Monday for a job of weekdays (4460)",
        [job("A", does=["+E NEXT"], days=WEEKDAYS), job("B", ["E"], days=WEEKDAYS)],
        {"period": period_of("2026-11-06", 4)},
        [
            "06 00:00-00:01 A succeeded",
            "07 00:00 B: carried forward: leaves the plan: ordered for 2026-11-06",
            "09 00:00-00:01 A succeeded",
            "09 00:00-00:01 B succeeded",
        ],
    ),
    (
        "PREV of a forced job is ODAT-1 (1396)",
        [
            job("SUNDAY", does=["+E"], days=on(8)),
            job("A", days=on(9), ends=(end(OK, forces=("B",)), end(NOTOK))),
            job("B", ["E PREV"], days=WEEKDAYS, is_ordered=False),
        ],
        {"period": period_of("2026-11-08", 2)},
        [
            "08 00:00-00:01 SUNDAY succeeded",
            "09 00:00-00:01 A succeeded",
            "09 00:01-00:02 B succeeded",
        ],
    ),
    (
        "dates with an offset, and of a fixed day (4460)",
        [
            job("A", does=["+E"], days=on(2)),
            job("B", ["E -2"], days=on(4)),
            job("C", ["E 1102"], days=on(3)),
            job("D", ["E 1103"], days=on(3)),
        ],
        {"period": period_of(days=3)},
        [
            "02 00:00-00:01 A succeeded",
            "03 00:00-00:01 C succeeded",
            "04 00:00-00:01 B succeeded",
            "04 00:00 D: carried forward: leaves the plan: ordered for 2026-11-03",
        ],
    ),
    (
        "any date on a wait, all dates on a delete (4460, 1396)",
        [
            job("A", does=["+E"], start=clock("01:00")),
            job("B", ["E ****"], ["-E ****"], days=on(4)),
            job("C", ["E 1102"], days=on(4), start=clock("12:00")),
        ],
        {"period": period_of(days=3)},
        [
            "02 01:00-01:01 A succeeded",
            "03 01:00-01:01 A succeeded",
            "04 00:00-00:01 B succeeded",
            "04 00:00 B: old status: A has added E on an earlier date, at 2026-11-03 01:01",
            "04 01:00-01:01 A succeeded",
            "04 12:00 C: known difference: waits for E: B has deleted it at 2026-11-04 00:01",
        ],
    ),
    (
        "an event without a date stays until it is deleted (4460)",
        [
            job("A", does=["+E STAT"], days=on(2)),
            job("B", ["E STAT"]),
            job("C", ["E STAT"], ["-E STAT"], days=on(3), start=clock("06:00")),
        ],
        {"period": period_of(days=3)},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:01-00:02 B succeeded",
            "03 00:00-00:01 B succeeded",
            "03 00:00 B: old status: A has added E on an earlier date, at 2026-11-02 00:01",
            "03 06:00-06:01 C succeeded",
            "03 06:00 C: old status: A has added E on an earlier date, at 2026-11-02 00:01",
        ],
    ),
    (
        "an event without a date is another one than that of the order date (4460)",
        [job("A", does=["+E STAT"]), job("B", ["E"])],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:00 B: wait that is still open: waits for E: no job of the estate adds it",
        ],
    ),
    (
        "a consumer that is first leaves nothing for the second one (2703)",
        [
            job("A", does=["+E"]),
            job("FIRST", ["E"], ["-E"]),
            job("SECOND", ["E"], ["-E"]),
            job("THIRD", ["E", "F"], ["-E"]),
            job("B", does=["+F"], start=clock("03:00")),
        ],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:01-00:02 FIRST succeeded",
            "02 00:01-00:02 SECOND succeeded",
            "02 03:00-03:01 B succeeded",
            "02 03:01 THIRD: known difference: waits for E: FIRST has deleted it at "
            "2026-11-02 00:02",
        ],
    ),
    (
        "dummies that consume at the same moment all start",
        [
            job("A", does=["+E"]),
            job("B", ["E"], ["-E"], is_dummy=True),
            job("C", ["E"], ["-E"], is_dummy=True),
        ],
        {"period": MONDAY},
        [
            "02 00:00-00:01 A succeeded",
            "02 00:01-00:01 B succeeded",
            "02 00:01-00:01 C succeeded",
        ],
    ),
    (
        "one of the alternatives is enough (33594)",
        [
            job("A", does=["+E"], start=clock("05:00")),
            job("B", does=["+F"], start=clock("04:00")),
            job("C", either("E", "F")),
        ],
        {"period": MONDAY},
        [
            "02 04:00-04:01 B succeeded",
            "02 04:01-04:02 C succeeded",
            "02 05:00-05:01 A succeeded",
        ],
    ),
    (
        "events that no job adds come at once, if the reading says so",
        [job("A", ["TAPE-LOADED"])],
        {"period": MONDAY, "outside": "at once"},
        ["02 00:00-00:01 A succeeded"],
    ),
    (
        "a job with CONFIRM waits for a person, if the reading says so",
        [job("A", confirms=True)],
        {"period": MONDAY, "confirm": "never"},
        ["02 00:00 A: wait that is still open: waits for a person who confirms it"],
    ),
    (
        "a person who confirms, or does not, is a run of its own; the event is asked for again",
        [
            job("A", ["E"], confirms=True),
            job("B", confirms=True),
            job("GIVER", does=["+E"]),
            job("TAKER", ["E"], ["-E"], start=clock("00:30")),
        ],
        {"period": MONDAY, "ends": {"A confirmation": takes(60), "B confirmation": takes(5, 1)}},
        [
            "02 00:00-00:05 B confirmation failed 1",
            "02 00:00-00:01 GIVER succeeded",
            "02 00:01-01:01 A confirmation succeeded",
            "02 00:30-00:31 TAKER succeeded",
            "02 01:01 A: known difference: waits for E: TAKER has deleted it at 2026-11-02 00:31",
        ],
    ),
    (
        "a kill is NOTOK, unless the job is set to OK",
        [job("A", ends=(end(OK), end(NOTOK))), job("B", ends=(end(CODES, is_ok=True),))],
        {"period": MONDAY, "ends": {"A": takes(1, None), "B": takes(1, None)}},
        [
            "02 00:00-00:01 A terminated",
            "02 00:00-00:01 B succeeded",
            "02 00:01 B: failure that stops other jobs: ends OK, although it was killed",
        ],
    ),
]


@pytest.mark.parametrize(
    ("plan", "told", "expected"), [row[1:] for row in TABLE], ids=titles(TABLE)
)
def test_timeline(plan: list[Planned], told: dict[str, Any], expected: list[str]) -> None:
    assert lines_of(plan, **told) == expected


def test_a_job_without_another_date_has_no_event_of_the_date_before() -> None:
    once = Days((DayRule(since=date(2026, 11, 2), until=date(2026, 11, 3)),))
    plan = [job("A", does=["+E PREV"], days=once), job("B", ["E PREV"], days=once)]
    assert lines_of(plan, period=MONDAY) == ["02 00:00-00:01 A succeeded"]


def test_readings_that_decide_are_named() -> None:
    plan = [job("A", ["E"], confirms=True, start=clock("06:00"))]
    assert dict(log_of(plan, period=MONDAY).readings) == {"controlm_outside": "no"}
    assert dict(log_of(plan, period=MONDAY, outside="at once").readings) == {
        "controlm_confirm": "at once",
        "controlm_outside": "at once",
    }


def test_a_rerun_is_marked_as_one() -> None:
    plan = [job("A", reruns=1, ends=(end(OK), end(NOTOK, reruns=True)), cycle=None)]
    log = log_of([*plan, job("B", cycle=Cycle((60,)), reruns=2)], {"A": takes(1, 1)}, MONDAY)
    assert [(run.job, run.again) for run in log.runs] == [
        ("A", False),
        ("B", False),
        ("A", True),
        ("B", False),
    ]


def test_a_large_estate_is_fast() -> None:
    plan = [
        job(f"J{n}", [f"E{n - k}" for k in (1, 2) if n % 10 >= k], [f"+E{n}"]) for n in range(1000)
    ]
    engine = ControlMDays(facts_of(tuple(plan)), period_of(days=30), {})
    begin = time.process_time()
    assert len(engine.play(Ends({})).runs) == 30_000
    assert time.process_time() - begin < 20


def test_codes_beyond_a_byte_count_as_the_system_keeps_them() -> None:
    plan = [
        job("A", ends=(end(OK), end(NOTOK - {44}), end(frozenset((44,)), "+E"))),
        job("B", ["E"]),
    ]
    assert lines_of(plan, {"A": takes(1, 300)}, MONDAY) == [
        "02 00:00-00:01 A failed 300",
        "02 00:01-00:02 B succeeded",
    ]
    plan = [job("A", ends=(end(OK), end(frozenset((300,)), is_ok=True)))]
    assert lines_of(plan, {"A": takes(1, 300)}, MONDAY) == ["02 00:00-00:01 A succeeded 300"]
    assert lines_of([job("A", ends=())], {"A": takes(1, 256)}, MONDAY) == [
        "02 00:00-00:01 A failed 256"
    ]


def test_the_order_of_a_play_does_not_depend_on_hashes() -> None:
    plan = [job(f"J{n}", [f"E{n % 7}"], [f"-E{n % 7}"]) for n in range(40)]
    plan += [job(f"P{n}", does=[f"+E{m}" for m in range(n, 7)]) for n in range(7)]
    assert [run.job for run in log_of(plan, period=MONDAY).runs[7:]] == [f"J{n}" for n in range(40)]
