"""What operators do to jobs of AutoSys, as sendevent calls it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from transpile.dialects.autosys.day_jobs import (
    BAD,
    INACTIVE,
    STATES,
    SUCCESS,
    Row,
)
from transpile.model.run_log import Operation

if TYPE_CHECKING:
    from transpile.dialects.autosys.day_course import DayCourse


def _on_hold(course: DayCourse, row: Row, _: str) -> None:
    row.is_held = row.is_held or not row.is_running


def _off_hold(course: DayCourse, row: Row, _: str) -> None:
    """AutoSys: looked at once; one start for all ticks that came meanwhile."""
    row.is_held = False
    course.look_at([row])


def _on_ice(course: DayCourse, row: Row, _: str) -> None:
    """AutoSys: a running job stays as it is; readers and boxes are looked at."""
    if row.is_running:
        return
    for each in (row, *row.below()):
        each.is_iced = not each.is_running
        course.look_at(each.readers, each)
    for box in row.around():
        course.check(box)


def _off_ice(course: DayCourse, row: Row, _: str) -> None:
    """AutoSys: it waits for the next event; in a box that runs it sits this run out."""
    for each in (row, *row.below()):
        each.is_iced = False
        each.bypassed = each.box is not None and each.box.is_running


def _on_noexec(course: DayCourse, row: Row, _: str) -> None:
    if not row.is_running:
        row.is_noexec = True
        if row.status in BAD:
            row.status, row.changed = INACTIVE, course.clock.now


def _off_noexec(course: DayCourse, row: Row, _: str) -> None:
    row.is_noexec = False


def _start_job(course: DayCourse, row: Row, _: str) -> None:
    if not row.is_running and not row.is_iced:
        course.arm(row)


def _force(course: DayCourse, row: Row, _: str) -> None:
    """AutoSys: no regard for condition, times, hold, ice or box. A running job is left alone."""
    if not row.is_running:
        row.is_held = row.is_iced = False
        course.start(row)


def _kill(course: DayCourse, row: Row, _: str) -> None:
    course.kill(row)


def _change_status(course: DayCourse, row: Row, status: str) -> None:
    """AutoSys: as if it had ended so; INACTIVE goes to everything below a box."""
    status = status.upper()
    if status == INACTIVE:
        for each in (row, *row.below()):
            if not each.is_running:
                each.bypassed = each.box is not None and each.box.is_running
                course.set_status(each, INACTIVE)
    elif status in STATES:
        if row.is_running:
            course.end(row, status, 0 if status == SUCCESS else None)
            return
        row.ran, row.ended = True, course.clock.now
        course.set_status(row, status)
        course.turn(row)


def _about_job(
    happens: Callable[[DayCourse, Row, str], None],
) -> Callable[[DayCourse, Operation], None]:
    def operate(course: DayCourse, operation: Operation) -> None:
        row = course.rows.get(operation.name)
        if row is not None:
            happens(course, row, operation.value)

    return operate


def _set_global(course: DayCourse, operation: Operation) -> None:
    course.set_global(operation.name, operation.value)


OPERATIONS: dict[str, Callable[[DayCourse, Operation], None]] = {
    "ON_HOLD": _about_job(_on_hold),
    "OFF_HOLD": _about_job(_off_hold),
    "ON_ICE": _about_job(_on_ice),
    "OFF_ICE": _about_job(_off_ice),
    "ON_NOEXEC": _about_job(_on_noexec),
    "OFF_NOEXEC": _about_job(_off_noexec),
    "STARTJOB": _about_job(_start_job),
    "FORCE_STARTJOB": _about_job(_force),
    "KILLJOB": _about_job(_kill),
    "CHANGE_STATUS": _about_job(_change_status),
    "SET_GLOBAL": _set_global,
}
