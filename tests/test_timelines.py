"""`transpile dry-run` of several workflows: one timeline for a day."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli

MONDAY, SUNDAY = "2026-06-01", "2026-06-07"
GATE = "FIN.LOAD: TRD.RECON succeeded in the last 12:00"

ESTATE = """\
insert_job: TRD.CLOSE   job_type: BOX
date_conditions: 1
days_of_week: mo,tu,we,th,fr
start_times: "18:00"
timezone: America/New_York

insert_job: TRD.EXTRACT   job_type: CMD
box_name: TRD.CLOSE
command: extract

insert_job: TRD.RECON   job_type: CMD
box_name: TRD.CLOSE
command: reconcile
condition: s(TRD.EXTRACT)

insert_job: FIN.NIGHT   job_type: BOX
date_conditions: 1
days_of_week: all
start_times: "22:15"
timezone: Europe/London

insert_job: FIN.LOAD   job_type: CMD
box_name: FIN.NIGHT
command: load
condition: s(TRD.RECON, 12.00)

insert_job: FIN.POST   job_type: CMD
box_name: FIN.NIGHT
command: post
condition: s(FIN.LOAD)

insert_job: FIN.LATE   job_type: CMD
box_name: FIN.NIGHT
command: late
date_conditions: 1
days_of_week: all
start_times: "23:30"
timezone: Europe/London

insert_job: RPT.SUMMARY   job_type: CMD
command: summary
condition: s(FIN.POST) & s(TRD.RECON)
"""

Edit = Callable[[str, str, str], None]
"""Replaces text in a module of the estate."""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    (tmp_path / "night.jil").write_text(ESTATE)
    cli("convert", tmp_path / "night.jil", "-o", tmp_path / "flows")
    return tmp_path / "flows"


@pytest.fixture
def edit(estate: Path) -> Edit:
    def change(module: str, old: str, new: str) -> None:
        path = estate / module
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


def play(estate: Path, begin: str, *options: str) -> tuple[int, dict[str, Any]]:
    result = cli("dry-run", estate, "--from", begin, *options, "--format", "json")
    assert result.stdout, result.output
    return result.exit_code, json.loads(result.stdout)


def times(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Workflow, reason, time of the start, and state of each execution."""
    rows = data["executions"]
    return [(r["workflow"], r["started"], r["start"][11:19], r["state"]) for r in rows]


def run_of(data: dict[str, Any], workflow: str) -> dict[str, Any]:
    return next(row for row in data["executions"] if row["workflow"] == workflow)


def test_a_day_with_two_clocks_a_wait_and_a_start(estate: Path) -> None:
    """In London New York's 18:00 is 23:00, later than the start at 22:15."""
    code, data = play(estate, MONDAY)
    assert code == 0
    assert (data["from"], data["to"]) == ("2026-06-01T00:00:00+01:00", "2026-06-02T00:00:00+01:00")
    assert times(data) == [
        ("FIN.NIGHT", "by FIN.NIGHT.schedule", "22:15:00", "succeeded"),
        ("TRD.CLOSE", "by TRD.CLOSE.schedule", "23:00:00", "succeeded"),
        ("RPT.SUMMARY", "by the end of FIN.POST", "23:00:06", "succeeded"),
    ]
    night = run_of(data, "FIN.NIGHT")
    waits = [(w["job"], w["for"], w["start"][11:19], w["end"][11:19]) for w in night["waits"]]
    assert waits == [
        ("FIN.LOAD", GATE, "22:15:00", "23:00:03"),
        ("FIN.LATE", "not before 2026-06-01 23:30 Europe/London", "22:15:00", "23:30:00"),
    ]
    assert night["jobs"]["FIN.LOAD"]["start"] == "2026-06-01T23:00:03+01:00"
    assert night["jobs"]["FIN.LATE"]["start"] == "2026-06-01T23:30:00+01:00"


def test_a_look_opens_the_gate_of_what_holds_already(estate: Path, edit: Edit) -> None:
    edit("trd_close.py", '"0 18 * * 1-5"', '"0 9 * * 1-5"')
    data = play(estate, MONDAY)[1]
    wait = run_of(data, "FIN.NIGHT")["waits"][0]
    assert (wait["start"][11:19], wait["end"][11:19]) == ("22:15:00", "22:15:01")


def test_a_success_is_too_old_for_the_window(estate: Path, edit: Edit) -> None:
    edit("trd_close.py", '"0 18 * * 1-5"', '"0 5 * * 1-5"')
    code, data = play(estate, MONDAY)
    assert code == 1
    assert run_of(data, "FIN.NIGHT")["waits"][0]["end"] is None


def test_on_a_sunday_the_wait_stays_open(estate: Path) -> None:
    code, data = play(estate, SUNDAY)
    assert code == 1
    assert times(data) == [("FIN.NIGHT", "by FIN.NIGHT.schedule", "22:15:00", "running")]
    assert data["never_started"] == ["RPT.SUMMARY", "TRD.CLOSE"]
    night = run_of(data, "FIN.NIGHT")
    assert night["waits"][0]["end"] is None
    assert night["jobs"]["FIN.LOAD"]["state"] == "not_run"
    assert night["jobs"]["FIN.NIGHT"]["state"] == "running"


def test_what_fails_neither_opens_nor_starts(estate: Path) -> None:
    data = play(estate, MONDAY, "--fail", "TRD.RECON")[1]
    assert [row[0] for row in times(data)] == ["FIN.NIGHT", "TRD.CLOSE"]
    assert run_of(data, "FIN.NIGHT")["state"] == "running"
    data = play(estate, MONDAY, "--fail", "FIN.POST")[1]
    assert data["never_started"] == ["RPT.SUMMARY"]


def test_a_start_while_one_runs_is_lost(estate: Path, edit: Edit) -> None:
    edit("trd_close.py", '"0 18 * * 1-5"', '"0,30 18 * * 1-5"')
    data = play(estate, MONDAY, "--seconds", "TRD.EXTRACT=3600")[1]
    assert data["lost"] == [{"workflow": "TRD.CLOSE", "at": "2026-06-01T23:30:00+01:00"}]
    assert [row[0] for row in times(data)].count("TRD.CLOSE") == 1


def test_each_feeder_starts_again_what_it_completes(estate: Path, edit: Edit) -> None:
    """FIN.POST's success counts when TRD.RECON succeeds again: statuses are latched."""
    edit("trd_close.py", '"0 18 * * 1-5"', '"0 16,18 * * 1-5"')
    data = play(estate, MONDAY)[1]
    started = [row[1:3] for row in times(data) if row[0] == "RPT.SUMMARY"]
    assert started == [
        ("by the end of FIN.POST", "22:15:04"),
        ("by the end of TRD.RECON", "23:00:03"),
    ]


def test_two_tells_about_the_same_ends_start_once(estate: Path, edit: Edit) -> None:
    old = "trd_recon_node >> trd_recon_tell_node\n"
    again = (
        'again = trd_close.add_entity(trd_recon_tell).with_overrides(node_name="again")\n'
        "trd_recon_tell_node >> again\n"
    )
    edit("trd_close.py", '"0 18 * * 1-5"', '"0 16,18 * * 1-5"')
    edit("trd_close.py", old, old + again)
    edit("rpt_summary.py", ", concurrency=ONE_AT_A_TIME", "")
    data = play(estate, MONDAY)[1]
    assert [row[0] for row in times(data)].count("RPT.SUMMARY") == 2


def test_a_time_with_a_zone_begins_in_the_middle_of_a_day(estate: Path) -> None:
    data = play(estate, "2026-06-01T22:30+01:00")[1]
    assert data["from"] == "2026-06-01T22:30:00+01:00"
    assert times(data) == [
        ("TRD.CLOSE", "by TRD.CLOSE.schedule", "23:00:00", "succeeded"),
        ("FIN.NIGHT", "by FIN.NIGHT.schedule", "22:15:00", "running"),
    ]


def test_a_workflow_without_a_launch_plan_starts_by_hand(estate: Path) -> None:
    path = estate / "trd_close.py"
    path.write_text(path.read_text().partition("trd_close_schedule =")[0])
    assert times(play(estate, MONDAY)[1])[0][:3] == ("TRD.CLOSE", "by hand", "00:00:00")


def test_a_wait_that_times_out_fails(estate: Path, edit: Edit) -> None:
    edit("fin_night.py", "    return gate(FIN_LOAD)", TIMED)
    edit("fin_night.py", "import sys\n", "import sys\nfrom datetime import timedelta\n")
    data = play(estate, SUNDAY)[1]
    night = run_of(data, "FIN.NIGHT")
    assert (night["state"], night["end"][11:19]) == ("failed", "23:30:01")
    wait = night["waits"][0]
    assert (wait["end"][11:19], wait["error"]) == ("23:15:00", "not answered in time")
    assert night["jobs"]["FIN.LOAD"]["state"] == "not_run"


TIMED = """\
    from flytekit import wait_for_input

    return wait_for_input(FIN_LOAD.gate, timeout=timedelta(hours=1), expected_type=bool)
"""


def test_one_workflow_takes_its_waits_to_hold(estate: Path) -> None:
    result = cli("dry-run", estate, "--workflow", "FIN.NIGHT", "--format", "json")
    jobs = json.loads(result.stdout)["jobs"]
    assert result.exit_code == 0
    assert (jobs["FIN.LOAD"]["start"], jobs["FIN.LATE"]["start"]) == (0.0, 0.0)
    assert "FIN.NIGHT runs alone: its waits for others and for times are" in result.stderr


def test_the_table_is_read_by_time(estate: Path) -> None:
    lines = [
        " ".join(n.split()) for n in cli("dry-run", estate, "--from", SUNDAY).stdout.splitlines()
    ]
    assert lines[0] == "one day from Sun 2026-06-07 00:00 to Mon 00:00, Europe/London"
    assert "22:15:00 FIN.NIGHT started by FIN.NIGHT.schedule: running" in lines
    assert f"FIN.LOAD not_run waits: {GATE[10:]}" in lines
    assert "RPT.SUMMARY never started" in lines
    assert lines[-1] == f"still waiting since 22:15:00: {GATE}"


@pytest.mark.parametrize("options", [("--workflow", "FIN.NIGHT"), ("--execute",)])
def test_a_day_has_all_workflows_and_simulated_times(
    estate: Path, options: tuple[str, ...]
) -> None:
    assert cli("dry-run", estate, "--from", MONDAY, *options).exit_code == 2
