"""The course of a period: orders, runs, and what follows from their ends.

The rules follow the product's documentation; numbers are those of its pages. An order is submitted
when its folder has started, its time has come and its events are there; that holds for a rerun and
for the next run of a cyclic job, too (33588, INC 71389, INC 71472). When it ends, its events are
added and deleted, and forced jobs are ordered (1396, 1400). New Day removes what has waited longer
than Keep Active says (JefMaxWait).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from transpile.dialects.controlm.day_cycles import next_due
from transpile.dialects.controlm.day_dates import MINUTE, Dates
from transpile.dialects.controlm.day_events import Events, Key
from transpile.dialects.controlm.day_orders import Order, Orders, Stage
from transpile.dialects.controlm.day_reasons import (
    CONFIRM,
    EMPTY,
    NEVER,
    Reasons,
    Said,
    of_own_days,
)
from transpile.dialects.controlm.plan import Basis, End, Plan, Planned, confirmation_of, events_of
from transpile.dialects.controlm.readings import NEW_DAY
from transpile.dialects.kit.network_run import Runs
from transpile.model.outcome import KILLED, State
from transpile.model.run_log import Cause

_ENDED, _NEW_DAY, _TIME, _SELECT, _LATE = range(5)
"""What happens first at one moment: orders are selected when everything else has happened."""

_MOST_FORCED = 1500
"""Jobs that force one another are ordered so often for one date, at most."""


class Course:
    """One play of a period."""

    def __init__(self, plan: Plan, dates: Dates, runs: Runs, answers: Mapping[str, str]) -> None:
        self._plan = {planned.name: planned for planned in plan}
        self._dates = dates
        self._runs = runs
        self._clock = runs.clock
        self._answers = answers
        self._orders = Orders(plan, dates)
        self._events = Events(plan, dates)
        self._reasons = Reasons(self._events, dates, self._answer)
        self._waiting: dict[int, Order] = {}
        self._due: dict[int, Order] = {}
        self._listeners: dict[Key, dict[int, Order]] = {}
        self._removed: dict[Key, list[Order]] = {}
        self._forced: Counter[tuple[str, date]] = Counter()

    def _answer(self, reading: str) -> str:
        """The answer to an open question, which decides something now."""
        self._runs.book.relied_on(reading, self._answers[reading])
        return self._answers[reading]

    def _remark(self, order: Order, *said: Said) -> None:
        for cause, text in said:
            self._runs.book.remark(order.name, cause, text)

    # ---------------------------------------------------------------- New Day

    def plan(self) -> None:
        """Plan the New Days of the period, those of each time zone."""
        zones: dict[str, list[Planned]] = {}
        for planned in self._plan.values():
            zones.setdefault(self._dates.zone(planned), []).append(planned)
        for zone, inside in zones.items():
            tops = [planned for planned in inside if planned.folder is None]
            for day, moment in self._dates.new_days(inside[0]):
                event = partial(self._new_day, zone, day, tops)
                if moment < self._clock.now:
                    event = partial(self._resume, day, tops)
                self._clock.at(max(moment, self._clock.now), event, _NEW_DAY)

    def _resume(self, day: date, tops: list[Planned]) -> None:
        """The period begins in the course of a day."""
        for planned in tops:
            if self._dates.is_due(planned, day):
                order = self._orders.resume(planned, day, self._clock.now)
                if order is not None:
                    self._answer(NEW_DAY.name)
                    self._put(order)

    def _new_day(self, zone: str, day: date, tops: list[Planned]) -> None:
        """Remove what has waited too long, and order what is due (8527)."""
        self._select()
        for order in [*self._waiting.values()]:
            if self._dates.zone(order.planned) == zone and order.day < day:
                self._age(order, day)
        for planned in tops:
            if self._dates.is_due(planned, day):
                self._order(planned, day)

    def _age(self, order: Order, day: date) -> None:
        """A date has ended on which an order still waits (JefMaxWait, DOC-104555)."""
        planned = order.planned
        if order.stage is not Stage.WAITING or (order.runs and planned.cycle is None):
            return
        self._answer(NEW_DAY.name)
        if order.runs:
            self._finish(order)
        elif planned.max_wait is None or (day - order.day).days <= planned.max_wait:
            if not order.is_kept:
                self._remark(order, (Cause.CARRIED, f"stays in the plan: ordered for {order.day}"))
            order.is_kept = True
        else:
            self._leave(order, Stage.REMOVED)
            self._remark(order, (Cause.CARRIED, f"leaves the plan: ordered for {order.day}"))
            for event in events_of(planned.wait):
                self._removed.setdefault(self._events.key(order, event), []).append(order)
            if order.folder is not None:
                text = f"never ends: {order.name} has left the plan"
                self._remark(order.folder, (Cause.CARRIED, text))

    # ---------------------------------------------------------------- orders

    def _order(self, planned: Planned, day: date, *, is_forced: bool = False) -> None:
        order = self._orders.make(planned, day, self._clock.now, is_forced=is_forced)
        if order is not None:
            if planned.start is None or planned.start < self._dates.new_day:
                self._answer(NEW_DAY.name)
            self._put(order)
        elif self._orders.members(planned):
            begins = max(self._dates.starts(planned, day), self._clock.now)
            self._clock.at(begins, partial(self._runs.book.remark, planned.name, *EMPTY), _TIME)

    def _put(self, order: Order) -> None:
        """An order waits from now on."""
        order.stage = Stage.WAITING
        self._waiting[order.number] = order
        for event in events_of(order.planned.wait):
            listeners = self._listeners.setdefault(self._events.key(order, event), {})
            listeners[order.number] = order
        self._wake_up(order)
        if order.closes is not None and not order.is_late(self._clock.now) and not order.runs:
            self._clock.at(order.closes, partial(self._close, order), _LATE)

    def _wake_up(self, order: Order) -> None:
        if order.begins > self._clock.now:
            self._clock.at(order.begins, partial(self._look_later, order), _TIME)
        else:
            self._look_later(order)

    def _leave(self, order: Order, stage: Stage) -> None:
        """An order does not wait any more."""
        order.stage = stage
        if self._waiting.pop(order.number, None) is None:
            return
        for event in events_of(order.planned.wait):
            self._listeners.get(self._events.key(order, event), {}).pop(order.number, None)

    def _close(self, order: Order) -> None:
        """The latest start of an order has passed."""
        if order.stage is not Stage.WAITING:
            return
        if order.runs:
            self._finish(order)
        else:
            self._remark(order, (Cause.LATEST_START, "does not start: its last time has passed"))

    # ---------------------------------------------------------------- selection

    def _look_later(self, order: Order) -> None:
        """Look at an order when all that happens now has happened."""
        if not self._due:
            self._clock.at(self._clock.now, self._select, _SELECT)
        self._due[order.number] = order

    def _select(self) -> None:
        due, self._due = self._due, {}
        for number in sorted(due):
            self._look(due[number])

    def _look(self, order: Order) -> None:
        """Start an order if nothing holds it back."""
        now = self._clock.now
        if order.stage is not Stage.WAITING or now < order.begins:
            return
        if self._has_missed(order):
            return
        if not self._reasons.is_met(order):
            self._remark(order, *self._reasons.of_wait(order))
        elif order.is_late(now):
            text = "does not start: it is ready after its last time"
            self._remark(order, (Cause.LATEST_START, text))
        elif self._is_confirmed(order):
            self._start(order)

    def _has_missed(self, order: Order) -> bool:
        """True if an order is too late for one of its times, and waits for the next (JefCyclic)."""
        cycle, now = order.planned.cycle, self._clock.now
        if not order.times or cycle is None or now <= order.target + cycle.tolerance * MINUTE:
            return False
        missed = self._dates.shown(order.target)
        self._remark(order, (Cause.REPETITION, f"leaves out its run of {missed}"))
        if order.take_time(now):
            self._wake_up(order)
        elif order.runs:
            self._finish(order)
        else:
            order.closes = now - MINUTE
            order.times = ()
        return True

    def _is_confirmed(self, order: Order) -> bool:
        if not order.planned.confirms or order.is_confirmed:
            return True
        if self._answer(CONFIRM.name) == NEVER:
            self._remark(order, (Cause.OPEN_WAIT, "waits for a person who confirms it"))
        elif not order.is_asked:
            order.is_asked = True
            name = confirmation_of(order.name)
            run = self._runs.book.begin(name)
            end = self._runs.end_of(name)
            after = self._clock.now + timedelta(seconds=end.seconds)
            self._clock.at(after, partial(self._answered, order, end.code, run), _ENDED)
        return False

    def _answered(self, order: Order, code: int | None, run: int) -> None:
        """A person has confirmed an order, or has not."""
        state = State.TERMINATED if code is KILLED else State.FAILED if code else State.SUCCEEDED
        self._runs.book.end(confirmation_of(order.name), state, code, run)
        order.is_confirmed = code == 0
        if order.is_confirmed:
            self._look_later(order)

    # ---------------------------------------------------------------- runs

    def _start(self, order: Order) -> None:
        now, book = self._clock.now, self._runs.book
        self._remark(order, *self._reasons.of_start(order, now))
        self._leave(order, Stage.RUNNING)
        order.run = book.begin(order.name, again=order.tries_again)
        order.runs += 1
        order.started = now
        if order.first_day is None:
            order.first_day = self._dates.working_day(order.planned, now)
        if order.planned.is_folder:
            order.open = len(order.members)
            self._remark(order, *of_own_days(order), *self._without(order))
            for member in order.members:
                self._put(member)
        elif order.planned.is_dummy:
            self._clock.at(now, partial(self._ended, order, 0), _ENDED)
        else:
            end = self._runs.end_of(order.name)
            after = now + timedelta(seconds=end.seconds)
            self._clock.at(after, partial(self._ended, order, end.code), _ENDED)

    def _without(self, folder: Order) -> Iterator[Said]:
        """Remarks about folders in a folder that are not ordered with it, for they are empty."""
        ordered = {one.name for one in folder.members}
        for planned in self._orders.members(folder.planned):
            if self._orders.members(planned) and planned.name not in ordered:
                self._runs.book.remark(planned.name, *EMPTY)
                yield EMPTY

    def _ended(self, order: Order, code: int | None) -> None:
        """A run has ended: its status, its events and forced jobs, and whether it runs again."""
        planned, end = order.planned, end_of(order.planned, code)
        bad = State.TERMINATED if code is KILLED else State.FAILED
        shown = None if planned.is_folder else code
        self._runs.book.end(order.name, State.SUCCEEDED if end.is_ok else bad, shown, order.run)
        order.is_ok = end.is_ok
        if code is KILLED and end.is_ok:
            self._remark(order, (Cause.FAILURE, "ends OK, although it was killed"))
        self._change(order, end)
        for name in end.forces:
            self._force(order, name)
        due = self._next(order, end)
        if due is None:
            self._finish(order)
        else:
            order.begins = order.target = due
            if planned.is_folder:
                self._orders.fill(order, self._clock.now)
            self._put(order)

    def _change(self, order: Order, end: End) -> None:
        """Add and delete events in order; then those who wait for them look."""
        now = self._clock.now
        for change in end.changes:
            if not change.adds:
                self._events.delete(order, change.event, now)
                continue
            name, key = self._events.add(order, change.event, now)
            for one in ((name, key), (name, None)):
                for listener in self._listeners.get(one, {}).values():
                    self._look_later(listener)
                for removed in self._removed.get(one, ()):
                    text = f"has left the plan: {name} comes too late for {removed.day}"
                    self._remark(removed, (Cause.CARRIED, text))

    def _force(self, order: Order, name: str) -> None:
        """Order a job now for the date of the one that forces it, whatever its days are (1400).

        A member of a folder is then ordered alone.
        """
        planned = self._plan.get(name)
        if planned is None:
            return
        self._forced[name, order.day] += 1
        if self._forced[name, order.day] <= _MOST_FORCED:
            self._reasons.forced.add((name, order.day))
            self._order(planned, order.day, is_forced=True)
        elif self._forced[name, order.day] == _MOST_FORCED + 1:
            text = f"is not ordered again: it was forced {_MOST_FORCED} times for {order.day}"
            self._runs.book.remark(name, Cause.KNOWN, text)

    def _next(self, order: Order, end: End) -> datetime | None:
        """When the order runs again; None if it does not."""
        planned = order.planned
        order.tries_again = planned.cycle is None
        if planned.cycle is None:
            return self._rerun(order) if end.reruns else None
        now = self._clock.now
        if end.stops or 0 < planned.reruns <= order.runs:
            return None
        if self._dates.working_day(planned, now) != order.first_day:
            self._answer(NEW_DAY.name)
            return None
        due: datetime | None
        if order.times:
            due = order.target if order.take_time(now) else None
        else:
            assert order.started is not None
            due = next_due(planned.cycle, order.runs, order.started, order.target, now)
            counts = planned.cycle.basis is Basis.START and any(planned.cycle.intervals)
            if counts and due is not None and due <= now:
                order.is_late_cycle = True
        if due is None or order.is_late(max(due, now)):
            return None
        if order.is_late_cycle:
            text = "its times have moved: a run took longer than its interval"
            self._clock.at(max(due, now), partial(self._remark, order, (Cause.REPETITION, text)))
        return due

    def _rerun(self, order: Order) -> datetime | None:
        """When an order is rerun; MAXRERUN counts reruns, not runs (INC 71472, JefMaxRerun)."""
        planned, now = order.planned, self._clock.now
        if order.reruns >= planned.reruns:
            return None
        order.reruns += 1
        if planned.pause is None:
            return now
        assert order.started is not None
        due = next_due(planned.pause, order.runs, order.started, order.target, now)
        if due is not None and due > now:
            self._remark(order, (Cause.RETRY, f"runs again at {self._dates.shown(due)}"))
        return due

    def _finish(self, order: Order) -> None:
        """An order has ended for good; a folder ends with the last of its members (93368)."""
        self._leave(order, Stage.ENDED)
        folder = order.folder
        if folder is not None:
            folder.open -= 1
            self._remark(folder, *of_own_days(folder))
            if not folder.open:
                self._ended(folder, 0 if all(one.is_ok for one in folder.members) else 1)


def end_of(planned: Planned, code: int | None) -> End:
    """What follows from an exit code; the system keeps its last eight bits."""
    if code is not KILLED and not any(code in end.codes for end in planned.ends):
        code = code % 256 or int(code != 0)
    found = next((end for end in planned.ends if code in end.codes), None)
    return found or End(frozenset((code,)), is_ok=code == 0)
