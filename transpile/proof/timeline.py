"""Plays the workflows of an estate in one simulated time.

Launch plans with a schedule start executions at their times, tasks that tell start others. A
workflow without a launch plan starts by hand, at the beginning. An execution starts nothing after
the end of the period, but goes on until nothing more happens.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flytekit.core.launch_plan import LaunchPlan

from transpile.proof.blueprint import Task, Workflow
from transpile.proof.clocks import SimulatedClock
from transpile.proof.executions import Record
from transpile.proof.rehearse import Around, Plan, Rehearsal
from transpile.proof.scheduler import UTC, launches
from transpile.proof.simulated_admin import Simulated, SimulatedAdmin
from transpile.proof.simulator import Simulator
from transpile.targets.flyte.model import NodeRole

_ZONE = "CRON_TZ="
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Part:
    """A workflow that takes part, and the plan of its jobs."""

    rehearsal: Rehearsal
    workflow: Workflow
    plan: Plan


@dataclass(frozen=True, slots=True)
class Starter:
    """A launch plan: the workflow that it starts, and when.

    With `skips` it starts nothing while an execution that it started goes on. `kickoff` is the
    input that gets the time of the schedule.
    """

    name: str
    part: Part
    cron: str = ""
    zone: str = UTC
    kickoff: str = ""
    skips: bool = False
    inputs: dict[str, Any] = field(default_factory=dict)


def starters_of(parts: Sequence[Part]) -> Iterator[Starter]:
    """The launch plans in the modules of these workflows."""
    for part in parts:
        for plan in part.rehearsal.names.values():
            if isinstance(plan, LaunchPlan) and plan.workflow.name == part.workflow.name:
                timed = plan.schedule and plan.schedule.cron_schedule
                head, _, rest = timed.schedule.partition(" ") if timed else ("", "", "")
                zoned = head.startswith(_ZONE)
                yield Starter(
                    name=plan.name,
                    part=part,
                    cron=(rest if zoned else timed.schedule) if timed else "",
                    zone=head.removeprefix(_ZONE) if zoned else UTC,
                    kickoff=(plan.schedule.kickoff_time_input_arg or "") if timed else "",
                    skips=bool(plan.concurrency),
                    inputs=dict(plan.saved_inputs),
                )


def zone_of(parts: Sequence[Part]) -> str:
    """The zone of most schedules."""
    zones = Counter(starter.zone for starter in starters_of(parts) if starter.cron)
    return zones.most_common(1)[0][0] if zones else UTC


@dataclass(slots=True)
class Play(Simulated):
    """One execution; times are seconds since the beginning of the period."""

    name: str
    part: Part
    starter: Starter | None
    why: str
    began: float
    created: datetime
    simulator: Simulator = field(init=False)
    ended: float | None = None

    @property
    def is_over(self) -> bool:
        """True if it has ended."""
        return self.ended is not None

    @property
    def workflow(self) -> str:
        """The name of its workflow."""
        return self.part.workflow.name

    @property
    def changed(self) -> datetime:
        """The moment of its end, or of its start while it runs."""
        return self.created + timedelta(seconds=(self.ended or self.began) - self.began)


@dataclass(frozen=True, slots=True)
class LostStart:
    """A start that the platform refused, since the execution `during` went on."""

    at: float
    starter: Starter
    why: str
    during: Play


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait of a job for other workflows; it is still open without an end."""

    job: str
    what: str
    start: float
    end: float | None
    error: str


def waits_of(play: Play) -> list[Waited]:
    """The waits that an execution came to, in order of time."""
    found = []
    for record in play.records.values():
        what, error = "", record.error
        if record.node.role is NodeRole.NOT_BEFORE:
            what = str(record.outputs.get("o0") or "its start time")
        elif record.node.role is NodeRole.WAIT and isinstance(record.node.target, Workflow):
            gates = [(n, n.target) for n in record.node.target.nodes if isinstance(n.target, Task)]
            what = next((gate.signal for _, gate in gates if gate.signal), "")
            inner = (play.records.get(f"{record.path}/{node.id}") for node, _ in gates)
            error = next((one.error for one in inner if one and one.error), "")
        if what and record.start is not None:
            found.append(Waited(str(record.node.job), what, record.start, record.end, error))
    return sorted(found, key=lambda wait: wait.start)


class Timeline:
    """Plays workflows for so many `seconds` from the moment `zero`."""

    def __init__(self, parts: Sequence[Part], zero: datetime, seconds: float) -> None:
        self._parts = parts
        self._zero = zero.astimezone(timezone.utc)
        self._seconds = seconds
        self._clock = SimulatedClock()
        self._starters = {starter.name: starter for starter in starters_of(parts)}
        self._named: dict[str, Play] = {}
        self.plays: list[Play] = []
        self.lost: list[LostStart] = []

    def play(self) -> None:
        """Play everything; `plays` are the executions in order of time."""
        for starter in self._starters.values():
            for moment in self._moments(starter):
                seconds = (moment - self._zero).total_seconds()
                self._clock.after(seconds, partial(self._tick, starter, moment))
        started = {id(starter.part.rehearsal) for starter in self._starters.values()}
        for part in self._parts:
            if id(part.rehearsal) not in started:
                self._begin(part, None, self._next_name(), BY_HAND, {})
        while not self._clock.is_idle:
            self._clock.next()()

    def _moments(self, starter: Starter) -> Iterator[datetime]:
        """The times of a schedule in the period."""
        if starter.cron:
            end = self._zero + timedelta(seconds=self._seconds)
            first = self._zero.astimezone(ZoneInfo(starter.zone)).date()
            days = 2 + int(self._seconds // 86_400)
            for moment in launches(starter.cron, starter.zone, first, days):
                if self._zero <= moment < end:
                    yield moment

    def _tick(self, starter: Starter, moment: datetime) -> None:
        inputs = {starter.kickoff: moment} if starter.kickoff else {}
        self._start(starter, self._next_name(), f"by {starter.name}", inputs)

    def _next_name(self) -> str:
        return f"run{len(self.plays) + 1}"

    def idle(self) -> list[Part]:
        """One workflow of each module that started nothing."""
        played = {id(play.part.rehearsal) for play in self.plays}
        parts = {id(part.rehearsal): part for part in self._parts}
        return [part for key, part in parts.items() if key not in played]

    # ---------------------------------------------------------------- what Flyte Admin does

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return self.moment(self._clock.now)

    def moment(self, seconds: float) -> datetime:
        """The moment of a second."""
        return self._zero + timedelta(seconds=seconds)

    def executions(self, workflow: str) -> Iterable[Play]:
        """The executions of a workflow, the newest first."""
        return [play for play in reversed(self.plays) if play.part.workflow.name == workflow]

    def execution(self, name: str) -> Play:
        """The execution of that name."""
        return self._named[name]

    def start_plan(self, launch_plan: str, name: str, cause: Record | None) -> str:
        """Start a launch plan, because of this node; says what has become of it."""
        if launch_plan not in self._starters:
            raise RuntimeError(f"the launch plan {launch_plan} is not registered")
        if name in self._named:
            return f"{name} started already"
        why = f"by the end of {cause.node.job}" if cause else BY_HAND
        play = self._start(self._starters[launch_plan], name, why, {})
        return (
            f"{name} started" if play else f"{name} not started, for another execution is running"
        )

    def _start(self, starter: Starter, name: str, why: str, inputs: dict[str, Any]) -> Play | None:
        """Start an execution; None if one of that launch plan goes on and it does not allow two."""
        running = (p for p in self.plays if p.starter is starter and not p.is_over)
        other = next(running, None) if starter.skips else None
        if other:
            self.lost.append(LostStart(self._clock.now, starter, why, other))
            return None
        return self._begin(starter.part, starter, name, why, starter.inputs | inputs)

    def _begin(
        self, part: Part, starter: Starter | None, name: str, why: str, inputs: dict[str, Any]
    ) -> Play | None:
        if self._clock.now > self._seconds:
            return None
        play = Play(name, part, starter, why, self._clock.now, self.now)
        around = Around(
            zero=self._zero,
            admin=lambda record: SimulatedAdmin(self, part.rehearsal.runtime, play, record),
            until=self._seconds,
            finished=partial(self._end, play),
        )
        workflow = part.workflow
        play.simulator = part.rehearsal.simulator(workflow, part.plan, self._clock, None, around)
        self.plays.append(play)
        self._named[name] = play
        moments = {name: self.now for name, kind in workflow.types.items() if kind is datetime}
        play.simulator.begin(workflow, moments | part.plan.inputs | inputs)
        return play

    def _end(self, play: Play) -> None:
        play.ended = self._clock.now
