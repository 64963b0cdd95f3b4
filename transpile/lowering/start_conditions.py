"""Finds the full condition of each vertex: of each job, and of the start and end of each box.

It includes what the rules of boxes add: a member waits for the start of its box, and the end of a
box for its members. Atoms that no run can change are settled: jobs that are left out or on ice, n()
and exit codes of boxes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from transpile.findings.codes.conditions import OtherInstance, UndefinedJob
from transpile.lowering.settling import OF_ANY_END, settle, settle_rule
from transpile.lowering.structure import Key, Role
from transpile.model import (
    FALSE,
    TRUE,
    All,
    Atom,
    BoxRule,
    Condition,
    ExitCode,
    Facts,
    GlobalValue,
    InitialStatus,
    JobGraph,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    Steps,
    atoms,
    conjuncts,
    label_of,
    replaced,
    simplified,
)


def _is_judge(job: SettledJob) -> bool:
    """True for a job that decides the result of the whole: runs last, or may abort with success."""
    abort = job.action.abort if isinstance(job.action, Steps) else None
    return (job.runs_last and job.box is None) or (abort is not None and abort.result == 0)


@dataclass(slots=True)
class StartConditions:
    """The conditions of a group of jobs.

    A vertex is the Key of a job, of the start or end of a box with members, or of a missing job.
    `of` has the condition of each vertex, `awaits` the vertices that it follows for order alone.
    `failure_rules` has the condition under which each box fails. If the group is `judged`, a node
    at the end decides which failures are failures of the whole.
    """

    facts: Facts
    members: dict[str, tuple[str, ...]]
    of: dict[Key, Condition] = field(default_factory=dict)
    awaits: dict[Key, list[Key]] = field(default_factory=dict)
    failure_rules: dict[Key, Condition] = field(default_factory=dict)
    judged: bool = False

    def vertex(self, atom: Atom) -> Key | None:
        """The vertex that the atom asks about; None for a global."""
        if isinstance(atom, GlobalValue):
            return None
        if isinstance(atom, Status) and atom.test is StatusTest.STARTED:
            return Key(Role.START, atom.job)
        name = label_of(atom)
        if atom.instance or name not in self.facts.jobs:
            outside = self.facts.said.outside.get(name)
            kind = OtherInstance if atom.instance else UndefinedJob
            code = outside.code if outside else kind.code
            return Key(Role.MISSING, name, code)
        return self.end(name)

    def end(self, name: str) -> Key:
        """The vertex of a job's end."""
        return Key(Role.END if self.members.get(name) else Role.JOB, name)

    def start(self, name: str) -> Key:
        """The vertex of a job's start."""
        return Key(Role.START if self.members.get(name) else Role.JOB, name)

    def live_members(self, box: str) -> list[str]:
        """The members that the box waits for: those not on ice."""
        jobs = self.facts.jobs
        return [m for m in self.members[box] if jobs[m].status is not InitialStatus.ON_ICE]

    def upstream(self, key: Key) -> Iterable[Key]:
        """The vertices that this one waits for."""
        found = dict.fromkeys(v for atom in atoms(self.of[key]) if (v := self.vertex(atom)))
        if key.role is Role.END:
            found[Key(Role.START, key.name)] = None
        return dict.fromkeys((*found, *self.awaits.get(key, ())))


def find_start_conditions(facts: Facts) -> StartConditions:
    """The conditions of one group of jobs."""
    kept = facts.jobs
    members = {name: tuple(m for m in found if m in kept) for name, found in facts.members.items()}
    conditions = StartConditions(facts, {name: found for name, found in members.items() if found})
    conditions.judged = any(_is_judge(job) for job in kept.values())
    for name in kept:
        job = facts.jobs[name]
        conditions.of[conditions.start(name)] = _start(conditions, job)
        if name in conditions.members:
            conditions.of[Key(Role.END, name)] = _end(conditions, job)
            if job.box_rule:
                _rule(conditions, job, job.box_rule)
    for name, cuts in facts.looked_at.items():
        if any(cut.needs_any_end(name) for cut in cuts):
            conditions.of[Key(Role.TELL, name)] = Status(name, StatusTest.DONE)
    for heard in facts.sides.heard:
        if heard.listeners and heard.job in kept and not kept[heard.job].held_up:
            conditions.of[Key(Role.LEGACY_END, heard.job)] = Status(heard.job, StatusTest.DONE)
    _add_awaited(conditions)
    _stop_at_terminators(conditions)
    for key, condition in conditions.of.items():
        if condition == FALSE and key.role is not Role.END and facts.jobs[key.name].box:
            # A job that never runs still belongs to its box.
            start = Key(Role.START, facts.jobs[key.name].box or "")
            conditions.awaits.setdefault(key, []).append(start)
    return conditions


def _add_awaited(conditions: StartConditions) -> None:
    """Add the dependencies that no condition mentions: settled ones, and those for order alone."""
    facts = conditions.facts
    known: dict[Key, set[Key]] = {}
    for dependency in facts.dependencies:
        down = dependency.downstream
        if not dependency.edge or not (dependency.missing or dependency.upstream in facts.jobs):
            continue
        key = conditions.end(down) if dependency.at_end else conditions.start(down)
        end = conditions.end(dependency.upstream)
        if dependency.missing:
            end = Key(Role.MISSING, dependency.upstream, dependency.missing)
            conditions.of.setdefault(end, TRUE)
        if key not in known:
            known[key] = set(conditions.upstream(key))
        if end not in known[key]:
            known[key].add(end)
            conditions.awaits.setdefault(key, []).append(end)


def _start(conditions: StartConditions, job: SettledJob) -> Condition:
    """The condition of a job's start: its box runs and its own condition holds. On ice: always."""
    if job.status is InitialStatus.ON_ICE:
        return TRUE
    condition = settle(conditions.facts, job, job.condition or TRUE)
    terms = list(conjuncts(condition))
    if job.box is not None and not _implies_start(conditions.facts, terms, job.box):
        terms.append(Status(job.box, StatusTest.STARTED))
    return simplified(All(tuple(terms)))


def _implies_start(facts: Facts, terms: list[Condition], box: str) -> bool:
    """True if one of the terms needs a member of the box to have run."""
    return any(
        isinstance(term, Status | ExitCode)
        and not (isinstance(term, Status) and term.test in OF_ANY_END)
        and term.instance is None
        and term.job in facts.jobs
        and box in facts.graph.ancestors(term.job)
        for term in terms
    )


def _end(conditions: StartConditions, box: SettledJob) -> Condition:
    """The condition of a box's success: its rule, or the success of all its members."""
    live = conditions.live_members(box.name)
    every = [Status(name, StatusTest.SUCCESS) for name in live]
    started = () if live else (Status(box.name, StatusTest.STARTED),)
    if box.box_rule and box.box_rule.success:
        return simplified(settle_rule(conditions.facts, box, box.box_rule.success))
    return All((*every, *started)) if len(every) != 1 else every[0]


def _rule(conditions: StartConditions, box: SettledJob, rule: BoxRule) -> None:
    """Add the failure rule of a box, and make its end wait for all its members."""
    key = Key(Role.END, box.name)
    failure = simplified(settle_rule(conditions.facts, box, rule.failure or FALSE))
    awaited = [conditions.end(member) for member in conditions.live_members(box.name)]
    awaited += [vertex for atom in atoms(failure) if (vertex := conditions.vertex(atom))]
    conditions.awaits[key] = awaited
    conditions.failure_rules[key] = failure


def _stop_at_terminators(conditions: StartConditions) -> None:
    """Guard the members of a box so that none starts after a failed member has terminated it."""
    jobs = conditions.facts.jobs
    terminators = [
        job
        for key in conditions.of
        if key.role in (Role.JOB, Role.END)
        and (job := jobs[key.name]).terminates_box
        and job.box is not None
    ]
    if not terminators:
        return
    graph = conditions.facts.graph
    for terminator in terminators:
        reached = graph.reached([graph.end[terminator.name]])
        guard = _Guard(conditions, terminator.name, reached, graph)
        # Jobs are in dependency order, so the upstream jobs of a condition are guarded before it.
        for key in list(conditions.of):
            inside = key.name in jobs and terminator.box in graph.ancestors(key.name)
            starts = key == conditions.start(key.name) and graph.start.get(key.name) in reached
            if key.role in (Role.JOB, Role.START) and inside and starts:
                conditions.of[key] = simplified(guard.guarded(conditions.of[key]))


@dataclass(slots=True)
class _Guard:
    """Adds to conditions downstream of a terminator that the terminator has not failed."""

    conditions: StartConditions
    terminator: str
    reached: set[int]
    graph: JobGraph
    _needs: dict[Key, bool] = field(default_factory=dict)

    def guarded(self, condition: Condition) -> Condition:
        """The condition, guarded."""
        return replaced(condition, self._guarded_atom)

    def _guarded_atom(self, atom: Atom) -> Condition:
        if isinstance(atom, GlobalValue) or self._is_start(atom):
            return atom
        if atom.job == self.terminator:
            return self._direct(atom)
        known = self.graph.end.get(atom.job) if atom.instance is None else None
        if known not in self.reached or self._needs_success(atom):
            return atom
        return All((atom, Status(self.terminator, StatusTest.NOT_FAILED)))

    @staticmethod
    def _is_start(atom: Atom) -> bool:
        return isinstance(atom, Status) and atom.test is StatusTest.STARTED

    def _direct(self, atom: Atom) -> Condition:
        success = Status(self.terminator, StatusTest.SUCCESS)
        if isinstance(atom, ExitCode | OutputValue):
            return All((atom, success))
        assert isinstance(atom, Status)
        if atom.test in (StatusTest.SUCCESS, StatusTest.DONE):
            return success
        return atom if atom.test is StatusTest.NOT_FAILED else FALSE

    def _needs_success(self, atom: Atom) -> bool:
        """True if the job runs only after the success of the terminator."""
        first = self.conditions.vertex(atom)
        pending = [first] if first else []
        while pending:
            vertex = pending[-1]
            terms = self._required_of(vertex)
            above = [v for term in terms if (v := self.conditions.vertex(term)) is not None]
            unknown = [v for v in above if v not in self._needs]
            if unknown and vertex not in self._needs:
                # A vertex on a cycle counts as not needing it.
                self._needs[vertex] = False
                pending += unknown
                continue
            success = Status(self.terminator, StatusTest.SUCCESS)
            self._needs[vertex] = success in terms or any(self._needs[v] for v in above)
            pending.pop()
        return first is not None and self._needs[first]

    def _required_of(self, vertex: Key) -> list[Status | ExitCode]:
        """The conjuncts that a vertex requires of other jobs; none for the end of a box."""
        if vertex.role is Role.END or vertex not in self.conditions.of:
            return []
        terms = conjuncts(self.conditions.of[vertex])
        return [term for term in terms if isinstance(term, Status | ExitCode)]
