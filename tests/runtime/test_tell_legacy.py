"""What the legacy side hears of jobs that have moved; a shell script stands in for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runtime.estates import HOUR
from tests.runtime.resumed import Converts, Nights, job
from transpile.runtime.legacy import LegacyJob, tell_legacy, tell_legacy_start

SCRIPT = """#!/bin/sh
# Notes what it is told, unless somebody has written how often it still fails.
left=$(cat "$0.fails" 2> /dev/null || echo 0)
if [ "$left" -gt 0 ]; then
    echo $((left - 1)) > "$0.fails"
    echo "host is down" >&2
    exit 1
fi
echo "$@" >> "$0.heard"
"""
TOML = """
[platform]
endpoint = "flyteadmin:81"

[[wave]]
name = "first"
jobs = ["NIGHT", "ALONE"]

[bridge]
tell = "sh {script} {{job}} {{status}} {{code}}"
interval = 7
"""
STAYS = "f(LOAD) & d(CLEAN) & s(RESCUE) & d(NIGHT) & e(LATER) = 4 & s(INNER) & d(ALONE)"
NIGHT = "".join(
    (
        job("NIGHT", "box_success: s(LATER)", "box_failure: f(LATER)", kind="BOX"),
        job("LOAD", box="NIGHT"),
        job("CLEAN", "condition: s(LOAD)", box="NIGHT"),
        job("RESCUE", "condition: f(LOAD)", box="NIGHT"),
        job("LATER", "condition: d(CLEAN)", box="NIGHT"),
        job("DEEP", "condition: s(CLEAN)", kind="BOX", box="NIGHT"),
        job("INNER", box="DEEP"),
        job("STAYS", f"condition: {STAYS}"),
    )
)
RESET = [f"{name} INACTIVE" for name in ("LOAD", "CLEAN", "RESCUE", "LATER", "INNER")]
BEGIN = [*RESET, "NIGHT RUNNING"]


@pytest.fixture
def heard(tmp_path: Path) -> Callable[[], list[str]]:
    """What the legacy side has heard since the last question."""
    (tmp_path / "tell.sh").write_text(SCRIPT)

    def since() -> list[str]:
        path = tmp_path / "tell.sh.heard"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [line.strip() for line in lines]

    return since


@pytest.fixture
def moved(nights_of: Converts, tmp_path: Path) -> Nights:
    """The box has moved; STAYS has not."""
    (tmp_path / "transpile.toml").write_text(TOML.format(script=tmp_path / "tell.sh"))
    return nights_of(NIGHT, "--wave", "first", module="night")


def test_each_start_and_end_is_told(moved: Nights, heard: Callable[[], list[str]]) -> None:
    run = moved.play("night")
    assert run.phase == "SUCCEEDED"
    assert heard() == [
        *BEGIN,
        *("LOAD RUNNING", "LOAD SUCCESS 0", "CLEAN RUNNING", "CLEAN SUCCESS 0"),
        *("LATER RUNNING", "LATER SUCCESS 0", "INNER RUNNING", "INNER SUCCESS 0"),
        "NIGHT SUCCESS",
    ]


def test_a_failure_is_told_and_a_skipped_job_is_not(
    moved: Nights, heard: Callable[[], list[str]]
) -> None:
    moved.bad("LOAD", "LATER")
    moved.play("night")
    assert heard()[len(BEGIN) :] == [
        *("LOAD RUNNING", "LOAD FAILURE 1", "RESCUE RUNNING", "RESCUE SUCCESS 0"),
    ]
    moved.bad("CLEAN", "LATER")
    moved.play("night")
    assert heard()[len(BEGIN) :] == [
        *("LOAD RUNNING", "LOAD SUCCESS 0", "CLEAN RUNNING", "CLEAN FAILURE 1"),
        *("LATER RUNNING", "LATER FAILURE 1", "NIGHT FAILURE"),
    ]


def test_a_resumed_night_tells_nothing_twice(moved: Nights, heard: Callable[[], list[str]]) -> None:
    moved.bad("LATER")
    first = moved.play("night", ago=HOUR)
    moved.bad()
    heard(), moved.ran()
    second = moved.play("night", RESUME=first.name)
    assert second.phase == "SUCCEEDED"
    assert moved.ran() == ["LATER"]
    # The box starts again; of its jobs only those that run again and those that never ran.
    assert heard() == [
        *("RESCUE INACTIVE", "LATER INACTIVE", "NIGHT RUNNING"),
        *("LATER RUNNING", "LATER SUCCESS 0", "NIGHT SUCCESS"),
    ]


def test_a_job_that_is_run_again_or_bypassed_is_told(
    moved: Nights, heard: Callable[[], list[str]]
) -> None:
    moved.bad("LATER")
    first = moved.play("night", ago=HOUR)
    heard()
    moved.play("night", RESUME=first.name, RERUN="LOAD", BYPASS="LATER")
    told = heard()
    assert told == [
        *("LOAD INACTIVE", "RESCUE INACTIVE", "LATER INACTIVE", "NIGHT RUNNING"),
        *("LOAD RUNNING", "LOAD SUCCESS 0", "LATER RUNNING", "LATER SUCCESS 0"),
        "NIGHT SUCCESS",
    ]


def test_a_loss_of_the_legacy_side_delays_the_job_and_does_no_harm(
    moved: Nights,
    heard: Callable[[], list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    moved.play("night")
    usual = heard()
    (tmp_path / "tell.sh.fails").write_text("60\n")
    capsys.readouterr()
    run = moved.play("night")
    printed = capsys.readouterr().out
    assert printed.count("LOAD: no answer: exit code 1: host is down; telling it again") == 60
    assert run.phase == "SUCCEEDED"
    assert heard() == usual


def test_there_is_nobody_to_tell_without_a_platform(capsys: pytest.CaptureFixture[str]) -> None:
    job = LegacyJob("A", tell="false")
    assert tell_legacy(job, "SUCCESS", interval=1) == "no platform here"
    assert tell_legacy_start(job, interval=1) == "no platform here"
    assert capsys.readouterr().out == "told: no platform here\n" * 2


def test_a_job_in_no_box_keeps_its_last_status(
    nights_of: Converts, heard: Callable[[], list[str]], tmp_path: Path
) -> None:
    (tmp_path / "transpile.toml").write_text(TOML.format(script=tmp_path / "tell.sh"))
    alone = job("ALONE", "date_conditions: 1", "days_of_week: all", 'start_times: "01:00"')
    nights = nights_of(
        alone + job("STAYS", "condition: s(ALONE)"), "--wave", "first", module="alone"
    )
    nights.bad("ALONE")
    assert nights.play("alone").phase == "FAILED"
    assert heard() == ["ALONE RUNNING", "ALONE FAILURE 1"]
    nights.play("alone", stop="alone-job")
    assert heard() == ["ALONE RUNNING"]
