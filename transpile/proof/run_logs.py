"""Compares two run logs over a period: runs on one side only, at other times, with other ends.

The runs of each job are matched by their starts and never crosswise: the later of two runs has the
later counterpart. First come starts that are at most `tolerance` apart, one after another where
both logs have as many close together, else the nearest ones first. What is left on both sides of a
local day is a run at another time, what is left within a few days is a run on another day, and the
rest is missing or extra.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import groupby, pairwise

from transpile.model.outcome import State
from transpile.model.run_log import JobRun, Period, RunLog

FAR = timedelta(days=3)
"""Two starts on different days are at most so far apart if one stands for the other."""

TOLERANCE = timedelta(minutes=5)
"""Starts so far apart count as the same."""


class Kind(Enum):
    """How the second log differs from the first one."""

    MISSING = "missing"
    EXTRA = "extra"
    OTHER_DAY = "other day"
    OTHER_TIME = "other time"
    OTHER_OUTCOME = "other outcome"
    OTHER_END = "other end"
    UNTOLD = "told otherwise"


@dataclass(frozen=True, slots=True)
class LogDifference:
    """A run of the first log, its counterpart in the second one, or both."""

    kind: Kind
    first: JobRun | None
    second: JobRun | None

    @property
    def runs(self) -> tuple[JobRun, ...]:
        """The runs that there are, that of the first log first."""
        return tuple(run for run in (self.first, self.second) if run is not None)

    @property
    def run(self) -> JobRun:
        """The run of the first log, else that of the second one."""
        return self.runs[0]

    @property
    def job(self) -> str:
        """The job whose run it is."""
        return self.run.job


@dataclass(frozen=True, slots=True)
class LogComparison:
    """How many runs of each job agree, and the differences in order of time."""

    by_job: Mapping[str, int]
    differences: tuple[LogDifference, ...]

    @property
    def agreeing(self) -> int:
        """The number of runs that agree."""
        return sum(self.by_job.values())

    @property
    def counts(self) -> dict[Kind, int]:
        """The number of differences of each kind that occurs."""
        counted = Counter(found.kind for found in self.differences)
        return {kind: counted[kind] for kind in Kind if counted[kind]}


def compared(
    first: RunLog,
    second: RunLog,
    period: Period,
    tolerance: timedelta = TOLERANCE,
    *,
    whole: bool = False,
) -> LogComparison:
    """Compare the runs that start in the period, also with counterparts that start outside of it.

    Outcomes are compared where both are known. In logs that are `whole` a run without an end goes
    on, which is another outcome than an end; runs that end at other times agree and are listed.
    """
    left, right = _by_job(first), _by_job(second)
    agreeing, found = dict[str, int](), list[LogDifference]()
    for job in left.keys() | right.keys():
        runs = _Runs(left.get(job, []), right.get(job, []), period, tolerance, whole=whole)
        agreeing[job] = runs.agreeing
        found += runs.differences
    order = {kind: number for number, kind in enumerate(Kind)}
    found.sort(key=lambda each: (each.run.start, each.job, order[each.kind]))
    return LogComparison(agreeing, tuple(found))


def outcomes_differ(first: JobRun, second: JobRun) -> bool:
    """True if both outcomes are known, and the states or the exit codes are not the same."""
    if first.state is None or second.state is None:
        return False
    codes = {run.code for run in (first, second) if run.code is not None}
    return first.state.shown != second.state.shown or len(codes) > 1


def tries_joined(log: RunLog) -> RunLog:
    """The log, with runs that try something again as parts of the first ones."""
    found: list[JobRun] = []
    latest: dict[str, int] = {}
    for run in log.runs:
        if run.again and run.job in latest:
            place = latest[run.job]
            found[place] = replace(found[place], end=run.end, state=run.state, code=run.code)
        else:
            latest[run.job] = len(found)
            found.append(run)
    return replace(log, runs=tuple(found))


def _by_job(log: RunLog) -> dict[str, list[JobRun]]:
    """The runs of each job in order of their starts."""
    found: dict[str, list[JobRun]] = {}
    for run in sorted(log.runs, key=lambda run: run.start):
        found.setdefault(run.job, []).append(run)
    return found


@dataclass(frozen=True, slots=True)
class _Match:
    """The places of a run in the first log and of its counterpart in the second one."""

    left: int
    right: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Runs of one job that may be counterparts of one another, and where they begin in the logs."""

    firsts: Sequence[JobRun]
    seconds: Sequence[JobRun]
    left: int = 0
    right: int = 0

    def between(self, matches: Iterable[_Match]) -> "Iterator[_Stretch]":
        """The stretches between matches."""
        low, high = 0, 0
        last = _Match(len(self.firsts), len(self.seconds))
        for match in (*sorted(matches, key=lambda match: match.left), last):
            yield _Stretch(
                self.firsts[low : match.left], self.seconds[high : match.right], low, high
            )
            low, high = match.left + 1, match.right + 1

    def clusters(self, gap: timedelta) -> "Iterator[_Stretch]":
        """The parts with runs of both logs between which nothing starts for longer than `gap`."""
        left = right = 0
        while left < len(self.firsts) and right < len(self.seconds):
            low, high = left, right
            last = min(self.firsts[left].start, self.seconds[right].start)
            while True:
                if left < len(self.firsts) and self.firsts[left].start - last <= gap:
                    last = max(last, self.firsts[left].start)
                    left += 1
                elif right < len(self.seconds) and self.seconds[right].start - last <= gap:
                    last = max(last, self.seconds[right].start)
                    right += 1
                else:
                    break
            yield _Stretch(self.firsts[low:left], self.seconds[high:right], low, high)

    def inside(self, period: Period) -> "_Stretch":
        """The part in the period."""
        left, last = _places(self.firsts, period)
        right, end = _places(self.seconds, period)
        sides = (self.firsts[left:last], self.seconds[right:end])
        return _Stretch(*sides, self.left + left, self.right + right)

    def by_day(self, period: Period) -> "Iterator[_Stretch]":
        """The parts of days on which both logs have runs."""
        if not self.firsts or not self.seconds:
            return
        sides = [
            {day: [*places] for day, places in groupby(range(len(runs)), _day_of(runs, period))}
            for runs in (self.firsts, self.seconds)
        ]
        for day, lefts in sides[0].items():
            if rights := sides[1].get(day):
                yield _Stretch(
                    self.firsts[lefts[0] : lefts[-1] + 1],
                    self.seconds[rights[0] : rights[-1] + 1],
                    self.left + lefts[0],
                    self.right + rights[0],
                )

    def matched(self, kind: Kind | None, most: timedelta) -> Iterator[_Match]:
        """Matches in order if both sides have as many runs, else the nearest ones."""
        together = zip(self.firsts, self.seconds, strict=False)
        even = len(self.firsts) == len(self.seconds)
        if even and all(abs(a.start - b.start) <= most for a, b in together):
            for number in range(len(self.firsts)):
                yield _Match(self.left + number, self.right + number, kind)
        else:
            yield from self.nearest(kind, most)

    def nearest(self, kind: Kind | None, most: timedelta) -> Iterator[_Match]:
        """Matches that are at most so far apart, the nearest first.

        Only neighbours in time can match: what stands between them would match crosswise.
        """
        marks: list[tuple[datetime, int, int, int]] = []
        for side, runs in enumerate((self.firsts, self.seconds)):
            rank = 0
            for place, run in enumerate(runs):
                rank = rank + 1 if place and runs[place - 1].start == run.start else 0
                marks.append((run.start, rank, side, place))
        marks.sort()
        near = [
            (after[0] - before[0], number)
            for number, (before, after) in enumerate(pairwise(marks))
            if before[2] != after[2] and after[0] - before[0] <= most
        ]
        taken: set[int] = set()
        for _, number in sorted(near):
            if taken.isdisjoint((number, number + 1)):
                taken.update((number, number + 1))
                places = {side: place for _, _, side, place in marks[number : number + 2]}
                yield _Match(self.left + places[0], self.right + places[1], kind)


def _places(runs: Sequence[JobRun], period: Period) -> tuple[int, int]:
    """The place of the first run in the period, and that behind the last one."""
    low, high = (bisect_left(runs, at, key=_start) for at in (period.begin, period.end))
    return low, high


def _start(run: JobRun) -> datetime:
    return run.start


def _day_of(runs: Sequence[JobRun], period: Period) -> Callable[[int], date]:
    """The local day of the run at a place."""
    return lambda place: period.local(runs[place].start).date()


class _Runs:
    """The runs of one job in both logs; `differences` are those in the period."""

    def __init__(
        self,
        left: list[JobRun],
        right: list[JobRun],
        period: Period,
        tolerance: timedelta,
        *,
        whole: bool,
    ) -> None:
        self._period = period
        self._whole = whole
        self._tolerance = tolerance
        self.agreeing = 0
        self.differences: list[LogDifference] = []
        every = _Stretch(left, right)
        clusters = every.clusters(tolerance)
        found = [match for cluster in clusters for match in cluster.matched(None, tolerance)]
        for stretch in [*every.between(found)]:
            for part in stretch.by_day(period):
                found += part.matched(Kind.OTHER_TIME, timedelta.max)
        for stretch in [*every.between(found)]:
            # A run after the period may have a counterpart that the other log does not reach.
            found += stretch.inside(period).matched(Kind.OTHER_DAY, FAR)
        for match in found:
            self._judge(match.kind, left[match.left], right[match.right])
        for stretch in every.between(found):
            for run in stretch.firsts:
                self._add(Kind.MISSING, run, None)
            for run in stretch.seconds:
                self._add(Kind.EXTRA, None, run)

    def _judge(self, kind: Kind | None, first: JobRun, second: JobRun) -> None:
        differs = outcomes_differ(first, second) or (self._whole and self._goes_on(first, second))
        if kind is not None:
            self._add(kind, first, second)
        if differs:
            self._add(Kind.OTHER_OUTCOME, first, second)
        if kind is None and not differs:
            self._judge_ends(first, second)
            self.agreeing += self._is_inside(first) or self._is_inside(second)

    def _goes_on(self, first: JobRun, second: JobRun) -> bool:
        """True if one of the runs goes on long after the other one has ended.

        A box that never completes may do either.
        """
        if State.UNFINISHED in (first.state, second.state):
            return False
        ends = [run.end for run in (first, second) if run.end is not None]
        return len(ends) == 1 and ends[0] < self._period.end - self._tolerance

    def _judge_ends(self, first: JobRun, second: JobRun) -> None:
        if not self._whole or first.end is None or second.end is None:
            return
        if State.UNFINISHED in (first.state, second.state):
            return
        if abs(first.end - second.end) > self._tolerance:
            self._add(Kind.OTHER_END, first, second)

    def _add(self, kind: Kind, first: JobRun | None, second: JobRun | None) -> None:
        difference = LogDifference(kind, first, second)
        if any(map(self._is_inside, difference.runs)):
            self.differences.append(difference)

    def _is_inside(self, run: JobRun) -> bool:
        return self._period.begin <= run.start < self._period.end
