"""One clock for one workflow: which schedule, overlapping starts, run windows, both sides."""

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli, codes, emit, plan, read
from transpile.findings.finding import CODES, Level
from transpile.proof.source_clock import starts


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


# ------------------------------------------------------------------------- one clock

ESTATE = (
    job("M_EARLY", at="06:00", zone="Asia/Tokyo"),
    job("A_LATE", at="22:00", zone="Europe/London"),
    job("M_NEXT", "condition: s(M_EARLY)"),
    job("Z_JOIN", "condition: s(M_NEXT) & s(A_LATE)"),
)


def test_the_order_of_files_does_not_choose_the_clock() -> None:
    """M_EARLY has one job more behind it than A_LATE, which comes first by name."""
    for texts in itertools.permutations(ESTATE):
        assert crons(*texts) == [("0 6 * * *", "Asia/Tokyo")]
        (message,) = found(*texts)["A508"]
        assert "M_EARLY (06:00 daily Asia/Tokyo)" in message
        assert "A_LATE (22:00 daily Europe/London)" in message


def test_of_equal_ones_the_first_by_name_is_the_clock() -> None:
    texts = [job(name, at=f"0{n}:00") for n, name in enumerate("CAB")]
    texts.append(job("D", "condition: s(A) & s(B) & s(C)"))
    for order in itertools.permutations(texts):
        assert crons(*order) == [("0 1 * * *", "UTC")]
        assert len(found(*order)["A508"]) == 2


def test_one_zone_in_two_spellings_is_one_clock() -> None:
    texts = (job("A", at="08:00", zone="Eastern"), job("B", at="8:00", zone="US/Eastern"))
    assert "A508" not in found(*texts, job("C", "condition: s(A) & s(B)"))


@pytest.mark.parametrize("code", ["A877", "A878", "A505", "A508", "A510", "A531", "A532", "A771"])
def test_other_start_times_are_errors(code: str) -> None:
    assert CODES[code].level is Level.ERROR


# ------------------------------------------------------------------------- overlapping starts


def test_autosys_loses_a_start_while_the_job_runs() -> None:
    text = emit(job("A", at="0, 30"))["a"]
    assert "concurrency=ONE_AT_A_TIME" in text
    assert not found(job("A", at="0, 30")).keys() & {"A533", "A534"}


@pytest.mark.parametrize(
    ("texts", "gap"),
    [
        ((job("A", at="0, 10"), job("B", "condition: s(A)")), "0:10"),
        ((job("A", at="8:00, 20:30"), job("B", "condition: s(A)")), "11:30"),
        ((job("A", at="8:00"), job("B", "condition: s(A)")), None),
        ((job("A", "job_type: box", at="0"), job("B", "box_name: A")), None),
    ],
)
def test_a_launch_plan_skips_for_the_whole_workflow(texts: list[str], gap: str | None) -> None:
    """The source loses the start of a job that runs, not that of a job in front of it."""
    messages = found(*texts).get("A533", [])
    assert ("A535" in found(*texts)) is (len(texts) > 1 and gap is None and "box" not in texts[0])
    assert [f"({gap} between two starts)" in message for message in messages] == [True] * bool(gap)


@pytest.mark.parametrize(
    ("at", "plans"), [("8:00, 9:30", 2), ("8:00, 9:00", 1), ("8:00, 9:30, 10:15", 3), ("5, 50", 1)]
)
def test_launch_plans_count_their_own_executions(at: str, plans: int) -> None:
    messages = found(job("A", at=at)).get("A534", [])
    assert [message.split()[0] for message in messages] == [str(plans)] * (plans > 1)


def test_starts_of_different_days_are_as_far_apart_as_days_are() -> None:
    text = "SCHEDULE S TIMEZONE UTC\nON RUNCYCLE A MO ( AT {} )\nON RUNCYCLE B {} ( AT 0730 )\n"
    text += 'ONOVERLAP DONOTSTART\n:\nJ DOCOMMAND "true"\nEND\n'
    assert "A534" not in found(text.format("0600", "WE"))
    assert "A534" not in found(text.format("0600", "TU"))
    assert "7:31 apart" in found(text.format("2359 +1 DAYS", "WE"))["A534"][0]


# ------------------------------------------------------------------------- run windows


@pytest.mark.parametrize(
    ("at", "days", "window", "expected"),
    [
        ("8:00", "mo", "07:00-09:00", ["0 8 * * 1"]),
        ("9:00", "mo", "07:00-09:00", ["0 9 * * 1"]),
        ("9:01", "mo", "07:00-09:00", []),
        ("6:59", "mo", "07:00-09:00", ["0 7 * * 1"]),
        ("6:59, 7:00", "mo", "07:00-09:00", ["0 7 * * 1"]),
        ("23:00", "mo", "22:00-02:00", ["0 23 * * 1"]),
        ("1:00", "mo", "22:00-02:00", ["0 1 * * 1"]),
        ("13:00", "mo", "22:00-02:00", ["0 22 * * 1"]),
        ("11:00", "mo", "22:00-02:00", []),
        ("23:50", "mo", "00:10-05:00", ["10 0 * * 2"]),
        ("23:50", "sa", "00:10-05:00", ["10 0 * * 0"]),
        ("0, 30", "all", "22:00-23:00", ["0 22,23 * * *", "30 22 * * *"]),
        ("15", "fr", "22:00-23:30", ["0 22 * * 5", "15 22,23 * * 5"]),
    ],
)
def test_a_start_outside_of_the_run_window(
    at: str, days: str, window: str, expected: list[str]
) -> None:
    """It is put off to the opening, or lost where the last close is nearer; both sides agree."""
    text = job("A", f'run_window: "{window}"', at=at, days=days)
    assert sorted(cron for cron, _ in crons(text)) == sorted(expected)
    assert ("A526" in found(text)) is (not expected)
    schedule = read(text)[0].jobs["A"].schedule
    if schedule is not None:
        moments = starts(schedule, date(2026, 11, 2), 14)
        assert {f"{moment:%H:%M}" for moment in moments} == {
            f"{hour:02}:{minute:02}" for each in schedule.opened() for hour, minute in each.times
        }


@pytest.mark.parametrize(
    "texts",
    [
        (job("A"), job("B", "condition: s(A)", "date_conditions: 1", "run_window: 1:00-2:00")),
        (
            job("A", "job_type: box", at="1:00"),
            job("B", "box_name: A", "run_window: 1:00-2:00", at="1:30"),
        ),
        (job("A", "run_window: 8:00-8:00", at="9:00"),),
        (job("A", "run_window: 8:00-10:00", at="21:00"),),
        (job("A", "run_window: 0:10-5:00", at="23:50"), "calendar: H\n12/25/2026\n"),
    ],
)
def test_a_run_window_that_cannot_be_kept_is_an_error(texts: tuple[str, ...]) -> None:
    """A condition starts the job, or it is not settled what happens."""
    if len(texts) > 1 and texts[1].startswith("calendar"):
        texts = (texts[0].replace("date_", "exclude_calendar: H\ndate_"), texts[1])
    assert "A878" in found(*texts)


@pytest.mark.parametrize("attribute", ["condition: s(A)", "box_name: BOX"])
def test_excluded_days_of_a_job_without_times_are_an_error(attribute: str) -> None:
    more = ("date_conditions: 1", "exclude_calendar: H")
    texts = (
        job("A", at="8:00"),
        job("BOX", "job_type: box", at="8:00"),
        job("B", attribute, *more),
    )
    (message,) = found(*texts, "calendar: H\n12/25/2026\n")["A877"]
    assert message.startswith("B also runs on the days of exclude_calendar H: a condition or a box")


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
        # Jobs that nothing starts in the source start with the others here.
        (
            (job("A", at="8:00"), job("B"), job("C", "condition: s(A) & s(B)")),
            {"A": (7, 7), "B": (0, 7)},
        ),
        # Behind jobs of other times a job starts at each of them.
        (
            (job("A", at="8:00"), job("B", at="9:00"), job("C", "condition: s(A) & s(B)")),
            {"A": (7, 7), "B": (7, 7), "C": (14, 7)},
        ),
        # Other days.
        (
            (job("A", at="8:00"), job("B", "condition: s(A)", at="8:00", days="mo")),
            {"A": (7, 7), "B": (1, 7)},
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
        # Two launch plans count apart.
        ("8:00, 9:30", 89, (14, 14)),
        ("8:00, 9:30", 91, (7, 14)),
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


def test_text_shows_what_starts_with_the_wrong_clock(tmp_path: Path) -> None:
    texts = (job("A", at="8:00"), job("B"), job("C", "condition: s(A) & s(B)"))
    (tmp_path / "a.jil").write_text("\n".join(texts))
    shown = cli("schedule", tmp_path / "a.jil", "--from", "2026-11-02", "--days", "1").output
    assert "B: no start time\n" in shown
    assert "  -       Mon 2026-11-02 08:00 UTC  <- differs" in shown
    told = "B has no start time in the source; in the workflow it starts with A"
    assert f"not kept: A510 {told}" in shown


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
