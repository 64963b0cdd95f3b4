"""What is certain about other jobs at the moment when a condition becomes true.

A scheduler starts a job as soon as its condition holds; a Flyte node waits for every node that it
names. The two differ where some jobs have not ended at that moment.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from transpile.analysis.endless import Endless
from transpile.analysis.endstates import NOT_RUN, EndStates, Known, States, has_run, succeeded
from transpile.analysis.settling import Halts
from transpile.model import (
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    Job,
    JobGraph,
    OutputValue,
    Status,
    StatusTest,
    holds_of_ice,
)

_AT_ANY_TIME = (StatusTest.NOT_RUNNING, StatusTest.NOT_FAILED, StatusTest.AWAITED)
"""Tests that can hold before the job has ended."""

MOST_WAYS = 64
"""Maximum number of ways to meet a condition."""

_DEEPEST = 10
"""Maximum depth of chained conditional jobs."""

_MOST_FACTS = 300
"""Maximum number of jobs that a moment knows to have ended."""


class _TooManyWays(Exception):
    pass


@dataclass(slots=True)
class Jobs:
    """What the jobs of a network wait for: the view that moments are taken from.

    `awaited` are the jobs that the node of a job waits for, `named` those of them that its
    condition names, `awaited_at_end` those that the end of a box waits for.
    """

    graph: JobGraph
    halts: Halts
    states: EndStates
    awaited: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    awaited_at_end: dict[str, list[str]] = field(default_factory=dict)
    _needed: dict[str, Known | None] = field(default_factory=dict)
    _endless: Endless | None = None

    @classmethod
    def of(cls, graph: JobGraph, halts: Halts) -> "Jobs":
        """The view of a graph."""
        found = cls(graph, halts, EndStates(graph))
        for dependency in graph.dependencies:
            up, down = dependency.upstream, dependency.downstream
            if not dependency.edge or not graph.joins_kept(dependency):
                continue
            if dependency.at_end:
                found.awaited_at_end.setdefault(down, []).append(up)
                continue
            found.awaited.setdefault(down, []).append(up)
            if not dependency.exclusion:
                found.named.setdefault(down, []).append(up)
        return found

    @property
    def endless(self) -> Endless:
        """The jobs that wait without a limit, and who waits for them."""
        if self._endless is None:
            self._endless = Endless.of(self.graph, self.halts.waiting, self.needed)
        return self._endless

    def live_members(self, box: str) -> list[str]:
        """The members that count when the box completes."""
        members = self.graph.members.get(box, ())
        return [m for m in members if self.graph.keeps(m) and not is_iced(self.graph.jobs[m])]

    def inside(self, box: str) -> Iterator[str]:
        """Every live job in the box, at any depth, boxes before their members."""
        pending = self.live_members(box)[::-1]
        while pending:
            name = pending.pop()
            yield name
            pending += self.live_members(name)[::-1]

    def asked(self, atom: Atom, owner: Job) -> Known | None:
        """What meets the atom; empty where it may hold at any time, None where it never does."""
        if isinstance(atom, GlobalValue):
            return {}
        if isinstance(atom, Status) and atom.test in _AT_ANY_TIME:
            waits = atom.test is StatusTest.NOT_RUNNING and atom.instance is None
            around = waits and atom.job in self.graph.ancestors(owner.name)
            return None if around else {}
        if atom.instance is not None or not self.graph.keeps(atom.job):
            return None
        if is_iced(self.graph.jobs[atom.job]):
            return {} if holds_of_ice(atom) else None
        if atom.job in self.halts.held_up:
            return None
        found = self.states.meeting(atom)
        return found if all(found.values()) else None

    def ways(self, condition: Condition, owner: Job) -> list[Known]:
        """The ways to meet a condition, each by what it needs of which job.

        Where there are too many it is one way, which needs what all of them have in common.
        """
        try:
            return self._ways(condition, owner)
        except _TooManyWays:
            common = self.implied(condition, owner)
            return [] if common is None else [common]

    def _ways(self, condition: Condition, owner: Job) -> list[Known]:
        found: list[Known]
        if isinstance(condition, AnyOf):
            found = []
            for term in condition.terms:
                found += [way for way in self._ways(term, owner) if way not in found]
                if len(found) > MOST_WAYS:
                    raise _TooManyWays
            return found
        if isinstance(condition, All):
            found = [{}]
            for term in condition.terms:
                ways = self._ways(term, owner)
                if len(found) * len(ways) > MOST_WAYS:
                    raise _TooManyWays
                both = (merged(one, other) for one in found for other in ways)
                found = [way for way in both if way is not None]
            return found
        facts = self.asked(condition, owner)
        return [] if facts is None else [facts]

    def needed(self, job: Job) -> Known | None:
        """The end states that the start of a job requires; None if it never starts."""
        if job.name not in self._needed:
            asks = job.condition
            self._needed[job.name] = {} if asks is None else self.implied(asks, job)
        return self._needed[job.name]

    def implied(self, condition: Condition, owner: Job) -> Known | None:
        """The end states that all ways to meet the condition require; None without a way."""
        if isinstance(condition, AnyOf):
            terms = (self.implied(term, owner) for term in condition.terms)
            known = [facts for facts in terms if facts is not None]
            if not known:
                return None
            common = [name for name in known[0] if all(name in facts for facts in known)]
            return {name: known[0][name].union(*(f[name] for f in known[1:])) for name in common}
        if isinstance(condition, All):
            found: dict[str, States] = {}
            for term in condition.terms:
                facts = self.implied(term, owner)
                if facts is None:
                    return None
                for name, states in facts.items():
                    found[name] = found.get(name, states) & states
            return found if all(found.values()) else None
        return self.asked(condition, owner)


def merged(one: Known, other: Known) -> Known | None:
    """Both facts at once; None if they contradict each other."""
    both = {**one, **other}
    for name in one.keys() & other.keys():
        both[name] = one[name] & other[name]
    return both if all(both.values()) else None


def is_iced(job: Job) -> bool:
    """True for a job on ice: it never runs, and nobody waits for it."""
    return job.status is InitialStatus.ON_ICE


class Moment:
    """What is certain at the moment when the facts have become true.

    `over` has what is known of each job that has ended, `begun` the jobs that have started.
    `possible` is False where the facts contradict one another.
    """

    def __init__(self, jobs: Jobs, facts: Known, begun: Iterable[str | None] = ()) -> None:
        self._jobs = jobs
        self.over: dict[str, States] = {}
        self.begun: set[str] = set()
        self.possible = True
        self._pending: list[str] = []
        self._never: dict[str, bool] = {}
        for name in begun:
            self._begin(name)
        self._learn(facts)
        while self._pending and self.possible and len(self.over) < _MOST_FACTS:
            self._follow(self._pending.pop())

    # ---------------------------------------------------------------- what came before

    def _learn(self, facts: Known | None) -> None:
        if facts is None:
            self.possible = False
            return
        for name, states in facts.items():
            before = self.over.get(name)
            now = states if before is None else states & before
            if now != before:
                self.over[name] = now
                self._pending.append(name)
                self.possible = self.possible and bool(now)

    def _begin(self, name: str | None) -> None:
        """It has started, and so have the boxes around it: their conditions were met."""
        while name is not None and name not in self.begun:
            self.begun.add(name)
            job = self._jobs.graph.jobs[name]
            self._learn(self._jobs.needed(job))
            name = job.box

    def _follow(self, name: str) -> None:
        states, graph = self.over[name], self._jobs.graph
        if name not in graph.jobs or not has_run(states):
            return
        self._begin(name)
        job = graph.jobs[name]
        if job.box_rule and job.box_rule.success and succeeded(states):
            self._learn(self._jobs.implied(job.box_rule.success, job))
        elif graph.members.get(name) and not graph.ends_early(name):
            letters, end_states = "s" if succeeded(states) else "sft", self._jobs.states
            members = self._jobs.live_members(name)
            self._learn({member: end_states.of(member, letters) for member in members})

    def without(self, name: str) -> Hashable:
        """The knowledge about all other jobs."""
        over = frozenset(item for item in self.over.items() if item[0] != name)
        return over, frozenset(self.begun - {name})

    def beyond(self, other: "Moment") -> set[str]:
        """The jobs of which more is known than at the other moment."""
        over = {name for name, states in self.over.items() if other.over.get(name) != states}
        return over | (self.begun - other.begun)

    # ---------------------------------------------------------------- what comes of it

    def truth(self, condition: Condition, owner: Job, depth: int = 0) -> bool | None:
        """True if the condition holds, False if it never will, None if that is open."""
        if isinstance(condition, All | AnyOf):
            wins = isinstance(condition, AnyOf)
            found = {self.truth(term, owner, depth) for term in condition.terms}
            return wins if wins in found else None if None in found else not wins
        if isinstance(condition, GlobalValue):
            return None
        asked = self._jobs.asked(condition, owner)
        if asked is None:
            return False
        if not asked:
            return self._at_any_time(condition)
        if condition.job not in self.over:
            never = self.never(condition.job, depth + 1)
            return NOT_RUN in asked[condition.job] if never else None
        known = {name: self.over.get(name) for name in asked}
        if any(states and states.isdisjoint(asked[name]) for name, states in known.items()):
            return False
        met = all(states and states <= asked[name] for name, states in known.items())
        return True if met else None

    def _at_any_time(self, atom: Status | ExitCode | OutputValue) -> bool | None:
        """The truth of an atom that can hold before its job has ended."""
        test = atom.test if isinstance(atom, Status) else None
        states = self.over.get(atom.job)
        if test is StatusTest.NOT_FAILED:
            bad = None if states is None else {state[0] in "ft" for state in states}
            return not bad.pop() if bad and len(bad) == 1 else None
        if test is StatusTest.NOT_RUNNING:
            return True if states is not None or atom.instance is not None else None
        return True

    def never(self, name: str, depth: int = 0) -> bool:
        """True if the job has not run and surely never will."""
        return name in self._jobs.halts.held_up or self.is_unmet(name, depth)

    def is_unmet(self, name: str, depth: int = 0) -> bool:
        """True if the condition of the job, or of its box, surely never holds."""
        if name in self.over or name in self.begun or depth > _DEEPEST:
            return False
        if name not in self._never:
            self._never[name] = False
            job = self._jobs.graph.jobs[name]
            asks = job.condition
            unmet = asks is not None and self.truth(asks, job, depth) is False
            boxed = job.box is not None and self.never(job.box, depth + 1)
            self._never[name] = is_iced(job) or unmet or boxed
        return self._never[name]

    def is_decided(self, name: str, box: str) -> bool:
        """True if it is decided by this moment whether this job in the box starts."""
        while name != box:
            job = self._jobs.graph.jobs[name]
            if job.schedule is not None and name not in self._jobs.halts.held_up:
                return False
            if job.condition is not None and not self._is_known(job.condition, job):
                return False
            assert job.box is not None
            name = job.box
        return True

    def _is_known(self, condition: Condition, owner: Job) -> bool:
        if isinstance(condition, All | AnyOf):
            wins = isinstance(condition, AnyOf)
            if self.truth(condition, owner) is wins:
                return True
            return all(self._is_known(term, owner) for term in condition.terms)
        if isinstance(condition, GlobalValue) or condition.job in self.over:
            return True
        return self.truth(condition, owner) is not None

    # ---------------------------------------------------------------- what its nodes do

    def settled(self, name: str) -> bool:
        """True if the node of the job has ended or has nothing to do."""
        pending, seen = [name], {name}
        while pending:
            name = pending.pop()
            job = self._jobs.graph.jobs[name]
            if name in self.over or name in self._jobs.halts.held_up or is_iced(job):
                continue
            if not self.never(name):
                return False
            for other in self._before(name):
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
        return True

    def _before(self, name: str) -> Iterator[str]:
        """The jobs whose nodes the node of the job waits for, those of a box included."""
        yield from self._jobs.awaited.get(name, ())
        yield from self._jobs.awaited_at_end.get(name, ())
        yield from self._jobs.live_members(name)
        box = self._jobs.graph.jobs[name].box
        while box is not None and box not in self.begun:
            yield from self._jobs.awaited.get(box, ())
            box = self._jobs.graph.jobs[box].box

    def may_hang(self, name: str) -> bool:
        """True if the node of the job may wait for ever, directly or for another one."""
        endless = self._jobs.endless
        waits = endless.nodes_at_end.get(name, 0)
        if not waits:
            return False
        for other in self.begun:
            waits &= ~endless.runs_at_start.get(other, 0)
        for other, states in self.over.items():
            waits &= ~(endless.runs_at_end.get(other, 0) if has_run(states) else 0)
        return any(
            waits & bit and other not in self.over and not self.never(other)
            for other, bit in (endless.bit_of.items() if waits else ())
        )
