"""The rules of Azkaban over days: its triggers, and how flows run on a clock.

The rules follow the source code of the executor (3.90) and name its classes. A flow without a
trigger starts by hand only. A condition on parents is evaluated as soon as the parents that have
ended decide it. When a job fails whose success the flow needs, the failure action says what becomes
of the other jobs (FlowRunner.setFlowFailed, getImpliedStatus).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from transpile.dialects.azkaban.comparisons import compares
from transpile.dialects.azkaban.model import FailureAction, FlowPlan
from transpile.dialects.azkaban.quartz import Quartz
from transpile.dialects.kit.cron import CronError
from transpile.dialects.kit.days import Event, VirtualClock
from transpile.dialects.kit.network_run import Graph, NetworkRun, Runs, runs_nothing
from transpile.model.condition import (
    FALSE,
    NULL,
    TRUE,
    Atom,
    Condition,
    OutputValue,
    Status,
    StatusTest,
    replaced,
    simplified,
)
from transpile.model.day_engine import Clocks, DayEngine, Details
from transpile.model.job import Job, Steps
from transpile.model.outcome import NOT_RUN, Ending, State
from transpile.model.readings import Reading
from transpile.model.run_log import Cause, Operation, Period, RunEnd, RunEnds, RunLog
from transpile.model.words import details_of

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network

START = "START"

IGNORE, SKIP, PIPELINE_1, PIPELINE_2 = "ignore", "skip", "pipeline 1", "pipeline 2"
ALL_JOBS, DOWNSTREAM = "all", "downstream"
AT_ONCE, NEVER = "at once", "never"

CONCURRENCY = Reading(
    "azkaban_concurrency",
    "What happens to a start of a flow that still runs? Who schedules the flow says so, no file of "
    "the project: `ignore` runs both, `skip` leaves the start out, `pipeline 1` lets each job wait "
    "for the same job of the run before, `pipeline 2` for the jobs that depend on it, too.",
    (IGNORE, SKIP, PIPELINE_1, PIPELINE_2),
)
FAILURES = Reading(
    "azkaban_failures",
    "Which jobs does a failure cancel? `all` that have not started, as the executor does, or only "
    "those `downstream` of the failed one, as the emitted workflow does.",
    (ALL_JOBS, DOWNSTREAM),
)
DATA = Reading(
    "azkaban_data",
    "When is the data there that a trigger waits for?",
    (AT_ONCE, NEVER),
)

_ONLY_GUARDS = (StatusTest.NOT_FAILED, StatusTest.AWAITED)
"""Tests that the emitted workflow needs and the executor does not have."""


class AzkabanDays(DayEngine):
    """Runs one flow through a period."""

    readings = (CONCURRENCY, FAILURES, DATA)
    operations = frozenset((START,))

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        said = facts.said
        self.plan = said.plan if isinstance(said.plan, FlowPlan) else FlowPlan()
        self.title = said.title or ""
        jobs = {} if said.refused else {name: self._read(job) for name, job in said.jobs.items()}
        if self.answers[FAILURES.name] == ALL_JOBS:
            jobs = {n: job.waiting_for(_asked(job.condition)) for n, job in jobs.items()}
        self.graph = Graph(jobs)
        self._zone = said.schedule.timezone if said.schedule else None
        self._ticks: tuple[datetime, ...] = ()
        self._problem = ""
        if self.plan.cron is not None and jobs:
            try:
                quartz = Quartz.read(self.plan.cron)
                zone = self._zone or period.zone
                self._ticks = tuple(quartz.fires(zone, period.begin, period.end))
            except CronError as error:
                self._problem = str(error)

    @classmethod
    def clocks(cls, said: "Network") -> Clocks:
        """The trigger of the flow, if its expression can be read."""
        quartz = _trigger(said)
        return {None: (quartz,)} if quartz is not None else {}

    @classmethod
    def details(cls, said: "Network") -> Details:
        """What a failure of a job means, what a trigger waits for, pauses before retries."""
        plan = said.plan if isinstance(said.plan, FlowPlan) else FlowPlan()
        whole = details_of(plan, ("fatal", "unread", "backoff", "children", "cron"))
        if plan.cron is not None and _trigger(said) is None:
            whole["trigger"] = plan.cron
        pauses = {name: f"{seconds:g}" for name, seconds in plan.backoff.items() if seconds}
        return {
            None: whole,
            **{name: {"seconds before a retry": seconds} for name, seconds in pauses.items()},
        }

    def _read(self, job: Job) -> Job:
        return replace(job, condition=FALSE) if job.name in self.plan.unread else job

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Start the flow at each time of its trigger, and when an operator does."""
        clock = VirtualClock(self.period)
        night = _Play(self, Runs(clock, ends))
        if self._problem:
            text = f"nothing starts it: {self.plan.cron}: {self._problem}"
            night.runs.book.remark(self.title, Cause.LOST_TICK, text)
        for tick in self._ticks:
            clock.at(tick, night.tick)
        for operation in operations:
            if operation.event == START and operation.name == self.title and self.graph.jobs:
                clock.at(operation.at, night.start)
        clock.run()
        return night.runs.book.log()


def _trigger(said: "Network") -> Quartz | None:
    """The trigger of a flow; None if it has none that can be read."""
    plan = said.plan if isinstance(said.plan, FlowPlan) else FlowPlan()
    try:
        return Quartz.read(plan.cron) if plan.cron is not None else None
    except CronError:
        return None


class _Play:
    """The runs of a flow in a period."""

    def __init__(self, engine: AzkabanDays, runs: Runs) -> None:
        self.engine = engine
        self.runs = runs
        self._latest: FlowRun | None = None

    def tick(self) -> None:
        """The trigger fires."""
        book, answers = self.runs.book, self.engine.answers
        if self.engine.plan.data:
            book.relied_on(DATA.name, answers[DATA.name])
            if answers[DATA.name] == NEVER:
                names = ", ".join(self.engine.plan.data)
                book.remark(self.engine.title, Cause.LOST_TICK, f"waits for {names}")
                return
        self.start()

    def start(self) -> None:
        """Start the flow, as its concurrency option says."""
        option = self.engine.answers[CONCURRENCY.name]
        before = self._latest
        if before is not None and before.is_done:
            before = None
        if before is not None:
            self.runs.book.relied_on(CONCURRENCY.name, option)
            since = f"{self.engine.period.local(before.began):%Y-%m-%d %H:%M}"
            told = "does not start" if option == SKIP else "starts beside it"
            text = f"{told}: the run of {since} goes on"
            self.runs.book.remark(self.engine.title, Cause.OVERLAP, text)
            if option == SKIP:
                return
        level = {PIPELINE_1: 1, PIPELINE_2: 2}.get(option, 0)
        self._latest = FlowRun(self.engine, self.runs, before if level else None, level)
        self._latest.begin()


class FlowRun(NetworkRun):
    """One run of a flow; with a `level`, its jobs wait for those of the run `before`."""

    def __init__(
        self, engine: AzkabanDays, runs: Runs, before: "FlowRun | None", level: int
    ) -> None:
        super().__init__(engine.graph, runs, self._done)
        self._engine = engine
        self._plan = engine.plan
        self._before = before
        self._level = level
        self._outputs: dict[str, dict[str, str]] = {}
        self._failed_boxes: set[str] = set()
        self._has_failed = False
        self._cancels = engine.answers[FAILURES.name] == ALL_JOBS
        self._watchers: dict[str, list[Event]] = {}

    def start(self, name: str) -> None:
        """Run the job, as soon as the run before allows it."""
        job = self.graph.jobs[name]
        blocking = [other for other in self._awaited(name) if self._before_runs(other)]
        if not blocking or runs_nothing(job):
            self.attempt(name)
            return
        text = f"waits for {blocking[0]} of the run before"
        self.runs.book.remark(name, Cause.OVERLAP, text)
        assert self._before is not None
        self._before.when_ended(blocking[0], partial(self._go_on, name))

    def _go_on(self, name: str) -> None:
        if name not in self.endings:
            self.start(name)

    def _awaited(self, name: str) -> Sequence[str]:
        if self._before is None:
            return ()
        return (name, *self._plan.children.get(name, ())) if self._level > 1 else (name,)

    def _before_runs(self, name: str) -> bool:
        return self._before is not None and name not in self._before.endings

    def when_ended(self, name: str, event: Event) -> None:
        """Let an event happen when the job has ended or will not run."""
        self._watchers.setdefault(name, []).append(event)

    def decide(self, name: str, ending: Ending) -> None:
        """The job or box has ended so; tells the run behind this one."""
        super().decide(name, ending)
        self._tell_watchers()

    def _done(self) -> None:
        self._before = None
        self._tell_watchers()

    def _tell_watchers(self) -> None:
        for name in [name for name in self._watchers if name in self.endings]:
            for event in self._watchers.pop(name, ()):
                event()

    # ---------------------------------------------------------------- conditions

    def holds(self, atom: Atom) -> bool | None:
        """True or false if an atom is known; outputs are compared like JavaScript does."""
        if not isinstance(atom, OutputValue):
            return super().holds(atom)
        if atom.job not in self.graph.jobs:
            return False
        ending = self.endings.get(atom.job)
        if ending is None:
            return None
        value = self._outputs.get(atom.job, {}).get(atom.name, NULL)
        return ending.state is State.SUCCEEDED and compares(atom, value)

    def box_state(self, box: Job) -> State:
        """An embedded flow in which a failure counts has failed, whatever its last jobs did."""
        return State.FAILED if box.name in self._failed_boxes else super().box_state(box)

    # ---------------------------------------------------------------- jobs

    def attempt(self, name: str) -> None:
        """Run the job; it may be tried again."""
        if runs_nothing(self.graph.jobs[name]):
            self.pass_over(name)
            return
        self.tries[name] = self.tries.get(name, 0) + 1
        number = self.begin_run(name)
        end = self.runs.end_of(name)
        self.runs.after(end.seconds, partial(self._ended, name, number, end))

    def _ended(self, name: str, number: int, end: RunEnd) -> None:
        if not self.is_current(name, number):
            return
        job, tries = self.graph.jobs[name], self.tries[name]
        tolerates = isinstance(job.action, Steps) and job.action.tolerance > 0
        if end.code == 0 or tolerates:
            self._outputs[name] = dict(end.outputs)
            self.end_run(name, State.SUCCEEDED, end.code)
            self.decide(name, Ending(State.SUCCEEDED, end.code, tries))
            return
        state = State.TERMINATED if end.code is None else State.FAILED
        self.end_run(name, state, end.code)
        if tries <= job.retries:
            self._retry(name)
            return
        # Before others hear of the end: no handler starts after a failure that counts.
        if self._cancels and name in self._plan.fatal:
            self._fail(name)
        self.decide(name, Ending(state, end.code, tries))

    def _retry(self, name: str) -> None:
        pause = self._plan.backoff.get(name, 0.0)
        if self._cancels and self._has_failed and not self._finishes_possible:
            self.decide(name, NOT_RUN)
            return
        if pause:
            text = f"is tried again after {pause:g} seconds (retry.backoff)"
            self.runs.book.remark(name, Cause.RETRY, text)
        self.runs.after(pause, partial(self._try_again, name))

    def _try_again(self, name: str) -> None:
        if name not in self.endings:
            self.attempt(name)

    @property
    def _finishes_possible(self) -> bool:
        return self._plan.action is FailureAction.FINISH_POSSIBLE

    def _fail(self, name: str) -> None:
        """A failure that counts: the flow fails, and its failure action takes effect."""
        box = self.graph.jobs[name].box
        while box is not None:
            self._failed_boxes.add(box)
            box = self.graph.jobs[box].box
        if self._has_failed or self._finishes_possible:
            return
        self._has_failed = True
        behind = self.graph.after(name)
        others = [other for other in self.graph.below(None) if other != name]
        running = [other for other in others if other in self.running]
        lost = self.give_up(other for other in others if other not in self.tries)
        for other in lost:
            if other not in behind:
                self.runs.book.remark(other, Cause.FAILURE, f"is cancelled: {name} failed")
        if self._plan.action is FailureAction.CANCEL_ALL:
            self.kill(running)
            for other in running:
                if other not in self.graph.members:
                    self.runs.book.remark(other, Cause.FAILURE, f"is killed: {name} failed")


def _asked(condition: Condition | None) -> Condition:
    """What the executor asks for: without the tests that only the emitted workflow needs."""

    def of_atom(atom: Atom) -> Condition:
        is_guard = isinstance(atom, Status) and atom.test in _ONLY_GUARDS
        return TRUE if is_guard else atom

    return simplified(replaced(condition or TRUE, of_atom))
