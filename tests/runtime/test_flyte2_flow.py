"""Drivers of Flyte 2 on a plain event loop: conditions, boxes, and errors beside those of jobs."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

from flyte.errors import NonRecoverableError, RuntimeUserError

from transpile.runtime.flyte2.conditions import Condition, Truth, all_of, any_of
from transpile.runtime.flyte2.flow import Flow

YES, NO, OPEN, NEVER = Truth.YES, Truth.NO, Truth.OPEN, Truth.NEVER


def fixed(truth: Truth) -> Condition:
    return Condition(lambda: truth, (), lambda: truth.value)


async def ends(code: int = 0, seconds: float = 0.0) -> int:
    await asyncio.sleep(seconds)
    if code:
        raise RuntimeUserError(f"EXIT_{code}", f"exit code {code}")
    return 0


def played(build: Callable[[Flow], None], **options: Any) -> list[str]:
    async def driver() -> list[str]:
        flow = Flow("F", **options)
        build(flow)
        return await asyncio.wait_for(flow.finish(), 5)

    return asyncio.run(driver())


@pytest.mark.parametrize(
    ("values", "both", "either"),
    [
        ((YES, YES), YES, YES),
        ((YES, NO), NO, YES),
        ((NO, NO), NO, NO),
        ((YES, OPEN), OPEN, YES),
        ((NO, OPEN), NO, OPEN),
        ((YES, NEVER), NEVER, YES),
        ((NO, NEVER), NO, NEVER),
        ((OPEN, NEVER), OPEN, OPEN),
        ((OPEN, OPEN), OPEN, OPEN),
        ((NEVER, NEVER), NEVER, NEVER),
    ],
)
def test_values_of_conditions(values: tuple[Truth, ...], both: Truth, either: Truth) -> None:
    for order in itertools.permutations(map(fixed, values)):
        assert all_of(*order).value() is both
        assert any_of(*order).value() is either
        assert (order[0] & order[1]).value() is both
        assert (order[0] | order[1]).value() is either


def test_constants_are_conditions() -> None:
    assert (fixed(OPEN) & False).value() is NO
    assert (True | fixed(OPEN)).value() is YES


def test_an_alternative_starts_at_its_first_true_term() -> None:
    order: list[str] = []

    async def noted(name: str) -> int:
        order.append(name)
        return 0

    def build(flow: Flow) -> None:
        slow = flow.start("SLOW", ends(seconds=0.2))
        quick = flow.start("QUICK", ends())
        flow.start("AFTER", lambda: noted("AFTER"), slow.succeeded | quick.succeeded)
        flow.start("LAST", lambda: noted("LAST"), slow.succeeded)

    played(build, network=True)
    assert order == ["AFTER", "LAST"]


def test_a_flow_that_joins_waits_for_all_that_a_condition_names() -> None:
    def build(flow: Flow) -> None:
        slow = flow.start("SLOW", ends(seconds=0.1))
        quick = flow.start("QUICK", ends())
        after = flow.start("AFTER", ends(), slow.failed | quick.succeeded)
        flow.start("CHECK", lambda: _ended(slow), after.done)

    async def _ended(member: Any) -> int:
        assert member.status
        return 0

    assert "CHECK SUCCESS 0" in played(build, network=True, joins=True)


def _raising() -> Coroutine[Any, Any, object]:
    async def pause() -> None:
        raise OSError("the control plane is away")

    return pause()


@pytest.mark.parametrize("where", ["wait", "clock", "tells", "box", "call"])
def test_an_error_beside_a_job_fails_the_workflow_and_ends_it(where: str) -> None:
    def build(flow: Flow) -> None:
        if where == "box":
            box = flow.box("X", wait=_raising)
            box.start("IN", ends())
        elif where == "call":
            flow.start("X", _raising())
        else:
            flow.start("X", ends(), **{where: _raising})  # type: ignore[arg-type]
        flow.start("OTHER", ends())

    with pytest.raises(NonRecoverableError, match="X: OSError: the control plane is away"):
        played(build, network=True)


def test_a_job_behind_one_that_hangs_is_not_skipped() -> None:
    def build(flow: Flow) -> None:
        async def cannot() -> int:
            raise NonRecoverableError("A999: no such thing", "BLOCKED")

        gone = flow.start("GONE", cannot())
        flow.start("AFTER", ends(), gone.not_succeeded)

    with pytest.raises(NonRecoverableError, match="GONE: A999"):
        played(build, network=True)


def test_a_job_that_only_comes_after_one_that_hangs_runs() -> None:
    ran = []

    async def noted() -> int:
        ran.append("AFTER")
        return 0

    def build(flow: Flow) -> None:
        async def cannot() -> int:
            raise NonRecoverableError("A206: on hold", "BLOCKED")

        gone = flow.start("GONE", cannot())
        flow.start("AFTER", noted(), gone.idle)

    with pytest.raises(NonRecoverableError, match="GONE: A206"):
        played(build, network=True)
    assert ran == ["AFTER"]


def test_a_driver_that_is_cancelled_cancels_its_jobs() -> None:
    cancelled = []

    async def long() -> int:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.append("LONG")
            raise
        return 0

    async def driver() -> None:
        flow = Flow("F", network=True)
        flow.start("LONG", long())
        task = asyncio.ensure_future(flow.finish())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)

    asyncio.run(driver())
    assert cancelled == ["LONG"]
