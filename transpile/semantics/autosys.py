"""AutoSys: what becomes of each job and box in one run.

The single-run reading, where the engine itself remembers statuses between runs or where it
depends on which job is faster:

- A status is that of the same run. At its start no job has run yet.
- A job looks at its condition when every job that it names has ended, or never will.
- A box whose result follows from a rule has it when nothing more in it can start.
- A terminator stops what waits for it; what does not wait for it had started before.
"""

from collections.abc import Callable, Mapping

from transpile.ir import (
    COMPARISONS,
    TRUE,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    Network,
    OutputValue,
    Precedence,
    Status,
    StatusTest,
    atoms,
    holds,
)
from transpile.semantics.common import BAD, attempted, is_met, runs_nothing
from transpile.semantics.outcome import ENDED, NOT_RUN, Ending, Outcome, Run, State
from transpile.semantics.steps import steps

_SUCCESS = Outcome()
_BYPASSED = Ending(State.SUCCEEDED, 0)


class AutoSys:
    """The engine's rules for the jobs of one group of a network."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._jobs = network.jobs
        self._members = {
            name: [m for m in members if self._counts(m)]
            for name, members in network.members.items()
            if members
        }
        self._around = {name: frozenset(network.ancestors(name)) for name in network.jobs}
        graph = Precedence.of(network)
        self._steps = steps(graph)
        self._dead: set[str] = set()
        self._hopeless = self._find_dead()
        self._stopped = self._behind_terminators(graph)
        self._named = {name: self._awaited(job) for name, job in self._jobs.items()}
        self._kept_apart = {name: self._avoided(job) for name, job in self._jobs.items()}

    def _counts(self, member: str) -> bool:
        """False for a job on ice, and for one that was left out."""
        return member in self._jobs and self._jobs[member].status is not InitialStatus.ON_ICE

    def _find_dead(self) -> bool:
        """Whether a job needs one that is nowhere; `_dead` are all that succeed in no run."""
        hopeless = False
        begun: set[str] = set()
        for name, at_end in self._steps:
            job = self._jobs[name]
            if job.status is InitialStatus.ON_ICE:
                continue
            if at_end:
                members = self._members[name]
                early = self._network.ends_early(name)
                lost = not early and not self._dead.isdisjoint(members)
                if lost or job.never_ends or name not in begun:
                    self._dead.add(name)
                continue
            possible = holds(job.condition or TRUE, self._is_possible(job))
            nowhere = any(self._is_nowhere(atom) for atom in atoms(job.condition))
            hopeless = hopeless or (nowhere and not possible)
            boxed = job.box is None or job.box in begun
            if possible and boxed and not job.held_up:
                begun.add(name)
            if name not in self._members and (name not in begun or job.never_ends):
                self._dead.add(name)
        return hopeless

    def _is_possible(self, job: Job) -> Callable[[Atom], bool]:
        def may_hold(atom: Atom) -> bool:
            if isinstance(atom, GlobalValue):
                return True
            if _is_n(atom):
                return atom.instance is not None or atom.job not in self._around[job.name]
            lost = self._is_nowhere(atom) or atom.job in self._network.left_out
            if lost or atom.job in self._dead:
                return False
            upstream = self._jobs[atom.job]
            if isinstance(atom, ExitCode) and upstream.kind is Kind.BOX:
                return False
            certain = runs_nothing(upstream) and atom.job not in self._members
            return not certain or not self._counts(atom.job) or _is_met(atom, _BYPASSED)

        return may_hold

    def _is_nowhere(self, atom: Atom) -> bool:
        if isinstance(atom, GlobalValue) or _is_n(atom):
            return False
        known = atom.job in self._jobs or atom.job in self._network.left_out
        return atom.instance is not None or not known

    def _behind_terminators(self, graph: Precedence) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """For each box, its terminators, each with the jobs whose end comes at or after its own."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name, job in self._jobs.items():
            if job.terminates_box and job.box in self._members:
                reached = graph.reached([graph.end[name]])
                behind = frozenset(n for n in self._jobs if graph.end[n] in reached)
                found.setdefault(job.box, []).append((name, behind))
        return found

    def _awaited(self, job: Job) -> list[str]:
        """The jobs of which the condition asks how they ended."""
        found = (a for a in atoms(job.condition) if isinstance(a, Status | ExitCode))
        names = (a.job for a in found if not _is_n(a) and not self._is_nowhere(a))
        live = (n for n in names if n in self._jobs and self._counts(n))
        return list(dict.fromkeys(live))

    def _avoided(self, job: Job) -> list[str]:
        """The jobs beside which the job does not start."""
        found = (a for a in atoms(job.condition) if isinstance(a, Status) and _is_n(a))
        names = dict.fromkeys(a.job for a in found if a.instance is None and a.job in self._jobs)
        around = self._around[job.name] | {job.name}
        return [n for n in names if n not in around and job.name not in self._around[n]]

    def run(self, outcomes: Mapping[str, Outcome], values: Mapping[str, str | None]) -> Run:
        """How everything ends; a job without an outcome succeeds. `values` are the globals'."""
        return _Run(self, outcomes, values).result()

    def boxes(
        self,
        endings: Mapping[str, Ending],
        reported: Mapping[str, State],
        values: Mapping[str, str | None],
    ) -> dict[str, State]:
        """The states of boxes whose members have ended so, where they do not report their own."""
        return _Run(self, {}, values).observed(endings, reported)


class _Run:
    def __init__(
        self,
        engine: AutoSys,
        outcomes: Mapping[str, Outcome],
        values: Mapping[str, str | None],
    ) -> None:
        self._engine = engine
        self._outcomes = outcomes
        self._values = values
        self._endings: dict[str, Ending] = {}
        self._started: set[str] = set()
        self._running: str | None = None
        self._waits = engine._hopeless
        self._order: list[tuple[str, str]] = []
        self._apart: list[tuple[str, str]] = []

    def result(self) -> Run:
        jobs = self._engine._jobs
        for name, at_end in self._engine._steps:
            if not at_end:
                self._begin(jobs[name])
            elif name in self._started:
                self._endings[name] = Ending(self._box_result(jobs[name]))
        tops = [self._endings[name].state for name, job in jobs.items() if job.box is None]
        failed = self._waits or not {State.SUCCEEDED, State.NOT_RUN}.issuperset(tops)
        whole = State.FAILED if failed else State.SUCCEEDED
        return Run(self._endings, whole, tuple(self._order), tuple(self._apart))

    def observed(
        self, endings: Mapping[str, Ending], reported: Mapping[str, State]
    ) -> dict[str, State]:
        jobs, members = self._engine._jobs, self._engine._members
        for name, at_end in self._engine._steps:
            if name not in members:
                self._endings[name] = endings[name]
            elif not at_end:
                self._begin(jobs[name])
            elif name in reported:
                self._endings[name] = Ending(reported[name])
            elif name in self._started:
                self._endings[name] = Ending(self._box_result(jobs[name]))
        return {name: self._endings[name].state for name in members}

    def _begin(self, job: Job) -> None:
        """AutoSys: a job starts when its box runs and its condition holds.

        On ice it never does. On hold it would, and waits for an operator; so does a job that the
        conversion could not read.
        """
        self._endings[job.name] = NOT_RUN
        if job.status is InitialStatus.ON_ICE:
            return
        in_running_box = job.box is None or job.box in self._started
        if not in_running_box or not self._holds(job.condition, job):
            return
        self._note_order(job)
        if job.held_up is not None:
            self._waits = True
        elif job.name in self._engine._members:
            self._started.add(job.name)
        elif job.never_ends is not None:
            self._waits = True
        elif runs_nothing(job):
            # A job on noexec succeeds, as a box without members does.
            self._endings[job.name] = _BYPASSED
        else:
            # n_retrys starts a job again that failed, but never one that was terminated.
            self._endings[job.name] = attempted(job, self._outcomes.get(job.name, _SUCCESS))

    def _box_result(self, box: Job) -> State:
        """AutoSys: a box completes when all its members have; SUCCESS if all succeeded.

        box_success and box_failure replace one half of that each. A terminator that fails
        terminates the box. Members on ice do not count.
        """
        if box.never_ends is not None:
            self._waits = True
            return State.UNFINISHED
        members = self._engine._members[box.name]
        states = {name: self._endings[name].state for name in members}
        if any(states[name] in BAD and self._engine._jobs[name].terminates_box for name in members):
            return State.TERMINATED
        rule = box.box_rule
        if rule and rule.failure and self._holds(rule.failure, box, inside=True):
            return State.FAILED
        if rule and rule.success and self._holds(rule.success, box, inside=True):
            return State.SUCCEEDED
        if not ENDED.issuperset(states.values()):
            return State.UNFINISHED
        if BAD.isdisjoint(states.values()):
            return State.UNFINISHED if rule and rule.success else State.SUCCEEDED
        return State.UNFINISHED if rule and rule.failure else State.FAILED

    def _note_order(self, job: Job) -> None:
        """Which jobs this one cannot have started before, and while which ones it cannot."""
        named, kept_apart = self._engine._named[job.name], self._engine._kept_apart[job.name]
        if len(named) == 1 and isinstance(job.condition, Status):
            self._order.append((named[0], job.name))
            return
        for upstream in named:
            before = self._endings[upstream]
            self._endings[upstream] = NOT_RUN
            if not self._holds(job.condition, job):
                self._order.append((upstream, job.name))
            self._endings[upstream] = before
        for other in kept_apart:
            self._running = other
            if not self._holds(job.condition, job):
                self._apart.append((other, job.name))
            self._running = None

    def _holds(self, condition: Condition | None, job: Job, *, inside: bool = False) -> bool:
        if condition is None:
            return True
        dead = frozenset[str]() if inside else self._stopped_for(job)
        return holds(condition, lambda atom: self._atom(atom, job, dead))

    def _stopped_for(self, job: Job) -> frozenset[str]:
        """What counts as not having happened for a member of a box: a terminator was faster."""
        found: frozenset[str] = frozenset()
        if self._engine._stopped:
            for box in self._engine._around[job.name]:
                for name, behind in self._engine._stopped.get(box, ()):
                    ending = self._endings.get(name, NOT_RUN)
                    found |= behind if ending.state in BAD else frozenset()
        return found

    def _atom(self, atom: Atom, job: Job, dead: frozenset[str]) -> bool:
        """AutoSys: s(), f(), t() and d() look at the last status, d() being any of the three.

        e() compares the exit code, v() strings. n() is true unless the job runs. A condition on a
        job that is nowhere is false, one on a job on ice is satisfied.
        """
        if isinstance(atom, GlobalValue):
            value = self._values.get(atom.name)
            return value is not None and COMPARISONS[atom.operator](value, atom.value)
        if _is_n(atom):
            runs = atom.job in self._engine._around[job.name] or atom.job == self._running
            return atom.instance is not None or not runs
        if self._engine._is_nowhere(atom) or atom.job in self._engine._network.left_out:
            return False
        if not self._engine._counts(atom.job):
            return True
        if atom.job in dead:
            return False
        ending = self._endings[atom.job]
        if isinstance(atom, ExitCode) and self._engine._jobs[atom.job].kind is Kind.BOX:
            return False
        return _is_met(atom, ending)


def _is_met(atom: Status | ExitCode | OutputValue, ending: Ending) -> bool:
    if isinstance(atom, OutputValue):
        # AutoSys: no job hands anything over.
        return False
    return is_met(atom, ending)


def _is_n(atom: Atom) -> bool:
    return isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
