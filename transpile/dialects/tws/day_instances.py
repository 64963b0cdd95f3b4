"""Instances of streams in a period, and which of them each reference means."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import TypeAlias
from zoneinfo import ZoneInfo

from transpile.dialects.tws.day_model import (
    Cycle,
    Moment,
    PlannedJob,
    PlannedStream,
    Reference,
    StreamPlan,
)
from transpile.dialects.tws.pairing import picked, span_of
from transpile.model import Schedule
from transpile.model.clock import ClockChange, clock_changes
from transpile.model.run_log import Period
from transpile.model.ticks import starts

NO_WAIT, LATER, NEVER = "no wait", "later", "never"
"""What a reference means if no instance is meant."""

_DAY = timedelta(days=1)

Target: TypeAlias = tuple[int, str | None]
"""The number of an instance, and a job in it or None for all of it."""

OUTSIDE: Target = (-1, None)
"""What no instance in any plan is."""


@dataclass(slots=True)
class Instance:
    """A stream that is due at `place` and may start at `earliest`; its times count from `day`.

    `number` is its place among all, `before` that of the instance of the same stream before it.
    `targets` has what the references of each owner mean, a job or None for the stream; one that
    means no instance is None; `open` counts those that are to end. `eager` owners look each time.
    `listeners` has who refers to it, by what they refer to. `end_of_day` is the beginning of the
    next day of the plan. `change` is the change of the clock that its start time is in.
    """

    number: int
    stream: PlannedStream
    cycle: Cycle
    place: datetime
    earliest: datetime
    end_of_day: datetime
    day: date
    zone: ZoneInfo
    before: int | None = None
    after: int | None = None
    change: ClockChange | None = None
    open: dict[str | None, int] = field(default_factory=dict)
    eager: set[str | None] = field(default_factory=set)
    targets: dict[str | None, tuple[Target | None, ...]] = field(default_factory=dict)
    listeners: dict[str | None, list[Target]] = field(default_factory=dict)

    def moment(self, moment: Moment) -> datetime:
        """A time of the instance, in UTC."""
        zone = ZoneInfo(moment.zone) if moment.zone else self.zone
        later, minute = divmod(moment.minute, 24 * 60)
        wall = datetime.combine(self.day + later * _DAY, time(*divmod(minute, 60)), zone)
        return wall.astimezone(timezone.utc)


class Instances:
    """All instances of the streams of a plan in a period, in the order of their places.

    `has_later`: a reference means a later instance because there is none before.
    """

    def __init__(self, plan: StreamPlan, period: Period, start_of_day: time, without: str) -> None:
        self._period = period
        self._start_of_day = start_of_day
        self._without = without
        self.has_later = False
        self.all: list[Instance] = []
        found = [one for stream in plan for one in self._of_stream(stream)]
        found.sort(key=lambda one: one.place)
        self._by_stream: dict[str, list[Instance]] = {stream.name: [] for stream in plan}
        for number, one in enumerate(found):
            one.number = number
            mine = self._by_stream[one.stream.name]
            if mine:
                one.before, mine[-1].after = mine[-1].number, number
            mine.append(one)
            self.all.append(one)
        self._places = {
            name: [one.place for one in found] for name, found in self._by_stream.items()
        }
        for one in self.all:
            self._refer(one)

    def _of_stream(self, stream: PlannedStream) -> list[Instance]:
        first = self._period.local(self._period.begin).date() - 2 * _DAY
        found: dict[datetime, Instance] = {}
        for cycle in stream.cycles:
            for each in cycle.schedule.each():
                zone = ZoneInfo(each.timezone or self._period.zone)
                days = self._period.days + 4
                for place in starts(each, first, days, self._period.zone):
                    if not self._period.begin <= place < self._period.end:
                        continue
                    day = place.astimezone(zone).date()
                    begin = datetime.combine(day, self._start_of_day, zone)
                    start = place if cycle.waits else begin.astimezone(timezone.utc)
                    earliest = max(start, self._period.begin)
                    day -= cycle.later * _DAY
                    end = begin + (_DAY if begin <= place else 0 * _DAY)
                    one = Instance(
                        0, stream, cycle, place, earliest, end.astimezone(timezone.utc), day, zone
                    )
                    one.change = _change(place, each) if cycle.waits else None
                    found[place] = one
        return list(found.values())

    # ---------------------------------------------------------------- references

    def _refer(self, one: Instance) -> None:
        owners: list[PlannedJob | None] = [None, *one.stream.jobs]
        for owner in owners:
            follows = owner.follows if owner else one.stream.follows
            name = owner.name if owner else None
            targets = one.targets[name] = tuple(self._target(one, r) for r in follows.everything)
            distinct = [t for t in dict.fromkeys(targets) if t is not None and t is not OUTSIDE]
            one.open[name] = len(distinct)
            if follows.choices:
                one.eager.add(name)
            for number, job in distinct:
                self.all[number].listeners.setdefault(job, []).append((one.number, name))

    def _target(self, one: Instance, reference: Reference) -> Target | None:
        """The instance that a reference means."""
        if not reference.stream:
            return OUTSIDE
        if reference.criteria is None:
            return one.number, reference.job
        others = self._by_stream.get(reference.stream, [])
        places = self._places.get(reference.stream, [])
        schedule = one.cycle.schedule
        if schedule.timezone is None:
            schedule = replace(schedule, timezone=self._period.zone)
        span = span_of(list(reference.criteria or ()), one.place, schedule)
        number = None
        if reference.stream == one.stream.name:
            # Of its own stream, an instance means one before it.
            number = _before(places, one.place, span)
        elif others:
            number = picked(places, one.place, span)
        if number is None and self._without == LATER and reference.stream != one.stream.name:
            number = bisect_right(places, one.place)
            number = number if number < len(places) else None
            self.has_later |= number is not None
        return None if number is None else (others[number].number, reference.job)


def _change(place: datetime, schedule: Schedule) -> ClockChange | None:
    """The change of the clock that skips or repeats the start time of an instance."""
    if schedule.timezone is None:
        return None
    wall = place.astimezone(ZoneInfo(schedule.timezone)).replace(tzinfo=None)
    for change in clock_changes(schedule.timezone, wall.date() - _DAY, wall.date() + _DAY):
        is_moved = place == change.moment and (wall.hour, wall.minute) not in schedule.times
        if is_moved if change.is_forward else change.concerns(wall):
            return change
    return None


def _before(
    places: Sequence[datetime], start: datetime, span: tuple[datetime, datetime] | None
) -> int | None:
    """The closest start before a moment in a span."""
    number = bisect_left(places, start) - 1
    return number if span is not None and number >= 0 and places[number] >= span[0] else None
