"""Waits for times of day."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from transpile.runtime import clocks
from transpile.runtime.clocks import BY_HAND, not_before
from transpile.runtime.dates import is_day_of_week

NEW_YORK = "America/New_York"


class Clock:
    """The time, which passes only while somebody sleeps."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.moment += timedelta(seconds=seconds)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(utc("2026-01-05 10:00"))
    monkeypatch.setattr(clocks, "now", lambda: clock.moment)
    monkeypatch.setattr(clocks.time, "sleep", clock.sleep)
    monkeypatch.setattr(clocks, "on_platform", lambda: True)
    return clock


def waits_until(clock: Clock, kickoff: datetime, *times: str, **options: Any) -> str:
    """The time (UTC) at which it returns."""
    clock.moment = max(clock.moment, kickoff)
    not_before(kickoff, times, **options)
    assert max(clock.naps, default=0) <= 60
    return f"{clock.moment:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("kickoff", "options", "expected"),
    [
        ("2026-01-05 22:00", {}, "2026-01-05 23:30"),
        ("2026-01-05 23:30", {}, "2026-01-05 23:30"),
        ("2026-01-05 23:31", {}, "2026-01-06 04:15"),
        ("2026-01-05 22:00", {"timezone": NEW_YORK}, "2026-01-06 04:30"),
        # Saturday in New York; the rule asks for the local day.
        ("2026-01-11 02:00", {"timezone": NEW_YORK}, "2026-01-11 04:30"),
    ],
)
def test_the_first_time_at_or_after_the_kickoff(
    kickoff: str, options: dict[str, Any], expected: str, clock: Clock
) -> None:
    assert waits_until(clock, utc(kickoff), "23:30", "04:15", **options) == expected


def test_days_are_those_of_the_time_zone(clock: Clock) -> None:
    options: dict[str, Any] = {"days": lambda day: is_day_of_week(day, ("mo",))}
    begin = utc("2026-01-06 03:00")  # Tuesday; Monday evening in New York
    late = waits_until(clock, begin, "23:00", timezone=NEW_YORK, **options)
    assert late == "2026-01-06 04:00"
    assert waits_until(clock, begin, "23:00", **options) == "2026-01-12 23:00"


def test_minutes_of_every_hour(clock: Clock) -> None:
    options = {"minutes": (10, 40)}
    assert waits_until(clock, utc("2026-01-05 10:05"), **options) == "2026-01-05 10:10"
    assert waits_until(clock, utc("2026-01-05 10:11"), **options) == "2026-01-05 10:40"
    assert waits_until(clock, utc("2026-01-05 23:41"), **options) == "2026-01-06 00:10"


def test_a_time_that_has_passed_since_the_kickoff_passes_at_once(clock: Clock) -> None:
    not_before(utc("2026-01-05 08:00"), ("09:00",))
    assert not clock.naps


def test_started_by_hand(clock: Clock) -> None:
    clock.moment = utc("2026-01-05 10:30:59")
    not_before(BY_HAND, ("10:30",))
    assert not clock.naps
    assert waits_until(clock, BY_HAND, "10:29") == "2026-01-06 10:29"


def test_seconds_of_the_kickoff_do_not_count(clock: Clock) -> None:
    clock.moment = utc("2026-01-05 10:30:59")
    not_before(clock.moment, ("10:30",))
    assert not clock.naps


def test_a_kickoff_without_a_zone_is_local_time(clock: Clock) -> None:
    kickoff = clock.moment.astimezone().replace(tzinfo=None)
    assert not_before(kickoff, ("10:05",)) == "not before 2026-01-05 10:05 UTC"


def test_a_local_run_does_not_wait(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clocks, "on_platform", lambda: False)
    not_before(BY_HAND, ("10:30",))
    assert "taken to have come, for there is no platform here" in capsys.readouterr().out
    assert not clock.naps


def test_it_says_what_it_waits_for(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    text = not_before(utc("2026-01-05 10:00"), ("12:15",), timezone="Europe/London")
    assert text == "not before 2026-01-05 12:15 Europe/London"
    assert capsys.readouterr().out == f"{text}: waits 2:15:00\n"


@pytest.mark.parametrize(
    ("kickoff", "times", "minutes", "expected"),
    [
        # The clock skips 02:00 to 02:59 on 8 March: a time in it is the end of the skip.
        ("2026-03-08 06:00", ("02:30",), (), "2026-03-08 07:00"),
        ("2026-03-08 06:00", ("02:30", "02:10"), (), "2026-03-08 07:00"),
        ("2026-03-08 06:50", (), (45,), "2026-03-08 07:45"),
        # It repeats 01:00 to 01:59 on 1 November: a time means the second one, minutes both.
        ("2026-11-01 05:00", ("01:30",), (), "2026-11-01 06:30"),
        ("2026-11-01 05:00", (), (30,), "2026-11-01 05:30"),
        ("2026-11-01 05:31", (), (30,), "2026-11-01 06:30"),
    ],
)
def test_changes_of_the_clock(
    kickoff: str, times: tuple[str, ...], minutes: tuple[int, ...], expected: str, clock: Clock
) -> None:
    begin = utc(kickoff)
    found = waits_until(clock, begin, *times, minutes=minutes, timezone=NEW_YORK)
    assert found == expected


def test_a_day_that_never_comes() -> None:
    with pytest.raises(RuntimeError, match="no such time"):
        not_before(utc("2026-01-05 10:00"), ("12:00",), days=lambda day: False)
