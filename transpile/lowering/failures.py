"""Which jobs fail in the open, which report a status, and what each one looks at.

A node that fails keeps everything behind it from running. That is right only for what would not
run in the source either: so a job is *watched* - it reports its status instead of failing - when
something behind it can run although it failed. Everything else stays as Flyte has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from transpile.lowering.ends import implied_members
from transpile.lowering.start_conditions import OF_ANY_END, StartConditions, conjuncts
from transpile.lowering.structure import Key, Role
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    simplified,
)
from transpile.model.graph import topological

_EVERYTHING = -1
"""As a set of bits: what never runs requires anything."""

_ONLY_OVER = (StatusTest.OVER, StatusTest.AWAITED)
_OF_WHAT_IS_OVER = (StatusTest.NOT_SUCCEEDED, *_ONLY_OVER)
_REQUIRED = (StatusTest.SUCCESS, StatusTest.STARTED)
_OF_A_SUCCESS = {
    StatusTest.SUCCESS: TRUE,
    StatusTest.DONE: TRUE,
    StatusTest.STARTED: TRUE,
    StatusTest.NOT_FAILED: TRUE,
    StatusTest.OVER: TRUE,
    StatusTest.AWAITED: TRUE,
    StatusTest.NOT_SUCCEEDED: FALSE,
    StatusTest.FAILURE: FALSE,
    StatusTest.TERMINATED: FALSE,
}


class Link(Enum):
    """How a vertex hangs on another one.

    SUCCESS: it is reached only behind its success. VALUE: it is handed its status. ORDER: it comes
    after it, however that ended.
    """

    SUCCESS = "success"
    VALUE = "value"
    ORDER = "order"


@dataclass(slots=True)
class Failures:
    """The decisions about one group of jobs.

    `gates` has what is left of a job's condition to be looked at when its node runs. `watched` are
    jobs, and ends of boxes, that report a status. `checked` are those of them whose success
    something needs: a node that fails stands behind them. `lost` has the jobs that never run for
    want of one that is nowhere: its node stands on its own, and fails the whole.
    """

    conditions: StartConditions
    links: dict[Key, dict[Key, Link]] = field(default_factory=dict)
    gates: dict[Key, Condition] = field(default_factory=dict)
    watched: set[Key] = field(default_factory=set)
    checked: set[Key] = field(default_factory=set)
    lost: dict[Key, str] = field(default_factory=dict)

    def known(self, key: Key, condition: Condition) -> Condition:
        """What is left of a condition when the node of a vertex is reached."""
        links = self.links[key]

        def left(term: Condition) -> Condition:
            if isinstance(term, All | AnyOf):
                return type(term)(tuple(map(left, term.terms)))
            assert isinstance(term, GlobalValue | Status | ExitCode | OutputValue)
            vertex = self.conditions.vertex(term)
            link = None if vertex is None else links.get(vertex)
            if isinstance(term, Status) and term.test in _ONLY_OVER:
                return FALSE if link is None else TRUE
            if isinstance(term, OutputValue):
                return FALSE if link is None else term
            if vertex is None or link in (Link.VALUE, Link.ORDER):
                return term
            if link is Link.SUCCESS:
                return _OF_A_SUCCESS[term.test] if isinstance(term, Status) else FALSE
            unharmed = isinstance(term, Status) and term.test is StatusTest.NOT_FAILED
            return TRUE if unharmed else FALSE

        return simplified(left(condition))


def find_failures(conditions: StartConditions) -> Failures:
    """What happens in the group when its jobs fail."""
    return _Finder(conditions).find()


class _Finder:
    def __init__(self, conditions: StartConditions) -> None:
        self._conditions = conditions
        keys = list(conditions.of)
        number = {key: place for place, key in enumerate(keys)}
        self._above = {key: list(conditions.upstream(key)) for key in keys}
        behind: list[list[int]] = [[] for _ in keys]
        for key, above in self._above.items():
            for upstream in above:
                behind[number[upstream]].append(number[key])
        self._order = [keys[place] for place in topological(behind)]
        self._below = {key: [keys[place] for place in behind[number[key]]] for key in keys}
        jobs = conditions.facts.jobs.values()
        # The vertices that fail when they are reached.
        self._held = {conditions.start(job.name) for job in jobs if job.held_up}
        self._held |= {conditions.end(job.name) for job in jobs if job.never_ends}
        # Where something asks whether a job is over, whoever names a job waits for it: how one
        # would have ended that cannot run is not known.
        self._patient = any(
            isinstance(atom, Status) and atom.test in _OF_WHAT_IS_OVER
            for formula in conditions.of.values()
            for atom in atoms(formula)
        )
        self._dead = self._find_dead()
        self._bits: dict[Key, int] = {}
        self._ran: dict[Key, int] = {}
        self._succeeded: dict[Key, int] = {}
        self._soft: set[tuple[Key, Key]] = set()
        self._skips: set[Key] = set()
        self._found = Failures(conditions)

    def find(self) -> Failures:
        region = self._region()
        self._find_requirements(region)
        self._find_soft_links(region)
        for key in self._order:
            self._settle(key)
        return self._found

    # ---------------------------------------------------------------- what never runs

    def _find_dead(self) -> set[Key]:
        """The vertices that succeed in no run: held ones, and what needs one of them."""
        dead: set[Key] = set()
        for key in self._order:
            lost = self._ends_early(key) or any(above in dead for above in self._above[key])
            formula = self._substituted(key, dead) if lost else self._conditions.of[key]
            if key.role is Role.MISSING or key in self._held or formula == FALSE:
                dead.add(key)
        return dead

    def _substituted(self, key: Key, dead: set[Key]) -> Condition:
        """The vertex's formula, false where it asks for a dead one."""
        if self._ends_early(key):
            return FALSE if Key(Role.START, key.name) in dead else TRUE

        def put_in(term: Condition) -> Condition:
            if isinstance(term, All | AnyOf):
                return type(term)(tuple(map(put_in, term.terms)))
            assert isinstance(term, GlobalValue | Status | ExitCode | OutputValue)
            if self._conditions.vertex(term) not in dead:
                return term
            if isinstance(term, Status) and term.test in OF_ANY_END:
                return TRUE if term.test is StatusTest.NOT_FAILED else term
            return FALSE

        return simplified(put_in(self._conditions.of[key]))

    def _ends_early(self, key: Key) -> bool:
        """True for the end of a box that need not wait for all its members."""
        return key.role is Role.END and self._conditions.facts.graph.ends_early(key.name)

    def _rule(self, key: Key) -> bool:
        """True for the end of a box that has a rule of its own."""
        return key.role is Role.END and self._conditions.facts.jobs[key.name].box_rule is not None

    # ---------------------------------------------------------------- what requires what

    def _region(self) -> list[Key]:
        """The vertices from which one is reached that is not a conjunction of successes."""
        special = [key for key in self._order if self._is_special(key)]
        found = set(special)
        while special:
            for upstream in self._above[special.pop()]:
                if upstream not in found:
                    found.add(upstream)
                    special.append(upstream)
        return [key for key in self._order if key in found]

    def _is_special(self, key: Key) -> bool:
        if self._conditions.judged or self._rule(key) or key in self._conditions.awaits:
            return True
        return not all(
            isinstance(term, Status) and term.test in _REQUIRED
            for term in conjuncts(self._conditions.of[key])
        )

    def _find_requirements(self, region: list[Key]) -> None:
        """For each vertex the set of those that must succeed for it to run, and to succeed."""
        for place, key in enumerate(region):
            self._bits[key] = 1 << place
            needed = self._needed(self._conditions.of[key])
            if key.role is Role.END:
                self._ran[key] = self._of_end(key)
                started = self._success(Key(Role.START, key.name))
                self._succeeded[key] = self._bits[key] | needed | started
            else:
                self._ran[key] = needed
                self._succeeded[key] = self._bits[key] | needed

    def _success(self, key: Key) -> int:
        if key in self._dead:
            return _EVERYTHING
        return self._succeeded.get(key, 0)

    def _needed(self, condition: Condition) -> int:
        if isinstance(condition, All):
            found = 0
            for term in condition.terms:
                found |= self._needed(term)
            return found
        if isinstance(condition, AnyOf):
            found = _EVERYTHING
            for term in condition.terms:
                found &= self._needed(term)
            return found
        assert isinstance(condition, Status | ExitCode | GlobalValue | OutputValue)
        vertex = self._conditions.vertex(condition)
        if vertex is None:
            return 0
        if isinstance(condition, Status) and condition.test in OF_ANY_END:
            return 0
        if vertex in self._dead:
            return _EVERYTHING
        required = isinstance(condition, Status) and condition.test in _REQUIRED
        if required or isinstance(condition, OutputValue):
            return self._success(vertex)
        terminated = isinstance(condition, Status) and condition.test is StatusTest.TERMINATED
        if vertex.role is Role.END and terminated:
            return self._success(Key(Role.START, vertex.name))
        return self._ran[vertex]

    def _of_end(self, key: Key) -> int:
        """What has succeeded whenever a box has ended: by default all its members ran."""
        members = self._conditions.live_members(key.name)
        found = self._success(Key(Role.START, key.name))
        if not self._ends_early(key):
            for member in members:
                end = self._conditions.end(member)
                found |= _EVERYTHING if end in self._dead else self._ran[end]
        return found

    # ---------------------------------------------------------------- what may fail in the open

    def _find_soft_links(self, region: list[Key]) -> None:
        """A link is soft when something behind it can run without the success above it."""
        always: dict[Key, int] = {}
        for key in reversed(region):
            below = [other for other in self._below[key] if other in self._bits]
            fatal = self._is_fatal(key)
            for other in self._below[key] if self._can_fail(key) else ():
                needed = fatal and always.get(other, _EVERYTHING) & self._bits[key]
                if not needed or (self._compares(other, key) and key not in self._dead):
                    self._soft.add((key, other))
            watched = any((key, other) in self._soft for other in self._below[key])
            if key.role is Role.END and not watched:
                required = self._succeeded[key]
            else:
                required = self._ran[key]
            for other in below:
                # What is dead is asked for nothing: its link is left out where it is soft.
                if not ((key, other) in self._soft and self._is_done_without(key)):
                    required &= always[other]
            always[key] = required

    def _is_fatal(self, key: Key) -> bool:
        """True when its failure is one of the whole, which no rule around it passes over."""
        jobs = self._conditions.facts.jobs
        if key in self._dead:
            return True
        if self._conditions.judged:
            return False
        box = jobs[key.name].box
        while box is not None:
            end = Key(Role.END, box)
            if self._rule(end) and not self._succeeded[end] & self._bits[key]:
                return False
            key, box = end, jobs[box].box
            if key not in self._bits:
                # No rule stands around it, else it would be in the region.
                return True
        return True

    def _compares(self, key: Key, upstream: Key) -> bool:
        """True when the vertex looks at an exit code, which only a status carries."""
        asked = All((self._conditions.of[key], self._conditions.failures.get(key, TRUE)))
        return any(
            isinstance(term, ExitCode) and self._conditions.vertex(term) == upstream
            for term in atoms(asked)
        )

    def _can_fail(self, key: Key) -> bool:
        """False for what cannot fail by itself: only what stands above it keeps it from running."""
        if key in self._held or key.role in (Role.MISSING, Role.END):
            return True
        job = self._conditions.facts.jobs[key.name]
        passes = job.status is not InitialStatus.ACTIVE or job.action is None
        return key.role is not Role.START and not passes

    # ---------------------------------------------------------------- decisions, in order

    def _settle(self, key: Key) -> None:
        links = self._found.links.setdefault(key, {})
        known: set[Key] = set()
        for upstream in self._asked(key):
            if (upstream, key) in self._soft or upstream in self._skips:
                links[upstream] = Link.VALUE
            else:
                links[upstream] = Link.SUCCESS
                known.add(upstream)
        if key.role is Role.MISSING:
            return
        if key.role is Role.END:
            self._settle_end(key, links)
        else:
            self._settle_start(key, links, known)
        for upstream, link in links.items():
            if link is not Link.SUCCESS:
                self._found.watched |= {upstream} if upstream.role is not Role.START else set()
            elif upstream in self._found.watched:
                self._found.checked.add(upstream)
        looked_at = any((key, other) in self._soft for other in self._below[key])
        if (looked_at or self._is_judged(key)) and key not in self._dead:
            self._found.watched.add(key)

    def _asked(self, key: Key) -> Iterator[Key]:
        """The vertices above that the node waits for: none that can be done without."""
        hopeless = self._is_hopeless(key)
        for upstream in self._above[key]:
            soft = (upstream, key) in self._soft
            if upstream.role is Role.MISSING and not hopeless:
                continue
            if upstream.role is Role.MISSING and soft:
                self._found.lost[upstream] = key.name
            if not (soft and self._is_done_without(upstream)):
                yield upstream

    def _is_done_without(self, key: Key) -> bool:
        """True for what is dead, unless all wait for whatever they name."""
        return key in self._dead and not (self._patient and key.role is not Role.START)

    def _is_hopeless(self, key: Key) -> bool:
        """True when a job cannot start for want of one that is nowhere, whatever its box does."""
        if not any(above.role is Role.MISSING for above in self._above[key]):
            return False
        dead = {other for other in self._dead if other.role is not Role.START}
        return self._substituted(key, dead) == FALSE

    def _settle_start(self, key: Key, links: dict[Key, Link], known: set[Key]) -> None:
        gate = self._found.known(key, self._conditions.of[key])
        # What a job hands over is no status of it.
        looks = (atom for atom in atoms(gate) if not isinstance(atom, OutputValue))
        asked = {self._conditions.vertex(atom) for atom in looks}
        for upstream, link in links.items():
            if link is Link.VALUE and upstream not in asked and not self._is_told(key):
                links[upstream] = Link.ORDER
        if gate == TRUE:
            return
        if gate == FALSE and self._dead & known and not self._skips & links.keys():
            # Nothing reaches it: what it needs fails.
            return
        self._found.gates[key] = gate
        self._skips.add(key)
        if key.role is Role.JOB and key not in self._held:
            self._found.watched.add(key)

    def _is_judged(self, key: Key) -> bool:
        """True for what reports to a node that decides about the whole."""
        return self._conditions.judged and self._can_fail(key) and not self._is_told(key)

    def _is_told(self, key: Key) -> bool:
        """True for the job that runs last: it is handed the status of all before it."""
        return self._conditions.facts.jobs[key.name].runs_last

    def _settle_end(self, key: Key, links: dict[Key, Link]) -> None:
        start = Key(Role.START, key.name)
        if start in self._skips:
            self._skips.add(key)
        else:
            links.pop(start, None)
        if self._rule(key) or any(link is not Link.SUCCESS for link in links.values()):
            self._found.watched.add(key)
        told = {up: self._ran.get(up, 0) for up in links if up not in self._dead}
        for up in implied_members(key.name, self._conditions, told, self._bits):
            links[up] = Link.ORDER if links[up] is Link.VALUE else links[up]
