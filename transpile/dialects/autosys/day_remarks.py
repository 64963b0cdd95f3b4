"""Remarks about starts of AutoSys that no edge of a graph explains."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from transpile.dialects.autosys.day_jobs import Row
from transpile.model.run_log import Cause

if TYPE_CHECKING:
    from transpile.dialects.autosys.day_course import DayCourse


def watch_deadlines(course: DayCourse, row: Row) -> None:
    """Raise an alarm if the job has not started, or not ended, by the deadline of a tick.

    AutoSys: each tick arms one deadline of a kind, none while an earlier one is pending.
    """
    deadlines, tick = row.job.deadlines, course.clock.now
    if deadlines is None:
        return
    local = tick.astimezone(ZoneInfo(row.zone))
    kinds = (("started", deadlines.starts), ("ended", deadlines.ends))
    for word, found in kinds:
        due = next((d for d in found if d.time in (None, (local.hour, local.minute))), None)
        if due is None or word in row.watched:
            continue
        row.watched.add(word)
        at = tick + timedelta(minutes=due.minutes)
        course.clock.at(at, partial(_check, course, row, word, tick))


def _check(course: DayCourse, row: Row, word: str, tick: datetime) -> None:
    """The deadline of a tick has come."""
    row.watched.discard(word)
    last = row.started if word == "started" else row.ended
    if last is None or last < tick:
        since = f"{tick:%Y-%m-%d %H:%M} UTC"
        course.book.remark(row.name, Cause.ALARM, f"it must have {word} after {since}")


def remark_old_statuses(course: DayCourse, row: Row, waker: Row | None) -> None:
    """Say that a start comes late, or uses a status that an earlier run has used already."""
    now = course.clock.now
    if row.armed is not None:
        zone = ZoneInfo(row.zone)
        is_older = row.armed.astimezone(zone).date() != now.astimezone(zone).date()
        box = row.box.started if row.box is not None else None
        if is_older or (box is not None and row.armed < box):
            text = f"it starts by its start time of {row.armed:%Y-%m-%d %H:%M} UTC"
            course.book.remark(row.name, Cause.LATE_ARM, text)
    if row.started is None or row.job.condition is None:
        return
    for other in row.named:
        if other is not waker and other.ended is not None and other.ended <= row.started:
            alone = not row.clocked and row.box is None
            cause = Cause.SECOND_RUN if alone and waker is not None else Cause.OLD_STATUS
            since = f"{other.ended:%Y-%m-%d %H:%M} UTC"
            text = f"the status that {other.name} has since {since} counts again"
            course.book.remark(row.name, cause, text)
