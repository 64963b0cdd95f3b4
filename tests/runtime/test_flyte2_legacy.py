"""What a driver asks and tells the legacy side; a shell script stands in for that."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

import flyte

from transpile.runtime.estate import Last
from transpile.runtime.flyte2 import gates, legacy
from transpile.runtime.flyte2.flow import Flow
from transpile.runtime.flyte2.gates import Wait
from transpile.runtime.flyte2.legacy import on_both_sides, tell_legacy, tell_legacy_start
from transpile.runtime.legacy import LegacyJob
from transpile.runtime.records import NodeRecord
from transpile.runtime.statuses import succeeded

SCRIPT = """#!/bin/sh
# Notes what it is told, and answers "$0.answer". It fails as often as somebody has written.
left=$(cat "$0.fails" 2> /dev/null || echo 0)
if [ "$left" -gt 0 ]; then
    echo $((left - 1)) > "$0.fails"
    echo "host is down" >&2
    exit 1
fi
[ $# -gt 1 ] && echo "$@" >> "$0.heard"
cat "$0.answer"
"""
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


class Records:
    """The run `here`, which recovers the run `earlier`; both ran the tasks in `nodes_of`."""

    def __init__(self) -> None:
        self.earlier = ""
        self.nodes_of: dict[str, dict[str, str]] = {"here": {}}

    def recovered(self, execution: str) -> str:
        return self.earlier

    def nodes(self, execution: str, parent: str = "") -> list[NodeRecord]:
        found = self.nodes_of[execution].items()
        return [NodeRecord(execution, n, n, status.split()[0], NOON) for n, status in found]

    def output(self, record: NodeRecord) -> str:
        return self.nodes_of[record.execution][record.node].partition(" ")[2]


class Side:
    """The legacy side, which is a script in a folder."""

    def __init__(self, folder: Path) -> None:
        self.script = folder / "side.sh"
        self.script.write_text(SCRIPT)
        self.answers("RUNNING")

    def answers(self, answer: str) -> None:
        self._beside("answer").write_text(f"{answer}\n")

    def fails(self, times: int) -> None:
        self._beside("fails").write_text(f"{times}\n")

    def job(self, name: str, task: str = "") -> LegacyJob:
        command = f"sh {self.script} {name}"
        return LegacyJob(name, command, f"{command} {{status}} {{code}}", task)

    @property
    def heard(self) -> list[str]:
        path = self._beside("heard")
        return [line.strip() for line in path.read_text().splitlines()] if path.exists() else []

    def _beside(self, suffix: str) -> Path:
        return self.script.with_name(f"{self.script.name}.{suffix}")


@pytest.fixture
def side(tmp_path: Path) -> Side:
    return Side(tmp_path)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    found = Records()
    for module in (gates, legacy):
        monkeypatch.setattr(module, "on_platform", lambda: True)
        monkeypatch.setattr(module, "flyte_admin", lambda: found)
        monkeypatch.setattr(module, "this_run", lambda: "here")
    flyte.init()
    return found


async def job(end: str = "") -> int:
    """A job of the driver, which may end with an error of this code."""
    if end:
        raise flyte.errors.RuntimeUserError(end, "as planned")
    return 0


def night(side: Side, load: str = "") -> list[str]:
    """A night of three jobs, of which the legacy side hears; returns what it has heard."""
    known = {name: side.job(name, name.lower()) for name in ("LOAD", "CLEAN", "RESCUE")}

    async def drives() -> None:
        flow = Flow(
            "NIGHT",
            before=lambda: tell_legacy_start(
                side.job("NIGHT"), resets=list(known.values()), interval=0.01
            ),
            after=lambda status: tell_legacy(side.job("NIGHT"), status, interval=0.01),
        )
        loaded = start("LOAD", flow, job(load))
        start("CLEAN", flow, job(), loaded.succeeded)
        start("RESCUE", flow, job(), loaded.failed)
        flow.succeeds_if(loaded.done)
        await flow.finish()

    def start(name: str, flow: Flow, call: object, *when: object) -> object:
        return flow.start(
            name,
            call,
            *when,
            before=lambda: tell_legacy_start(known[name], interval=0.01),
            after=lambda status: tell_legacy(known[name], status, interval=0.01),
        )

    asyncio.run(drives())
    return side.heard


BEGIN = [f"{name} INACTIVE" for name in ("LOAD", "CLEAN", "RESCUE")] + ["NIGHT RUNNING"]
LOADED = ["LOAD RUNNING", "LOAD SUCCESS 0"]
CLEANED = ["CLEAN RUNNING", "CLEAN SUCCESS 0"]


def test_each_start_and_end_is_told_and_a_skipped_job_is_not(records: Records, side: Side) -> None:
    heard = night(side)
    assert heard[: len(BEGIN)] == BEGIN
    # The end of a job is told while others start.
    assert sorted(heard[len(BEGIN) :]) == sorted([*LOADED, *CLEANED, "NIGHT SUCCESS"])
    assert [heard.index(each) for each in LOADED] == sorted(heard.index(each) for each in LOADED)
    assert [heard.index(each) for each in CLEANED] == sorted(heard.index(each) for each in CLEANED)


@pytest.mark.parametrize(
    ("code", "status"), [("EXIT_3", "FAILURE 3"), ("KILLED", "TERMINATED"), ("FAILED", "FAILURE")]
)
def test_a_failure_is_told_with_its_exit_code(
    code: str, status: str, records: Records, side: Side
) -> None:
    heard = night(side, code)
    assert f"LOAD {status}" in heard
    assert ("RESCUE RUNNING" in heard) is (code != "KILLED")
    assert "CLEAN RUNNING" not in heard


def test_a_job_that_hangs_has_no_end(records: Records, side: Side) -> None:
    with pytest.raises(flyte.errors.NonRecoverableError, match="LOAD"):
        night(side, "BLOCKED")
    assert side.heard == [*BEGIN, "LOAD RUNNING"]


def test_a_job_starts_once_the_legacy_side_knows(
    records: Records, side: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    side.fails(30)
    heard = night(side)
    assert heard[: len(BEGIN)] == BEGIN
    printed = capsys.readouterr().out
    assert printed.count("LOAD: no answer: exit code 1: host is down; telling it again") == 30
    assert printed.index("NIGHT RUNNING: told") < printed.index("LOAD RUNNING: told")


def test_a_run_that_recovers_another_tells_nothing_twice(records: Records, side: Side) -> None:
    records.earlier = "earlier"
    records.nodes_of = {
        "earlier": {"load": "SUCCEEDED SUCCESS 0", "clean": "SUCCEEDED FAILURE 1"},
        "here": {"load": "RECOVERED SUCCESS 0", "clean": "SUCCEEDED SUCCESS 0"},
    }
    heard = night(side)
    # The box starts again, and with it each job that did not succeed.
    begin = ["CLEAN INACTIVE", "RESCUE INACTIVE", "NIGHT RUNNING"]
    assert heard[:3] == begin
    assert sorted(heard[3:]) == sorted([*CLEANED, "NIGHT SUCCESS"])


def waited(side: Side, holds: Callable[[Last], bool]) -> list[str]:
    """What happens while a driver waits for the legacy side."""
    found: list[str] = []

    async def other() -> None:
        while "waited" not in found:
            found.append("goes on")
            if len(found) == 3:
                side.answers("SUCCESS 0")
            await asyncio.sleep(0.01)

    async def waits() -> None:
        await on_both_sides("LOAD", Wait("RATES succeeded", holds), interval=0.01)
        found.append("waited")

    async def both() -> None:
        await asyncio.gather(waits(), other())

    asyncio.run(both())
    return found


def test_a_wait_ends_with_the_answer_and_holds_nobody_up(records: Records, side: Side) -> None:
    rates = side.job("RATES")
    found = waited(side, lambda last: succeeded(last(rates)))
    assert found[:3] == ["goes on"] * 3
    assert found[-1] == "waited" or found[-2] == "waited"


def test_a_loss_of_the_legacy_side_does_no_harm(
    records: Records, side: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = side.job("RATES")
    side.fails(10)
    waited(side, lambda last: succeeded(last(rates)))
    printed = capsys.readouterr().out
    assert printed.count("RATES: no answer: exit code 1: host is down; asking again") == 10


def test_there_is_nobody_to_ask_or_tell_in_a_local_run(
    side: Side, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = side.job("RATES")
    waits = on_both_sides("LOAD", Wait("RATES succeeded", lambda last: False), interval=1)
    asyncio.run(waits)
    asyncio.run(tell_legacy(rates, "SUCCESS 0", interval=1))
    printed = capsys.readouterr().out
    assert "RATES succeeded: taken to hold" in printed
    assert "RATES SUCCESS 0: nobody is told, for there is no platform here" in printed
    assert side.heard == []
