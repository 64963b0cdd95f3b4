"""What engines over days share: a virtual clock with events, times of clocks, the log of runs."""

import heapq
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.model.clock import clock_changes
from transpile.model.outcome import State
from transpile.model.run_log import Cause, JobRun, Period, Remark, RunLog

_DAY = timedelta(days=1)

Event = Callable[[], None]
"""What happens at a moment."""


class VirtualClock:
    """Events in order of time; `order` puts those of one moment in sequence, then their number."""

    def __init__(self, period: Period) -> None:
        self.now = period.begin
        self._end = period.end
        self._events: list[tuple[datetime, int, int, Event]] = []
        self._number = itertools.count()

    def at(self, moment: datetime, event: Event, order: int = 0) -> None:
        """Plan an event; one at or after the end of the period never happens."""
        if moment < self._end:
            heapq.heappush(self._events, (moment, order, next(self._number), event))

    def run(self) -> None:
        """Let all events happen."""
        while self._events:
            self.now, _, _, event = heapq.heappop(self._events)
            event()


def shown_moments(
    zone: str,
    begin: datetime,
    end: datetime,
    times_of: Callable[[date], Iterable[datetime]],
    folds: Iterable[int] = (0, 1),
) -> Iterator[datetime]:
    """The moments (UTC) from `begin` until before `end` at which a clock shows the times of a day.

    A time that the clock skips is none; of one that it repeats, the first (0), the second (1) or
    both count.
    """
    info = ZoneInfo(zone)
    day, last = begin.astimezone(info).date(), end.astimezone(info).date()
    gaps = [gap for gap in clock_changes(zone, day - _DAY, last + _DAY) if gap.is_forward]
    while day <= last:
        walls = [wall for wall in times_of(day) if not any(gap.concerns(wall) for gap in gaps)]
        shown = (wall.replace(tzinfo=info, fold=fold) for wall in walls for fold in folds)
        moments = {moment.astimezone(timezone.utc) for moment in shown}
        yield from sorted(moment for moment in moments if begin <= moment < end)
        day += _DAY


class RunBook:
    """The log of a period, while it is written."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._runs: list[JobRun] = []
        self._places: dict[tuple[str, int], int] = {}
        self._count: dict[str, int] = {}
        self._remarks: list[Remark] = []
        self._readings: dict[str, str] = {}

    def begin(self, job: str, *, again: bool = False) -> int:
        """A run of the job starts now, maybe to try `again`; returns its number."""
        number = self._count[job] = self._count.get(job, 0) + 1
        self._places[job, number] = len(self._runs)
        self._runs.append(JobRun(job, number, self._clock.now, again=again))
        return number

    def end(
        self, job: str, state: State, code: int | None = None, number: int | None = None
    ) -> None:
        """The run of that number, by default the latest one, of the job ends now."""
        place = self._places.pop((job, number or self._count[job]))
        run = self._runs[place]
        now = self._clock.now
        self._runs[place] = JobRun(job, run.number, run.start, now, state, code, run.again)

    def remark(self, job: str, cause: Cause, text: str) -> None:
        """Something that the runs do not show happens now."""
        self._remarks.append(Remark(job, self._clock.now, cause, text))

    def relied_on(self, reading: str, answer: str) -> None:
        """The answer to an open question has decided something."""
        self._readings[reading] = answer

    def log(self) -> RunLog:
        """What was written."""
        return RunLog(tuple(self._runs), tuple(self._remarks), dict(sorted(self._readings.items())))
