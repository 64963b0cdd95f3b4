"""A night with tasks in pods, Flyte Admin on loopback, and AutoSys on the other side.

A task that sleeps lets the time of AutoSys pass.
"""

import heapq
import importlib
import itertools
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.legacy_side.autosys import AutoSys
from tests.legacy_side.estates import CLOCK, settings
from tests.legacy_side.nights import jobs_of
from tests.legacy_side.programs import Programs
from tests.runtime.resumed import PACKAGE, Converts, Nights, job
from transpile.model.run_log import RunEnd

MIDNIGHT = datetime(2026, 11, 3, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
ESTATE = "".join(
    (
        job("NIGHT", CLOCK.format("01:00"), kind="BOX"),
        job("LOAD", "condition: s(FEED)", box="NIGHT"),
        job("CHECK", "condition: d(LOAD)", box="NIGHT"),
        job("FEED", CLOCK.format("00:30")),
        job("CLOSE", "condition: s(LOAD) & d(NIGHT)"),
        job("MOURN", "condition: f(LOAD)"),
        job("REPORT", "condition: s(CLOSE)"),
        job("LAST", "condition: s(REPORT)"),
    )
)
MINUTES = {"FEED": 45, "CLOSE": 5}
TOML = settings({"first": "NIGHT REPORT"})


@dataclass
class Ticking:
    """A clock that somebody moves on."""

    now: datetime = MIDNIGHT
    _events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=itertools.count)

    def moment(self) -> datetime:
        return self.now

    def at(self, moment: datetime, event: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._number), event))

    def pass_until(self, moment: datetime) -> None:
        while self._events and self._events[0][0] <= moment:
            self.now, _, event = heapq.heappop(self._events)
            event()
        self.now = moment


@dataclass
class Both:
    """A night on Flyte, and the legacy side."""

    nights: Nights
    legacy: AutoSys
    programs: Programs
    clock: Ticking

    def until(self, hour: int, minute: int = 0) -> None:
        self.pass_(MIDNIGHT.replace(hour=hour, minute=minute) - self.clock.now)

    def pass_(self, some: timedelta) -> None:
        self.legacy.hear()
        self.clock.pass_until(self.clock.now + some)

    def sleep(self, seconds: float) -> None:
        """Let time pass between two questions; other threads sleep shorter."""
        if seconds == MINUTE.total_seconds():
            self.pass_(MINUTE)

    def play(self, module: str) -> str:
        """Play the workflow of a module; how it ends."""
        self.nights.module = importlib.import_module(f"{PACKAGE}.{module}")
        phase = self.nights.play(module).phase
        self.legacy.hear()
        return phase

    def ran(self) -> list[str]:
        """What the legacy side has run, and when."""
        return [f"{run.start:%H:%M} {run.job} {run.status}" for run in self.legacy.runs]


@pytest.fixture
def both(nights_of: Converts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    (tmp_path / "transpile.toml").write_text(TOML)
    nights = nights_of(ESTATE, "--wave", "first", module="night")
    clock, programs = Ticking(), Programs(tmp_path / "programs")
    programs.register(["REPORT.start"])
    ends = lambda job, start: RunEnd(60 * MINUTES.get(job, 1))  # noqa: E731
    found = Both(nights, AutoSys(clock, programs, ends), programs, clock)
    text = (tmp_path / PACKAGE / "legacy" / "first.jil").read_text()
    found.legacy.load(jobs_of(ESTATE, text), MIDNIGHT + timedelta(days=1))
    monkeypatch.setenv("PATH", f"{programs.folder}:{os.environ['PATH']}")
    monkeypatch.setattr(time, "sleep", found.sleep)
    return found


def test_a_night_on_both_sides(both: Both) -> None:
    both.until(1)
    assert both.play("night") == "SUCCEEDED"
    # LOAD has waited for FEED.
    assert both.clock.now == MIDNIGHT.replace(hour=1, minute=15)
    assert both.nights.ran() == ["CHECK", "LOAD"]
    both.until(1, 30)
    assert list(both.programs.starts()) == ["REPORT.start"]
    assert both.play("report") == "SUCCEEDED"
    both.until(2)
    assert both.ran() == [
        "00:30 FEED SUCCESS",
        "01:15 CLOSE SUCCESS",
        "01:20 REPORT.flyte SUCCESS",
        "01:30 LAST SUCCESS",
    ]


def test_a_failure_is_heard(both: Both) -> None:
    both.until(1)
    both.nights.bad("LOAD")
    both.play("night")
    assert both.nights.ran() == ["CHECK", "LOAD"]
    both.until(2)
    assert both.ran() == ["00:30 FEED SUCCESS", "01:15 MOURN SUCCESS"]


def test_an_hour_of_silence(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    both.until(0, 50)
    both.programs.set_down(down=True)
    both.clock.at(MIDNIGHT.replace(hour=1, minute=50), lambda: both.programs.set_down(down=False))
    both.until(1)
    capsys.readouterr()
    assert both.play("night") == "SUCCEEDED"
    printed = capsys.readouterr().out
    refusal = "no answer: exit code 1: the server does not answer; telling it again"
    assert printed.count(f"LOAD: {refusal}") == 50
    assert both.nights.ran() == ["CHECK", "LOAD"]
    both.programs.set_down(down=True)
    both.clock.at(MIDNIGHT.replace(hour=2, minute=50), lambda: both.programs.set_down(down=False))
    both.until(2, 30)
    assert not list(both.programs.starts())
    both.until(2, 52)
    assert list(both.programs.starts()) == ["REPORT.start"]
    assert both.ran() == [
        "00:30 FEED SUCCESS",
        "01:50 CLOSE SUCCESS",
        "01:55 REPORT.flyte SUCCESS",
    ]
