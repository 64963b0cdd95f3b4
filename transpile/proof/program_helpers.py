"""Replaces what a driver of Flyte 2 notes, waits for and asks by what a rehearsal does."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from transpile.model.outcome import KILLED
from transpile.proof.attempts import CURRENT, HERE, Attempts, Later, Pause
from transpile.proof.executions import LOST, Phase
from transpile.proof.program_simulator import JOB, RUNNING
from transpile.proof.programs import Function
from transpile.targets.flyte.model import NodeRole

_Names = Mapping[str, Any]
_Async = Callable[..., Coroutine[Any, Any, Any]]


def _is_job(box: Any) -> bool:
    """False for the driver of a network, which stands for no box."""
    return not getattr(box, "network", False)


def _noted_start(names: _Names, opened: _Async, *, execute: bool) -> _Async:
    async def noted(box: Any) -> None:
        running = RUNNING.get()
        if running is None:
            await opened(box)
        elif _is_job(box):
            running.note(f"{box.name} started", NodeRole.START, box.name, "STARTED")

    return noted


def _noted_end(names: _Names, closed: _Async, *, execute: bool) -> _Async:
    async def noted(box: Any, status: str) -> None:
        running = RUNNING.get()
        if running is None:
            await closed(box, status)
        elif _is_job(box):
            running.note(f"{box.name} ended", NodeRole.END, box.name, status)

    return noted


def _noted_skip(names: _Names, left_out: _Async, *, execute: bool) -> _Async:
    async def noted(member: Any, status: str) -> None:
        running = RUNNING.get()
        if running is None:
            await left_out(member, status)
        elif member.counts:
            running.skip(member.name, member.why)

    return noted


def _noted_pass(names: _Names, passed: _Async, *, execute: bool) -> _Async:
    async def noted(name: str) -> int:
        running = RUNNING.get()
        if running is None:
            return int(await passed(name))
        record = running.job(name)
        running.note(record.path, NodeRole.JOB, name)
        record.attempts, record.outputs = Attempts(None, 0.0), {"o0": 0}
        return 0

    return noted


def _asked_person(names: _Names, approval: _Async, *, execute: bool) -> _Async:
    async def asked(job: str, question: str, *, within: timedelta) -> Any:
        running = RUNNING.get()
        if running is None:
            return await approval(job, question, within=within)
        record = running.job(job)

        def answered() -> int:
            code = CURRENT.get().next(0.0)
            if code is KILLED:
                raise names["Killed"].at_limit(question)
            if code:
                raise names["Failure"].of_code(code, question)
            return 0

        record.node.target.entity = Function(answered, None, known=True)  # type: ignore[union-attr]
        return await running.act(record)

    return asked


def _is_yes(ask: Callable[[], object]) -> bool:
    """The answer to a question; no if somebody who is asked does not answer now."""
    try:
        return bool(ask())
    except Later:
        return False


def _awaited(names: _Names, elsewhere: _Async, *, execute: bool) -> _Async:
    async def awaited(job: str, wait: Any) -> None:
        running, here = RUNNING.get(), HERE.get()
        if running is None or here is None:
            return

        context = copy_context()

        def holds() -> bool:
            last = names["Estate"](here.admin, here.admin.here.name).last
            return _is_yes(lambda: wait.holds(last))

        def holds_here() -> bool:
            # Another driver may look, whose context is not that of this job.
            return context.copy().run(holds)

        await running.wait(f"{job} waits", job, wait.gate, holds_here)

    return awaited


def _told(names: _Names, tell: _Async, *, execute: bool) -> _Async:
    async def told(job: str, *starts: Any) -> None:
        running, here = RUNNING.get(), HERE.get()
        if running is None:
            return
        record = running.note(f"{job} tells", NodeRole.TELL, job)
        record.attempts = Attempts(None, 0.0, told=starts)
        if here is None:
            return
        if delay := running.delays.tell:
            await asyncio.sleep(delay)
        admin = running.admin(record)
        before = HERE.set(replace(here, admin=admin))
        try:
            for each in starts:
                names["_started"](each)
        finally:
            HERE.reset(before)

    return told


def _awaited_on_both_sides(names: _Names, on_both_sides: _Async, *, execute: bool) -> _Async:
    both_say = names["both_say"]

    async def awaited(job: str, wait: Any, *, interval: float) -> None:
        running, here = RUNNING.get(), HERE.get()
        if running is None or here is None or not here.admin.knows_legacy:
            return
        admin = here.admin

        def holds() -> bool:
            nonlocal admin
            # It remembers what this question is about.
            admin = running.admin(None)
            before = HERE.set(replace(here, admin=admin))
            try:
                return _is_yes(lambda: both_say(wait))
            finally:
                HERE.reset(before)

        def pause() -> Pause:
            found: Pause = admin.pause(interval, here.begun)
            return found

        await running.wait(f"{job} waits", job, wait.gate, holds, pause)

    return awaited


def _told_again(names: _Names, until_heard: _Async, *, execute: bool) -> _Async:
    heard = names["_heard"]

    async def told(job: Any, status: str, interval: float, was_told: Any) -> str:
        running, here = RUNNING.get(), HERE.get()
        if running is None or here is None:
            return str(await until_heard(job, status, interval, was_told))
        while not (said := heard(job, status, was_told)):
            await running.rest(here.admin.pause(interval, here.begun))
        return str(said)

    return told


def _told_there(role: NodeRole, what: str) -> Callable[..., _Async]:
    """What notes in a node that the legacy side is told something."""

    def replacement(names: _Names, tell: _Async, *, execute: bool) -> _Async:
        async def told(*arguments: Any, **options: Any) -> None:
            running, here = RUNNING.get(), HERE.get()
            if running is None or here is None:
                return
            job = next(iter((*arguments, *options.get("resets", ())))).name
            record = running.note(f"{job} {what}", role, job)
            record.phase, record.end = Phase.RUNNING, None
            if delay := running.delays.tell:
                await asyncio.sleep(delay)
            await tell(*arguments, **options)
            record.phase, record.end = Phase.SUCCEEDED, running.now
            # The legacy side may start a workflow.
            running.change()

        return told

    return replacement


def _waited(names: _Names, not_before: _Async, *, execute: bool) -> _Async:
    async def waited(job: str, kickoff: datetime, *arguments: Any, **options: Any) -> None:
        running, here = RUNNING.get(), HERE.get()
        if running is None or here is None or here.timeless:
            return
        record = running.note(f"{job} not before", NodeRole.NOT_BEFORE, job)
        record.phase, record.end = Phase.RUNNING, None
        await not_before(job, kickoff, *arguments, **options)
        record.phase, record.end = Phase.SUCCEEDED, running.now

    return waited


def _rested(names: _Names, rests: Callable[..., list[str]], *, execute: bool) -> Any:
    def rested(workflow: str, kickoff: datetime) -> list[str]:
        running = RUNNING.get()
        if running is not None:
            running.note("rests", NodeRole.REST, None)
        return rests(workflow, kickoff)

    return rested


def _known_by_job(names: _Names, result_of: _Async, *, execute: bool) -> _Async:
    async def known(member: Any, call: Any) -> Any:
        # Each job has a task of the loop, and so a context, of its own.
        JOB.set(member.name)
        return await result_of(member, call)

    return known


def _lost(names: _Names, runs_already: _Async, *, execute: bool) -> _Async:
    async def lost(task: str) -> bool:
        running = RUNNING.get()
        found = bool(await runs_already(task))
        if found and running is not None:
            running.note(LOST, NodeRole.REST, None)
        return found

    return lost


def _run_name(names: _Names, this_run: Callable[[], str], *, execute: bool) -> Callable[[], str]:
    def named() -> str:
        here = HERE.get()
        return this_run() if here is None else str(here.admin.here.name)

    return named


PROGRAM_HELPERS: Mapping[str, Callable[..., Any]] = {
    "_until_heard": _told_again,
    "approval": _asked_person,
    "box_ends": _noted_end,
    "elsewhere": _awaited,
    "not_before": _waited,
    "box_begins": _noted_start,
    "passes_by": _noted_pass,
    "rests": _rested,
    "result_of": _known_by_job,
    "on_both_sides": _awaited_on_both_sides,
    "runs_already": _lost,
    "is_left_out": _noted_skip,
    "tell": _told,
    "tell_legacy": _told_there(NodeRole.LEGACY_END, "end told"),
    "tell_legacy_start": _told_there(NodeRole.LEGACY_START, "start told"),
    "this_run": _run_name,
}
"""Makes the replacement of a helper, from all helpers and the helper itself."""
