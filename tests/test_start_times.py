"""The schedule that starts a workflow, and what is reported about the other jobs."""

import pytest

from tests.support import read
from transpile.lowering.schedules import choose_schedule


def job(name: str, *lines: str, type: str = "command: c") -> str:
    """A JIL job with these attributes."""
    return "\n".join([f"insert_job: {name}", type, *lines, ""])


def at(time: str) -> str:
    """The attributes of a daily start time."""
    return f'date_conditions: y\ndays_of_week: all\nstart_times: "{time}"'


def streams(clause: str) -> str:
    """A composer stream at 06:00, and one that waits for it."""
    start = "SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC : J DOCOMMAND c END\n"
    return start + f"SCHEDULE W#C ON EVERYDAY {clause} FOLLOWS A : J DOCOMMAND c END\n"


A, B = job("A", at("22:00")), job("B", at("23:00"))
BEHIND_A, BEHIND_B, BEHIND_BOTH = (f"condition: {c}" for c in ("s(A)", "s(B)", "s(A) & s(B)"))
BOX = "job_type: box"
OWN = "waits for its own start time in the source ({}); in the workflow it starts when its "
OWN += "upstream jobs have ended"
SEVERAL = "A508 the workflow starts by the schedule of {}; that of {} is ignored"
SERVER = " in the zone of the server"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (A + job("B", BEHIND_A), ["A"]),
        (A + job("B", BEHIND_A, at("22:00")), ["A"]),
        (A + job("B", BEHIND_A, at("23:00")), ["A", "A505 B " + OWN.format("23:00 daily")]),
        # Both start one more job: the first name counts.
        (
            A + B + job("C", BEHIND_BOTH),
            ["A", SEVERAL.format(f"A (22:00 daily{SERVER})", f"B (23:00 daily{SERVER})")],
        ),
        # B starts more jobs.
        (
            A + B + job("D", BEHIND_B) + job("C", BEHIND_BOTH),
            ["B", SEVERAL.format(f"B (23:00 daily{SERVER})", f"A (22:00 daily{SERVER})")],
        ),
        # B starts more jobs by way of a box.
        (
            A + job("B", at("23:00"), type=BOX) + job("M", "box_name: B") + job("C", BEHIND_BOTH),
            ["B", SEVERAL.format(f"B (23:00 daily{SERVER})", f"A (22:00 daily{SERVER})")],
        ),
        # Together, A and C start more jobs than B.
        (
            A + B + job("C", at("22:00")) + job("D", "condition: s(A) & s(B) & s(C)"),
            ["A", SEVERAL.format(f"A (22:00 daily{SERVER})", f"B (23:00 daily{SERVER})")],
        ),
        (
            job("A", at("22:00"), "timezone: UTC") + job("B", at("22:00")) + job("C", BEHIND_BOTH),
            ["A", SEVERAL.format("A (22:00 daily UTC)", f"B (22:00 daily{SERVER})")],
        ),
        (
            A + job("B") + job("C", BEHIND_BOTH),
            ["A", "A510 B has no start time in the source; in the workflow it starts with A"],
        ),
        # B waits for another job: its schedule is not chosen, although it starts more jobs.
        (
            job("X", at("22:00"))
            + job("A")
            + job("B", BEHIND_A, at("23:00"))
            + job("C", BEHIND_B)
            + job("D", "condition: s(X) & s(B)"),
            [
                "X",
                "A510 A has no start time in the source; in the workflow it starts with X",
                "A505 B " + OWN.format("23:00 daily"),
            ],
        ),
        # The members of a box start with it.
        (
            job("A", at("22:00"), type=BOX)
            + job("B", "box_name: A", at("22:00"))
            + job("C", "box_name: A", at("23:00"))
            + job("D", "box_name: A"),
            ["A", "A505 C " + OWN.format("23:00 daily")],
        ),
        # A member starts no workflow.
        (
            job("A", type=BOX) + job("B", "box_name: A", at("22:00")),
            ["none", "A505 B " + OWN.format("22:00 daily")],
        ),
        # SCHEDTIME only places the stream in the plan.
        (streams("SCHEDTIME 0700 TZ UTC"), ["W#A"]),
        (streams("AT 0700 TZ UTC"), ["W#A", "A505 W#C " + OWN.format("07:00 daily UTC")]),
    ],
)
def test_start_times(source: str, expected: list[str]) -> None:
    facts, diagnostics = read(source)
    known, found = set(diagnostics), []
    for part in facts.parts():
        chosen = choose_schedule(part, diagnostics)
        found.append(chosen.name if chosen else "none")
    reported = [f"{each.code} {each.message}" for each in diagnostics if each not in known]
    assert found + reported == expected
