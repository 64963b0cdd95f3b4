"""Jobs and boxes of a running workflow, and what conditions ask about them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from flyte.errors import ActionAbortedError, BaseRuntimeError, TaskTimeoutError

from transpile.runtime.flyte2.conditions import Condition, Truth
from transpile.runtime.flyte2.failures import BLOCKED, status_of_code
from transpile.runtime.outputs import COMPARISONS, compare_output
from transpile.runtime.statuses import (
    TERMINATED,
    done,
    exit_code,
    failed,
    not_failed,
    not_succeeded,
    succeeded,
    terminated,
)

Call = Coroutine[Any, Any, Any] | Callable[[], Coroutine[Any, Any, Any]]
HANGS = "HANGS"


class Member:
    """A job or box of a workflow: its `status` is empty until it has ended.

    HANGS is the status of one that can neither run nor be skipped.

    `result` is what its task has returned. `why` says why it did not run. One that does not `count`
    is on ice: its box does not wait for it. The whole of jobs without a box is no job: box and
    workflow may have the same name.
    """

    is_job = True

    def __init__(self, name: str, *, counts: bool = True) -> None:
        self.name = name
        self.counts = counts
        self.status = ""
        self.why = ""
        self.result: Any = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end(self, status: str) -> None:
        """Note how it ended, for the conditions that ask."""
        self.status = status
        self.ended.set_result(None)

    def hang(self) -> None:
        """Note that it never ends, unless it has."""
        if not self.status:
            self.end(HANGS)

    def tested(self, test: Callable[[str], bool], words: str) -> Condition:
        """A condition on its status."""

        def value() -> Truth:
            if not self.status:
                return Truth.OPEN
            if self.status == HANGS:
                return Truth.NEVER
            return Truth.YES if test(self.status) else Truth.NO

        return Condition(
            value,
            (self.ended,),
            lambda: f"{self.name} {words} ({self.status or 'open'})",
        )

    @property
    def succeeded(self) -> Condition:
        """It ran and succeeded."""
        return self.tested(succeeded, "succeeded")

    @property
    def failed(self) -> Condition:
        """It ran and failed; a killed job did not fail."""
        return self.tested(failed, "failed")

    @property
    def terminated(self) -> Condition:
        """It was killed, or is a box that a member has terminated."""
        return self.tested(terminated, "was terminated")

    @property
    def done(self) -> Condition:
        """It ran and ended in any way."""
        return self.tested(done, "is done")

    @property
    def not_failed(self) -> Condition:
        """It was neither killed nor failed; it need not have run."""
        return self.tested(not_failed, "has not failed")

    @property
    def not_succeeded(self) -> Condition:
        """It failed, was killed, or did not run."""
        return self.tested(not_succeeded, "has not succeeded")

    @property
    def over(self) -> Condition:
        """It has ended, or was skipped."""
        return self.tested(lambda _: True, "is over")

    @property
    def idle(self) -> Condition:
        """It does not run any more, and will not: it has ended, was skipped, or hangs."""

        def value() -> Truth:
            return Truth.YES if self.status else Truth.OPEN

        def shown() -> str:
            return f"{self.name} is idle ({self.status or 'open'})"

        return Condition(value, (self.ended,), shown)

    def exit_code(self, sign: str, code: int) -> Condition:
        """It ran, and a comparison of its exit code holds."""
        compare = COMPARISONS[sign]

        def holds(status: str) -> bool:
            return bool(compare(exit_code(status), code))

        return self.tested(holds, f"exit code {sign} {code}")

    def handed_over(self, name: str, sign: str, value: str | int) -> Condition:
        """A comparison of a value that it hands over holds."""
        return self.tested(
            lambda _: compare_output(self.outputs, name, sign, value),
            f"{name} {sign} {value}",
        )

    @property
    def outputs(self) -> str:
        """The values that it hands over to other jobs, as JSON; empty without any."""
        return self.result[1] if isinstance(self.result, tuple) else ""

    def output(self, number: int) -> Any:
        """An output of the task that stands for it; 0 is the first one."""
        return self.result[number] if isinstance(self.result, tuple) else self.result


def status_of(error: BaseRuntimeError) -> str:
    """The status of a job whose task has raised an error."""
    if error.code == BLOCKED:
        return HANGS
    stopped = isinstance(error, TaskTimeoutError | ActionAbortedError)
    return TERMINATED if stopped else status_of_code(error.code)


async def result_of(member: Member, call: Call) -> Any:
    """The result of the task that runs a member. Raises its error."""
    return await (call() if callable(call) else call)
