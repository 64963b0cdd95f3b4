"""Resumed nights and other workflows: what is told and started, and when a night began."""

import importlib
from datetime import datetime, timezone
from pathlib import Path

import pytest
from flyteidl.admin.launch_plan_pb2 import LaunchPlanSpec

from tests.runtime.estates import HOUR, last
from tests.runtime.resumed import FLOW, NIGHT, PACKAGE, Converts, Nights, job
from tests.support import cli
from transpile.runtime.estate import Job

CLOCK = ("date_conditions: 1", "days_of_week: all")
TOLD = "".join(
    (
        job("LOAD", *CLOCK, 'start_times: "22:00"'),
        job("AFTER", "condition: s(LOAD)"),
        job("OTHER", *CLOCK, 'start_times: "23:00"'),
        job("SUM", "condition: s(LOAD) & s(OTHER)"),
    )
)


@pytest.fixture
def told(nights_of: Converts) -> Nights:
    """A night that failed after it told of LOAD; since then OTHER has started SUM."""
    nights = nights_of(TOLD)
    spec = LaunchPlanSpec()
    spec.workflow_id.name = "SUM"
    nights.door.launch_plans["SUM.start", "1"] = spec
    nights.bad("AFTER")
    nights.play(FLOW, ago=2 * HOUR)
    nights.bad()
    other = importlib.import_module(f"{PACKAGE}.other")
    Nights(nights.door, other, nights.monkeypatch).play("other", ago=HOUR)
    assert len(nights.door.executions) == 1
    return nights


def test_a_tell_tells_once(told: Nights, capsys: pytest.CaptureFixture[str]) -> None:
    first = told.door.runs[0]
    second = told.play(FLOW, RESUME=first.name)
    assert second.phase == "SUCCEEDED"
    assert second.outputs["load-tell"] == "told in the earlier run"
    assert len(told.door.executions) == 1
    # One that did not come to its end there starts the same.
    first.tasks.pop("load-tell")
    third = told.play(FLOW, RESUME=first.name)
    assert "started already" in third.outputs["load-tell"]
    assert f"LOAD SUCCESS 0 {first.name}/load" in third.outputs["load-tell"]
    assert len(told.door.executions) == 1


def test_a_job_that_runs_again_is_told_again(told: Nights) -> None:
    second = told.play(FLOW, RESUME=told.door.runs[0].name, RERUN="LOAD")
    assert "SUM.start: s" in second.outputs["load-tell"]
    assert f"LOAD SUCCESS 0 {second.name}/load" in second.outputs["load-tell"]
    assert len(told.door.executions) == 2
    # Another job that runs again changes nothing about this one.
    third = told.play(FLOW, RESUME=second.name, RERUN="AFTER")
    assert f"LOAD SUCCESS 0 {second.name}/load" in third.outputs["load-tell"]
    assert len(told.door.executions) == 2


def test_a_job_that_ends_otherwise_is_told_again(told: Nights) -> None:
    first = told.door.runs[0]
    first.node("load", "FAILED", task=f"{PACKAGE}.{FLOW}.load")
    second = told.play(FLOW, RESUME=first.name)
    assert f"LOAD SUCCESS 0 {second.name}/load" in second.outputs["load-tell"]


def test_a_job_taken_over_ended_when_it_ended_there(told: Nights) -> None:
    job = Job(told.module.load_network.name, "load")
    told.play(FLOW, RESUME=told.door.runs[0].name)
    for hours, status in ((1, ""), (3, "SUCCESS 0")):
        assert last(told.door, job, within=hours * HOUR) == status


def test_a_start_time_is_that_of_the_earlier_night(
    nights_of: Converts, capsys: pytest.CaptureFixture[str]
) -> None:
    box = job("NIGHT", *CLOCK, 'start_times: "22:00"', kind="BOX")
    late = job("LATE", *CLOCK, 'start_times: "23:00"', "timezone: UTC", box="NIGHT")
    nights = nights_of(box + late, module="night")
    kickoff = datetime(2026, 3, 2, 22, tzinfo=timezone.utc)
    first = nights.play("night", stop="late-not-before")
    first.record.spec.metadata.scheduled_at.FromDatetime(kickoff)
    by_hand = {"kickoff": nights.module.BY_HAND}
    early = nights.play("night", stop="late-not-before", inputs=by_hand, RESUME=first.name)
    again = nights.play("night", stop="late", inputs=by_hand, RESUME=early.name)
    assert again.outputs["late-not-before"] == "not before 2026-03-02 23:00 UTC"
    second = nights.play("night", stop="late", inputs=by_hand, RESUME=first.name)
    assert second.outputs["late-not-before"] == "not before 2026-03-02 23:00 UTC"
    nights.play("night", inputs=by_hand, RESUME=second.name)
    assert f"LATE (not before): taken over from {second.name}" in capsys.readouterr().out
    assert nights.ran() == ["LATE"]


def test_rehearsals_take_no_notice(
    nights_of: Converts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights_of(NIGHT)
    module = tmp_path / PACKAGE / f"{FLOW}.py"
    plain = cli("dry-run", module)
    for name in ("RESUME", "RERUN", "BYPASS"):
        monkeypatch.setenv(name, "LOAD")
    assert cli("dry-run", module).output == plain.output
