"""Flyte Admin on loopback, for the helpers that ask it."""

from collections.abc import Iterator

import pytest

from tests.admin import Door, open_door
from tests.admin.pods import address
from transpile.runtime import admin


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with open_door(tmp_path_factory.mktemp("door")) as door:
        yield door


@pytest.fixture
def door(front: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    """A front door without records. Nobody sleeps in earnest."""
    front.runs.clear()
    front.signals.clear()
    front.launch_plans.clear()
    front.asked.clear()
    front.executions.clear()
    front.away = 0
    for name, value in address(front).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(admin.time, "sleep", lambda seconds: None)
    return front
