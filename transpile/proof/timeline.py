"""Plays the workflows of an estate in one simulated time.

Launch plans with a schedule start executions at their times, tasks that tell start others. An
execution starts nothing after the end of the period. Unless the course stops there, it goes on
until nothing more happens.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from transpile.proof.attempts import Asked, Pause
from transpile.proof.clocks import SimulatedClock
from transpile.proof.delays import ASKING, Delays
from transpile.proof.executions import LOST, Record
from transpile.proof.legacy_side import LegacySide, LegacyStart
from transpile.proof.plays import LostStart, Part, Play, Programme, Starter
from transpile.proof.rehearse import Around
from transpile.proof.simulated_admin import SimulatedAdmin

BY_HAND = "by hand"
BY_LEGACY = "by the legacy side"

_MOMENT = Pause(1.0, None)
"""How long the legacy side takes to see a status that it is told."""


@dataclass(frozen=True, slots=True)
class Outage:
    """The scheduler starts nothing from one moment to another, and then what it has missed."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """What decides how a timeline goes on.

    When the command of a job starts at a moment, `ends` may say how it ends instead of the plan.
    With `stops` nothing happens at or after the end of the period. Workflows without a launch plan
    start at the beginning if `by_hand` names them, or is None. `filed` is that of `Around`. `ended`
    gets each execution that ends. Waits for jobs of the legacy side hold at once if it is unknown.
    """

    ends: Callable[[str, datetime], Asked | None] | None = None
    delays: Delays = ASKING
    outages: Sequence[Outage] = ()
    stops: bool = False
    by_hand: Collection[str] | None = None
    filed: bool = True
    ended: Callable[[Play], None] | None = None
    legacy: LegacySide | None = None

    def actual(self, moment: datetime) -> datetime:
        """When the scheduler starts what is due at a moment."""
        ends = (each.end for each in self.outages if each.begin <= moment < each.end)
        return max(ends, default=moment)


PLAIN = Course()
"""The course of a dry run."""


class Timeline:
    """Plays the workflows of a programme."""

    def __init__(self, programme: Programme, course: Course = PLAIN) -> None:
        self._programme = programme
        self._course = course
        self._zero = programme.begin
        self._seconds = (programme.end - programme.begin).total_seconds()
        self._clock = SimulatedClock()
        self._known = {part.workflow.registered for part in programme.parts}
        self._named: dict[str, Play] = {}
        self._by_workflow: dict[str, list[Play]] = {}
        self._going: dict[str, dict[str, Play]] = {}
        self._ends = partial(self._asked, course.ends) if course.ends else None
        self.legacy = course.legacy
        self.plays: list[Play] = []
        self.lost: list[LostStart] = []

    def play(self) -> None:
        """Play everything; `plays` are the executions in order of time."""
        due = [(self._course.actual(moment), moment, s) for moment, s in self._programme.ticks]
        for actual, moment, starter in sorted(due, key=lambda tick: tick[:2]):
            seconds = (actual - self._zero).total_seconds() + self._course.delays.tick
            self._clock.after(seconds, partial(self._tick, starter, moment))
        for start, starter in self._programme.starts_by(self.legacy):
            seconds = (start.at - self._zero).total_seconds()
            self._clock.after(seconds, partial(self._start_by_legacy, starter, start))
        chosen = self._course.by_hand
        for part in self._programme.by_hand:
            if chosen is not None and part.workflow.name not in chosen:
                continue
            self._begin(part, None, self._next_name(), BY_HAND, {}, self.now)
        clock, last = self._clock, self._seconds if self._course.stops else None
        while not clock.is_idle:
            event = clock.next()
            if last is not None and clock.now >= last:
                break
            event()

    def close(self) -> None:
        """Let go of all executions."""
        for play in self.plays:
            play.forget(wholly=True)
        self._clock.clear()
        self._ends = None

    def _tick(self, starter: Starter, moment: datetime) -> None:
        inputs = {starter.kickoff: moment} if starter.kickoff else {}
        self._start(starter, self._next_name(), f"by {starter.name}", inputs, moment)

    def _start_by_legacy(self, starter: Starter, start: LegacyStart) -> None:
        if self.legacy is None or self.legacy.knows_enough(start):
            self._start(starter, self._next_name(), BY_LEGACY, {}, self.now)
        else:
            self._clock.wait(_MOMENT, partial(self._start_by_legacy, starter, start))

    def _next_name(self) -> str:
        return f"run{len(self.plays) + 1}"

    def idle(self) -> list[Part]:
        """One workflow of each module that started nothing."""
        played = {id(play.part.rehearsal) for play in self.plays}
        parts = {id(part.rehearsal): part for part in self._programme.parts}
        return [part for key, part in parts.items() if key not in played]

    def _asked(self, ends: Callable[[str, datetime], Asked | None], job: str) -> Asked | None:
        return ends(job, self.now)

    # ---------------------------------------------------------------- what Flyte Admin does

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return self.moment(self._clock.now)

    def moment(self, seconds: float) -> datetime:
        """The moment of a second."""
        return self._zero + timedelta(seconds=seconds)

    def knows(self, workflow: str) -> bool:
        """True if the workflow takes part."""
        return workflow in self._known

    def executions(self, workflow: str) -> Iterable[Play]:
        """The executions of a workflow, the newest first."""
        return reversed(self._by_workflow.get(workflow, ()))

    def running(self, workflow: str) -> Iterable[Play]:
        """The executions of a workflow that have not ended, the newest first."""
        return list(reversed(self._going.get(workflow, {}).values()))

    def execution(self, name: str) -> Play:
        """The execution of that name."""
        return self._named[name]

    def start_plan(self, launch_plan: str, name: str, cause: Record | None) -> str:
        """Start a launch plan, because of this node; says what has become of it."""
        starter = self._programme.starters.get(launch_plan)
        if starter is None:
            raise RuntimeError(f"the launch plan {launch_plan} is not registered")
        if name in self._named:
            return f"{name} started already"
        why = f"by the end of {cause.node.job}" if cause else BY_HAND
        play = self._start(starter, name, why, {}, self.now)
        return (
            f"{name} started" if play else f"{name} not started, for another execution is running"
        )

    def _start(
        self, starter: Starter, name: str, why: str, inputs: dict[str, Any], scheduled: datetime
    ) -> Play | None:
        """Start an execution; None if one of that launch plan goes on and it does not allow two."""
        if starter.skips:
            going = self._going.get(starter.part.workflow.registered, {}).values()
            other = next((play for play in going if play.starter is starter), None)
            if other:
                if starter.is_start(scheduled):
                    self.lost.append(LostStart(self._clock.now, starter, why, other, scheduled))
                return None
        inputs = starter.inputs | inputs
        return self._begin(starter.part, starter, name, why, inputs, scheduled)

    def _begin(
        self,
        part: Part,
        starter: Starter | None,
        name: str,
        why: str,
        inputs: dict[str, Any],
        scheduled: datetime,
    ) -> Play | None:
        if self._clock.now > self._seconds:
            return None
        created = self.now
        number = len(self.plays) + 1
        play = Play(number, name, part, starter, why, self._clock.now, created, scheduled)
        around = Around(
            zero=self._zero,
            admin=lambda record: SimulatedAdmin(self, part.rehearsal.runtime, play, record),
            until=self._seconds,
            finished=partial(self._end, play),
            delays=self._course.delays,
            ends=self._ends,
            filed=self._course.filed,
            interval=part.rehearsal.interval,
        )
        workflow = part.workflow
        simulator = part.rehearsal.simulator(workflow, part.plan, self._clock, None, around)
        play.run_by(simulator)
        self.plays.append(play)
        self._named[name] = play
        self._by_workflow.setdefault(workflow.registered, []).append(play)
        self._going.setdefault(workflow.registered, {})[name] = play
        moments = {name: created for name, kind in workflow.types.items() if kind is datetime}
        simulator.begin(workflow, moments | part.plan.inputs | inputs)
        return play

    def _end(self, play: Play) -> None:
        play.finish(self._clock.now)
        del self._going[play.workflow][play.name]
        if LOST in play.records and play.starter is not None:
            during = next(iter(self._going[play.workflow].values()), play)
            lost = LostStart(self._clock.now, play.starter, play.why, during, play.scheduled)
            self.lost.append(lost)
        if self._course.ended:
            self._course.ended(play)
