"""AutoSys: one run, event by event, with the time that each job takes.

Readings, where the documents leave one open:

- A status is that of the same run. At its start no job has run yet, and every job is looked at.
- A job that ends is seen first by the boxes around it, then by the jobs that name it.
- A box that has ended starts nothing more, at any depth; what runs in it goes on.
"""

import heapq
import itertools
from collections import deque
from collections.abc import Mapping

from transpile.dialects.autosys.engine_rules import BYPASSED, Rules
from transpile.dialects.kit.endings import BAD, SUCCESS, attempted, runs_nothing
from transpile.model import Atom, Condition, InitialStatus, SettledJob, Status, holds
from transpile.model.engine import Values
from transpile.model.outcome import NOT_RUN, Ending, Outcome, Run, Seconds, State

_KILLED = Ending(State.TERMINATED, None, 1)


class Course:
    """One run of the jobs; `seconds` is what an attempt of each takes, else one second."""

    def __init__(
        self,
        rules: Rules,
        outcomes: Mapping[str, Outcome],
        values: Values,
        seconds: Seconds,
    ) -> None:
        self._rules = rules
        self._jobs = rules.jobs
        self._outcomes = outcomes
        self._values = values
        self._seconds = seconds
        self._endings = dict.fromkeys(rules.jobs, NOT_RUN)
        self._begun: set[str] = set()
        self._running: set[str] = set()
        self._waits = rules.hopeless
        self._now = 0.0
        self._due: deque[str] = deque()
        self._events: list[tuple[float, int, str, Ending]] = []
        self._number = itertools.count()

    def result(self) -> Run:
        """How everything has ended once nothing happens any more."""
        self._due.extend(name for name, job in self._jobs.items() if job.box is None)
        while self._due or self._events:
            if self._due:
                self._look_at(self._due.popleft())
                continue
            self._now, _, name, ending = heapq.heappop(self._events)
            if name in self._running:
                self._end(name, ending)
        for name in self._running:
            self._endings[name] = Ending(State.UNFINISHED)
        tops = [self._endings[name].state for name, job in self._jobs.items() if job.box is None]
        failed = self._waits or not {State.SUCCEEDED, State.NOT_RUN}.issuperset(tops)
        whole = State.FAILED if failed else State.SUCCEEDED
        order, apart = self._constraints()
        return Run(self._endings, whole, order, apart)

    def _look_at(self, name: str) -> None:
        """AutoSys: a job starts when its box runs and its condition holds.

        On ice it never does. On hold it would, and waits for an operator; so does a job that the
        conversion could not read.
        """
        job = self._jobs[name]
        if name in self._begun or job.status is InitialStatus.ON_ICE:
            return
        if not self._running.issuperset(self._rules.around[name]):
            return
        if not self._holds(job.condition):
            return
        self._begun.add(name)
        if job.held_up is not None:
            self._waits = True
        elif name in self._rules.members:
            self._open(job)
        elif job.never_ends is not None:
            self._waits = True
        else:
            self._start(job)

    def _open(self, box: SettledJob) -> None:
        self._running.add(box.name)
        self._waits = self._waits or box.never_ends is not None
        members = self._rules.members[box.name]
        self._due.extend(members)
        if not members:
            self._look_at_end(box)

    def _start(self, job: SettledJob) -> None:
        self._running.add(job.name)
        # n_retrys starts a job again that failed, but never one that was terminated. A job on
        # noexec succeeds, as a box without members does.
        ending = BYPASSED
        if not runs_nothing(job):
            ending = attempted(job, self._outcomes.get(job.name, SUCCESS))
        taken = ending.attempts * self._seconds.get(job.name, 1.0)
        heapq.heappush(self._events, (self._now + taken, next(self._number), job.name, ending))

    def _end(self, name: str, ending: Ending) -> None:
        self._endings[name] = ending
        self._running.discard(name)
        for box in self._rules.ancestors[name]:
            if box in self._running:
                self._look_at_end(self._jobs[box])
        self._due.extend(self._rules.readers.get(name, ()))

    def _look_at_end(self, box: SettledJob) -> None:
        state = self._rules.box_state(box, self._endings, self._holds)
        if state is State.UNFINISHED:
            return
        self._running.discard(box.name)
        for member in self._rules.members[box.name] if state in BAD else ():
            # AutoSys: job_terminator kills a member when its box fails or is terminated.
            if self._jobs[member].ends_with_box and member in self._running:
                killed = Ending(State.TERMINATED) if member in self._rules.members else _KILLED
                self._end(member, killed)
        self._end(box.name, Ending(state))

    def _holds(self, condition: Condition | None) -> bool:
        return condition is None or holds(condition, self._is_true)

    def _is_true(self, atom: Atom) -> bool:
        return self._rules.is_true(atom, self._endings, self._values, self._running.__contains__)

    # ---------------------------------------------------------------- what an emission must keep

    def _constraints(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        """Which jobs a job cannot have started before, and while which ones it cannot."""
        order: list[tuple[str, str]] = []
        apart: list[tuple[str, str]] = []
        self._running.clear()
        for name in self._jobs:
            if name in self._begun:
                order += [(other, name) for other in self._awaited(self._jobs[name])]
                apart += [(other, name) for other in self._avoided(self._jobs[name])]
        return tuple(order), tuple(apart)

    def _awaited(self, job: SettledJob) -> list[str]:
        named = self._rules.named[job.name]
        if len(named) == 1 and isinstance(job.condition, Status):
            return named
        found = []
        for upstream in named:
            before = self._endings[upstream]
            self._endings[upstream] = NOT_RUN
            if not self._holds(job.condition):
                found.append(upstream)
            self._endings[upstream] = before
        return found

    def _avoided(self, job: SettledJob) -> list[str]:
        found = []
        for other in self._rules.kept_apart[job.name]:
            self._running.add(other)
            if not self._holds(job.condition):
                found.append(other)
            self._running.discard(other)
        return found
