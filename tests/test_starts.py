"""The clocks of workflows: their launch plans, overlapping starts, both sides."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli, codes, emit, plan, read
from transpile.findings.finding import CODES, Level


def job(name: str, *attributes: str, at: str = "", days: str = "all", zone: str = "UTC") -> str:
    lines = [f"insert_job: {name}", "command: true", *attributes]
    if at:
        key = "start_times" if ":" in at else "start_mins"
        lines += ["date_conditions: 1", f"days_of_week: {days}", f'{key}: "{at}"']
        lines += [f"timezone: {zone}"] if zone else []
    return "\n".join((*lines, "", ""))


def found(*texts: str) -> dict[str, list[str]]:
    """The messages of each code."""
    messages: dict[str, list[str]] = {}
    for diagnostic in plan(*texts)[1]:
        messages.setdefault(diagnostic.code, []).append(diagnostic.message)
    return messages


def crons(*texts: str) -> list[tuple[str, str | None]]:
    modules, _ = plan(*texts)
    return [(p.cron, p.timezone) for module in modules for p in module.launch_plans]


# ------------------------------------------------------------------------- several clocks

ESTATE = (
    job("M_EARLY", at="06:00", zone="Asia/Tokyo"),
    job("A_LATE", at="22:00", zone="Europe/London"),
    job("M_NEXT", "condition: s(M_EARLY)"),
    job("Z_JOIN", "condition: s(M_NEXT) & s(A_LATE)"),
)


def test_each_clock_has_its_launch_plan_in_any_order_of_files() -> None:
    for texts in itertools.permutations(ESTATE):
        modules, _ = plan(*texts)
        found = {
            frozenset(m.node_of): [(p.name, p.cron, p.timezone) for p in m.launch_plans]
            for m in modules
        }
        assert found == {
            frozenset(("M_EARLY", "M_NEXT")): [
                ("M_EARLY_network.schedule", "0 6 * * *", "Asia/Tokyo")
            ],
            frozenset(("A_LATE",)): [("A_LATE.schedule", "0 22 * * *", "Europe/London")],
            frozenset(("Z_JOIN",)): [("Z_JOIN.start", "", None)],
        }


def test_one_zone_in_two_spellings_is_one_clock() -> None:
    texts = (
        job("A", at="08:00", zone="Eastern"),
        job("B", "condition: s(A)", at="8:00", zone="US/Eastern"),
    )
    assert crons(*texts) == [("0 8 * * *", "America/New_York")]


@pytest.mark.parametrize("code", ["A877", "A878", "A531", "A532", "A544", "A771"])
def test_other_start_times_are_errors(code: str) -> None:
    assert CODES[code].level is Level.ERROR


# ------------------------------------------------------------------------- overlapping starts


def test_autosys_loses_a_start_while_the_job_runs() -> None:
    text = emit(job("A", at="0, 30"))["a"]
    assert "concurrency=ONE_AT_A_TIME" in text
    assert not found(job("A", at="0, 30")).keys() & {"A533", "A534"}


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ((job("A", at="0, 10"), job("B", "condition: s(A)")), "0:10 between two starts"),
        ((job("A", at="8:00, 20:30"), job("B", "condition: s(A)")), "11:30 between two starts"),
        ((job("A", at="8:00"), job("B", "condition: s(A)")), None),
        ((job("A", "job_type: box", at="0"), job("B", "box_name: A")), None),
        # B waits while A may start again; in the second estate A itself does.
        (
            (
                job("A", at="8:00"),
                job("B", "condition: s(A) & s(X)", at="8:00"),
                job("X", at="9:00"),
            ),
            "B waits for another workflow",
        ),
        (
            (
                job("A", "condition: s(X)", at="8:00"),
                job("B", "condition: s(A)"),
                job("X", at="9:00"),
            ),
            None,
        ),
        (
            (
                job("X", at="8:00"),
                job("Y", at="9:00"),
                job("A", "condition: s(X) & s(Y)"),
                job("B", "condition: s(A)"),
            ),
            "other workflows start it",
        ),
    ],
)
def test_a_launch_plan_skips_for_the_whole_workflow(texts: list[str], reason: str | None) -> None:
    """The source loses the start of a job that runs, not that of a job in front of it."""
    messages = found(*texts).get("A533", [])
    has_others = len(texts) > 1 and "box" not in texts[0]
    assert ("A535" in found(*texts)) is (has_others and reason is None)
    assert [f"({reason})" in message for message in messages] == [True] * bool(reason)


EVENLY = "8:00, 9:07, 10:14, 11:21, 12:28"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("8:00, 9:00", ["0 8,9 * * *"]),
        ("8:00, 9:30", ["0,30 8,9 * * *"]),
        ("8:00, 9:30, 10:15", ["0,15,30 8-10 * * *"]),
        ("8:00, 9:06", ["0,6 8,9 * * *"]),
        ("5, 50", ["5,50 * * * *"]),
        (EVENLY, ["0,7,14,21,28 8-12 * * *"]),
    ],
)
def test_one_launch_plan_counts_all_executions(at: str, expected: list[str]) -> None:
    assert [cron for cron, _ in crons(job("A", at=at))] == expected
    assert "A534" not in found(job("A", at=at))


@pytest.mark.parametrize(
    ("at", "plans"),
    [
        # 9:00 and 0:00 come right before a start.
        ("8:00, 9:05", 2),
        ("0:01, 23:00", 2),
        # 30 of 36 firings would be no start.
        (f"{EVENLY}, 13:35", 6),
    ],
)
def test_launch_plans_count_their_own_executions(at: str, plans: int) -> None:
    (message,) = found(job("A", at=at))["A534"]
    assert message.split()[0] == str(plans) == str(len(crons(job("A", at=at))))


def test_waits_behind_the_first_unit_keep_launch_plans_apart() -> None:
    """The source loses a start while the first unit runs: waits of others lose more."""
    head, late = job("H", at="8:00, 9:30"), job("L", "box_name: B", at="12:00")
    behind = job("B", "job_type: b", "condition: s(H)").replace("command: true\n", "")
    assert len(crons(head, behind, late)) == 2
    assert len(crons(head, behind, job("L", "box_name: B"))) == 1
    waits = job("H", "condition: s(X)", at="8:00, 9:30"), job("X", at="3:00")
    assert len([c for c, _ in crons(*waits, behind, late) if "8" in c]) == 1


def test_starts_of_different_days_are_as_far_apart_as_days_are() -> None:
    text = "SCHEDULE S TIMEZONE UTC\nON RUNCYCLE A MO ( AT {} )\nON RUNCYCLE B {} ( AT 0730 )\n"
    text += 'ONOVERLAP DONOTSTART\n:\nJ DOCOMMAND "true"\nEND\n'
    assert "A534" not in found(text.format("0600", "WE"))
    assert "A534" not in found(text.format("0600", "TU"))
    assert "7:31 apart" in found(text.format("2359 +1 DAYS", "WE"))["A534"][0]


def test_a_job_on_ice_starts_by_no_clock_and_starts_nothing(tmp_path: Path) -> None:
    iced = job("ICED", "status: on_ice", at="8:00, 9:07", zone="Europe/London")
    texts = (iced, job("BEHIND", "condition: s(ICED)"), job("A", at="1:00"))
    texts += (job("BOTH", "condition: s(ICED) & s(A)"), job("AT", "condition: s(ICED)", at="2:00"))
    modules, diagnostics = plan(*texts)
    started = {p.cron: sorted(m.node_of) for m in modules for p in m.launch_plans}
    assert started == {"0 1 * * *": ["A", "BOTH"], "0 2 * * *": ["AT"]}
    assert not [d for d in diagnostics if d.level is not Level.NOTE]
    _, data = schedule(tmp_path, "\n".join(texts))
    assert sides(data) == dict.fromkeys(("A", "AT"), (7, 7))


# ------------------------------------------------------------------------- both sides


def schedule(folder: Path, *texts: str, options: str = "") -> tuple[int, dict[str, Any]]:
    (folder / "a.jil").write_text("\n".join(texts))
    arguments = ("--from", "2026-11-02", "--days", "7", "--format", "json", *options.split())
    result = cli("schedule", folder / "a.jil", *arguments)
    return result.exit_code, json.loads(result.output)


def sides(data: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """How often the source and the launch plans start each job that is shown."""
    return {
        row["job"]: (
            sum(s["source"] for s in row["starts"]),
            sum(s["emitted"] for s in row["starts"]),
        )
        for row in data["schedules"]
    }


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # Nothing starts B.
        (
            (job("A", at="8:00"), job("B"), job("C", "condition: s(A) & s(B)")),
            {"A": (7, 7), "C": (7, 7)},
        ),
        # Behind jobs of other times a job starts at each of them.
        (
            (job("A", at="8:00"), job("B", at="9:00"), job("C", "condition: s(A) & s(B)")),
            {"A": (7, 7), "B": (7, 7), "C": (14, 14)},
        ),
        # Other days.
        (
            (job("A", at="8:00"), job("B", "condition: s(A)", at="8:00", days="mo")),
            {"A": (7, 7), "B": (1, 1)},
        ),
        # The end of A starts B in the source.
        ((job("A", at="8:00"), job("B", "condition: n(A)")), {"A": (7, 7), "B": (7, 0)}),
        # C and D wait for each other.
        (
            (
                job("C", "condition: s(D)", at="8:00"),
                job("D", "condition: s(C)", at="9:00"),
            ),
            {"C": (7, 0), "D": (7, 0)},
        ),
        # A member starts once in each run of its box, at its own time.
        (
            (
                job("A", "job_type: box", at="22:00", days="mo,we"),
                job("B", "box_name: A", at="0, 30"),
            ),
            {"A": (2, 2), "B": (2, 2)},
        ),
        # Members of a box that nothing starts do not start either.
        ((job("A", "job_type: box"), job("B", "box_name: A", at="8:00")), {"B": (0, 0)}),
        ((job("A", 'run_window: "8:00-9:00"', at="7:00, 12:00"),), {"A": (7, 7)}),
    ],
)
def test_starts_are_counted_for_each_job(
    texts: tuple[str, ...], expected: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    code, data = schedule(tmp_path, *texts)
    assert sides(data) == expected
    differs = sum(row["differences"] for row in data["schedules"])
    assert code == int(differs > 0)
    assert differs or all(source == emitted for source, emitted in expected.values())


def test_days_that_are_not_known_are_no_agreement(tmp_path: Path) -> None:
    code, data = schedule(tmp_path, job("A", "exclude_calendar: NOWHERE", at="8:00"))
    assert code == 1
    assert [row["code"] for row in data["schedules"][0]["not_kept"]] == ["A877"]


@pytest.mark.parametrize(
    ("at", "lasting", "expected"),
    [
        ("0, 30", 0, (336, 336)),
        ("0, 30", 30, (336, 336)),
        ("0, 30", 31, (168, 168)),
        ("0, 30", 90, (112, 112)),
        ("8:00, 9:30", 89, (14, 14)),
        ("8:00, 9:30", 91, (7, 7)),
        # Two launch plans count apart.
        ("8:00, 9:05", 64, (14, 14)),
        ("8:00, 9:05", 66, (7, 14)),
    ],
)
def test_starts_are_lost_while_a_run_lasts(
    at: str, lasting: int, expected: tuple[int, int], tmp_path: Path
) -> None:
    code, data = schedule(tmp_path, job("A", at=at), options=f"--lasting {lasting}")
    assert sides(data) == {"A": expected}
    assert code == int(expected[0] != expected[1])


def test_composer_runs_side_by_side_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    text = 'SCHEDULE S TIMEZONE UTC\nON EVERYDAY AT 0600{}\n:\nJ DOCOMMAND "true"\nEND\n'
    counted = {}
    for word in ("", " ONOVERLAP PARALLEL", " ONOVERLAP DONOTSTART"):
        (tmp_path / "a.tws").write_text(text.format(word))
        options = ("--from", "2026-11-02", "--days", "8", "--format", "json", "--lasting", "1500")
        data = json.loads(cli("schedule", tmp_path / "a.tws", *options).output)
        counted[word] = sides(data)["S"]
    assert counted == {"": (8, 8), " ONOVERLAP PARALLEL": (8, 8), " ONOVERLAP DONOTSTART": (4, 4)}


def test_text_shows_what_starts_and_waits(tmp_path: Path) -> None:
    texts = (
        job("A", at="8:00"),
        job("B", at="9:00"),
        job("BOX", "job_type: box", at="10:00"),
        job("M", "box_name: BOX", "condition: s(A)", at="11:00"),
        job("C", "condition: s(A) & s(B)"),
        job("N", "condition: n(A)"),
    )
    (tmp_path / "a.jil").write_text("\n".join(texts))
    shown = cli("schedule", tmp_path / "a.jil", "--from", "2026-11-02", "--days", "1").output
    assert "C: after A, B\n  started by C.start of C, after A, B\n" in shown
    assert "  M waits for: A succeeded\n" in shown
    assert "  Mon 2026-11-02 11:00 UTC  Mon 2026-11-02 11:00 UTC\n" in shown
    assert "N: after A\n  started by no launch plan of N\n" in shown
    assert "  Mon 2026-11-02 08:00 UTC  -  <- differs\n" in shown
    assert "  not kept: A544 in the source the end of A starts N" in shown
    assert "started by hand: N\n" in shown


def test_azkaban_says_that_its_cron_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.project").write_text("azkaban-flow-version: 2.0\n")
    (tmp_path / "a.flow").write_text(
        "trigger:\n  schedule: {type: cron, value: '0 30 2 * * ?'}\n"
        "nodes:\n  - name: A\n    type: noop\n"
    )
    assert "not compared: a has a cron schedule: 30 2 * * *" in cli("schedule", tmp_path).output


def test_a_start_by_the_minute_happens_in_both_hours_that_clocks_repeat() -> None:
    text = job("A", at="0, 30", zone="America/New_York")
    assert not codes(read(text)[1]) & {"A522", "A532", "A521", "A531"}
