"""The rules of AutoSys about conditions and boxes."""

from collections.abc import Collection
from typing import TypeGuard

from transpile.dialects.kit.endings import BAD
from transpile.dialects.kit.engine import Course, PlainEngine
from transpile.model import (
    COMPARISONS,
    Atom,
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    Kind,
    SettledJob,
    Status,
    StatusTest,
    atoms,
    holds_of_ice,
)
from transpile.model.engine import Values
from transpile.model.outcome import ENDED, Ending, State


class Rules(PlainEngine):
    """What the jobs of one workflow wait for, and how boxes end.

    `readers` are the jobs whose conditions name a job. `terminators` are, by box, the members that
    terminate it, each with the jobs that end with or after it. `awaited` are, by job, the jobs
    whose end its condition asks for, `avoided` those beside which it does not start.
    """

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._left_out = facts.left_out
        self.members = {
            box: [member for member in members if not self.is_on_ice(member)]
            for box, members in self.members.items()
        }
        self.ancestors = {name: self.graph.ancestors(name) for name in self.jobs}
        self.around = {name: frozenset(boxes) for name, boxes in self.ancestors.items()}
        self.readers = self._find_readers()
        self.terminators = self._find_terminators()
        self.awaited = {name: self._find_awaited(job) for name, job in self.jobs.items()}
        self.avoided = {name: self._find_avoided(job) for name, job in self.jobs.items()}

    def is_on_ice(self, name: str) -> bool:
        """True for a job on ice, which no box and no condition waits for."""
        return self.jobs[name].status is InitialStatus.ON_ICE

    def _find_readers(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for name, job in self.jobs.items():
            for atom in (*atoms(job.condition), *atoms(self.cuts.get(name))):
                if not isinstance(atom, GlobalValue):
                    found.setdefault(atom.job, {})[name] = None
        return {name: list(readers) for name, readers in found.items()}

    def _find_terminators(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        found: dict[str, list[tuple[str, frozenset[str]]]] = {}
        end = self.graph.end
        for name, job in self.jobs.items():
            if job.terminates_box and job.box in self.members:
                reached = self.graph.reached([end[name]])
                later = frozenset(other for other in self.jobs if end[other] in reached)
                found.setdefault(job.box, []).append((name, later))
        return found

    def _find_awaited(self, job: SettledJob) -> list[str]:
        asked = (a for a in atoms(job.condition) if isinstance(a, Status | ExitCode))
        ended = (a.job for a in asked if not is_not_running(a) and not self.is_undefined(a))
        names = dict.fromkeys(name for name in ended if name in self.jobs)
        return [name for name in names if not self.is_on_ice(name)]

    def _find_avoided(self, job: SettledJob) -> list[str]:
        asked = (a for a in atoms(job.condition) if is_not_running(a) and a.instance is None)
        names = dict.fromkeys(atom.job for atom in asked if atom.job in self.jobs)
        around = self.around[job.name] | {job.name}
        return [n for n in names if n not in around and job.name not in self.around[n]]

    # ---------------------------------------------------------------- conditions

    def is_undefined(self, atom: Atom) -> bool:
        """True if the atom asks for the end of a job that the estate lacks."""
        if isinstance(atom, GlobalValue) or is_not_running(atom):
            return False
        known = atom.job in self.jobs or atom.job in self._left_out
        return atom.instance is not None or not known

    def known(self, atom: Atom) -> bool | None:
        """The value of an atom about a job that is the same in every run, else None.

        AutoSys: a condition on an undefined job is false. Of a job on ice s(), d() and n() are
        true, f(), t() and e() are false.
        """
        if isinstance(atom, GlobalValue):
            return None
        if self.is_undefined(atom) or atom.job in self._left_out:
            return False
        if self.is_on_ice(atom.job):
            return holds_of_ice(atom)
        is_box = self.jobs[atom.job].kind is Kind.BOX
        return False if is_box and isinstance(atom, ExitCode) else None

    def may_hold(self, atom: Atom, job: SettledJob, dead: Collection[str]) -> bool:
        """True if the atom can hold when the job is to start."""
        if is_not_running(atom):
            return atom.instance is not None or atom.job not in self.around[job.name]
        known = self.known(atom)
        return super().may_hold(atom, job, dead) if known is None else known

    # ---------------------------------------------------------------- boxes

    def box_state(self, box: SettledJob, course: Course) -> State:
        """AutoSys: box_success and box_failure end a box as soon as they hold.

        Each replaces one half of the default: a box has succeeded when all members have, and has
        failed when all have ended and one has not. A terminator that fails terminates its box.
        """
        if box.never_ends is not None:
            return State.UNFINISHED
        members, rule = self.members[box.name], box.box_rule
        states = {name: course.endings[name].state for name in members}
        if any(states[name] in BAD and self.jobs[name].terminates_box for name in members):
            return State.TERMINATED
        if rule and rule.failure and course.holds(rule.failure):
            return State.FAILED
        if rule and rule.success and course.holds(rule.success):
            return State.SUCCEEDED
        if not ENDED.issuperset(states.values()):
            return State.UNFINISHED
        if BAD.isdisjoint(states.values()):
            return State.UNFINISHED if rule and rule.success else State.SUCCEEDED
        return State.UNFINISHED if rule and rule.failure else State.FAILED


class Look(Course):
    """How jobs have ended at one moment of a run, and which ones are `running`."""

    def __init__(
        self,
        rules: Rules,
        values: Values,
        endings: dict[str, Ending],
        running: Collection[str] = (),
    ) -> None:
        super().__init__(endings)
        self._rules = rules
        self._values = values
        self.running = running

    def is_true(self, atom: Atom) -> bool:
        """AutoSys: s(), f(), t() and d() test the last status; d() accepts the other three.

        e() compares exit codes, v() strings. n() is true unless the job runs.
        """
        if isinstance(atom, GlobalValue):
            value = self._values.get(atom.name)
            return value is not None and COMPARISONS[atom.operator](value, atom.value)
        if is_not_running(atom):
            return atom.instance is not None or atom.job not in self.running
        known = self._rules.known(atom)
        return super().is_true(atom) if known is None else known


def is_not_running(atom: Atom) -> TypeGuard[Status]:
    """True for n()."""
    return isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
