"""Durations: the critical path of a workflow, its expected ends, deadlines that jobs miss."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import cli, codes, plan, read
from transpile.model import JobGraph
from transpile.model.schedule import Deadline, Deadlines
from transpile.proof.courses import course_of
from transpile.team import read_settings

ZONED = "date_conditions: 1\ndays_of_week: all\ntimezone: Europe/London\n"


def job(name: str, *attributes: str, at: str = "") -> str:
    times = f'{ZONED}start_times: "{at}"\n' if at else ""
    return "\n".join((f"insert_job: {name}", "command: true", *attributes, times, ""))


NIGHT = "\n".join(
    (
        job("NIGHT", "job_type: box", "must_complete_times: 00:30", at="22:15"),
        job("LOAD", "box_name: NIGHT"),
        job("SORT", "box_name: NIGHT", "condition: s(LOAD)"),
        job("SIDE", "box_name: NIGHT"),
        job("LATE", "box_name: NIGHT", "condition: s(LOAD)", 'must_start_times: "+10"', at="23:00"),
    )
)


# ------------------------------------------------------------------------- critical path


def graph_of(text: str) -> JobGraph:
    return read(text)[0].graph


@pytest.mark.parametrize(
    ("seconds", "path", "end"),
    [
        ({}, ("LOAD", "SORT"), 0),
        ({"LOAD": 60, "SORT": 60}, ("LOAD", "SORT"), 120),
        ({"LOAD": 60, "SORT": 10, "LATE": 30}, ("LOAD", "LATE"), 90),
        ({"LOAD": 60, "SORT": 10, "SIDE": 300}, ("SIDE",), 300),
        # A box takes the time of its members.
        ({"LOAD": 60, "NIGHT": 10_000}, ("LOAD",), 60),
    ],
)
def test_critical_path(seconds: dict[str, float], path: tuple[str, ...], end: float) -> None:
    course = course_of(graph_of(NIGHT), seconds)
    assert course.seconds == course.ends["NIGHT"] == end
    assert end == 0 or course.path == path


def test_a_job_that_is_held_back_is_the_first_of_the_path() -> None:
    course = course_of(graph_of(NIGHT), {"LOAD": 60, "LATE": 30}, {"LATE": 100, "LOAD": 0})
    assert (course.starts["LATE"], course.ends["NIGHT"], course.path) == (100, 130, ("LATE",))
    late = course_of(graph_of(NIGHT), {"LOAD": 600, "LATE": 30}, {"LATE": 100})
    assert (late.starts["LATE"], late.path) == (600, ("LOAD", "LATE"))


@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 9)))), st.data())
def test_the_path_takes_as_long_as_the_whole(
    rows: list[tuple[int, set[int]]], data: st.DataObject
) -> None:
    parts = []
    for number, (_, above) in enumerate(rows):
        terms = " & ".join(f"s(J{n})" for n in sorted(above) if n < number)
        parts.append(job(f"J{number}", *([f"condition: {terms}"] if terms else [])))
    graph = graph_of("\n".join(parts))
    seconds = {f"J{number}": float(length) for number, (length, _) in enumerate(rows)}
    course = course_of(graph, seconds)
    assert sum(seconds[name] for name in course.path) == course.seconds
    for name, above in ((f"J{n}", above) for n, (_, above) in enumerate(rows)):
        ends = [course.ends[f"J{n}"] for n in above if n < int(name[1:])]
        assert course.starts[name] == max(ends, default=0)


# ------------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("starts", "value", "expected"),
    [
        ("22:15", '"+5"', (Deadline(5),)),
        ("08:00, 20:00", '"+90"', (Deadline(90),)),
        ("22:15", '"22:20"', (Deadline(5, (22, 15)),)),
        ("22:15", '"00:30"', (Deadline(135, (22, 15)),)),
        ("22:15", '"24:30"', (Deadline(135, (22, 15)),)),
        ("22:15", '"71:59"', (Deadline(2984, (22, 15)),)),
        ("20:00, 8:00", '"21:00, 8:30"', (Deadline(60, (20, 0)), Deadline(30, (8, 0)))),
        ("08:00, 20:00", '"21:00"', ()),
        ("22:15", '"72:00"', ()),
        ("22:15", '"soon"', ()),
        ("22:15", '"+soon"', ()),
        ("22:15", '"22:75"', ()),
        ("22:15", '""', ()),
    ],
)
@pytest.mark.parametrize("key", ["must_start_times", "must_complete_times"])
def test_must_times(key: str, starts: str, value: str, expected: tuple[Deadline, ...]) -> None:
    facts, _ = read(job("A", f"{key}: {value}", at=starts))
    found = facts.jobs["A"].deadlines
    start = key == "must_start_times"
    wanted = Deadlines(expected, ()) if start else Deadlines((), expected)
    assert found == (wanted if expected else None)


def test_must_times_stay_notes_and_need_a_schedule() -> None:
    text = job("A", 'must_start_times: "+5"', at="22:15")
    facts, diagnostics = read(text)
    assert dict(facts.jobs["A"].notes)["must_start_times"] == '"+5"'
    assert "A873" in codes(diagnostics)
    assert read(job("A", 'must_start_times: "+5"'))[0].jobs["A"].deadlines is None
    assert plan(text)[0]


# ------------------------------------------------------------------------- settings


def test_durations_in_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "transpile.toml"
    path.write_text(
        '[durations]\nLOAD = 90\n"L*" = "1h30m"\nA = "45s"\nB = 0.5\nC = "2h"\n'
        'X = "long"\nY = ""\nZ = -1\nW = true\nV = "1m1h"\n'
    )
    settings = read_settings(path)
    names = ("LOAD", "LATE", "A", "B", "C", "X", "Y", "Z", "W", "V")
    assert [settings.durations.of(name) for name in names] == [
        *(5400, 5400, 45, 30, 7200),
        *(None,) * 5,
    ]
    assert {problem.finding.code for problem in settings.problems} == {"A912"}
    assert [problem.span.line for problem in settings.problems] == [7, 8, 9, 10, 11]


def test_a_duration_that_matches_no_job_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(NIGHT)
    (tmp_path / "transpile.toml").write_text('[durations]\nLOAD = 1\n"L*" = 2\n"X*" = 3\nY = 4\n')
    found = json.loads(cli("check", tmp_path / "a.jil", "--format", "json").output)["diagnostics"]
    rows = [(row["line"], row["message"].split(": ")[1]) for row in found if row["code"] == "A953"]
    assert rows == [(4, "[durations] X*"), (5, "[durations] Y")]


# ------------------------------------------------------------------------- schedule


def schedule(folder: Path, text: str, durations: str, *options: object) -> dict[str, Any]:
    (folder / "a.jil").write_text(text)
    (folder / "transpile.toml").write_text(f"[durations]\n{durations}\n")
    arguments = ("--from", "2026-11-02", "--days", "1", "--format", "json", *options)
    found: dict[str, Any] = json.loads(cli("schedule", folder / "a.jil", *arguments).output)
    return found


def test_without_durations_nothing_is_expected(tmp_path: Path) -> None:
    assert schedule(tmp_path, NIGHT, "")["expected"] == []
    assert schedule(tmp_path, NIGHT, "OTHER = 5")["expected"] == []
    shown = cli("schedule", tmp_path / "a.jil", "--from", "2026-11-02").output
    assert "critical path" not in shown


def test_expected_end_and_missed_deadlines(tmp_path: Path) -> None:
    (found,) = schedule(tmp_path, NIGHT, 'LOAD = "1h"\nSORT = 90')["expected"]
    assert found == {
        "workflow": "NIGHT",
        "critical_path": ["LOAD", "SORT"],
        "seconds": 9000.0,
        "without_duration": ["SIDE", "LATE"],
        "runs": [
            {
                "start": "2026-11-02T22:15:00+00:00",
                "end": "2026-11-03T00:45:00+00:00",
                "missed": [
                    {
                        "job": "NIGHT",
                        "must": "end",
                        "by": "2026-11-03T00:30:00+00:00",
                        "expected": "2026-11-03T00:45:00+00:00",
                    },
                    {
                        "job": "LATE",
                        "must": "start",
                        "by": "2026-11-02T23:10:00+00:00",
                        "expected": "2026-11-02T23:15:00+00:00",
                    },
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("durations", "missed"),
    [
        ('LOAD = "55m"', []),
        ('LOAD = "55m1s"', ["LATE"]),
        ('LOAD = "2h15m"', ["LATE"]),
        ('LOAD = "2h15m1s"', ["NIGHT", "LATE"]),
        # It waits for its start time.
        ('LATE = "1h30m"', []),
        ('LATE = "1h30m1s"', ["NIGHT"]),
    ],
)
def test_a_deadline_is_missed_by_a_second(
    durations: str, missed: list[str], tmp_path: Path
) -> None:
    (found,) = schedule(tmp_path, NIGHT, durations)["expected"]
    assert [each["job"] for run in found["runs"] for each in run["missed"]] == missed


def test_a_workflow_that_others_start_begins_at_their_ends(tmp_path: Path) -> None:
    text = "\n".join(
        (
            job("A", at="08:00"),
            job("A2", "condition: s(A)"),
            job("B", at="09:00"),
            job("C", "condition: s(A) & s(B)"),
        )
    )
    expected = schedule(tmp_path, text, 'A = 30\nA2 = 45\nB = "20m"\nC = 1')["expected"]
    runs = {
        each["workflow"]: [(run["start"][11:16], run["end"][11:16]) for run in each["runs"]]
        for each in expected
    }
    assert runs == {
        "A_network": [("08:00", "09:15")],
        "B": [("09:00", "09:20")],
        "C": [("08:30", "08:31"), ("09:20", "09:21")],
    }


def test_recorded_medians_come_before_settings(tmp_path: Path) -> None:
    table = "job,start,end\n" + "".join(
        f"LOAD,2026-10-0{day}T22:15:00,2026-10-0{day}T22:{15 + minutes}:00\n"
        for day, minutes in ((1, 10), (2, 40), (3, 12))
    )
    (tmp_path / "runs.csv").write_text(table)
    options = ("--observed", tmp_path / "runs.csv")
    (found,) = schedule(tmp_path, NIGHT, "LOAD = 90\nSORT = 1", *options)["expected"]
    assert found["seconds"] == 13 * 60
    shown = cli("schedule", tmp_path / "a.jil", "--from", "2026-11-02", "--days", "1", *options)
    assert shown.stdout.endswith(
        "runs.csv: table, 3 runs\n"
        "NIGHT: 0:13:00\n"
        "  critical path: LOAD -> SORT\n"
        "  taken as 0: 2 jobs of unknown duration\n"
        "  Mon 2026-11-02 22:15 GMT  ends Mon 2026-11-02 23:00 GMT\n"
    )


def test_only_one_workflow_is_shown(tmp_path: Path) -> None:
    text = job("A", at="08:00") + "\n" + job("B", at="09:00")
    (found,) = schedule(tmp_path, text, '"*" = 5', "--workflow", "B")["expected"]
    assert (found["workflow"], found["critical_path"]) == ("B", ["B"])


def test_text_says_how_late_a_job_is(tmp_path: Path) -> None:
    schedule(tmp_path, NIGHT, 'LOAD = "1h30m"')
    shown = cli("schedule", tmp_path / "a.jil", "--from", "2026-11-02", "--days", "1").output
    text = "LATE must start by Mon 2026-11-02 23:10 GMT: 0:35:00 late, at Mon 2026-11-02 23:45 GMT"
    assert f"    {text}\n" in shown
