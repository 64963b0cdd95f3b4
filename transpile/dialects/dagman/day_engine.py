"""The rules of HTCondor DAGMan over days: one submission of the DAG, at the beginning.

They are those of one run, with the times of nodes. A node runs its PRE script, its job and its POST
script one after another, and is tried again at once. DEFER runs a script again later. MAXJOBS lets
only so many jobs of a category run at a time, those of a higher PRIORITY first. A node that aborts
the DAG removes the nodes that run; nothing but the FINAL node starts after it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from transpile.dialects.dagman.model import DagPlan, Limit
from transpile.dialects.kit.days import VirtualClock
from transpile.dialects.kit.network_run import Graph, NetworkRun, Runs, runs_nothing
from transpile.model.day_engine import DayEngine, Details
from transpile.model.job import Command, Steps
from transpile.model.outcome import KILLED, Ending, State
from transpile.model.run_log import Cause, Operation, Period, RunEnd, RunEnds, RunLog
from transpile.model.words import in_words

if TYPE_CHECKING:
    from transpile.model.facts import Facts
    from transpile.model.network import Network

_Then: TypeAlias = Callable[[int | None], None]
"""What follows the end of a script, given its exit code."""

KILLED_CODE = -9
"""Exit code of a killed job: DAGMan takes the negative number of the signal."""


class DagmanDays(DayEngine):
    """Runs one DAG through a period."""

    submits = True

    def __init__(self, facts: "Facts", period: Period, chosen: Mapping[str, str]) -> None:
        super().__init__(facts, period, chosen)
        said = facts.said
        self._graph = Graph({} if said.refused else said.jobs)
        self._plan = said.plan if isinstance(said.plan, DagPlan) else DagPlan()

    @classmethod
    def details(cls, said: "Network") -> Details:
        """Limits, priorities, and scripts that run again later."""
        plan = said.plan if isinstance(said.plan, DagPlan) else DagPlan()
        found: dict[str | None, dict[str, str]] = {name: {} for name in said.jobs}
        for name, limit in plan.limits.items():
            found.setdefault(name, {})["limit"] = in_words(limit)
        for name, number in plan.priorities.items():
            found.setdefault(name, {})["priority"] = str(number)
        for script, (code, seconds) in plan.defers.items():
            name, _, kind = script.rpartition(" ")
            deferred = f"after exit code {code}, {seconds} seconds later"
            found.setdefault(name, {})[f"{kind} script runs again"] = deferred
        for name in plan.subdags:
            found.setdefault(name, {})["runs a DAG"] = "yes"
        return found

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """Submit the DAG at the beginning of the period."""
        clock = VirtualClock(self.period)
        runs = Runs(clock, ends)
        dag = DagRun(self._graph, runs, self._plan)
        clock.at(self.period.begin, dag.begin)
        clock.run()
        return runs.book.log()


class DagRun(NetworkRun):
    """One run of a DAG."""

    def __init__(self, graph: Graph, runs: Runs, plan: DagPlan) -> None:
        super().__init__(graph, runs, lambda: None)
        self._plan = plan
        self._active: dict[Limit, set[str]] = {}
        self._waiting: dict[Limit, list[str]] = {}
        self._told: set[str] = set()

    def attempt(self, name: str) -> None:
        """Run the parts of the node, one after another."""
        job = self.graph.jobs[name]
        if runs_nothing(job):
            self.pass_over(name)
            return
        self.tries[name] = self.tries.get(name, 0) + 1
        if self._steps(name).before is not None:
            number = self.begin_run(name)
            self._script(name, number, "PRE", partial(self._before_ended, name))
        else:
            self._submit(name)

    def _steps(self, name: str) -> Steps:
        action = self.graph.jobs[name].action
        if isinstance(action, Steps):
            return action
        return Steps((action if isinstance(action, Command) else Command(()),))

    # ---------------------------------------------------------------- parts of a node

    def _script(self, name: str, number: int, kind: str, ended: _Then) -> None:
        end = self.runs.end_of(f"{name} {kind}")
        self.runs.after(end.seconds, partial(self._script_ended, name, number, kind, (end, ended)))

    def _script_ended(self, name: str, number: int, kind: str, found: tuple[RunEnd, _Then]) -> None:
        if not self.is_current(name, number):
            return
        end, ended = found
        code, seconds = self._plan.defers.get(f"{name} {kind}", (None, 0))
        if code is not None and end.code == code:
            text = f"the {kind} script runs again after {seconds} seconds (DEFER)"
            self.runs.book.remark(name, Cause.RETRY, text)
            self.runs.after(seconds, partial(self._again, name, number, kind, ended))
        else:
            ended(end.code)

    def _again(self, name: str, number: int, kind: str, ended: _Then) -> None:
        if self.is_current(name, number):
            self._script(name, number, kind, ended)

    def _before_ended(self, name: str, code: int | None) -> None:
        if code == 0:
            self._submit(name)
        else:
            skipped = code is not KILLED and code == self._steps(name).skip
            self._finish(name, code, good=skipped)

    def _submit(self, name: str) -> None:
        """Submit the job of the node, as soon as the limit of its category allows."""
        limit = self._plan.limits.get(name)
        if limit is None or not self._steps(name).commands:
            self._launch(name)
            return
        self._waiting.setdefault(limit, []).append(name)
        # After all nodes that are ready at this moment, for the most urgent one goes first.
        self.runs.clock.at(self.runs.clock.now, partial(self._admit, limit), order=1)

    def _admit(self, limit: Limit) -> None:
        """Launch the most urgent nodes of a category."""
        waiting = self._waiting[limit]
        waiting[:] = [name for name in waiting if name not in self.endings]
        while waiting and len(self._active.setdefault(limit, set())) < limit[2]:
            name = max(waiting, key=lambda name: self._plan.priorities.get(name, 0))
            waiting.remove(name)
            self._active[limit].add(name)
            self._launch(name)
        for name in waiting:
            if name not in self._told:
                self._told.add(name)
                text = f"waits: MAXJOBS {limit[1]} {limit[2]}"
                self.runs.book.remark(name, Cause.LIMIT, text)

    def _launch(self, name: str) -> None:
        number = self.running[name] if name in self.running else self.begin_run(name)
        if not self._steps(name).commands:
            self._job_ended(name, number, RunEnd(code=0))
            return
        end = self.runs.end_of(name)
        self.runs.after(end.seconds, partial(self._job_ended, name, number, end))

    def _job_ended(self, name: str, number: int, end: RunEnd) -> None:
        if not self.is_current(name, number):
            return
        self._release(name)
        steps = self._steps(name)
        # All jobs of a cluster end alike.
        failures = len(steps.commands) if end.code != 0 else 0
        if steps.after is not None:
            self._script(name, number, "POST", partial(self._after_ended, name))
        else:
            self._finish(name, end.code, good=failures <= steps.tolerance)

    def _after_ended(self, name: str, code: int | None) -> None:
        self._finish(name, code, good=code == 0)

    def _release(self, name: str) -> None:
        """One job less of its category runs."""
        limit = self._plan.limits.get(name)
        if limit is not None and name in self._active.get(limit, ()):
            self._active[limit].remove(name)
            self.runs.clock.at(self.runs.clock.now, partial(self._admit, limit), order=1)

    # ---------------------------------------------------------------- ends

    def _finish(self, name: str, code: int | None, *, good: bool) -> None:
        """End an attempt: the node has ended, is tried again, or aborts the DAG."""
        tries, steps = self.tries[name], self._steps(name)
        if good:
            self.end_run(name, State.SUCCEEDED, code)
            self.decide(name, Ending(State.SUCCEEDED, code, tries))
            return
        number, bad = code, State.FAILED
        if code is KILLED:
            number, bad = KILLED_CODE, State.TERMINATED
        self.end_run(name, bad, code)
        aborts = steps.abort is not None and number == steps.abort.code
        if aborts:
            self._abort(name)
            self.decide(name, Ending(bad, code, tries))
        elif number == steps.unless or tries > self.graph.jobs[name].retries:
            self.decide(name, Ending(bad, code, tries))
        else:
            self.attempt(name)

    def _abort(self, name: str) -> None:
        """End the DAG of the node: the rest of it does not run, apart from its FINAL node."""
        around = self.graph.jobs[name].box
        while around is not None and around not in self._plan.subdags:
            around = self.graph.jobs[around].box
        last = self.graph.last.get(around, [])
        others = [n for n in self.graph.below(around) if n != name and n not in last]
        behind = self.graph.after(name)
        running = [other for other in others if other in self.running]
        lost = self.give_up(others)
        self.kill(running)
        text = f"does not run: {name} aborted the DAG"
        for other in lost:
            if other not in behind:
                self.runs.book.remark(other, Cause.FAILURE, text)
        for other in running:
            if other not in self.graph.members:
                self.runs.book.remark(other, Cause.FAILURE, f"is removed: {name} aborted the DAG")
                self._release(other)
