"""The engine over days of sources whose clocks start jobs, and with them those behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from transpile.dialects.kit.days import Event, VirtualClock
from transpile.dialects.kit.endings import may_repeat, runs_nothing
from transpile.dialects.kit.network_run import Graph, NetworkRun, Runs
from transpile.model.condition import GlobalValue, atoms
from transpile.model.day_engine import Clock, Clocks, DayEngine, Details
from transpile.model.graph import connected
from transpile.model.job import Job, Steps
from transpile.model.outcome import Ending, State
from transpile.model.run_log import Cause, Operation, Period, RunEnd, RunEnds, RunLog

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network

START = "START"

_OVERLAP = "start during a run"


@dataclass(frozen=True, slots=True)
class ClockPlan:
    """The clocks of each job that has one; those of the whole network under None.

    A start of one in `skips` is lost while its last run goes on; others run beside it. One in
    `waits` names a job: while that runs, a start waits for its end, and others are lost.
    """

    clocks: Mapping[str | None, tuple[Clock, ...]] = field(default_factory=dict)
    skips: frozenset[str | None] = frozenset()
    waits: Mapping[str | None, str] = field(default_factory=dict)


class ClockDays(DayEngine):
    """Starts what hangs together whenever the clock of one of its jobs fires."""

    operations = frozenset((START,))
    schedule_notes = frozenset(("schedule",))

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        said = facts.said
        self._title = said.title
        self._plan = said.plan if isinstance(said.plan, ClockPlan) else ClockPlan()
        jobs = {} if said.refused else said.jobs
        parts = [jobs] if said.title is not None else _parts(jobs)
        self._graphs = {name: graph for graph in map(Graph, parts) for name in graph.jobs}

    @classmethod
    def clocks(cls, said: "Network") -> Clocks:
        """The clocks of the plan."""
        return said.plan.clocks if isinstance(said.plan, ClockPlan) else {}

    @classmethod
    def details(cls, said: "Network") -> Details:
        """What becomes of a start while the last run goes on."""
        plan = said.plan if isinstance(said.plan, ClockPlan) else ClockPlan()
        return {
            owner: {_OVERLAP: "is lost" if owner in plan.skips else f"waits for {awaited}"}
            for owner, awaited in {**dict.fromkeys(plan.skips, ""), **plan.waits}.items()
        }

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Start the jobs of each clock at its moments, and when an operator does."""
        clock = VirtualClock(self.period)
        runs = Runs(clock, ends)
        latest: dict[Graph, PlainRun] = {}
        for owner in self._plan.clocks:
            start = partial(self._start, owner, runs, latest)
            for tick in self._ticks(owner):
                # A run that ends at this moment is no overlap.
                clock.at(tick, start, order=1)
        for operation in operations:
            if operation.event == START:
                name = None if operation.name == self._title else operation.name
                clock.at(operation.at, partial(self._start, name, runs, latest))
        clock.run()
        return runs.book.log()

    def _ticks(self, owner: str | None) -> list[datetime]:
        period = self.period
        clocks = self._plan.clocks[owner]
        return sorted({t for c in clocks for t in c.fires(period.zone, period.begin, period.end)})

    def _start(self, owner: str | None, runs: Runs, latest: "dict[Graph, PlainRun]") -> None:
        names = self._graphs if owner is None else (owner,)
        graph = next((self._graphs[name] for name in names if name in self._graphs), None)
        if graph is None:
            return
        before = latest.get(graph)
        begin = partial(self._begin, graph, runs, latest)
        if before is not None and not before.is_done:
            awaited = self._plan.waits.get(owner, "")
            since = f"the run of {self.period.local(before.began):%Y-%m-%d %H:%M}"
            remark = partial(self._remark, runs, graph, owner)
            if awaited in graph.jobs and awaited not in before.endings:
                remark(f"starts at its end: {since} goes on")
                before.later[awaited] = (partial(remark, f"starts at the end of {since}"), begin)
                return
            if owner in self._plan.skips:
                remark(f"does not start: {since} goes on")
                return
            remark(f"starts beside it: {since} goes on")
        begin()

    def _begin(self, graph: Graph, runs: Runs, latest: "dict[Graph, PlainRun]") -> None:
        repeats = self.facts.said.engine.retries_killed
        latest[graph] = PlainRun(graph, runs, lambda: None, retries_killed=repeats)
        latest[graph].begin()

    @staticmethod
    def _remark(runs: Runs, graph: Graph, owner: str | None, text: str) -> None:
        """Remark on a start that overlaps: of a job, or of all with which a graph begins."""
        firsts = [name for name in graph.members[None] if graph.known.get(name)]
        for name in firsts if owner is None else [owner]:
            runs.book.remark(name, Cause.OVERLAP, text)


class PlainRun(NetworkRun):
    """One run of jobs that hang together; a job that fails is tried again at once.

    `later` has what happens when a job has ended, or will not run. With `retries_killed` a job that
    was killed is tried again, too.
    """

    def __init__(
        self, graph: Graph, runs: Runs, when_done: Event, *, retries_killed: bool = False
    ) -> None:
        super().__init__(graph, runs, when_done)
        self.later: dict[str, tuple[Event, ...]] = {}
        self._retries_killed = retries_killed

    def _tell(self, upstream: str) -> None:
        super()._tell(upstream)
        for event in self.later.pop(upstream, ()):
            event()

    def attempt(self, name: str) -> None:
        """Run the job."""
        if runs_nothing(self.graph.jobs[name]):
            self.pass_over(name)
            return
        self.tries[name] = self.tries.get(name, 0) + 1
        number, job = self.begin_run(name), self.graph.jobs[name]
        end = self.runs.end_of(name)
        # Each command takes as long; one that fails is the last.
        steps = job.action.commands if isinstance(job.action, Steps) else ()
        seconds = end.seconds * (len(steps) or 1) if _is_good(job, end) else end.seconds
        self.runs.after(seconds, partial(self._ended, name, number, end))

    def _ended(self, name: str, number: int, end: RunEnd) -> None:
        if not self.is_current(name, number):
            return
        job, tries = self.graph.jobs[name], self.tries[name]
        good = _is_good(job, end)
        bad = State.TERMINATED if end.code is None else State.FAILED
        state = State.SUCCEEDED if good else bad
        self.end_run(name, state, end.code)
        repeats = not good and may_repeat(job, end.code, retries_killed=self._retries_killed)
        if repeats and tries <= job.retries:
            self.attempt(name)
        else:
            self.decide(name, Ending(state, end.code, tries))


def _is_good(job: Job, end: RunEnd) -> bool:
    return end.code is not None and job.success.accepts(end.code)


def _parts(jobs: Mapping[str, Job]) -> list[dict[str, Job]]:
    """The jobs that hang together by boxes and conditions, in source order."""
    links = {
        name: [a.job for a in atoms(job.condition) if not isinstance(a, GlobalValue)]
        for name, job in jobs.items()
    }
    for name, job in jobs.items():
        links[name] += [job.box] if job.box is not None else []
    return [{name: jobs[name] for name in part} for part in connected(links)]
