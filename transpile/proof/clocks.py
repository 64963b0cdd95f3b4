"""Clocks for rehearsals: simulated time and real time."""

import heapq
import itertools
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, Protocol

Event = Callable[[], None]
"""A callback for one moment."""


@dataclass(slots=True)
class Done:
    """The end of one attempt: its outputs, or its error and whether Flyte retries it.

    Errors of Flyte 2 have a `code`.

    `lost`: the container ended without a report. An attempt that polls goes on `again` after its
    seconds.
    """

    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    recoverable: bool = False
    code: str = ""
    lost: bool = False
    again: bool = False
    seconds: float = 0.0


class Clock(Protocol):
    """Runs attempts of tasks and orders events in time."""

    @property
    def now(self) -> float:
        """Seconds since the start."""

    @property
    def is_idle(self) -> bool:
        """True if no event will come."""

    @property
    def ended(self) -> int:
        """The number of attempts that have ended."""

    def submit(
        self, work: Callable[[], Done], then: Callable[[Done], None], delay: float | None = None
    ) -> None:
        """Run the work of an attempt; call `then` at its end.

        In simulated time the work is done that many seconds from now.
        """

    def after(self, seconds: float, event: Event) -> None:
        """Schedule an event."""

    def next(self) -> Event:
        """The next event."""


class SimulatedClock:
    """Runs work at once and places its end at the simulated time that it took.

    `ended` counts the ends so far.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.ended = 0
        self._events: list[tuple[float, bool, int, Event]] = []
        self._number = itertools.count()

    @property
    def is_idle(self) -> bool:
        """True if no event is left."""
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
        # A poll sees what ends at its moment.
        self._put(done.seconds, event, timed=done.again)

    def after(self, seconds: float, event: Event) -> None:
        """Schedule an event, after work that ends at the same moment."""
        self._put(seconds, event, timed=True)

    def clear(self) -> None:
        """Drop all events."""
        self._events.clear()

    def _put(self, seconds: float, event: Event, *, timed: bool) -> None:
        heapq.heappush(self._events, (self.now + seconds, timed, next(self._number), event))

    def next(self) -> Event:
        """The next event."""
        self.now, timed, _, event = heapq.heappop(self._events)
        self.ended += not timed
        return event


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

    @property
    def ended(self) -> int:
        """0: threads are not counted."""
        return 0

    def submit(
        self, work: Callable[[], Done], then: Callable[[Done], None], delay: float | None = None
    ) -> None:
        """Run the work in a thread, without a delay."""
        self._pool.submit(lambda: self._ends.put(partial(then, work())))

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
