"""The events of AutoSys over days. A job is looked at only when an event concerns it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from transpile.dialects.autosys.day_boxes import status_of, turned_status
from transpile.dialects.autosys.day_conditions import Asks, Conditions
from transpile.dialects.autosys.day_jobs import (
    ACTIVATED,
    BAD,
    FAILURE,
    INACTIVE,
    RESTART,
    RUNNING,
    STATES,
    SUCCESS,
    TERMINATED,
    Row,
)
from transpile.dialects.autosys.day_operations import OPERATIONS
from transpile.dialects.autosys.day_readings import (
    ARM_AT_BOX_END,
    CLOCK_CHANGE,
    EXCLUDED_DAY,
    EXIT_CODE,
    LOOKBACK_OF_N,
    MEMBER_TICK,
    MISSED_WINDOW,
    RETRY_WAIT,
    WAKERS,
    WINDOW_TIE,
)
from transpile.dialects.autosys.day_remarks import remark_old_statuses, watch_deadlines
from transpile.dialects.autosys.ticks import Tick, is_excluded
from transpile.dialects.kit.days import RunBook, VirtualClock
from transpile.model.outcome import KILLED
from transpile.model.readings import Reading
from transpile.model.run_log import Cause, Operation, RunEnd, RunEnds, RunLog

if TYPE_CHECKING:
    from transpile.dialects.autosys.day_engine import AutoSysDays

_TICKS, _ENDS, _KILLS = range(3)
"""The order of events at one moment: a tick in the second in which a run ends is lost."""

_MINUTE = timedelta(minutes=1)


class DayCourse:
    """One period that is played."""

    def __init__(self, engine: AutoSysDays, ends: RunEnds) -> None:
        self._engine = engine
        self._ends = ends
        self.clock = VirtualClock(engine.period)
        self.book = RunBook(self.clock)
        self.rows = engine.rows()
        self.values = {name: v.value for name, v in engine.facts.said.variables.items()}
        self._asked: dict[str, int] = {}
        self._due: deque[tuple[Row, Row | None]] = deque()
        conditions = Conditions(
            self.rows,
            self.values,
            engine.outside,
            lambda: self.clock.now,
            Asks(
                clears_code=lambda: self.relies_on(EXIT_CODE) == "cleared",
                ages_idle=lambda: self.relies_on(LOOKBACK_OF_N) == "kept",
            ),
        )
        for row in self.rows.values():
            if row.job.condition is not None:
                row.condition = conditions.test(row.job.condition, row)
            rule = row.job.box_rule
            if rule is not None:
                row.box_success = conditions.test(rule.success, row) if rule.success else None
                row.box_failure = conditions.test(rule.failure, row) if rule.failure else None

    def play(self, operations: Sequence[Operation]) -> RunLog:
        """Let all events of the period happen."""
        for row in self.rows.values():
            for tick in row.ticks:
                self.clock.at(tick.at, partial(self._event, self._tick, row, tick), _TICKS)
            if row.openings is not None:
                for close in row.openings.closes:
                    if close + _MINUTE >= self.clock.now:
                        check = partial(self._event, self._window_closed, row)
                        self.clock.at(close + _MINUTE, check, _TICKS)
        for operation in operations:
            self.clock.at(operation.at, partial(self._event, self._operate, operation), _TICKS)
        if self._engine.depends_on_change:
            self.relies_on(CLOCK_CHANGE)
        self.clock.run()
        return self.book.log()

    def relies_on(self, reading: Reading) -> str:
        """The answer to a question that decides something now."""
        answer = self._engine.answers[reading.name]
        self.book.relied_on(reading.name, answer)
        return answer

    def _event(self, happens: Callable[..., None], *known: object) -> None:
        """An event, and all that follows from it at once."""
        happens(*known)
        while self._due:
            self._look(*self._due.popleft())

    # ---------------------------------------------------------------- starts

    def look_at(self, rows: Iterable[Row], waker: Row | None = None) -> None:
        """An event concerns these jobs; `waker` is the job whose status has changed."""
        self._due.extend((row, waker) for row in rows)

    def _tick(self, row: Row, tick: Tick) -> None:
        """AutoSys: a tick while the job runs is lost; else it arms the job until it starts."""
        if row.is_running:
            self._lose(row, "its start time")
        elif row.is_iced:
            self.book.remark(row.name, Cause.LOST_TICK, "its start time is lost: it is on ice")
        elif tick.excluded:
            self._leave_out(row)
        else:
            if tick.moved:
                self.book.remark(row.name, Cause.CLOCK_CHANGE, "a change of the clock moves it")
            watch_deadlines(self, row)
            self.arm(row)

    def _lose(self, row: Row, what: str) -> None:
        """Remark that a start is lost, because the job runs; a box may hang."""
        works = any(each.is_running and not each.is_box for each in row.below())
        cause = Cause.STUCK_BOX if row.is_box and not works else Cause.LOST_TICK
        since = f"{row.started:%Y-%m-%d %H:%M} UTC"
        self.book.remark(row.name, cause, f"{what} is lost: it runs since {since}")

    def arm(self, row: Row) -> None:
        """A tick or STARTJOB: the job starts now, or when its condition comes true."""
        box = row.box
        if box is not None and (not box.is_running or row.ran) and not row.is_held:
            where = "after it ran in" if box.is_running else "outside"
            text = f"its start time comes {where} a run of {box.name}"
            self.book.remark(row.name, Cause.LATE_ARM, text)
            if self.relies_on(MEMBER_TICK) == "drop":
                return
        row.armed = row.armed or self.clock.now
        self._look(row, None)

    def _leave_out(self, row: Row) -> None:
        """AutoSys: on an excluded day a job becomes INACTIVE, a box with all its members."""
        self.book.remark(row.name, Cause.EXCLUDED_DAY, "its calendar leaves out this day")
        if row.status == INACTIVE and all(below.status == INACTIVE for below in row.below()):
            return
        if self.relies_on(EXCLUDED_DAY) == "inactive":
            for each in (row, *row.below()):
                if not each.is_running:
                    self.set_status(each, INACTIVE)

    def _look(self, row: Row, waker: Row | None) -> None:
        """Start a job if everything that it needs is so at this moment."""
        if row.is_running and waker is not None and row.box is None and not row.clocked:
            if row.condition is not None and row.condition():
                self._lose(row, f"a start by the end of {waker.name}")
            return
        if not self._may_start(row):
            return
        if row.excluded and not row.ticks and is_excluded(row.excluded, row.zone, self.clock.now):
            self._leave_out(row)
            return
        if self._window_allows(row):
            remark_old_statuses(self, row, waker)
            self.start(row)

    def _may_start(self, row: Row) -> bool:
        if row.is_running or row.is_held or row.is_iced or (row.clocked and row.armed is None):
            return False
        box = row.box
        if box is not None and (not box.is_running or row.ran or row.bypassed):
            return False
        if row.condition is not None:
            return row.condition()
        # Loading the definitions is no event: only a tick or a box starts such a job.
        return True

    # ---------------------------------------------------------------- run windows

    def _window_allows(self, row: Row) -> bool:
        """AutoSys: outside its run window a start is put off to the next opening, or left out."""
        openings, now = row.openings, self.clock.now
        if openings is None or openings.is_open(now):
            return True
        opening, close = openings.next_opening(now), openings.last_close(now)
        assert opening is not None
        assert close is not None
        left, since = opening - now, now - close
        opens = left < since
        if left == since:
            opens = self.relies_on(WINDOW_TIE) == "opening"
        row.armed = None
        if not opens:
            self._miss_window(row, "its start is nearer to the close of its run window")
        elif row.opening != opening:
            row.opening = opening
            self.book.remark(row.name, Cause.WINDOW, "its start is put off to its run window")
            self.clock.at(opening, partial(self._event, self._open_window, row), _TICKS)
        return False

    def _open_window(self, row: Row) -> None:
        """AutoSys: the opening counts as a tick."""
        row.opening = None
        if not row.is_running and not row.is_iced:
            self.arm(row) if row.clocked else self._look(row, None)

    def _miss_window(self, row: Row, why: str) -> None:
        self.book.remark(row.name, Cause.MISSED_WINDOW, why)
        row.armed = None
        in_box = row.box is not None and row.box.is_running and not row.ran
        row.bypassed = row.bypassed or in_box
        self.set_status(row, INACTIVE)

    def _window_closed(self, row: Row) -> None:
        """AutoSys: a minute after the close a job that still waits becomes INACTIVE."""
        if row.is_running or row.is_iced or row.is_held or row.bypassed:
            return
        in_box = row.box is not None and row.box.is_running and not row.ran
        waits = row.armed is not None if row.box is None else in_box
        if waits and row.opening is None and self.relies_on(MISSED_WINDOW) == "inactive":
            self._miss_window(row, "it still waits when its run window has closed")

    # ---------------------------------------------------------------- runs

    def start(self, row: Row) -> None:
        """A run begins: the start uses the arm up."""
        row.armed, row.ran, row.bypassed = None, True, False
        row.started, row.tries, row.opening = self.clock.now, 0, None
        row.run = self.book.begin(row.name)
        is_noexec = row.is_noexec or any(box.is_noexec for box in row.around())
        self.set_status(row, RUNNING)
        if row.is_box:
            if row.limit:
                self.clock.at(self.clock.now + row.limit, self._kill_of(row), _KILLS)
            self._open(row)
        elif is_noexec:
            self.end(row, SUCCESS, 0)
        else:
            self._try(row)

    def _try(self, row: Row) -> None:
        run, now = row.run, self.clock.now
        number = self._asked[row.name] = self._asked.get(row.name, 0) + 1
        planned = self._ends.of(row.name, number, now)
        row.tries += 1
        row.status = RUNNING
        lasting = timedelta(seconds=planned.seconds)
        if row.limit is not None and lasting > row.limit:
            self.clock.at(now + row.limit, self._kill_of(row), _KILLS)
            return
        end = partial(self._event, self._end_try, row, run, planned)
        self.clock.at(now + lasting, end, _ENDS)

    def _kill_of(self, row: Row) -> partial[None]:
        """The end of its term_run_time."""
        run = row.run

        def kill() -> None:
            if row.run == run:
                self.kill(row)

        return partial(self._event, kill)

    def _end_try(self, row: Row, run: int, planned: RunEnd) -> None:
        if row.run != run or not row.is_running:
            return
        if planned.code is KILLED:
            self.end(row, TERMINATED, None)
        elif row.job.success.accepts(planned.code):
            self.end(row, SUCCESS, planned.code)
        elif row.tries > row.job.retries:
            self.end(row, FAILURE, planned.code)
        else:
            self._restart(row, run)

    def _restart(self, row: Row, run: int) -> None:
        """AutoSys: RestartConstant 10 s and 5 s for each try, at most 300 s."""
        row.status = RESTART
        wait = min(300, 10 + 5 * row.tries) if self.relies_on(RETRY_WAIT) == "growing" else 0
        self.book.remark(row.name, Cause.RETRY, f"it starts again {wait} s after its failure")

        def again() -> None:
            if row.run == run and row.status == RESTART:
                self._try(row)

        self.clock.at(self.clock.now + timedelta(seconds=wait), partial(self._event, again), _TICKS)

    def end(self, row: Row, status: str, code: int | None) -> None:
        """The run of a job or box ends."""
        row.code, row.ended = code, self.clock.now
        self.book.end(row.name, STATES[status], code)
        self.set_status(row, status)
        if row.is_box:
            self._close(row, status)
        self.turn(row)

    def turn(self, row: Row) -> None:
        """AutoSys: the end of a member may turn its box when that does not run."""
        box = row.box
        turned = turned_status(box) if box is not None else None
        if box is not None and turned is not None:
            box.ended = self.clock.now
            self.set_status(box, turned)

    def set_status(self, row: Row, status: str) -> None:
        """A status changes: boxes around it end, then the jobs whose conditions name it look.

        What follows from the end of a box is looked at after what follows from that of its member.
        """
        row.status, row.changed = status, self.clock.now
        if status in STATES or self._wakes(row):
            self.look_at(row.readers, row)
        if status in STATES or (status == INACTIVE and row.bypassed):
            for box in row.around():
                self.check(box)

    def _wakes(self, row: Row) -> bool:
        """True if a status that ends no run makes AutoSys look at the jobs that name the job."""
        return any(map(self._may_start, row.readers)) and self.relies_on(WAKERS) == "all"

    # ---------------------------------------------------------------- boxes

    def _open(self, box: Row) -> None:
        """AutoSys: the start of a box resets everything below it that does not run."""
        for row in box.below():
            row.bypassed = False
            row.ran = row.is_running
            if not row.is_running:
                row.code = None
                if row.status != ACTIVATED:
                    self.set_status(row, ACTIVATED)
        for member in box.members:
            outside = member.openings and not member.openings.is_open(self.clock.now)
            if outside and (member.armed or not member.clocked) and not member.is_running:
                self._window_allows(member)
            self._due.append((member, box))
        self.check(box)

    def check(self, box: Row) -> None:
        """End a box that is over."""
        status = status_of(box)
        if status is not None:
            self.end(box, status, None)

    def _close(self, box: Row, status: str) -> None:
        for row in box.members:
            # AutoSys: job_terminator kills a member when its box fails or is terminated.
            if status in BAD and row.job.ends_with_box and row.is_running:
                self.end(row, TERMINATED, None)
            elif not row.is_running and not row.ran:
                row.status = INACTIVE
        for row in box.below():
            if row.armed is not None and self.relies_on(ARM_AT_BOX_END) == "drop":
                row.armed = None

    # ---------------------------------------------------------------- operators

    def _operate(self, operation: Operation) -> None:
        OPERATIONS[operation.event](self, operation)

    def kill(self, row: Row) -> None:
        """KILLJOB, and the end of term_run_time: what does not run stays as it is."""
        if row.is_running:
            self.end(row, TERMINATED, None)

    def set_global(self, name: str, value: str) -> None:
        """SET_GLOBAL wakes the jobs whose conditions name the global."""
        self.values[name] = value
        self.look_at(self.rows[reader] for reader in self._engine.global_readers.get(name, ()))
