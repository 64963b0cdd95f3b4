"""Clocks for rehearsals: simulated time and real time."""

import heapq
import itertools
import math
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Protocol

from transpile.proof.attempts import Pause

Event = Callable[[], None]
"""A callback for one moment."""


@dataclass(slots=True)
class Done:
    """The end of one attempt: its outputs, or its error and whether Flyte retries it.

    Errors of Flyte 2 have a `code`.

    `lost`: the container ended without a report. An attempt that polls goes on `again` after its
    seconds, or after a pause.
    """

    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    recoverable: bool = False
    code: str = ""
    lost: bool = False
    again: bool = False
    pause: Pause | None = None
    seconds: float = 0.0


class Clock(Protocol):
    """Runs attempts of tasks and orders events in time."""

    @property
    def now(self) -> float:
        """Seconds since the start."""

    @property
    def is_idle(self) -> bool:
        """True if no event will come."""

    def submit(
        self, work: Callable[[], Done], then: Callable[[Done], None], delay: float | None = None
    ) -> None:
        """Run the work of an attempt; call `then` at its end.

        In simulated time the work is done that many seconds from now.
        """

    def after(self, seconds: float, event: Event) -> None:
        """Schedule an event."""

    def ask(self, interval: float, until: float, event: Event) -> None:
        """Schedule an event an interval from now, or several if nothing changes before.

        In simulated time it comes once an attempt has ended, or second `until` has passed.
        """

    def wait(self, pause: Pause, event: Event) -> None:
        """Schedule an event behind a pause."""

    def change(self) -> None:
        """Something has changed: who asks does so once more."""

    def next(self) -> Event:
        """The next event."""


@dataclass(slots=True)
class _Question:
    """Somebody who looks again at moments that are an interval apart, from `first` on.

    It is `limited` if it looks at a last one in any case.
    """

    first: float
    interval: float
    event: Event
    limited: bool

    def moment(self, least: float) -> float:
        """The first of the moments that is not before another."""
        moment = self.first
        while moment < least:
            # As one sleep after the other, to the last digit.
            moment += self.interval
        return moment


class SimulatedClock:
    """Runs work at once and places its end at the simulated time that it took."""

    def __init__(self) -> None:
        self.now = 0.0
        self._events: list[tuple[float, bool, int, Event]] = []
        self._questions: dict[int, _Question] = {}
        self._moot: set[int] = set()
        self._number = itertools.count()

    @property
    def is_idle(self) -> bool:
        """True if no event is left."""
        while self._events and self._events[0][2] in self._moot:
            self._moot.remove(heapq.heappop(self._events)[2])
        return not self._events

    def submit(
        self, work: Callable[[], Done], then: Callable[[Done], None], delay: float | None = None
    ) -> None:
        """Run the work, now or after the delay; its end comes later."""
        if delay is not None:
            self._put(delay, partial(self.submit, work, then), timed=False)
            return
        done = work()
        event = partial(self.submit, work, then) if done.again else partial(then, done)
        if done.pause is not None:
            self.wait(done.pause, event)
            return
        # A poll sees what ends at its moment.
        self._put(done.seconds, event, timed=done.again)

    def after(self, seconds: float, event: Event) -> None:
        """Schedule an event, after work that ends at the same moment."""
        self._put(seconds, event, timed=True)

    def ask(self, interval: float, until: float, event: Event) -> None:
        """Schedule an event an interval from now, or several if nothing ends before."""
        first, number = self.now + interval, next(self._number)
        self._questions[number] = _Question(first, interval, event, until < math.inf)
        if until < math.inf:
            last = first + interval * (max(0.0, until - first) // interval + 1)
            heapq.heappush(self._events, (last, True, number, event))

    def wait(self, pause: Pause, event: Event) -> None:
        """Schedule an event behind a pause."""
        number, limited = next(self._number), pause.change is not None
        question = _Question(self.now + pause.interval, pause.interval, event, limited)
        self._questions[number] = question
        if pause.change is not None:
            moment = question.moment(self.now + pause.change)
            heapq.heappush(self._events, (moment, True, number, event))

    def clear(self) -> None:
        """Drop all events."""
        self._events.clear()
        self._questions.clear()
        self._moot.clear()

    def _put(self, seconds: float, event: Event, *, timed: bool) -> None:
        heapq.heappush(self._events, (self.now + seconds, timed, next(self._number), event))

    def next(self) -> Event:
        """The next event, unless the clock is idle."""
        self.now, timed, number, event = heapq.heappop(self._events)
        self._questions.pop(number, None)
        if not timed:
            self.change()
        return event

    def change(self) -> None:
        """Something has changed, such as by the end of an attempt: who asks does so once more."""
        for number, question in self._questions.items():
            moment = question.moment(self.now)
            heapq.heappush(self._events, (moment, True, next(self._number), question.event))
            if question.limited:
                self._moot.add(number)
        self._questions.clear()


class Workers:
    """Runs work in threads, in real time."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun = monotonic()
        self._ends: queue.Queue[Event] = queue.Queue()
        self._timed: list[tuple[float, int, Event]] = []
        self._number = itertools.count()

    @property
    def now(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._begun

    @property
    def is_idle(self) -> bool:
        """False: threads may report at any time."""
        return False

    def submit(
        self, work: Callable[[], Done], then: Callable[[Done], None], delay: float | None = None
    ) -> None:
        """Run the work in a thread, without a delay."""
        self._pool.submit(lambda: self._ends.put(partial(then, work())))

    def ask(self, interval: float, until: float, event: Event) -> None:
        """Schedule an event an interval from now: threads may end at any time."""
        self.after(interval, event)

    def wait(self, pause: Pause, event: Event) -> None:
        """Schedule an event an interval from now."""
        self.after(pause.interval, event)

    def change(self) -> None:
        """Do nothing: who asks does so anyway."""

    def after(self, seconds: float, event: Event) -> None:
        """Schedule an event."""
        heapq.heappush(self._timed, (self.now + seconds, next(self._number), event))

    def next(self) -> Event:
        """The next event; waits for it."""
        if not self._timed:
            return self._ends.get()
        try:
            return self._ends.get(timeout=max(0, self._timed[0][0] - self.now))
        except queue.Empty:
            return heapq.heappop(self._timed)[2]
