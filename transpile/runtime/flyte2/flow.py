"""The driver of a workflow: it starts each job as soon as its condition is decided."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from contextlib import nullcontext
from typing import Any, TypeVar

import flyte
from flyte.errors import (
    ActionAbortedError,
    BaseRuntimeError,
    NonRecoverableError,
    TaskTimeoutError,
)

from transpile.runtime.alerts import announce
from transpile.runtime.boxes import box_status, require_success
from transpile.runtime.flyte2.conditions import (
    Condition,
    Truth,
    all_of,
    condition,
    decided,
    holds,
    joined_value,
)
from transpile.runtime.flyte2.failures import BLOCKED, status_of_code
from transpile.runtime.flyte2.members import HANGS, Member
from transpile.runtime.masking import masked
from transpile.runtime.statuses import (
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    Status,
)

Call = Coroutine[Any, Any, Any] | Callable[[], Coroutine[Any, Any, Any]]
Pause = Callable[[], Coroutine[Any, Any, object]]
Extra = TypeVar("Extra", bound=Member)


class Box(Member):
    """A box: its members run after it has begun, and it ends when all of them have.

    `succeeds` and `fails` are rules in the place of either half of that; with `complete`, one of
    the two always holds. A failure of one of the `terminators` terminates it. It waits for those in
    `until`, too. One that never ends says why: it is `endless`. `alerts` has a line to print for
    each way in which it may end.
    """

    def __init__(
        self,
        name: str,
        *,
        terminators: Collection[str] = (),
        succeeds: Callable[[], Condition | bool] | None = None,
        fails: Callable[[], Condition | bool] | None = None,
        complete: bool = False,
        until: Callable[[], Collection[Member]] = tuple,
        endless: str = "",
        alerts: Mapping[str, str] | None = None,
        counts: bool = True,
    ) -> None:
        super().__init__(name, counts=counts)
        self.terminators = terminators
        self.succeeds, self.fails = succeeds, fails
        self.complete = complete
        self.until = until
        self.endless = endless
        self.alerts = alerts or {}
        self.members: list[Member] = []
        self.flow: Flow
        self.begins = Truth.OPEN
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def started(self) -> Condition:
        """It has begun."""
        return Condition(lambda: self.begins, (self.begun,), lambda: f"{self.name} has started")

    def start(
        self,
        name: str,
        call: Call,
        when: Condition | bool = True,
        *,
        wait: Pause | None = None,
        clock: Pause | None = None,
        tells: Pause | None = None,
    ) -> Member:
        """Start a job once the condition holds, and then the `wait` and the `clock` are over.

        Its end `tells` other workflows. A job whose condition is false is skipped.
        """
        member = self._add(Member(name))
        self.flow.drive(self._run(member, call, when, wait, clock, tells))
        return member

    def passes(self, name: str, when: Condition | bool = True, **options: Any) -> Member:
        """A job that runs nothing: it succeeds when the condition holds."""
        return self.start(name, lambda: passes_by(name), when, **options)

    def on_ice(self, name: str) -> "Box":
        """A job or box on ice: it does not run, and nothing waits for it."""
        return self._open(Box(name, counts=False), condition(False), None, None)

    def box(
        self,
        name: str,
        when: Condition | bool = True,
        *,
        wait: Pause | None = None,
        clock: Pause | None = None,
        tells: Pause | None = None,
        blocked: str = "",
        **rules: Any,
    ) -> "Box":
        """A box that begins once the condition holds, and then the `wait` and the `clock` are over.

        The `rules` are those of `Box`. One that is `blocked` does not begin: the text says why.
        """
        return self._open(Box(name, **rules), condition(when), wait, clock, tells, blocked)

    def _add(self, member: Extra) -> Extra:
        self.members.append(member)
        return member

    def _open(
        self,
        box: "Box",
        when: Condition,
        wait: Pause | None,
        clock: Pause | None,
        tells: Pause | None = None,
        blocked: str = "",
    ) -> "Box":
        box.flow = self.flow
        self._add(box)

        async def runs() -> None:
            begins = await self._may_begin(box, when, wait, clock)
            if begins is Truth.YES and blocked:
                self.flow.note_blocked(box, blocked)
                begins = Truth.NEVER
            await box.run(begins)
            if begins is Truth.YES and tells:
                await tells()

        self.flow.drive(runs())
        return box

    async def run(self, begins: Truth) -> None:
        """Let the members start, or skip them all, and find the status at the end."""
        self.begins = begins
        if begins is Truth.YES:
            await box_begins(self)
        self.begun.set_result(None)
        await self._all_ended()
        if begins is not Truth.YES:
            await self._leave_out(self, begins)
            return
        status = self._result()
        announce(self.alerts.get(Status.parse(status).word.lower(), ""), status=status)
        await box_ends(self, RUNNING if status == HANGS else status)
        self.end(status)

    async def _all_ended(self) -> None:
        for member in (*self.members, *self.until()):
            if not member.status:
                await asyncio.shield(member.ended)

    def _result(self) -> str:
        hanging = [m.name for m in self.members if m.counts and m.status == HANGS]
        if hanging and (self.complete or self.flow.joins):
            self.flow.note_blocked(self, f"it hangs on {hanging[0]}")
            return HANGS
        if self.endless:
            self.flow.note_blocked(self, self.endless)
            return HANGS
        try:
            return box_status(
                {member.name: member.status for member in self.members if member.counts},
                terminators=self.terminators,
                success=holds(self.succeeds()) if self.succeeds else None,
                failure=holds(self.fails()) if self.fails else None,
                complete=self.complete,
            )
        except RuntimeError as error:
            self.flow.note_blocked(self, str(error))
            return HANGS

    async def _run(
        self,
        member: Member,
        call: Call,
        when: Condition | bool,
        wait: Pause | None,
        clock: Pause | None,
        tells: Pause | None,
    ) -> None:
        try:
            begins = await self._may_begin(member, condition(when), wait, clock)
            if begins is not Truth.YES:
                await self._leave_out(member, begins)
                return
            status = await self._status(member, call)
        finally:
            if not callable(call):
                call.close()
        if tells and status != HANGS:
            await tells()
        member.end(status)

    async def _may_begin(
        self,
        member: Member,
        when: Condition,
        wait: Pause | None,
        clock: Pause | None,
    ) -> Truth:
        """YES once a member may begin; another value as soon as it is certain that it will not."""
        value = joined_value if self.flow.joins else decided
        begins = await value(all_of(self.started, when))
        if begins is not Truth.YES:
            opened = self.begins is Truth.YES
            member.why = when.shown() if opened else f"{self.name} did not start"
            return begins
        for pause in (wait, clock):
            if pause is not None:
                await pause()
        return begins

    async def _leave_out(self, member: Member, begins: Truth) -> None:
        """End a member that does not run: it is skipped, or hangs."""
        await is_skipped(member)
        member.end(SKIPPED if begins is Truth.NO else HANGS)

    async def _status(self, member: Member, call: Call) -> str:
        """Run the task of a member, and say how it ended."""
        try:
            with nullcontext() if self is self.flow else flyte.group(self.name):
                member.result = await (call() if callable(call) else call)
        except BaseRuntimeError as error:
            member.why = str(error)
            if error.code == BLOCKED:
                self.flow.note_blocked(member, member.why)
            return status_of(error)
        first = member.result[0] if isinstance(member.result, tuple) else member.result
        return str(Status(SUCCESS, first if isinstance(first, int) else None))


class Flow(Box):
    """A workflow: the box of its jobs, or, if it is `network`, jobs without a box.

    The end of the box `tells` other workflows. A job waits for as few others as decide its
    condition, or, with `joins`, for all that the condition names.
    """

    def __init__(
        self,
        name: str,
        *,
        network: bool = False,
        joins: bool = False,
        tells: Pause | None = None,
        **rules: Any,
    ) -> None:
        super().__init__(name, **rules)
        self.flow = self
        self.network = network
        self.joins = joins
        self.tells = tells
        self._drives: list[Coroutine[Any, Any, None]] = []
        self._blocked: list[str] = []

    def drive(self, member: Coroutine[Any, Any, None]) -> None:
        """Keep what runs a member; it begins with `finish`."""
        self._drives.append(member)

    def note_blocked(self, member: Member, reason: str) -> None:
        """Note why a member cannot run or end: the workflow fails."""
        self._blocked.append(f"{member.name}: {reason}")

    async def finish(
        self,
        *last: Member,
        judge: Callable[[Mapping[str, str]], str] = require_success,
    ) -> list[str]:
        """The statuses of all members, once all have ended. Raises if the workflow has failed.

        The `last` jobs decide about that, else all top-level jobs of a network, by the rule of
        `judge`.
        """
        drives = [asyncio.ensure_future(member) for member in self._drives]
        try:
            await self.run(Truth.YES)
            await asyncio.gather(*drives)
            if self.tells:
                await self.tells()
        except BaseException:
            for drive in drives:
                drive.cancel()
            raise
        deciding = last or self.members
        statuses = {member.name: member.status for member in deciding if member.counts}
        try:
            if self._blocked:
                raise RuntimeError("; ".join(self._blocked))
            judge(statuses if self.network else {self.name: self.status})
        except RuntimeError as error:
            raise NonRecoverableError(f"failed: {masked(str(error))}", FAILURE) from None
        return [f"{member.name} {member.status}" for member in _members_of(self)]

    def _result(self) -> str:
        if not self.network:
            return super()._result()
        bad = [m for m in self.members if m.counts and not m.status.startswith((SUCCESS, SKIPPED))]
        return FAILURE if bad else SUCCESS


def _members_of(box: Box) -> Iterator[Member]:
    """The members of a box at any depth."""
    for member in box.members:
        yield member
        if isinstance(member, Box):
            yield from _members_of(member)


def status_of(error: BaseRuntimeError) -> str:
    """The status of a job whose task has raised an error."""
    if error.code == BLOCKED:
        return HANGS
    stopped = isinstance(error, TaskTimeoutError | ActionAbortedError)
    return TERMINATED if stopped else status_of_code(error.code)


async def box_begins(box: Box) -> None:
    """Note that a box has begun."""
    await noted(f"{box.name} started", "STARTED")


async def box_ends(box: Box, status: str) -> None:
    """Note how a box has ended."""
    await noted(f"{box.name} ended", status)


async def is_skipped(member: Member) -> None:
    """Note why a member does not run; one on ice is not expected to."""
    if member.counts:
        await noted(f"{member.name} skipped", member.why)


async def passes_by(name: str) -> int:
    """Note that a job without a command has been reached."""
    await noted(f"{name} passed", SUCCESS)
    return 0


async def noted(what: str, value: str) -> str:
    """Leave a row without a pod among those of the run, for people and for other workflows."""

    async def row(value: str) -> str:
        return value

    # In paths of other workflows, slashes stand between names.
    row.__name__ = row.__qualname__ = what.replace("/", "\N{DIVISION SLASH}")
    return await flyte.trace(row)(value)
