"""AutoSys: facts about the jobs of a network, when an atom is true, and the state of a box."""

from collections.abc import Callable, Mapping

from transpile.dialects.kit.endings import BAD, is_met, runs_nothing
from transpile.dialects.kit.engine import steps_of
from transpile.model import (
    COMPARISONS,
    TRUE,
    Atom,
    Condition,
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    JobGraph,
    Kind,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    atoms,
    holds,
)
from transpile.model.engine import Values
from transpile.model.outcome import ENDED, Ending, State

BYPASSED = Ending(State.SUCCEEDED, 0)
"""How a job ends that runs nothing."""


class Rules:
    """The jobs of one group of a network, as the engine's rules see them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.jobs = facts.jobs
        self.members = {
            name: [m for m in members if self.counts(m)]
            for name, members in facts.members.items()
            if members
        }
        self.ancestors = {name: facts.graph.ancestors(name) for name in facts.jobs}
        self.around = {name: frozenset(boxes) for name, boxes in self.ancestors.items()}
        self.readers = self._find_readers()
        graph = facts.graph
        self.steps = steps_of(graph)
        self._dead: set[str] = set()
        self.hopeless = self._find_dead()
        self.stopped = self._behind_terminators(graph)
        self.named = {name: self._awaited(job) for name, job in self.jobs.items()}
        self.kept_apart = {name: self._avoided(job) for name, job in self.jobs.items()}

    def counts(self, member: str) -> bool:
        """False for a job on ice, and for one that was left out."""
        return member in self.jobs and self.jobs[member].status is not InitialStatus.ON_ICE

    def _find_readers(self) -> dict[str, list[str]]:
        """For each job those whose conditions name it."""
        found: dict[str, dict[str, None]] = {}
        for name, job in self.jobs.items():
            for atom in atoms(job.condition):
                if not isinstance(atom, GlobalValue):
                    found.setdefault(atom.job, {})[name] = None
        return {name: list(readers) for name, readers in found.items()}

    def _find_dead(self) -> bool:
        """Whether a job needs one that is nowhere; `_dead` are all that succeed in no run."""
        hopeless = False
        begun: set[str] = set()
        for name, at_end in self.steps:
            job = self.jobs[name]
            if job.status is InitialStatus.ON_ICE:
                continue
            if at_end:
                members = self.members[name]
                early = self.facts.graph.ends_early(name)
                lost = not early and not self._dead.isdisjoint(members)
                if lost or job.never_ends or name not in begun:
                    self._dead.add(name)
                continue
            possible = holds(job.condition or TRUE, self._is_possible(job))
            nowhere = any(self.is_nowhere(atom) for atom in atoms(job.condition))
            hopeless = hopeless or (nowhere and not possible)
            boxed = job.box is None or job.box in begun
            if possible and boxed and not job.held_up:
                begun.add(name)
            if name not in self.members and (name not in begun or job.never_ends):
                self._dead.add(name)
        return hopeless

    def _is_possible(self, job: SettledJob) -> Callable[[Atom], bool]:
        def may_hold(atom: Atom) -> bool:
            if isinstance(atom, GlobalValue):
                return True
            if is_n(atom):
                return atom.instance is not None or atom.job not in self.around[job.name]
            lost = self.is_nowhere(atom) or atom.job in self.facts.left_out
            if lost or atom.job in self._dead:
                return False
            upstream = self.jobs[atom.job]
            if isinstance(atom, ExitCode) and upstream.kind is Kind.BOX:
                return False
            certain = runs_nothing(upstream) and atom.job not in self.members
            return not certain or not self.counts(atom.job) or _is_met(atom, BYPASSED)

        return may_hold

    def is_nowhere(self, atom: Atom) -> bool:
        """True when the atom asks for the end of a job that the estate does not have."""
        if isinstance(atom, GlobalValue) or is_n(atom):
            return False
        known = atom.job in self.jobs or atom.job in self.facts.left_out
        return atom.instance is not None or not known

    def _behind_terminators(self, graph: JobGraph) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """For each box, its terminators, each with the jobs whose end comes at or after its own."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name, job in self.jobs.items():
            if job.terminates_box and job.box in self.members:
                reached = graph.reached([graph.end[name]])
                behind = frozenset(n for n in self.jobs if graph.end[n] in reached)
                found.setdefault(job.box, []).append((name, behind))
        return found

    def _awaited(self, job: SettledJob) -> list[str]:
        """The jobs of which the condition asks how they ended."""
        found = (a for a in atoms(job.condition) if isinstance(a, Status | ExitCode))
        names = (a.job for a in found if not is_n(a) and not self.is_nowhere(a))
        live = (n for n in names if n in self.jobs and self.counts(n))
        return list(dict.fromkeys(live))

    def _avoided(self, job: SettledJob) -> list[str]:
        """The jobs beside which the job does not start."""
        found = (a for a in atoms(job.condition) if isinstance(a, Status) and is_n(a))
        names = dict.fromkeys(a.job for a in found if a.instance is None and a.job in self.jobs)
        around = self.around[job.name] | {job.name}
        return [n for n in names if n not in around and job.name not in self.around[n]]

    def box_state(
        self, box: SettledJob, endings: Mapping[str, Ending], met: Callable[[Condition], bool]
    ) -> State:
        """AutoSys: box_success and box_failure end a box as soon as they hold.

        They replace one half each of the default: when all members have ended a box has succeeded
        if all of them have, else it has failed. A terminator that fails terminates its box. Members
        on ice do not count.
        """
        if box.never_ends is not None:
            return State.UNFINISHED
        members, rule = self.members[box.name], box.box_rule
        states = {name: endings[name].state for name in members}
        if any(states[name] in BAD and self.jobs[name].terminates_box for name in members):
            return State.TERMINATED
        if rule and rule.failure and met(rule.failure):
            return State.FAILED
        if rule and rule.success and met(rule.success):
            return State.SUCCEEDED
        if not ENDED.issuperset(states.values()):
            return State.UNFINISHED
        if BAD.isdisjoint(states.values()):
            return State.UNFINISHED if rule and rule.success else State.SUCCEEDED
        return State.UNFINISHED if rule and rule.failure else State.FAILED

    def is_true(
        self,
        atom: Atom,
        endings: Mapping[str, Ending],
        values: Values,
        runs: Callable[[str], bool],
    ) -> bool:
        """AutoSys: s(), f(), t() and d() look at the last status, d() being any of the three.

        e() compares the exit code, v() strings. n() is true unless the job runs. A condition on a
        job that is nowhere is false, one on a job on ice is satisfied.
        """
        if isinstance(atom, GlobalValue):
            value = values.get(atom.name)
            return value is not None and COMPARISONS[atom.operator](value, atom.value)
        if is_n(atom):
            return atom.instance is not None or not runs(atom.job)
        if self.is_nowhere(atom) or atom.job in self.facts.left_out:
            return False
        if not self.counts(atom.job):
            return True
        if isinstance(atom, ExitCode) and self.jobs[atom.job].kind is Kind.BOX:
            return False
        return _is_met(atom, endings[atom.job])


def _is_met(atom: Status | ExitCode | OutputValue, ending: Ending) -> bool:
    if isinstance(atom, OutputValue):
        # AutoSys: no job hands anything over.
        return False
    return is_met(atom, ending)


def is_n(atom: Atom) -> bool:
    """True for n()."""
    return isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
