"""The rules of IBM Workload Scheduler over days: plan days and the instances of streams in them.

The rules follow the product's documentation, with the names of its pages: "Understanding carry
forward options", "until", "jsuntil", "every (used for jobs)", "onoverlap", "Managing external
follows dependencies". What no page defines is a reading. LIMIT and NEEDS hold nothing back here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from transpile.dialects.kit.days import VirtualClock
from transpile.dialects.kit.network_run import Runs
from transpile.dialects.tws.day_details import details_of_streams
from transpile.dialects.tws.day_instances import LATER, NEVER, NO_WAIT, Instances
from transpile.dialects.tws.day_model import PlannedStream
from transpile.dialects.tws.night import Night
from transpile.dialects.tws.stream_run import StreamRun
from transpile.model.day_engine import Clock, Clocks, DayEngine, Details
from transpile.model.readings import Reading
from transpile.model.run_log import Operation, Period, RunEnds, RunLog
from transpile.model.ticks import ScheduleClock

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network

CARRY = Reading(
    "tws_carry_forward",
    "Which streams that are not complete does the plan of the next day have? `all` of them, those "
    "with the `keyword` CARRYFORWARD, or `none` (the global option enCarryForward).",
    ("all", "keyword", "none"),
)
START_OF_DAY = Reading(
    "tws_start_of_day",
    "When does the day of the plan begin (the global option startOfDay)?",
    ("00:00", "06:00"),
)
NO_INSTANCE = Reading(
    "tws_no_instance",
    "What does a FOLLOWS mean if the plan has no instance before? `no wait`, the first `later` "
    "one, or that the job `never` starts.",
    (NO_WAIT, LATER, NEVER),
)
REPEATED = Reading(
    "tws_follow_every",
    "Which run of a job with EVERY do its followers wait for, the `first` or the `last`?",
    ("first", "last"),
)
OUTSIDE_PLAN = Reading(
    "tws_outside",
    "Do jobs of other networks succeed, and do operators answer prompts and confirm jobs? `no`, or "
    "`at once`.",
    ("no", "at once"),
)


class TwsDays(DayEngine):
    """Runs the streams of an estate through a period."""

    schedule_notes = frozenset(("on",))
    readings = (CARRY, START_OF_DAY, NO_INSTANCE, REPEATED, OUTSIDE_PLAN)

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        self.jobs = facts.said.jobs
        self._start_of_day = time.fromisoformat(self.answers[START_OF_DAY.name])
        found = Instances(
            _streams(facts.said),
            period,
            self._start_of_day,
            self.answers[NO_INSTANCE.name],
        )
        self._has_later = found.has_later
        self.instances = found.all
        self.days = tuple(self._days())

    @classmethod
    def clocks(cls, said: "Network") -> Clocks:
        """The run cycles of streams, and the start times of jobs."""
        cycles = {one.name: [c.schedule.when() for c in one.cycles] for one in _streams(said)}
        own: dict[str | None, tuple[Clock, ...]] = {
            name: tuple(ScheduleClock(each) for schedule in found for each in schedule.each())
            for name, found in cycles.items()
            if found
        }
        return {**super().clocks(said), **own}

    @classmethod
    def details(cls, said: "Network") -> Details:
        """What streams and jobs say that a workflow may not keep."""
        return details_of_streams(_streams(said))

    def _days(self) -> Sequence[datetime]:
        """The moments at which a plan day begins, apart from the beginning of the period."""
        zone = ZoneInfo(self.period.zone)
        first = self.period.local(self.period.begin).date()
        days = (first + timedelta(days=number) for number in range(self.period.days + 1))
        begins = (datetime.combine(day, self._start_of_day, zone) for day in days)
        moments = [begin.astimezone(timezone.utc) for begin in begins]
        return [moment for moment in moments if self.period.begin < moment < self.period.end]

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Run the instances of all streams that are due in the period."""
        runs = Runs(VirtualClock(self.period), ends)
        night = Night(self.period, self.jobs, self.answers, runs)
        night.streams += (StreamRun(night, one) for one in self.instances)
        for stream in night.streams:
            stream.plan()
        if self._has_later:
            night.answer(NO_INSTANCE.name)
        for moment in self.days:
            runs.clock.at(moment, partial(_new_day, night), order=-1)
        runs.clock.run()
        return runs.book.log()


def _streams(said: "Network") -> tuple[PlannedStream, ...]:
    """The plan of a network."""
    plan = said.plan if isinstance(said.plan, tuple) else ()
    return tuple(one for one in plan if isinstance(one, PlannedStream))


def _new_day(night: Night) -> None:
    for stream in night.streams:
        stream.new_day()
