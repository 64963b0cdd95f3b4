"""One run of a network on a virtual clock: its jobs start as soon as their conditions hold.

The engines of sources that start a whole graph of jobs at once derive from it.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from transpile.dialects.kit.days import Event, RunBook, VirtualClock
from transpile.dialects.kit.endings import is_met
from transpile.model import (
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    OutputValue,
    Status,
    atoms,
    holds,
)
from transpile.model.outcome import ENDED, NOT_RUN, Ending, State
from transpile.model.run_log import RunEnd, RunEnds

_Needs = Mapping[str, tuple[Status | ExitCode, ...]]
"""Atoms that must all hold, by their jobs."""


class Graph:
    """What the jobs of a network wait for; the same in all its runs.

    `behind` has the jobs whose conditions name a job, `members` the jobs of each box, those at the
    top under None. `last` are members that run when no other member can. `needs` has conditions
    that are a conjunction, `known` those that hold, or not, whatever happens.
    """

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self.jobs = jobs
        self.members: dict[str | None, list[str]] = {None: []}
        self.last: dict[str | None, list[str]] = {}
        self.behind: dict[str, list[str]] = {name: [] for name in jobs}
        self.needs: dict[str, _Needs] = {}
        self.known: dict[str, bool] = {}
        for name, job in jobs.items():
            self.members.setdefault(job.box, []).append(name)
            if job.runs_last:
                self.last.setdefault(job.box, []).append(name)
            self._add(name, job.condition or TRUE)

    def _add(self, name: str, condition: Condition) -> None:
        named = {a.job for a in atoms(condition) if not isinstance(a, GlobalValue)}
        for other in sorted(named & self.jobs.keys()):
            self.behind[other].append(name)
        verdict = known(condition, self._before)
        if verdict is not None:
            self.known[name] = verdict
            return
        needs: dict[str, tuple[Status | ExitCode, ...]] = {}
        for term in condition.terms if isinstance(condition, All) else (condition,):
            if not isinstance(term, Status | ExitCode):
                return
            needs[term.job] = (*needs.get(term.job, ()), term)
        self.needs[name] = needs

    def _before(self, atom: Atom) -> bool | None:
        """Before anything has run, an atom is open unless it is about something outside."""
        is_inside = not isinstance(atom, GlobalValue) and atom.job in self.jobs
        return None if is_inside else False

    def below(self, box: str | None) -> Iterator[str]:
        """Everything in a box, at any depth."""
        for name in self.members.get(box, ()):
            yield name
            yield from self.below(name)

    def after(self, name: str) -> set[str]:
        """The jobs that wait for a job, directly or not, and all that is in them."""
        found: set[str] = set()
        pending = [name]
        while pending:
            found.add(name := pending.pop())
            more = (*self.behind[name], *self.members.get(name, ()))
            pending += (other for other in more if other not in found)
        return found


def known(condition: Condition, of_atom: Callable[[Atom], bool | None]) -> bool | None:
    """True or false if the atoms that are known decide a condition, else None."""
    if not isinstance(condition, All | AnyOf):
        return of_atom(condition)
    decisive = isinstance(condition, AnyOf)
    is_open = False
    for term in condition.terms:
        found = known(term, of_atom)
        if found is decisive:
            return decisive
        is_open |= found is None
    return None if is_open else not decisive


class Runs:
    """Runs that begin on a clock and are written down; counts those of each job.

    Parts of a job, such as the script before its command, are counted on their own.
    """

    def __init__(self, clock: VirtualClock, ends: RunEnds) -> None:
        self.clock = clock
        self.book = RunBook(clock)
        self._ends = ends
        self._count: dict[str, int] = {}

    def end_of(self, part: str) -> RunEnd:
        """How the next run of a job or of a part of it ends, if it starts now."""
        number = self._count[part] = self._count.get(part, 0) + 1
        return self._ends.of(part, number, self.clock.now)

    def after(self, seconds: float, event: Event) -> None:
        """Plan an event."""
        self.clock.at(self.clock.now + timedelta(seconds=seconds), event)


class NetworkRun(ABC):
    """One run of a graph. `endings` has the jobs that have ended, or will not run.

    `tries` counts the attempts of each job.
    """

    def __init__(self, graph: Graph, runs: Runs, when_done: Event) -> None:
        self.graph = graph
        self.runs = runs
        self.began: datetime = runs.clock.now
        self.endings: dict[str, Ending] = {}
        self.running: dict[str, int] = {}
        self.tries: dict[str, int] = {}
        self._when_done = when_done
        self._verdicts = dict(graph.known)
        self._missing = {name: len(needs) for name, needs in graph.needs.items()}
        self._left = {box: len(members) for box, members in graph.members.items()}
        self._opened: set[str | None] = set()
        self._news: deque[str] = deque()
        self._is_settling = False

    @property
    def is_done(self) -> bool:
        """True if nothing runs or can start any more."""
        return not self._left[None]

    def begin(self) -> None:
        """Start the run now."""
        self._open(None)
        self._settle()

    # ---------------------------------------------------------------- rules of a dialect

    @abstractmethod
    def attempt(self, name: str) -> None:
        """The job runs now."""

    def start(self, name: str) -> None:
        """The condition of the job holds, and its box has started."""
        self.attempt(name)

    def holds(self, atom: Atom) -> bool | None:
        """True or false if an atom is known, else None."""
        if isinstance(atom, GlobalValue | OutputValue):
            return False
        if atom.job not in self.graph.jobs:
            return False
        ending = self.endings.get(atom.job)
        return None if ending is None else is_met(atom, ending)

    def box_state(self, box: Job) -> State:
        """The state of a box when all its members have ended or will not run.

        It follows from its rule; without one it succeeds if all members do, and fails if all ended.
        """
        rule = box.box_rule
        if rule and rule.success and rule.failure:
            if holds(rule.success, self._is_true):
                return State.SUCCEEDED
            return State.FAILED if holds(rule.failure, self._is_true) else State.UNFINISHED
        states = {self.endings[name].state for name in self.graph.members[box.name]}
        if not ENDED.issuperset(states):
            return State.UNFINISHED
        return State.SUCCEEDED if states == {State.SUCCEEDED} else State.FAILED

    def _is_true(self, atom: Atom) -> bool:
        return bool(self.holds(atom))

    # ---------------------------------------------------------------- runs of jobs

    def begin_run(self, name: str) -> int:
        """A run of the job starts now."""
        again = self.tries.get(name, 0) > 1
        number = self.running[name] = self.runs.book.begin(name, again=again)
        return number

    def is_current(self, name: str, number: int) -> bool:
        """True if that run of the job still goes on."""
        return self.running.get(name) == number

    def end_run(self, name: str, state: State, code: int | None) -> None:
        """The run of the job ends now; it may be tried again."""
        self.runs.book.end(name, state, code, self.running.pop(name))

    def pass_over(self, name: str) -> None:
        """The job succeeds without running."""
        self.begin_run(name)
        self.end_run(name, State.SUCCEEDED, 0)
        self.decide(name, Ending(State.SUCCEEDED, 0))

    def decide(self, name: str, ending: Ending) -> None:
        """The job or box has ended so, or will not run. The first word counts."""
        if name not in self.endings:
            self.endings[name] = ending
            self._news.append(name)
            self._settle()

    def give_up(self, names: Iterable[str]) -> list[str]:
        """What has not started of these will not run; returns it."""
        lost = [n for n in names if n not in self.endings and n not in self.running]
        self.endings.update(dict.fromkeys(lost, NOT_RUN))
        self._news.extend(lost)
        self._settle()
        return lost

    def kill(self, names: Iterable[str]) -> None:
        """Those of the jobs that run are killed now."""
        members = self.graph.members
        killed = [name for name in names if name in self.running and name not in members]
        for name in killed:
            self.end_run(name, State.TERMINATED, None)
        self.endings.update(dict.fromkeys(killed, Ending(State.TERMINATED)))
        self._news.extend(killed)
        self._settle()

    # ---------------------------------------------------------------- the course of the run

    def _settle(self) -> None:
        """Let everything happen that follows from what has ended."""
        if self._is_settling:
            return
        self._is_settling = True
        while self._news:
            name = self._news.popleft()
            if name in self.graph.members and name not in self._opened:
                self._shut(name)
            self._tell(name)
            self._leave(self.graph.jobs[name].box)
        self._is_settling = False

    def _tell(self, upstream: str) -> None:
        ending = self.endings[upstream]
        for name in self.graph.behind[upstream]:
            if name in self._verdicts or name in self.endings:
                continue
            needs = self.graph.needs.get(name)
            if needs is None:
                verdict = known(self.graph.jobs[name].condition or TRUE, self.holds)
                if verdict is None:
                    continue
                self._verdicts[name] = verdict
            elif not all(is_met(atom, ending) for atom in needs[upstream]):
                self._verdicts[name] = False
            else:
                self._missing[name] -= 1
                if self._missing[name]:
                    continue
                self._verdicts[name] = True
            if self.graph.jobs[name].box in self._opened:
                self._go(name)

    def _open(self, box: str | None) -> None:
        self._opened.add(box)
        last = self.graph.last.get(box, ())
        for name in self.graph.members[box]:
            if name in self._verdicts and name not in last:
                self._go(name)
        self._run_last(box)

    def _shut(self, box: str) -> None:
        """Nothing in a box that does not start runs."""
        for name in self.graph.members[box]:
            if name not in self.endings:
                self.endings[name] = NOT_RUN
                self._news.append(name)

    def _go(self, name: str) -> None:
        if name in self.endings or name in self.running:
            return
        if not self._verdicts[name]:
            self.endings[name] = NOT_RUN
            self._news.append(name)
        elif name in self.graph.members:
            self.begin_run(name)
            self._open(name)
        elif self.graph.jobs[name].kind is Kind.BOX:
            self.pass_over(name)
        else:
            self.start(name)

    def _leave(self, box: str | None) -> None:
        """One more member of the box has ended, or will not run."""
        self._left[box] -= 1
        if self._left[box]:
            self._run_last(box)
        elif box is None:
            self._when_done()
        elif box in self.running:
            state = self.box_state(self.graph.jobs[box])
            shown = State.FAILED if state is State.UNFINISHED else state
            self.end_run(box, shown, None)
            self.decide(box, Ending(state))

    def _run_last(self, box: str | None) -> None:
        last = self.graph.last.get(box, ())
        if last and box in self._opened and self._left[box] == len(last):
            for name in last:
                self._verdicts[name] = True
                self._go(name)


def runs_nothing(job: Job) -> bool:
    """True for a job that succeeds without running; one without a translation runs."""
    is_empty = job.action is None and job.blocked is None
    return is_empty or job.status is InitialStatus.ON_NOEXEC
