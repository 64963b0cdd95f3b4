"""`transpile dry-run --wave`: days of moved jobs beside the legacy side."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import cli
from tests.test_nights_waves import write

MONDAY = ("--from", "2026-05-11")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write(tmp_path / "sources")


def played(target: Path, *options: object) -> dict[str, Any]:
    given = ("--wave", "first", *MONDAY, *options, "--format", "json")
    found: dict[str, Any] = json.loads(cli("dry-run", target, *given).stdout)
    return found


def started(found: dict[str, Any]) -> dict[str, str]:
    """What has started each workflow."""
    return {each["workflow"]: each["started"] for each in found["executions"]}


def moment(found: dict[str, Any], workflow: str, job: str, key: str) -> str:
    (play,) = (each for each in found["executions"] if each["workflow"] == workflow)
    time: str = play["jobs"][job][key]
    return time


def test_a_day_of_both_sides(sources: Path) -> None:
    found = played(sources)
    assert [run["job"] for run in found["legacy_side"]] == ["CHECK", "FEED", "RATES"]
    assert started(found) == {
        "MORNING": "by MORNING.schedule",
        "NIGHT": "by NIGHT.schedule",
        "AFTER": "by the legacy side",
    }
    assert moment(found, "NIGHT", "POST", "end") < moment(found, "AFTER", "AFTER", "start")
    output = cli("dry-run", sources, "--wave", "first", *MONDAY).output
    assert "21:00:00 RATES on the legacy side: succeeded at 21:00:01" in output
    assert "RATES succeeded in the last 4:00" in output


def test_jobs_wait_as_long_as_the_legacy_side_takes(sources: Path) -> None:
    found = played(sources, "--seconds", "RATES=4000")
    # RATES ends at 22:06:40; its end is seen at the next question.
    assert "T22:07:" in moment(found, "NIGHT", "LOAD", "start")


def test_a_staying_job_fails_on_a_day(sources: Path) -> None:
    given = ("dry-run", sources, "--wave", "first", *MONDAY, "--days", 3)
    result = cli(*given, "--fail", "RATES@2026-05-11=3")
    # LOAD waits for the success on Wednesday.
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "21:00 RATES failed 21:00 on the legacy side" in lines
    assert "21:00 RATES succeeded 21:00 on the legacy side" in lines
    assert "22:00 NIGHT succeeded Wed 21:00 by NIGHT.schedule" in lines
    unused = cli(*given, "--fail", "RATES@2026-05-12")
    assert "no run of RATES starts on 2026-05-12" in unused.output


def test_staying_jobs_hear_of_moved_ones(sources: Path) -> None:
    assert "AFTER" not in started(played(sources, "--kill", "LOAD", "--fail", "CHECK=3"))


def test_both_sides_have_the_same_runs(sources: Path) -> None:
    by_side = [
        played(sources, "--days", 3, "--by", side)["runs"] for side in ("source", "platform")
    ]
    assert by_side[0] == by_side[1]
    assert {run["job"] for run in by_side[0]} == {"NIGHT", "LOAD", "POST", "MORNING", "AFTER"}


def test_an_emitted_folder_knows_nothing_of_the_legacy_side(sources: Path, tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    cli("convert", sources, "-o", flows, "--wave", "first")
    result = cli("dry-run", flows, *MONDAY)
    assert "NIGHT: its waits for the legacy side are taken to be over" in result.output
    assert "22:00:00 NIGHT started by NIGHT.schedule: succeeded" in result.output
    refused = cli("dry-run", flows, *MONDAY, "--wave", "first")
    assert refused.exit_code == 2
    assert "--wave is for job definitions" in refused.output


def test_one_workflow_runs_alone(sources: Path) -> None:
    result = cli("dry-run", sources, "--wave", "first", "--workflow", "NIGHT")
    assert result.exit_code == 0
    assert "NIGHT runs alone" in result.output
    unknown = cli("dry-run", sources, "--wave", "first", "--workflow", "FEED")
    assert "unknown workflow 'FEED'" in unknown.output
