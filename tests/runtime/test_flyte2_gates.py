"""Waits, starts and rests of drivers, run by the SDK itself, with a control plane of the test's."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

import flyte

from transpile.runtime.estate import Job, Last
from transpile.runtime.flyte2 import gates
from transpile.runtime.records import Execution, NodeRecord

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
LOAD = Job("day.day", "load")

env = flyte.TaskEnvironment(name="gates")


class Records:
    """The job LOAD ends at the second look; `started` has what was started."""

    def __init__(self) -> None:
        self.looks = 0
        self.started: dict[str, str] = {}
        self.underway: list[str] = []

    def executions(self, workflow: str, phase: str = "") -> Iterator[Execution]:
        names = self.underway if phase else ["d1"]
        for number, name in enumerate(names):
            begun = NOON - timedelta(minutes=number)
            yield Execution(name, workflow, phase or "SUCCEEDED", begun, begun)

    def nodes(self, execution: str, parent: str = "") -> list[NodeRecord]:
        self.looks += 1
        ended = [NodeRecord("d1", "a1", "load", "SUCCEEDED", NOON)]
        return ended if self.looks > 1 else []

    def output(self, record: NodeRecord) -> str:
        return "SUCCESS 0"

    def original(self, execution: str) -> str:
        return ""

    def kickoff(self, execution: str) -> datetime:
        return NOON

    def start(self, task: str, name: str) -> str:
        self.started[task] = name
        return f"{name} started"


def has_loaded(last: Last) -> bool:
    return last(LOAD).startswith("SUCCESS")


def never(last: Last) -> bool:
    return last(LOAD).startswith("FAILURE")


@env.task
async def waits() -> None:
    await gates.elsewhere("BILL", gates.Wait("LOAD has succeeded", has_loaded))


@env.task
async def waits_in_vain() -> None:
    limit = timedelta(seconds=0.05)
    await gates.elsewhere("BILL", gates.Wait("LOAD has failed", never, limit))


@env.task
async def tells() -> None:
    starts = (
        gates.Start("b.b", has_loaded),
        gates.Start("c.c", never),
        gates.Start("d.d", has_loaded),
    )
    await gates.tell("LOAD", *starts)


@env.task
async def rests() -> bool:
    return await gates.runs_already("day.day")


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    found = Records()
    monkeypatch.setattr(gates, "on_platform", lambda: True)
    monkeypatch.setattr(gates, "flyte_admin", lambda: found)
    monkeypatch.setattr(gates, "this_run", lambda: "here")
    monkeypatch.setattr(gates, "INTERVAL", 0.01)
    flyte.init()
    return found


def test_a_wait_ends_when_its_condition_holds(records: Records) -> None:
    flyte.with_runcontext(mode="local").run(waits)
    assert records.looks == 2


def test_a_wait_ends_with_an_error_after_its_limit(records: Records) -> None:
    with pytest.raises(Exception, match="LOAD has failed: not in time"):
        flyte.with_runcontext(mode="local").run(waits_in_vain)


def test_what_is_started_is_what_the_conditions_say(records: Records) -> None:
    records.looks = 1
    flyte.with_runcontext(mode="local").run(tells)
    assert list(records.started) == ["b.b", "d.d"]
    assert len(set(records.started.values())) == 2


@pytest.mark.parametrize(
    ("underway", "lost"), [((), False), (("here",), False), (("here", "r0"), True)]
)
def test_a_start_is_lost_while_an_earlier_run_goes_on(
    underway: tuple[str, ...], lost: bool, records: Records
) -> None:
    records.underway = list(underway)
    assert flyte.with_runcontext(mode="local").run(rests).outputs()[0] is lost
