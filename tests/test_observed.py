"""`--observed`: what a scheduler recorded, beside the source's rules and the launch plans."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.day_engines import ClockEngine
from tests.support import cli, read
from transpile.dialects.autosys.engine import AutoSys
from transpile.dialects.tws.engine import Tws
from transpile.model.outcome import State
from transpile.model.run_log import Operation, RunEnds, RunLog
from transpile.report.observed import Names

NIGHT = """\
insert_job: NIGHT   job_type: BOX
date_conditions: 1
days_of_week: mo,tu,we,th,fr
start_times: "22:15"

insert_job: LOAD
box_name: NIGHT
command: true

insert_job: MORNING
command: true
date_conditions: 1
days_of_week: all
start_times: "06:00"
"""
LONDON = '[timezones]\ndefault = "Europe/London"\n'


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an estate, whose engine knows only the clock."""
    monkeypatch.setattr(AutoSys, "over_days", ClockEngine, raising=False)
    (tmp_path / "night.jil").write_text(NIGHT)
    (tmp_path / "transpile.toml").write_text(LONDON)
    return tmp_path


def recorded(*changed: Sequence[str]) -> str:
    """A table of two weeks in summer; a changed row has day, job, start, end, status, code."""
    instead = {(day, job): row for day, job, *row in changed}
    lines = ["job,start,end,status,exit code"]
    for number in range(14):
        day = datetime(2026, 6, 1) + number * timedelta(days=1)
        usual = {"MORNING": ("06:00:02", "06:10:02", "SUCCESS", "0")}
        if day.weekday() < 5:
            usual["NIGHT"] = ("22:15:03", "22:30:03", "SUCCESS", "")
            usual["LOAD"] = ("22:15:04", "22:30:03", "SUCCESS", "0")
        for job, row in usual.items():
            start, end, status, code = instead.pop((f"{day:%d}", job), row) or ("",) * 4
            if start:
                lines.append(f"{job},{day:%F}T{start},{day:%F}T{end},{status},{code}")
    assert not instead
    return "\n".join(lines) + "\n"


def verify(folder: Path, text: str, *options: object) -> tuple[int, dict[str, Any]]:
    (folder / "runs.csv").write_text(text)
    arguments = ("--observed", folder / "runs.csv", "--format", "json", *options)
    result = cli("verify", folder / "night.jil", *arguments)
    return result.exit_code, json.loads(result.output)


def differences(data: dict[str, Any], side: str) -> list[tuple[str, str]]:
    (network,) = data["networks"]
    return [(row["job"], row["kind"]) for row in network[side]["differences"]]


def test_records_that_follow_the_rules_agree_with_both_sides(night: Path) -> None:
    code, data = verify(night, recorded())
    assert code == 0
    (network,) = data["networks"]
    assert (network["from"][:10], network["to"][:10]) == ("2026-06-01", "2026-06-14")
    assert (network["rules"]["jobs"], network["rules"]["agreeing"]) == (3, 34)
    assert (network["launch_plans"]["jobs"], network["launch_plans"]["agreeing"]) == (2, 24)
    assert network["readings"] == {"starts": "yes"}
    assert network["jobs"]["NIGHT"] == {
        "runs": 10,
        "median_seconds": 900.0,
        "p95_seconds": 900.0,
        "outcomes": {"succeeded": 10},
    }


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("03", "MORNING"), "extra"),
        (("03", "MORNING", "06:20:00", "06:25:00", "SUCCESS", "0"), "other time"),
        (("01", "MORNING", "04:00:00", "04:25:00", "SUCCESS", "0"), "other time"),
    ],
)
def test_a_changed_record_is_found_on_both_sides(
    night: Path, row: tuple[str, ...], kind: str
) -> None:
    code, data = verify(night, recorded(row))
    assert code == 1
    for side in ("rules", "launch_plans"):
        assert differences(data, side) == [("MORNING", kind)]


def test_a_run_that_nothing_starts_is_missing(night: Path) -> None:
    more = "NIGHT,2026-06-06T22:15:00,2026-06-06T22:16:00,SUCCESS,\n"
    code, data = verify(night, recorded() + more)
    assert (code, differences(data, "rules")) == (1, [("NIGHT", "missing")])
    (row,) = data["networks"][0]["rules"]["differences"]
    assert row["recorded"] == {
        "start": "2026-06-06T22:15:00+01:00",
        "end": "2026-06-06T22:16:00+01:00",
        "state": "succeeded",
        "exit_code": None,
    }
    assert row["found"] is None


def test_recorded_ends_are_replayed(night: Path) -> None:
    """A failure is no difference; a box that ends otherwise than its recorded run would be one."""
    code, data = verify(night, recorded(("03", "LOAD", "22:15:04", "23:00:00", "FAILURE", "3")))
    assert code == 0
    assert data["networks"][0]["jobs"]["LOAD"]["outcomes"] == {"succeeded": 9, "failed": 1}


def test_a_report_of_latest_runs_leaves_out_most(night: Path) -> None:
    text = (
        "Job Name  Last Start  Last End  ST/Ex Run/Ntry Pri/Xit\n"
        "MORNING   06/14/2026 06:00:01  06/14/2026 06:04:00  SU  17/1 0\n"
        "NIGHT     06/11/2026 22:15:03  06/11/2026 22:41:10  SU  16/1 0\n"
        "GONE      06/11/2026 22:15:03  06/11/2026 22:41:10  SU  16/1 0\n"
        "OLD what is this\n"
    )
    code, data = verify(night, text)
    assert code == 0
    (network,) = data["networks"]
    assert network["rules"]["agreeing"] == network["launch_plans"]["agreeing"] == 2
    assert network["jobs_without_record"] == ["LOAD"]
    assert data["unknown_jobs"] == ["GONE"]
    assert data["files"] == [
        {
            "file": "runs.csv",
            "format": "autorep -J",
            "holds": "some runs",
            "runs": 3,
            "without_run": 0,
            "not_understood": [{"line": 5, "text": "OLD what is this"}],
        }
    ]


def test_a_forecast_is_compared_too(night: Path) -> None:
    lines = [line.split(",") for line in recorded().splitlines()]
    text = "\n".join(f"{job},{start}" for job, start, *_ in lines)
    assert verify(night, text)[0] == 0
    assert verify(night, text.replace("MORNING,2026-06-03T06", "MORNING,2026-06-03T07"))[0] == 1


def test_without_an_engine_over_days_launch_plans_are_compared(
    night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AutoSys, "over_days", None)
    code, data = verify(night, recorded())
    assert code == 0
    assert data["networks"][0]["rules"] is None
    assert data["networks"][0]["launch_plans"]["agreeing"] == 24


def test_old_runs_are_counted_only(night: Path) -> None:
    code, data = verify(night, recorded() + "MORNING,2026-01-01T06:00:00,,,\n")
    assert (code, data["too_old"]) == (0, 1)


def test_nothing_compared_is_no_agreement(night: Path) -> None:
    code, data = verify(night, "job,start\nGONE,2026-06-01T06:00:00\n")
    assert (code, data["networks"], data["unknown_jobs"]) == (1, [], ["GONE"])


def test_text_names_differences_and_what_was_not_read(night: Path) -> None:
    row = ("03", "MORNING", "06:20:00", "06:25:00", "FAILURE", "9")
    (night / "runs.csv").write_text(recorded(row) + "\x1b[31mred\n")
    save = night / "found.json"
    result = cli("verify", night / "night.jil", "--observed", night / "runs.csv", "--save", save)
    assert result.exit_code == 1
    assert result.stdout == (
        "runs.csv: table, 34 runs\n"
        "  line 36 not understood: \\x1b[31mred\n"
        "times without a zone are in Europe/London\n"
        "autosys: 34 recorded runs from 2026-06-01 06:00 to 2026-06-14 06:00\n"
        "  rules of the source, 3 jobs: 33 runs as recorded, 1 other time\n"
        "    MORNING: other time: Wed 2026-06-03 06:20 BST, not Wed 2026-06-03 06:00 BST\n"
        "  launch plans, 2 jobs: 23 runs as recorded, 1 other time\n"
        "    MORNING: other time: Wed 2026-06-03 06:20 BST, not Wed 2026-06-03 06:00 BST\n"
        "  decided by a reading: starts = yes\n"
    )
    assert json.loads(save.read_text())["networks"][0]["runs"] == 34


def test_other_ends_are_named(night: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine in which everything succeeds."""

    class Succeeds(ClockEngine):
        def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
            log = super().play(ends, operations)
            runs = (replace(run, state=State.SUCCEEDED, code=None) for run in log.runs)
            return replace(log, runs=tuple(runs))

    monkeypatch.setattr(AutoSys, "over_days", Succeeds)
    row = ("03", "LOAD", "22:15:04", "22:20:00", "FAILURE", "3")
    (night / "runs.csv").write_text(recorded(row))
    shown = cli("verify", night / "night.jil", "--observed", night / "runs.csv").output
    text = "LOAD: other outcome: Wed 2026-06-03 22:15 BST failed with exit code 3, not succeeded\n"
    assert f"    {text}" in shown


@pytest.mark.parametrize(
    ("name", "message"), [("none.csv", "does not exist"), ("night.jil", "unknown format; known:")]
)
def test_files_that_cannot_be_read_are_wrong_usage(night: Path, name: str, message: str) -> None:
    result = cli("verify", night / "night.jil", "--observed", night / name)
    assert result.exit_code == 2
    assert message in result.output


def test_composer_names_without_workstation_or_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tws, "over_days", ClockEngine, raising=False)
    today = datetime.now(timezone.utc)
    (tmp_path / "a.tws").write_text(
        "SCHEDULE DAIRY#NIGHTLY_ROUND TIMEZONE UTC\nON EVERYDAY AT 0600\n:\n"
        'MILK DOCOMMAND "true"\nCHURN DOCOMMAND "true"\nEND\n'
    )
    (tmp_path / "sj.txt").write_text(
        "CPU  Schedule SchedTime  Job  State Pr Start Elapse RetCode Deps\n"
        f"DAIRY#NIGHTLY_+ 0600 {today:%m/%d} ******* SUCC 10 06:00 00:10\n"
        "          MILK SUCC 10 06:00 00:10 0 #J1\n"
        "          CHU+ SUCC 10 06:01 00:05 0 #J2\n"
    )
    result = cli("verify", tmp_path / "a.tws", "--observed", tmp_path / "sj.txt")
    assert "  rules of the source, 3 jobs: 3 runs as recorded\n" in result.output
    assert "times without a zone are in UTC\n" in result.output
    assert result.exit_code == 0


def test_names() -> None:
    facts, _ = read('SCHEDULE X#AB\n:\nJ1 DOCOMMAND "a"\nJ2 DOCOMMAND "b"\nEND\n')
    names = Names([facts])
    assert names.find("X#AB.J1") == names.find("ab.j1") == (0, "X#AB.J1")
    assert names.find("@#AB") == (0, "X#AB")
    assert names.find("X#A+.J2", "+") == (0, "X#AB.J2")
    assert names.find("X#AB.J+", "+") is None
    assert names.find("X#A+.J2") is None
    jil, _ = read("insert_job: UP\ncommand: true\n")
    assert (Names([jil]).find("UP"), Names([jil]).find("up")) == ((0, "UP"), None)
    assert Names([jil, jil]).find("UP") is None


LOST = """\
insert_job: A
command: true
date_conditions: 1
days_of_week: all
start_times: "06:00, 07:00"
timezone: UTC

insert_job: B
command: true
condition: s(A)
"""


def test_the_rules_of_autosys_replay_the_records_and_say_why(tmp_path: Path) -> None:
    """B follows A by condition; a start of A while it runs is lost, so that record is forced."""
    (tmp_path / "a.jil").write_text(LOST)
    (tmp_path / "runs.csv").write_text(
        "job,start,end,status\n"
        "A,2026-06-01T06:00:00Z,2026-06-01T06:20:00Z,SU\n"
        "B,2026-06-01T06:20:01Z,2026-06-01T06:30:00Z,SU\n"
        "A,2026-06-01T07:00:00Z,2026-06-01T07:20:00Z,FA\n"
        "A,2026-06-02T06:00:00Z,2026-06-02T08:20:00Z,SU\n"
        "A,2026-06-02T07:00:00Z,2026-06-02T07:20:00Z,SU\n"
        "B,2026-06-02T08:20:01Z,2026-06-02T08:30:00Z,SU\n"
    )
    result = cli("verify", tmp_path / "a.jil", "--observed", tmp_path / "runs.csv")
    assert result.exit_code == 1
    assert (
        "  rules of the source, 2 jobs: 5 runs as recorded, 1 missing\n"
        "    A: missing: Tue 2026-06-02 07:00 UTC succeeded (lost tick: its start time is lost: "
    ) in result.output


def test_a_recorded_failure_includes_its_retries(tmp_path: Path) -> None:
    text = LOST.replace("command: true", "n_retrys: 1\ncommand: true", 1).replace("s(A)", "f(A)")
    (tmp_path / "a.jil").write_text(text.replace('"06:00, 07:00"', '"06:00"'))
    (tmp_path / "runs.csv").write_text(
        "job,start,end,status,exit\n"
        "A,2026-06-01T06:00:00Z,2026-06-01T07:00:00Z,FA,1\n"
        "B,2026-06-01T07:00:01Z,2026-06-01T07:30:00Z,SU,0\n"
    )
    result = cli("verify", tmp_path / "a.jil", "--observed", tmp_path / "runs.csv")
    assert "  rules of the source, 2 jobs: 2 runs as recorded\n" in result.output
