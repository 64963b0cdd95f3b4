"""What each job, and each start and end of a box, waits for: conditions with all else put in.

A formula says about one run what the source's engine decides: jobs that are nowhere, on ice or
that n() asks about are settled here, and membership of a box is a term of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import NamedTuple

from transpile.findings.codes.conditions import OtherInstance, UndefinedJob
from transpile.model import (
    COMPARISONS,
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    BoxRule,
    Command,
    Condition,
    ExitCode,
    ExitRule,
    GlobalValue,
    InitialStatus,
    Job,
    Kind,
    Network,
    OutputValue,
    Precedence,
    Status,
    StatusTest,
    Steps,
    atoms,
    label_of,
    simplified,
)

OF_ANY_END = (
    StatusTest.NOT_FAILED,
    StatusTest.NOT_SUCCEEDED,
    StatusTest.OVER,
    StatusTest.AWAITED,
)
"""Tests that may hold for a job that never ran."""


class Role(IntEnum):
    """What a node stands for.

    A job; the start or end of a box; a job that is nowhere; that a job succeeded; the whole.
    """

    JOB = 0
    START = 1
    END = 2
    MISSING = 3
    CHECK = 4
    RESULT = 5


class Key(NamedTuple):
    """A node: `name` is the job's, the box's, or that of the missing job."""

    role: Role
    name: str
    code: str = ""


def _is_judge(job: Job) -> bool:
    """DAGMan: the FINAL node's result is the DAG's; ABORT-DAG-ON with RETURN 0 is a success."""
    abort = job.action.abort if isinstance(job.action, Steps) else None
    return (job.runs_last and job.box is None) or (abort is not None and abort.result == 0)


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """The terms that must all be true."""
    if isinstance(condition, All):
        for term in condition.terms:
            yield from conjuncts(term)
    else:
        yield condition


@dataclass(slots=True)
class Formulas:
    """The formulas of a group of jobs; `awaits` holds what each vertex comes behind without asking.

    `failures` are the rules by which boxes fail. `judged`: not every failure of a job is one of the
    whole, something decides at the end. A vertex is a Key of a job, of the start or the
    end of a box with members, or of a missing job.
    """

    network: Network
    members: dict[str, tuple[str, ...]]
    of: dict[Key, Condition] = field(default_factory=dict)
    awaits: dict[Key, list[Key]] = field(default_factory=dict)
    failures: dict[Key, Condition] = field(default_factory=dict)
    judged: bool = False

    def vertex(self, atom: Atom) -> Key | None:
        """The vertex whose status the atom asks for; None for a global."""
        if isinstance(atom, GlobalValue):
            return None
        if isinstance(atom, Status) and atom.test is StatusTest.STARTED:
            return Key(Role.START, atom.job)
        name = label_of(atom)
        if atom.instance or name not in self.network.jobs:
            outside = self.network.outside.get(name)
            kind = OtherInstance if atom.instance else UndefinedJob
            code = outside.code if outside else kind.code
            return Key(Role.MISSING, name, code)
        return self.end(name)

    def end(self, name: str) -> Key:
        """The vertex at which a job is over."""
        return Key(Role.END if self.members.get(name) else Role.JOB, name)

    def start(self, name: str) -> Key:
        """The vertex at which a job begins."""
        return Key(Role.START if self.members.get(name) else Role.JOB, name)

    def live_members(self, box: str) -> list[str]:
        """The members that count when the box completes."""
        jobs = self.network.jobs
        return [m for m in self.members[box] if jobs[m].status is not InitialStatus.ON_ICE]

    def upstream(self, key: Key) -> Iterable[Key]:
        """The vertices that this one waits for, each once."""
        found = dict.fromkeys(v for atom in atoms(self.of[key]) if (v := self.vertex(atom)))
        if key.role is Role.END:
            found[Key(Role.START, key.name)] = None
        return dict.fromkeys((*found, *self.awaits.get(key, ())))


def build_formulas(network: Network) -> Formulas:
    """The formulas of a network of one group."""
    kept = network.jobs
    members = {
        name: tuple(m for m in found if m in kept) for name, found in network.members.items()
    }
    formulas = Formulas(network, {name: found for name, found in members.items() if found})
    formulas.judged = any(_is_judge(job) for job in kept.values())
    for name in kept:
        job = network.jobs[name]
        formulas.of[formulas.start(name)] = _start(formulas, job)
        if name in formulas.members:
            formulas.of[Key(Role.END, name)] = _end(formulas, job)
            if job.box_rule:
                _rule(formulas, job, job.box_rule)
    _await_the_rest(formulas)
    _stop_at_terminators(formulas)
    for key, formula in formulas.of.items():
        if formula == FALSE and key.role is not Role.END and network.jobs[key.name].box:
            # It never runs, and yet it is a part of its box.
            start = Key(Role.START, network.jobs[key.name].box or "")
            formulas.awaits.setdefault(key, []).append(start)
    return formulas


def _await_the_rest(formulas: Formulas) -> None:
    """What a vertex comes behind without its formula asking for it."""
    network = formulas.network
    known: dict[Key, set[Key]] = {}
    for dependency in network.dependencies:
        down = dependency.downstream
        if not dependency.edge or not (dependency.missing or dependency.upstream in network.jobs):
            continue
        key = formulas.end(down) if dependency.at_end else formulas.start(down)
        end = formulas.end(dependency.upstream)
        if dependency.missing:
            end = Key(Role.MISSING, dependency.upstream, dependency.missing)
            formulas.of.setdefault(end, TRUE)
        if key not in known:
            known[key] = set(formulas.upstream(key))
        if end not in known[key]:
            # The condition names it in vain, or it is there for the order alone.
            known[key].add(end)
            formulas.awaits.setdefault(key, []).append(end)


def _start(formulas: Formulas, job: Job) -> Condition:
    """AutoSys: a job starts when its box runs and its condition holds; on ice it asks nothing."""
    if job.status is InitialStatus.ON_ICE:
        return TRUE
    condition = settle(formulas.network, job, job.condition or TRUE)
    terms = list(conjuncts(condition))
    if job.box is not None and not _implies_start(formulas.network, terms, job.box):
        terms.append(Status(job.box, StatusTest.STARTED))
    return simplified(All(tuple(terms)))


def _implies_start(network: Network, terms: list[Condition], box: str) -> bool:
    """True when one of the terms needs a member of the box to have run."""
    return any(
        isinstance(term, Status | ExitCode)
        and not (isinstance(term, Status) and term.test in OF_ANY_END)
        and term.instance is None
        and term.job in network.jobs
        and box in network.ancestors(term.job)
        for term in terms
    )


def _end(formulas: Formulas, box: Job) -> Condition:
    """When the box succeeds: by its rule, or when all its members do."""
    live = formulas.live_members(box.name)
    every = [Status(name, StatusTest.SUCCESS) for name in live]
    started = () if live else (Status(box.name, StatusTest.STARTED),)
    if box.box_rule and box.box_rule.success:
        return simplified(settle_rule(formulas.network, box, box.box_rule.success))
    return All((*every, *started)) if len(every) != 1 else every[0]


def _rule(formulas: Formulas, box: Job, rule: BoxRule) -> None:
    """A box with a rule has its result when nothing more in it can start."""
    key = Key(Role.END, box.name)
    failure = simplified(settle_rule(formulas.network, box, rule.failure or FALSE))
    awaited = [formulas.end(member) for member in formulas.live_members(box.name)]
    awaited += [vertex for atom in atoms(failure) if (vertex := formulas.vertex(atom))]
    formulas.awaits[key] = awaited
    formulas.failures[key] = failure


def settle_rule(network: Network, box: Job, rule: Condition) -> Condition:
    """A box's rule settled; nothing stands for a job in it that is nowhere: it is never met."""
    if isinstance(rule, All | AnyOf):
        return type(rule)(tuple(settle_rule(network, box, term) for term in rule.terms))
    if isinstance(rule, GlobalValue):
        return rule
    asked = not (isinstance(rule, Status) and rule.test is StatusTest.NOT_RUNNING)
    nowhere = rule.instance is not None or rule.job not in network.jobs
    if asked and nowhere and rule.job not in network.left_out:
        return FALSE
    return settle(network, box, rule)


def settle(network: Network, job: Job, condition: Condition) -> Condition:
    """The condition of a job with a constant for each atom that no run can change."""
    if isinstance(condition, All | AnyOf):
        return type(condition)(tuple(settle(network, job, term) for term in condition.terms))
    if isinstance(condition, GlobalValue):
        return condition
    if isinstance(condition, Status) and condition.test is StatusTest.NOT_RUNNING:
        # AutoSys: n() is true unless the job runs, as a box does around its members.
        own = condition.instance is None and condition.job in network.ancestors(job.name)
        return FALSE if own else TRUE
    return _settled_atom(network, condition)


def _settled_atom(network: Network, condition: Status | ExitCode | OutputValue) -> Condition:
    if condition.instance is None and condition.job in network.left_out:
        return FALSE
    if condition.instance is not None or condition.job not in network.jobs:
        return replace(condition, lookback=None, offset=0, span=None)
    upstream = network.jobs[condition.job]
    if upstream.status is InitialStatus.ON_ICE:
        return TRUE
    if isinstance(condition, OutputValue):
        hands_over = upstream.output_file is not None and upstream.action is not None
        return replace(condition, offset=0, span=None) if hands_over else FALSE
    if isinstance(condition, ExitCode) and upstream.kind is Kind.BOX:
        return FALSE
    if isinstance(condition, Status) and condition.test in OF_ANY_END:
        return Status(condition.job, condition.test)
    if _cannot_fail(network, upstream):
        return _of_a_success(condition)
    if isinstance(condition, ExitCode):
        if _asks_for_success(condition, upstream):
            return Status(condition.job, StatusTest.SUCCESS)
        return ExitCode(condition.job, condition.operator, condition.value)
    return Status(condition.job, condition.test)


def _cannot_fail(network: Network, job: Job) -> bool:
    """True for a job that succeeds whenever it is reached, without running anything."""
    passes = job.status is InitialStatus.ON_NOEXEC or job.action is None
    return passes and not job.held_up and not job.never_ends and not network.members.get(job.name)


def _of_a_success(atom: Status | ExitCode) -> Condition:
    success = Status(atom.job, StatusTest.SUCCESS)
    if isinstance(atom, Status) and atom.test is StatusTest.NOT_FAILED:
        return TRUE
    if isinstance(atom, ExitCode):
        return success if COMPARISONS[atom.operator](0, atom.value) else FALSE
    return FALSE if atom.test in (StatusTest.FAILURE, StatusTest.TERMINATED) else success


def _asks_for_success(atom: ExitCode, job: Job) -> bool:
    rule = job.action.success if isinstance(job.action, Command) else ExitRule()
    return atom.operator == "=" and atom.value == 0 and rule == ExitRule()


def _stop_at_terminators(formulas: Formulas) -> None:
    """AutoSys: when a terminator fails, its box is terminated and starts no more members."""
    jobs = formulas.network.jobs
    terminators = [
        job
        for key in formulas.of
        if key.role in (Role.JOB, Role.END)
        and (job := jobs[key.name]).terminates_box
        and job.box is not None
    ]
    if not terminators:
        return
    graph = Precedence.of(formulas.network)
    for terminator in terminators:
        reached = graph.reached([graph.end[terminator.name]])
        guard = _Guard(formulas, terminator.name, reached, graph)
        # Jobs stand in their order: what a condition asks for is guarded before it is asked.
        for key in list(formulas.of):
            inside = key.name in jobs and terminator.box in formulas.network.ancestors(key.name)
            starts = key == formulas.start(key.name) and graph.start.get(key.name) in reached
            if key.role in (Role.JOB, Role.START) and inside and starts:
                formulas.of[key] = simplified(guard.guarded(formulas.of[key]))


@dataclass(slots=True)
class _Guard:
    """Lets what stands behind a terminator count only if the terminator has not failed."""

    formulas: Formulas
    terminator: str
    reached: set[int]
    graph: Precedence
    _needs: dict[Key, bool] = field(default_factory=dict)

    def guarded(self, condition: Condition) -> Condition:
        if isinstance(condition, All | AnyOf):
            return type(condition)(tuple(map(self.guarded, condition.terms)))
        if isinstance(condition, GlobalValue) or self._is_start(condition):
            return condition
        if condition.job == self.terminator:
            return self._direct(condition)
        known = self.graph.end.get(condition.job) if condition.instance is None else None
        if known not in self.reached or self._needs_success(condition):
            return condition
        return All((condition, Status(self.terminator, StatusTest.NOT_FAILED)))

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
        """True when the job can only have run behind the success of the terminator."""
        first = self.formulas.vertex(atom)
        pending = [first] if first else []
        while pending:
            vertex = pending[-1]
            terms = self._required_of(vertex)
            above = [v for term in terms if (v := self.formulas.vertex(term)) is not None]
            unknown = [v for v in above if v not in self._needs]
            if unknown and vertex not in self._needs:
                # A circle counts as one that does not need it.
                self._needs[vertex] = False
                pending += unknown
                continue
            success = Status(self.terminator, StatusTest.SUCCESS)
            self._needs[vertex] = success in terms or any(self._needs[v] for v in above)
            pending.pop()
        return first is not None and self._needs[first]

    def _required_of(self, vertex: Key) -> list[Status | ExitCode]:
        """What a vertex requires of other jobs to run; nothing is known of a box's end."""
        if vertex.role is Role.END or vertex not in self.formulas.of:
            return []
        terms = conjuncts(self.formulas.of[vertex])
        return [term for term in terms if isinstance(term, Status | ExitCode)]
