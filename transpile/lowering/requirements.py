"""Finds what each vertex requires: which vertices never run, and whose success others need.

A link between two vertices is soft if a vertex downstream can run without the upstream success.
"""

from collections.abc import Iterable

from transpile.lowering.settling import OF_ANY_END
from transpile.lowering.start_conditions import StartConditions
from transpile.lowering.structure import Key, Role
from transpile.model import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    InitialStatus,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    conjuncts,
    replaced,
    simplified,
)
from transpile.model.graph import topological

_EVERYTHING = -1
"""Requirements of a vertex that never runs, as a set of bits: everything."""

_OF_WHAT_IS_OVER = (StatusTest.NOT_SUCCEEDED, StatusTest.OVER, StatusTest.AWAITED)
_REQUIRED = (StatusTest.SUCCESS, StatusTest.STARTED)


class Requirements:
    """The requirements of one group of jobs.

    `order` has the vertices in dependency order, `above` and `below` the direct neighbours of each
    one. `held` vertices fail when they are reached, `dead` vertices succeed in no run. `soft` has
    the soft links as pairs of vertices.
    """

    def __init__(self, conditions: StartConditions) -> None:
        self._conditions = conditions
        keys = list(conditions.of)
        number = {key: place for place, key in enumerate(keys)}
        self.above = {key: list(conditions.upstream(key)) for key in keys}
        behind: list[list[int]] = [[] for _ in keys]
        for key, above in self.above.items():
            for upstream in above:
                behind[number[upstream]].append(number[key])
        self.order = [keys[place] for place in topological(behind)]
        self.below = {key: [keys[place] for place in behind[number[key]]] for key in keys}
        jobs = conditions.facts.jobs.values()
        self.held = {conditions.start(job.name) for job in jobs if job.held_up}
        self.held |= {conditions.end(job.name) for job in jobs if job.never_ends}
        # If a condition asks whether a job is over, vertices wait for dead jobs, too: a dead job
        # has no status from which the answer could be computed beforehand.
        self._patient = any(
            isinstance(atom, Status) and atom.test in _OF_WHAT_IS_OVER
            for condition in conditions.of.values()
            for atom in atoms(condition)
        )
        self.dead = self._find_dead()
        # Without the starts of boxes: whether a job is hopeless does not depend on its box.
        self._dead_jobs = {key for key in self.dead if key.role is not Role.START}
        self._bits: dict[Key, int] = {}
        self._ran: dict[Key, int] = {}
        self._succeeded: dict[Key, int] = {}
        self.soft: set[tuple[Key, Key]] = set()
        region = self._region()
        self._find_requirements(region)
        self._find_soft_links(region)

    # ---------------------------------------------------------------- questions

    def can_fail(self, key: Key) -> bool:
        """True for a vertex whose own action or rule may fail, False if only others can stop it."""
        if key in self.held or key.role in (Role.MISSING, Role.END):
            return True
        job = self._conditions.facts.jobs[key.name]
        passes = job.status is not InitialStatus.ACTIVE or job.action is None
        return key.role is not Role.START and not passes

    def is_soft_above(self, key: Key) -> bool:
        """True if a downstream vertex asks how this one ends."""
        return any((key, other) in self.soft for other in self.below[key])

    def is_needless(self, key: Key) -> bool:
        """True for a dead vertex that others need not wait for."""
        return key in self.dead and not (self._patient and key.role is not Role.START)

    def is_hopeless(self, key: Key) -> bool:
        """True if a job can never start because another job is missing."""
        if not any(above.role is Role.MISSING for above in self.above[key]):
            return False
        return self._substituted(key, self._dead_jobs) == FALSE

    def has_rule(self, key: Key) -> bool:
        """True for the end of a box with a rule."""
        return key.role is Role.END and self._conditions.facts.jobs[key.name].box_rule is not None

    def implied(self, key: Key, above: Iterable[Key]) -> list[Key]:
        """The members whose status the end of a box can infer from another member.

        The other member runs only if they succeed; if it does not run, the box never completes.
        """
        if self.has_rule(key):
            return []
        needed = {vertex: self._ran.get(vertex, 0) for vertex in above if vertex not in self.dead}
        jobs = self._conditions.facts.jobs
        members = self._conditions.live_members(key.name)
        ends = {self._conditions.end(name): jobs[name] for name in members}
        implied = 0
        for vertex in ends:
            needs = needed.get(vertex, 0)
            # A vertex that needs itself never runs: its own status must reach the box.
            implied |= 0 if needs & self._bits.get(vertex, 0) else needs
        return [
            vertex
            for vertex, job in ends.items()
            if vertex in needed and self._bits.get(vertex, 0) & implied and not job.terminates_box
        ]

    # ---------------------------------------------------------------- what never runs

    def _find_dead(self) -> set[Key]:
        """The vertices that succeed in no run: held ones, and those that need one of them.

        Facts.stuck does not answer this: it knows no entities, settled atoms or starts of boxes.
        """
        dead: set[Key] = set()
        for key in self.order:
            lost = self._ends_early(key) or any(above in dead for above in self.above[key])
            condition = self._substituted(key, dead) if lost else self._conditions.of[key]
            if key.role is Role.MISSING or key in self.held or condition == FALSE:
                dead.add(key)
        return dead

    def _substituted(self, key: Key, dead: set[Key]) -> Condition:
        """The vertex's condition; atoms that need a dead vertex are false."""
        if self._ends_early(key):
            return FALSE if Key(Role.START, key.name) in dead else TRUE

        def put_in(atom: Atom) -> Condition:
            if self._conditions.vertex(atom) not in dead:
                return atom
            if isinstance(atom, Status) and atom.test in OF_ANY_END:
                return TRUE if atom.test is StatusTest.NOT_FAILED else atom
            return FALSE

        return simplified(replaced(self._conditions.of[key], put_in))

    def _ends_early(self, key: Key) -> bool:
        """True for the end of a box that may precede the end of a member."""
        return key.role is Role.END and self._conditions.facts.graph.ends_early(key.name)

    # ---------------------------------------------------------------- what requires what

    def _region(self) -> list[Key]:
        """The vertices with more than successes in a condition, and all vertices above them."""
        special = [key for key in self.order if self._is_special(key)]
        found = set(special)
        while special:
            for upstream in self.above[special.pop()]:
                if upstream not in found:
                    found.add(upstream)
                    special.append(upstream)
        return [key for key in self.order if key in found]

    def _is_special(self, key: Key) -> bool:
        if self._conditions.judged or key in self._conditions.awaits:
            return True
        return not all(
            isinstance(term, Status) and term.test in _REQUIRED
            for term in conjuncts(self._conditions.of[key])
        )

    def _find_requirements(self, region: list[Key]) -> None:
        """Find for each vertex the vertices whose success it needs to run, and to succeed."""
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
        if key in self.dead:
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
        if vertex in self.dead:
            return _EVERYTHING
        required = isinstance(condition, Status) and condition.test in _REQUIRED
        if required or isinstance(condition, OutputValue):
            return self._success(vertex)
        terminated = isinstance(condition, Status) and condition.test is StatusTest.TERMINATED
        if vertex.role is Role.END and terminated:
            return self._success(Key(Role.START, vertex.name))
        return self._ran[vertex]

    def _of_end(self, key: Key) -> int:
        """The vertices that have succeeded when a box ends."""
        members = self._conditions.live_members(key.name)
        found = self._success(Key(Role.START, key.name))
        if not self._ends_early(key):
            for member in members:
                end = self._conditions.end(member)
                found |= _EVERYTHING if end in self.dead else self._ran[end]
        return found

    # ---------------------------------------------------------------- what may fail in the open

    def _find_soft_links(self, region: list[Key]) -> None:
        """Find the soft links, from the last vertex to the first."""
        always: dict[Key, int] = {}
        for key in reversed(region):
            below = [other for other in self.below[key] if other in self._bits]
            fatal = self._is_fatal(key)
            for other in self.below[key] if self.can_fail(key) else ():
                needed = fatal and always.get(other, _EVERYTHING) & self._bits[key]
                if not needed or (self._compares(other, key) and key not in self.dead):
                    self.soft.add((key, other))
            watched = any((key, other) in self.soft for other in self.below[key])
            if key.role is Role.END and not watched:
                required = self._succeeded[key]
            else:
                required = self._ran[key]
            for other in below:
                # Soft links from needless vertices are left out.
                if not ((key, other) in self.soft and self.is_needless(key)):
                    required &= always[other]
            always[key] = required

    def _is_fatal(self, key: Key) -> bool:
        """True if the vertex's failure makes the whole fail: no box rule tolerates it."""
        jobs = self._conditions.facts.jobs
        if key in self.dead:
            return True
        if self._conditions.judged:
            return False
        box = jobs[key.name].box
        while box is not None:
            end = Key(Role.END, box)
            if self.has_rule(end) and not self._succeeded[end] & self._bits[key]:
                return False
            key, box = end, jobs[box].box
            if key not in self._bits:
                # Boxes outside of the region have no rule around them.
                return True
        return True

    def _compares(self, key: Key, upstream: Key) -> bool:
        """True if the vertex compares an exit code of the other, which only a status carries."""
        asked = All((self._conditions.of[key], self._conditions.failure_rules.get(key, TRUE)))
        return any(
            isinstance(term, ExitCode) and self._conditions.vertex(term) == upstream
            for term in atoms(asked)
        )
