"""Rows of a run beside those of its jobs: what becomes of boxes, and of jobs that do not run."""

import flyte

from transpile.runtime.flyte2.members import Member
from transpile.runtime.statuses import SUCCESS


async def box_begins(box: Member) -> None:
    """Note that a box has begun."""
    await noted(f"{box.name} started", "STARTED")


async def box_ends(box: Member, status: str) -> None:
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
