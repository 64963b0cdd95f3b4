"""One run of AutoSys, event by event, with the time that each job takes.

Readings, where the documents leave one open:

- A status of a job of the same workflow is that of the same run. At its start no job has run yet,
  and every job is looked at.
- The end of a job is seen first by the boxes around it, then by the jobs whose conditions name it.
- A box that has ended starts no more members, at any depth; members that run go on.
"""

import heapq
import itertools
from collections import deque
from collections.abc import Mapping

from transpile.dialects.autosys.engine_rules import Look, Rules
from transpile.dialects.kit.endings import BAD, BYPASSED, SUCCESS, attempted, runs_nothing
from transpile.dialects.kit.far import FarView
from transpile.model import SettledJob, Status
from transpile.model.engine import Values
from transpile.model.outcome import NOT_RUN, Ending, Outcome, Run, Seconds, State

_KILLED = Ending(State.TERMINATED, None, 1)

_Pairs = tuple[tuple[str, str], ...]


class Course(Look):
    """One run of the jobs; `seconds` is how long an attempt of each takes, by default 1.

    `far` is what it sees of jobs in other workflows.
    """

    def __init__(
        self,
        rules: Rules,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds,
        far: FarView,
    ) -> None:
        self._running: set[str] = set()
        super().__init__(rules, values, dict.fromkeys(rules.jobs, NOT_RUN), self._running)
        self._jobs = rules.jobs
        self._outcomes = outcomes
        self._seconds = seconds
        self._far = far
        self._begun: set[str] = set()
        self.stuck = rules.hopeless
        self._now = 0.0
        self._due: deque[str] = deque()
        self._events: list[tuple[float, int, str, Ending]] = []
        self._number = itertools.count()

    def result(self) -> Run:
        """Run the jobs until nothing more happens."""
        tops = [name for name, job in self._jobs.items() if job.box is None]
        self._due.extend(tops)
        for moment in self._far.moments[1:]:
            heapq.heappush(self._events, (moment, next(self._number), "", NOT_RUN))
        while self._due or self._events:
            if self._due:
                self._look_at(self._due.popleft())
                continue
            self._now, _, name, ending = heapq.heappop(self._events)
            if name in self._running:
                self._end(name, ending)
            elif not name:
                self._due.extend(self._far.cuts)
        self.stuck |= any(map(self._waits, self._far.cuts))
        for name in self._running:
            self.endings[name] = Ending(State.UNFINISHED)
        states = {self.endings[name].state for name in tops}
        good = not self.stuck and states <= {State.SUCCEEDED, State.NOT_RUN}
        whole = State.SUCCEEDED if good else State.FAILED
        return Run(self.endings, whole, *self._constraints())

    def _look_at(self, name: str) -> None:
        """AutoSys: a job starts when its box runs and its condition holds.

        A job on ice never starts. One on hold waits for an operator; here, so does a job that
        has no translation.
        """
        job = self._jobs[name]
        if name in self._begun or self._rules.is_on_ice(name):
            return
        if not self._is_ready(name) or not self._far.holds(name, self._now, self.is_true):
            return
        self._begun.add(name)
        if job.held_up is not None:
            self.stuck = True
        elif name in self._rules.members:
            self._open(job)
        elif job.never_ends is not None:
            self.stuck = True
        else:
            self._start(job)

    def _is_ready(self, name: str) -> bool:
        """True if the box of the job runs and its condition on jobs of this run holds."""
        return self._rules.around[name] <= self._running and self.holds(self._jobs[name].condition)

    def _waits(self, name: str) -> bool:
        """True for a job that only other workflows keep from running."""
        known = name in self._begun or self._rules.is_on_ice(name)
        return not known and self._is_ready(name)

    def _open(self, box: SettledJob) -> None:
        self._running.add(box.name)
        self.stuck = self.stuck or box.never_ends is not None
        members = self._rules.members[box.name]
        self._due.extend(members)
        if not members:
            self._look_at_end(box)

    def _start(self, job: SettledJob) -> None:
        self._running.add(job.name)
        ending = BYPASSED
        if not runs_nothing(job):
            ending = attempted(job, self._outcomes.get(job.name, SUCCESS))
        taken = ending.attempts * self._seconds.get(job.name, 1.0)
        heapq.heappush(self._events, (self._now + taken, next(self._number), job.name, ending))

    def _end(self, name: str, ending: Ending) -> None:
        self.endings[name] = ending
        self._running.discard(name)
        for box in self._rules.ancestors[name]:
            if box in self._running:
                self._look_at_end(self._jobs[box])
        self._due.extend(self._rules.readers.get(name, ()))

    def _look_at_end(self, box: SettledJob) -> None:
        state = self._rules.box_state(box, self)
        if state is State.UNFINISHED:
            return
        self._running.discard(box.name)
        for member in self._rules.members[box.name] if state in BAD else ():
            # AutoSys: job_terminator kills a member when its box fails or is terminated.
            if self._jobs[member].ends_with_box and member in self._running:
                killed = Ending(State.TERMINATED) if member in self._rules.members else _KILLED
                self._end(member, killed)
        self._end(box.name, Ending(state))

    # ---------------------------------------------------------------- what an emission must keep

    def _constraints(self) -> tuple[_Pairs, _Pairs]:
        """The pairs of jobs that the run kept in order, and those that it kept apart."""
        apart: list[tuple[str, str]] = []
        self._running.clear()
        for name in self._jobs:
            if name in self._begun:
                self.order += [(other, name) for other in self._awaited(self._jobs[name])]
                apart += [(other, name) for other in self._avoided(self._jobs[name])]
        return tuple(self.order), tuple(apart)

    def _awaited(self, job: SettledJob) -> list[str]:
        """The jobs without whose end the job would not have started."""
        named = self._rules.awaited[job.name]
        if len(named) == 1 and isinstance(job.condition, Status):
            return named
        found = []
        for upstream in named:
            before = self.endings[upstream]
            self.endings[upstream] = NOT_RUN
            if not self.holds(job.condition):
                found.append(upstream)
            self.endings[upstream] = before
        return found

    def _avoided(self, job: SettledJob) -> list[str]:
        """The jobs beside which the job would not have started."""
        found = []
        for other in self._rules.avoided[job.name]:
            self._running.add(other)
            if not self.holds(job.condition):
                found.append(other)
            self._running.discard(other)
        return found
