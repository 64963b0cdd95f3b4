"""The driver of a workflow: it starts each job as soon as its condition is decided."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterator, Mapping
from contextlib import nullcontext
from typing import Any, TypeVar

import flyte
from flyte.errors import BaseRuntimeError, NonRecoverableError

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
from transpile.runtime.flyte2.failures import BLOCKED
from transpile.runtime.flyte2.members import HANGS, Call, Member, result_of, status_of
from transpile.runtime.flyte2.rows import box_begins, box_ends, is_left_out, passes_by
from transpile.runtime.masking import masked
from transpile.runtime.statuses import (
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    Status,
)

Pause = Callable[[], Coroutine[Any, Any, object]]
Pauses = tuple[Pause | None, ...]
After = Callable[[str], Coroutine[Any, Any, object]]
Ends = tuple[Pause | None, After | None]
Extra = TypeVar("Extra", bound=Member)
# The number of failed jobs that the error of a workflow names.
MOST_CAUSES = 5


class Box(Member):
    """A box: its members run after it has begun, and it ends when all of them have.

    A failure of one of the `terminators` terminates it. With `complete`, one of the two conditions
    by which it succeeds and fails always holds. One that never ends says why: it is `endless`.
    `alerts` has a line to print for each way in which it may end.
    """

    def __init__(
        self,
        name: str,
        *,
        terminators: Collection[str] = (),
        complete: bool = False,
        endless: str = "",
        alerts: Mapping[str, str] | None = None,
        counts: bool = True,
    ) -> None:
        super().__init__(name, counts=counts)
        self.terminators = terminators
        self.complete = complete
        self.success: Condition | bool | None = None
        self.failure: Condition | bool | None = None
        self.until: tuple[Member, ...] = ()
        self.endless = endless
        self.alerts = alerts or {}
        self.members: list[Member] = []
        self.flow: Flow
        self.begins = Truth.OPEN
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def started(self) -> Condition:
        """It has begun."""
        words = f"{self.name} has started"
        return Condition(lambda: self.begins, (self.begun,), lambda: words)

    def start(
        self,
        name: str,
        call: Call,
        when: Condition | bool = True,
        *,
        wait: Pause | None = None,
        clock: Pause | None = None,
        before: Pause | None = None,
        tells: Pause | None = None,
        after: After | None = None,
    ) -> Member:
        """Start a job once the condition holds, and then the `wait` and the `clock` are over.

        Does `before` right before. Its end `tells` other workflows, `after` gets its status. A job
        whose condition is false is skipped.
        """
        member = self._add(Member(name))
        pauses, ends = (wait, clock, before), (tells, after)
        self.flow.drive(member, self._run(member, call, when, pauses, ends))
        return member

    def passes(
        self,
        name: str,
        when: Condition | bool = True,
        **options: Any,
    ) -> Member:
        """A job that runs nothing: it succeeds when the condition holds."""
        return self.start(name, lambda: passes_by(name), when, **options)

    def on_ice(self, name: str) -> "Box":
        """A job or box on ice: it does not run, and nothing waits for it."""
        return self._open(Box(name, counts=False), condition(False))

    def box(
        self,
        name: str,
        when: Condition | bool = True,
        *,
        wait: Pause | None = None,
        clock: Pause | None = None,
        before: Pause | None = None,
        tells: Pause | None = None,
        after: After | None = None,
        blocked: str = "",
        **rules: Any,
    ) -> "Box":
        """A box that begins as a job does.

        The `rules` are those of `Box`. One that is `blocked` does not begin: the text says why.
        """
        box = Box(name, **rules)
        pauses, ends = (wait, clock, before), (tells, after)
        return self._open(box, condition(when), pauses, ends, blocked)

    def succeeds_if(self, rule: Condition | bool) -> None:
        """Let it succeed by this rule, and not if all members do."""
        self.success = rule

    def fails_if(self, rule: Condition | bool) -> None:
        """Let it fail by this rule, and not if a member does."""
        self.failure = rule

    def waits_for(self, *others: Member) -> None:
        """Let it end after these jobs and boxes, too, which its rules ask for."""
        self.until = others

    def _add(self, member: Extra) -> Extra:
        self.members.append(member)
        return member

    def _open(
        self,
        box: "Box",
        when: Condition,
        pauses: Pauses = (),
        ends: Ends = (None, None),
        blocked: str = "",
    ) -> "Box":
        box.flow = self.flow
        self._add(box)

        async def runs() -> None:
            begins = await self._may_begin(box, when, pauses)
            if begins is Truth.YES and blocked:
                self.flow.note_blocked(box, blocked)
                begins = Truth.NEVER
            await box.run(begins)
            if begins is Truth.YES:
                await self._tell(box, ends)

        self.flow.drive(box, runs())
        return box

    def hang(self) -> None:
        """Note that it never ends, and, if it has not begun, never begins."""
        if self.begins is Truth.OPEN:
            self.begins = Truth.NEVER
        if not self.begun.done():
            self.begun.set_result(None)
        super().hang()

    async def run(self, begins: Truth) -> None:
        """Let the members start, or skip them all, and find the status at the end."""
        if begins is Truth.YES:
            await box_begins(self)
        self.begins = begins
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
        for member in (*self.members, *self.until):
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
                {each.name: each.status for each in self.members if each.counts},
                terminators=self.terminators,
                success=None if self.success is None else holds(self.success),
                failure=None if self.failure is None else holds(self.failure),
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
        pauses: Pauses,
        ends: Ends,
    ) -> None:
        try:
            begins = await self._may_begin(member, condition(when), pauses)
            if begins is not Truth.YES:
                await self._leave_out(member, begins)
                return
            status = await self._status(member, call)
        finally:
            if not callable(call):
                call.close()
        member.end(status)
        if status != HANGS:
            await self._tell(member, ends)

    async def _tell(self, member: Member, ends: Ends) -> None:
        """Tell others how a member has ended; the workflow fails if it cannot."""
        tells, after = ends
        try:
            if tells:
                await tells()
            if after and member.status != HANGS:
                await after(member.status)
        except Exception as error:
            self.flow.note_blocked(member, f"{type(error).__name__}: {error}")

    async def _may_begin(
        self,
        member: Member,
        when: Condition,
        pauses: Pauses,
    ) -> Truth:
        """YES once a member may begin; another value as soon as it is certain that it will not."""
        value = joined_value if self.flow.joins else decided
        begins = await value(all_of(self.started, when))
        if begins is not Truth.YES:
            opened = self.begins is Truth.YES
            member.why = when.shown() if opened else f"{self.name} did not start"
            return begins
        for pause in pauses:
            if pause is not None:
                await pause()
        return begins

    async def _leave_out(self, member: Member, begins: Truth) -> None:
        """End a member that does not run: it is skipped, or hangs."""
        status = SKIPPED if begins is Truth.NO else HANGS
        await is_left_out(member, status)
        member.end(status)

    async def _status(self, member: Member, call: Call) -> str:
        """Run the task of a member, and say how it ended."""
        try:
            with nullcontext() if self is self.flow else flyte.group(self.name):
                member.result = await result_of(member, call)
        except SystemExit as error:
            # A local run has the tasks in its own process.
            code = error.code if isinstance(error.code, int) else bool(error.code)
            return str(Status(FAILURE if code else SUCCESS, int(code)))
        except BaseRuntimeError as error:
            member.why = str(error)
            if error.code == BLOCKED:
                self.flow.note_blocked(member, member.why)
            return status_of(error)
        first = member.result[0] if isinstance(member.result, tuple) else member.result
        return str(Status(SUCCESS, first if type(first) is int else None))


class Flow(Box):
    """A workflow: the box of its jobs, or, if it is `network`, jobs without a box.

    Does `before` first. The end of the box `tells` other workflows, `after` gets its status. A job
    waits for as few others as decide its condition, or, with `joins`, for all that the condition
    names.
    """

    def __init__(
        self,
        name: str,
        *,
        network: bool = False,
        joins: bool = False,
        before: Pause | None = None,
        tells: Pause | None = None,
        after: After | None = None,
        **rules: Any,
    ) -> None:
        super().__init__(name, **rules)
        self.flow = self
        self.network = network
        self.is_job = not network
        self.joins = joins
        self.before, self.ends = before, (tells, after)
        self._drives: list[Coroutine[Any, Any, None]] = []
        self._blocked: list[str] = []

    def drive(self, member: Member, run: Coroutine[Any, Any, None]) -> None:
        """Keep what runs a member; it begins with `finish`."""
        self._drives.append(self._guarded(member, run))

    async def _guarded(self, member: Member, run: Coroutine[Any, Any, None]) -> None:
        """Run a member; it hangs after an error that is not that of its task."""
        try:
            await run
        except Exception as error:
            self.note_blocked(member, f"{type(error).__name__}: {error}")
            member.hang()

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
            if self.before:
                await self.before()
            await self.run(Truth.YES)
            await asyncio.gather(*drives)
            await self._tell(self, self.ends)
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
            why = f"failed: {masked(str(error))}{_causes_in(self)}"
            raise NonRecoverableError(why, FAILURE) from None
        return [f"{member.name} {member.status}" for member in _members_of(self)]

    def _result(self) -> str:
        if not self.network:
            return super()._result()
        good = SUCCESS, SKIPPED
        statuses = (each.status for each in self.members if each.counts)
        return SUCCESS if all(s.startswith(good) for s in statuses) else FAILURE


def _members_of(box: Box) -> Iterator[Member]:
    """The members of a box at any depth."""
    for member in box.members:
        yield member
        if isinstance(member, Box):
            yield from _members_of(member)


def _causes_in(flow: Flow) -> str:
    """The first jobs that failed, and why; no box tells more than they do."""
    bad = (FAILURE, TERMINATED)
    causes = [
        f"{member.name}: {member.why}"
        for member in _members_of(flow)
        if member.why and member.status.startswith(bad)
    ]
    if len(causes) > MOST_CAUSES:
        causes[MOST_CAUSES:] = [f"and {len(causes) - MOST_CAUSES} more"]
    return f" ({'; '.join(causes)})" if causes else ""
