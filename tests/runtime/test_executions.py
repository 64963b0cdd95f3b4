"""Waits for runs of other workflows on the platform."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.admin import Door, open_door
from tests.admin.pods import address, pod
from tests.admin.records import PROJECT
from transpile.runtime.errors import Killed
from transpile.runtime.executions import wait_for_run, wait_run_status

DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)
LIMIT = timedelta(seconds=0.1)


@pytest.fixture
def door(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Door]:
    """A front door, and a pod that knows its address."""
    with open_door(tmp_path_factory.mktemp("door")) as door, pod(door.run("MINE")):
        for name, value in address(door).items():
            monkeypatch.setenv(name, value)
        yield door


def test_the_latest_run_counts(door: Door) -> None:
    door.run("OTHER", "FAILED", HOUR)
    door.run("OTHER", "SUCCEEDED")
    assert wait_for_run("OTHER", within=DAY, interval=0) == 0
    assert wait_run_status("OTHER", within=DAY) == "SUCCESS 0"
    assert door.asked == ["ListExecutions"] * 2


@pytest.mark.parametrize("phase", ["FAILED", "RUNNING", ""])
def test_the_time_limit_ends_a_wait(phase: str, door: Door) -> None:
    door.run("OTHER", "SUCCEEDED", HOUR)
    if phase:
        door.run("OTHER", phase)
    within = DAY if phase else timedelta(minutes=59)
    options: dict[str, Any] = {"within": within, "interval": 0.05, "time_limit": LIMIT}
    with pytest.raises(Killed, match="time limit: OTHER"):
        wait_for_run("OTHER", **options)
    assert wait_run_status("OTHER", retries=2, **options) == "TERMINATED"


def test_project_and_domain_are_those_of_this_run(door: Door) -> None:
    door.run("OTHER", "SUCCEEDED")
    assert wait_for_run("OTHER", within=DAY, project=PROJECT) == 0
    elsewhere: dict[str, Any] = {"within": DAY, "interval": 0.05, "time_limit": LIMIT}
    assert wait_run_status("OTHER", project="another", **elsewhere) == "TERMINATED"
    assert wait_run_status("OTHER", domain="another", **elsewhere) == "TERMINATED"


def test_a_wait_outlives_an_admin_that_is_away(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    door.run("OTHER", "SUCCEEDED")
    # flytekit itself asks four times at once.
    door.away = 8
    assert wait_for_run("OTHER", within=DAY, interval=0) == 0
    assert capsys.readouterr().out.count("does not answer: Admin is away") == 2


def test_a_wait_without_the_address_of_an_admin(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLYTE_PLATFORM_URL")
    with pytest.raises(RuntimeError, match=r"set `endpoint` under \[platform\]"):
        wait_for_run("OTHER", within=DAY)


def test_a_local_run_waits_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert wait_for_run("OTHER", within=DAY) == 0
    assert "OTHER: taken to have succeeded" in capsys.readouterr().out
