"""How tasks find Flyte Admin, and what they do while it is away."""

import pytest
from flytekit.configuration import PlatformConfig
from flytekit.configuration.file import get_config_file

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import PROJECT
from tests.runtime.gated import A_SUCCEEDED, seen_by_look, told, waiting_run
from transpile.runtime import admin as traffic
from transpile.runtime.admin import PAUSES, flyte_admin
from transpile.runtime.failures import Failure
from transpile.runtime.gates import look


def test_an_admin_that_is_away_for_a_while(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(traffic.time, "sleep", slept.append)
    feed, waiting = door.run("FEED"), waiting_run(door)
    feed.node("a")
    # flytekit itself asks four times at once.
    door.away = 4 * 6
    told(feed, A_SUCCEEDED)
    assert door.opened(waiting) == {"the gate"}
    assert slept == list(PAUSES[:6])
    assert sum(slept) >= 60
    assert "Flyte Admin does not answer" in capsys.readouterr().out


def test_an_admin_that_stays_away(door: Door) -> None:
    door.away = 10**6
    with pytest.raises(Failure, match=r"Flyte Admin does not answer: Admin is away"):
        told(door.run("FEED"), A_SUCCEEDED)


def test_the_address_of_an_admin_in_a_configuration_file(
    door: Door, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    get_config_file.cache_clear()
    request.addfinalizer(get_config_file.cache_clear)
    monkeypatch.delenv("FLYTE_PLATFORM_URL")
    monkeypatch.setenv("FLYTECTL_CONFIG", str(door.config))
    door.run("FEED").node("a")
    assert seen_by_look(door, A_SUCCEEDED)


def test_the_address_of_the_sandbox(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the address that flytekit takes if there is none."""
    monkeypatch.setenv("FLYTE_PLATFORM_URL", PlatformConfig().endpoint)
    with pod(door.run("MINE")):
        assert flyte_admin().project == PROJECT


def test_no_address_of_an_admin(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FLYTE_PLATFORM_URL")
    with pod(door.run("MINE")), pytest.raises(RuntimeError, match=r"under \[platform\]"):
        look(A_SUCCEEDED)
