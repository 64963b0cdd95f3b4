"""Waits for runs of other workflows on the platform."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from flytekit.core.context_manager import ExecutionState

from transpile.runtime import executions
from transpile.runtime.errors import Killed
from transpile.runtime.executions import wait_for_run, wait_run_status

SUCCEEDED, FAILED = 4, 6
HOURS = timedelta(hours=24)
LIMIT = timedelta(seconds=0.2)


class Platform:
    """Answers each question with the next turn, and with the last one from then on."""

    def __init__(self, *turns: Any) -> None:
        self.turns = list(turns)
        self.asked: list[tuple[str, ...]] = []

    def recent_executions(self, *places: str, limit: int, filters: list[Any]) -> list[Any]:
        self.asked.append((*places, str(limit), str(filters[0].to_flyte_idl())))
        turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
        if isinstance(turn, Exception):
            raise turn
        return [_run(*turn)] if turn else []


def _run(phase: int, hours: float) -> Any:
    started = (datetime.now(timezone.utc) - timedelta(hours=hours)).replace(tzinfo=None)
    closure = SimpleNamespace(phase=phase, started_at=started, duration=timedelta(minutes=1))
    return SimpleNamespace(closure=closure)


def on(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Let tasks run on the platform; the projects and domains that they connect to."""
    state = SimpleNamespace(mode=ExecutionState.Mode.TASK_EXECUTION)
    context = SimpleNamespace(execution_state=state)
    manager = SimpleNamespace(current_context=lambda: context)
    here = SimpleNamespace(execution_id=SimpleNamespace(project="here", domain="night"))
    places: list[tuple[str, ...]] = []

    def connect(config: object, *place: str) -> Platform:
        places.append(place)
        return platform

    monkeypatch.setattr(executions, "FlyteContextManager", manager)
    monkeypatch.setattr(executions, "current_context", lambda: here)
    monkeypatch.setattr(executions, "FlyteRemote", connect)
    return places


def test_the_latest_run_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    # The last one began before those 24 hours and ended in them.
    platform = Platform(None, (FAILED, 1), (SUCCEEDED, 30), (SUCCEEDED, 24.01))
    places = on(platform, monkeypatch)
    assert wait_for_run("OTHER", within=HOURS, project="p", interval=0) == 0
    assert places == [("p", "night")]
    assert platform.asked == [("p", "night", "1", "eq(workflow.name,OTHER)")] * 4


def test_project_and_domain_are_those_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    places = on(Platform((SUCCEEDED, 0)), monkeypatch)
    assert wait_run_status("OTHER", within=HOURS) == "SUCCESS 0"
    assert wait_run_status("OTHER", within=HOURS, domain="d") == "SUCCESS 0"
    assert places == [("here", "night"), ("here", "d")]


@pytest.mark.parametrize("turn", [None, (FAILED, 1), (SUCCEEDED, 25)])
def test_the_time_limit_ends_a_wait(turn: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    on(Platform(turn), monkeypatch)
    options: dict[str, Any] = {"within": HOURS, "interval": 0.05, "time_limit": LIMIT}
    with pytest.raises(Killed, match="time limit: OTHER"):
        wait_for_run("OTHER", **options)
    assert wait_run_status("OTHER", retries=2, **options) == "TERMINATED"


def test_a_wait_outlives_a_refused_poll(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = ConnectionError("Admin is away, token=abc")
    platform = Platform(away, None, (SUCCEEDED, 1))
    on(platform, monkeypatch)
    assert wait_for_run("OTHER", within=HOURS, interval=0) == 0
    assert len(platform.asked) == 3
    said = capsys.readouterr().out
    assert said == "OTHER: the platform does not answer: Admin is away, token=***\n"


def test_a_local_run_waits_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert wait_for_run("OTHER", within=HOURS) == 0
    assert "OTHER: taken to have succeeded" in capsys.readouterr().out
