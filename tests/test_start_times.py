"""The workflows of units with start times, what starts each, and what is reported about it."""

import pytest

from tests.support import read
from transpile.lowering.schedules import find_starter


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
MISSED = "A544 in the source the end of {0} starts {1}; here {1} only waits for it"


def inside(name: str, box: str, when: str) -> str:
    """The finding about a start time in a box."""
    reason = f"starts at its first time after the start of the workflow ({when})"
    return f"A543 {name} in box {box} {reason}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (A + job("B", BEHIND_A), ["A B: A"]),
        (A + job("B", BEHIND_A, at("22:00")), ["A B: A"]),
        (A + job("B", BEHIND_A, at("23:00")), ["A: A", "B: B"]),
        (A + B + job("C", BEHIND_BOTH), ["A: A", "B: B", "C: other workflows"]),
        (
            A + B + job("D", BEHIND_B) + job("C", BEHIND_BOTH) + job("E", "condition: s(C)"),
            ["A: A", "B D: B", "C E: other workflows"],
        ),
        # C waits for a job of another time and has the time of A.
        (
            A + B + job("C", BEHIND_BOTH, at("22:00")),
            ["A C: A", "B: B"],
        ),
        # The zone of the server is none of those with a name.
        (
            job("A", at("22:00"), "timezone: UTC") + job("B", BEHIND_A, at("22:00")),
            ["A: A", "B: B"],
        ),
        # Eastern and US/Eastern are one zone.
        (
            job("A", at("22:00"), "timezone: Eastern")
            + job("B", BEHIND_A, at("22:00"), "timezone: US/Eastern"),
            ["A B: A"],
        ),
        (A + job("B") + job("C", BEHIND_BOTH), ["A: A", "B: by hand", "C: other workflows"]),
        (job("A") + job("B", BEHIND_A) + job("C"), ["A B: by hand", "C: by hand"]),
        # B waits for a job that nothing starts.
        (job("A") + job("B", BEHIND_A, at("23:00")), ["A: by hand", "B: B"]),
        # The end of A would start B, at a time at which it does not run.
        (A + job("B", "condition: n(A)"), ["A: A", "B: by hand", MISSED.format("A", "B")]),
        (A + job("B", at("23:00"), "condition: n(A)"), ["A: A", "B: B"]),
        # Members start with their box, or at their own time in each of its runs.
        (
            job("A", at("22:00"), type=BOX)
            + job("B", "box_name: A", at("22:00"))
            + job("C", "box_name: A", at("23:00"))
            + job("D", "box_name: A"),
            ["A: A"],
        ),
        # A start time of the member may pass before the box starts, or after the member has run.
        (
            job("A", at("22:00"), type=BOX) + job("B", "box_name: A", at("23:00, 23:30")),
            ["A: A", inside("B", "A", "23:00, 23:30 daily")],
        ),
        (
            job("A", at("22:00"), type=BOX) + job("B", "box_name: A", at("22:00, 23:00")),
            ["A: A", inside("B", "A", "22:00, 23:00 daily")],
        ),
        (
            job("A", at("10:00, 22:00"), type=BOX) + job("B", "box_name: A", at("11:00, 23:00")),
            ["A: A"],
        ),
        (
            job("A", at("22:00").replace("all", "mo"), type=BOX)
            + job("B", "box_name: A", at("23:00")),
            ["A: A", inside("B", "A", "23:00 daily")],
        ),
        (
            job("A", at("22:00"), type=BOX)
            + job("X", "box_name: A")
            + job("M", "box_name: A", "condition: s(X)", type=BOX)
            + job("B", "box_name: M", at("23:00")),
            ["A: A", inside("B", "M", "23:00 daily")],
        ),
        (
            job("A", at("22:00"), type=BOX)
            + job("M", "box_name: A", type=BOX)
            + job("B", "box_name: M", at("23:00")),
            ["A: A"],
        ),
        # A member starts no workflow.
        (
            job("A", type=BOX) + job("B", "box_name: A", at("22:00")),
            ["A: by hand", inside("B", "A", "22:00 daily")],
        ),
        # SCHEDTIME only places the stream in the plan.
        (streams("SCHEDTIME 0700 TZ UTC"), ["W#A W#C: W#A"]),
        (streams("AT 0700 TZ UTC"), ["W#A: W#A", "W#C: W#C"]),
    ],
)
def test_start_times(source: str, expected: list[str]) -> None:
    facts, diagnostics = read(source)
    known, found = set(diagnostics), []
    for part in facts.parts():
        starter = find_starter(part, diagnostics)
        others = "other workflows" if part.is_started else "by hand"
        found.append(f"{' '.join(part.groups[0])}: {starter.name if starter else others}")
    reported = [f"{each.code} {each.message}" for each in diagnostics if each not in known]
    assert found + reported == expected
