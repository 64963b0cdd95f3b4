"""Lowers a group of jobs to steps, for a platform on which a program starts each job.

The program sees how every job has ended, so a job waits for what its condition names, and for
nothing else: no job reports a status in the place of its failure, and no box is flattened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.calls import Calls, Reserved
from transpile.lowering.failures import Failures
from transpile.lowering.nodes import deed_of, globals_in, missing, takes_values_of
from transpile.lowering.placement import is_timed
from transpile.lowering.requirements import Requirements
from transpile.lowering.settling import settle_rule
from transpile.lowering.start_conditions import StartConditions, find_start_conditions
from transpile.lowering.structure import (
    BoxResult,
    Deed,
    Does,
    Handed,
    Key,
    Lowered,
    Node,
    Role,
    Step,
)
from transpile.lowering.wholes import lowered_whole
from transpile.model import (
    FALSE,
    TRUE,
    All,
    Atom,
    Condition,
    ExitCode,
    Facts,
    InitialStatus,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    atoms,
    conjuncts,
    replaced,
    simplified,
)


def lower_to_steps(facts: Facts, diagnostics: Diagnostics, reserved: Reserved) -> Lowered:
    """Lower one group of jobs; the parameters are those of `lower`."""
    boxes = frozenset(name for name in facts.order if facts.members.get(name))
    # A value may cross the wall of any box.
    facts = replace(facts, flattened=boxes)
    while True:
        conditions = find_start_conditions(facts)
        # A task that stands for a job has no exit code.
        coded = {Key(Role.JOB, n) for n in facts.order if facts.jobs[n].call} & _coded(facts)
        failures = Failures(conditions, watched=coded)
        calls = Calls(facts, failures, reserved, diagnostics, _ready(conditions))
        if not calls.refused:
            break
        diagnostics.unmap(calls.refused)
        facts = facts.without_calls(calls.refused)
    tops = facts.groups[0]
    root = tops[0] if len(tops) == 1 and facts.title in (None, tops[0]) else None
    root = root if root and _is_plain(facts, root) else None
    lowered = lowered_whole(facts, root, calls, None, diagnostics)
    steps = tuple(_Steps(conditions).all())
    return replace(lowered, steps=steps, judged=conditions.judged)


def _coded(facts: Facts) -> set[Key]:
    """The jobs whose exit codes or values conditions ask for."""
    conditions = [c for job in facts.jobs.values() for c in job.conditions]
    conditions += [cut.condition for cuts in facts.looked_at.values() for cut in cuts]
    asked = (atom for condition in conditions for atom in atoms(condition))
    return {Key(Role.JOB, a.job) for a in asked if isinstance(a, ExitCode | OutputValue)}


def _ready(conditions: StartConditions) -> dict[str, set[str]]:
    """For each mapped job, the jobs that have succeeded whenever it starts."""
    facts = conditions.facts
    found: dict[str, set[str]] = {}
    for name in facts.order:
        if not facts.jobs[name].call:
            continue
        known = [name]
        for job in known:
            terms = conjuncts(conditions.of[conditions.start(job)])
            tests = (term for term in terms if isinstance(term, Status))
            needed = (t.job for t in tests if t.test in (StatusTest.SUCCESS, StatusTest.STARTED))
            known += [each for each in needed if each in facts.jobs and each not in known]
        found[name] = set(known[1:])
    return found


def _is_plain(facts: Facts, name: str) -> bool:
    """True for a box that begins with the workflow."""
    job = facts.jobs[name]
    waits = name in facts.cuts and not facts.cuts[name].starts
    held = job.held_up or job.status is InitialStatus.ON_ICE
    return bool(facts.members.get(name)) and not (job.condition or waits or held)


@dataclass(slots=True)
class _Steps:
    """Makes the steps of one group of jobs."""

    conditions: StartConditions
    _needs: Requirements = field(init=False)
    _taken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _givers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._needs = Requirements(self.conditions)
        facts = self.conditions.facts
        for name in facts.order:
            asked = atoms(self.conditions.of[self.conditions.start(name)])
            known = (a.job for a in asked if isinstance(a, OutputValue) and a.job in facts.jobs)
            looked_at = tuple(dict.fromkeys(known))
            handed = takes_values_of(facts.jobs[name], facts.jobs)
            self._taken[name] = handed
            self._givers |= {*looked_at, *handed}

    def all(self) -> Iterator[Step]:
        """The steps in dependency order, boxes before their members."""
        jobs = self.conditions.facts.jobs
        for key in self._needs.order:
            if key.role is Role.MISSING:
                if any(self._needs.is_hopeless(below) for below in self._needs.below[key]):
                    yield Step(Node(key, missing(self.conditions.facts, key)), TRUE)
            elif key.role in (Role.JOB, Role.START):
                yield self._step(key, jobs[key.name])

    def _step(self, key: Key, job: SettledJob) -> Step:
        facts, name = self.conditions.facts, job.name
        is_box = key.role is Role.START
        cut = facts.cuts.get(name)
        condition = self._known(self._own(job, self.conditions.of[key]))
        return Step(
            node=self._node(key, job),
            condition=condition,
            after=self._after(key),
            until=self._until(job) if is_box else (),
            result=self._result(job) if is_box else None,
            wait=cut if cut and not cut.starts else None,
            clock=job.schedule if is_timed(facts, name) else None,
            starts=tuple(each for each in facts.told.get(name, ()) if each.starts),
            # The legacy side hears nothing of jobs that cannot start.
            heard=None if job.held_up or condition == FALSE else facts.heard.get(name),
        )

    def _node(self, key: Key, job: SettledJob) -> Node:
        statuses: tuple[Handed, ...] = ()
        if job.runs_last:
            statuses = tuple(Handed(k, k) for k in self._after(key) if k.role is not Role.MISSING)
        does: Does = Deed.ENTER if key.role is Role.START else deed_of(job)
        if key.role is Role.START and (blocked := job.held_up or job.never_ends):
            does = blocked
        if job.status is InitialStatus.ON_ICE:
            does = Deed.SKIP
        taken = self._taken[job.name]
        return Node(
            key=Key(Role.JOB, job.name),
            does=does,
            job=job,
            statuses=statuses,
            gives=job.name in self._givers,
            takes=taken,
            globals=globals_in(Role.JOB, None, job),
            alerts=job.alerts if does in (Deed.RUN, Deed.ENTER) else (),
        )

    @staticmethod
    def _own(job: SettledJob, condition: Condition) -> Condition:
        """The condition without the start of the job's box."""
        begins = Status(job.box or "", StatusTest.STARTED)
        return simplified(All(tuple(t for t in conjuncts(condition) if t != begins)))

    def _known(self, condition: Condition) -> Condition:
        """The condition with constants for atoms about jobs that are missing."""

        def known(atom: Atom) -> Condition:
            vertex = self.conditions.vertex(atom)
            if vertex is None or vertex.role is not Role.MISSING:
                return atom
            unharmed = isinstance(atom, Status) and atom.test is StatusTest.NOT_FAILED
            return TRUE if unharmed else FALSE

        return simplified(replaced(condition, known))

    def _after(self, key: Key) -> tuple[Key, ...]:
        """The vertices that it follows for order alone."""
        box = self.conditions.facts.jobs[key.name].box
        found = (k for k in self.conditions.awaits.get(key, ()) if k.role is not Role.MISSING)
        return tuple(k for k in found if k != Key(Role.START, box or ""))

    def _until(self, box: SettledJob) -> tuple[Key, ...]:
        """The jobs outside of a box whose ends its rule asks about."""
        rule = box.box_rule
        asked = (*atoms(rule.success), *atoms(rule.failure)) if rule else ()
        inside = set(self.conditions.live_members(box.name))
        known = (self.conditions.vertex(atom) for atom in asked)
        jobs = self.conditions.facts.jobs
        return tuple(
            dict.fromkeys(k for k in known if k and k.name in jobs and k.name not in inside)
        )

    def _result(self, box: SettledJob) -> BoxResult:
        facts = self.conditions.facts
        live = self.conditions.live_members(box.name)
        ends = {name: self.conditions.end(name) for name in live}
        terminators = tuple(name for name in live if facts.jobs[name].terminates_box)
        rule = box.box_rule
        if rule is None:
            return BoxResult(ends, terminators)
        success, failure = (
            None if c is None else self._known(simplified(settle_rule(facts, box, c)))
            for c in (rule.success, rule.failure)
        )
        return BoxResult(ends, terminators, success, failure, rule.complete)
