"""Rows of a run beside those of its jobs: what becomes of boxes, and of jobs that do not run.

A row has no pod. People read it, and so do other workflows.
"""

from collections.abc import Awaitable, Callable

import flyte

from transpile.runtime.flyte2.members import HANGS, Member
from transpile.runtime.statuses import SUCCESS


async def box_begins(box: Member) -> None:
    """Note that a box has begun."""
    if box.is_job:
        await noted(f"{box.name} started", "STARTED")


async def box_ends(box: Member, status: str) -> None:
    """Note how a box has ended."""
    if box.is_job:
        await noted(f"{box.name} ended", status)


async def is_left_out(member: Member, status: str) -> None:
    """Note why a member is skipped or hangs; one on ice is not expected to run."""
    if member.counts:
        word = "hangs" if status == HANGS else "skipped"
        await noted(f"{member.name} {word}", member.why)


async def passes_by(name: str) -> int:
    """Note that a job without a command has been reached."""
    await noted(f"{name} passed", SUCCESS)
    return 0


async def noted(name: str, value: str) -> None:
    """Leave a row with this output."""

    async def known() -> str:
        return value

    await in_row(name, known)


async def in_row(
    name: str,
    ask: Callable[[], Awaitable[str]],
    run: str = "",
) -> str:
    """The answer of a function, as the output of a row; a driver that starts again keeps it.

    The id of a row comes from its name, and from that of the run if it is given: then no other run
    can take the answer over.
    """

    async def row(name: str) -> str:
        return await ask()

    row.__name__ = row.__qualname__ = row_name(name)
    return await flyte.trace(row)(f"{name} {run}" if run else name)


def row_name(name: str) -> str:
    """The name of a row as a part of a path, whose parts stand between slashes."""
    return name.replace("/", "\N{DIVISION SLASH}")
