"""Decides which jobs fail and which report a status, and how vertices wait for one another.

If a node fails, no node downstream of it runs. A job whose failure must not stop everything
downstream is *watched*: it reports a status instead of failing. All other jobs fail.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from transpile.lowering.requirements import Requirements
from transpile.lowering.start_conditions import StartConditions
from transpile.lowering.structure import Key, Role
from transpile.model import (
    FALSE,
    TRUE,
    Atom,
    Condition,
    OutputValue,
    Status,
    StatusTest,
    atoms,
    replaced,
    simplified,
)

_ONLY_OVER = (StatusTest.OVER, StatusTest.AWAITED)
_FALSE_OF_A_SUCCESS = (StatusTest.NOT_SUCCEEDED, StatusTest.FAILURE, StatusTest.TERMINATED)


class Link(Enum):
    """How a vertex waits for another one.

    SUCCESS: it is reached only after the other one succeeds. VALUE: it is handed the status of the
    other one. ORDER: it comes after the other one ends. BESIDE: it does not wait, but the other one
    is there, too.
    """

    SUCCESS = "success"
    VALUE = "value"
    ORDER = "order"
    BESIDE = "beside"


_NOT_HANDED = (Link.SUCCESS, Link.BESIDE)
"""Links that need no status of the other vertex."""


@dataclass(slots=True)
class Failures:
    """The decisions about one group of jobs.

    `links` has the vertices that each vertex waits for. `gates` has the part of a vertex's
    condition that its node checks. `watched` are the jobs and ends of boxes that report a status,
    `checked` those of them whose success others need: a node behind each fails if it failed.
    """

    conditions: StartConditions
    links: dict[Key, dict[Key, Link]] = field(default_factory=dict)
    gates: dict[Key, Condition] = field(default_factory=dict)
    watched: set[Key] = field(default_factory=set)
    checked: set[Key] = field(default_factory=set)

    def known(self, key: Key, condition: Condition) -> Condition:
        """The part of a condition that is still open when the node of the vertex is reached."""
        links = self.links[key]

        def left(atom: Atom) -> Condition:
            vertex = self.conditions.vertex(atom)
            link = None if vertex is None else links.get(vertex)
            if isinstance(atom, Status) and atom.test in _ONLY_OVER:
                return FALSE if link is None else TRUE
            if isinstance(atom, OutputValue):
                return FALSE if link is None else atom
            if vertex is None or link in (Link.VALUE, Link.ORDER):
                return atom
            if link is Link.SUCCESS:
                return _of_a_success(atom)
            unharmed = isinstance(atom, Status) and atom.test is StatusTest.NOT_FAILED
            return TRUE if unharmed else FALSE

        return simplified(replaced(condition, left))


def _of_a_success(atom: Atom) -> Condition:
    """The value of an atom about a job that has succeeded; exit codes need a watched job."""
    if isinstance(atom, Status) and atom.test not in _FALSE_OF_A_SUCCESS:
        return TRUE
    return FALSE


def find_failures(conditions: StartConditions) -> Failures:
    """Decide about a group of jobs."""
    return _Finder(conditions).find()


class _Finder:
    """Decides for one vertex after another, in dependency order."""

    def __init__(self, conditions: StartConditions) -> None:
        self._conditions = conditions
        self._needs = Requirements(conditions)
        self._skips: set[Key] = set()
        self._found = Failures(conditions)

    def find(self) -> Failures:
        """Decide about all vertices."""
        for key in self._needs.order:
            self._settle(key)
        # What never runs is watched only if a vertex behind it turns out to ask for its status.
        successes = (
            upstream
            for links in self._found.links.values()
            for upstream, link in links.items()
            if link in _NOT_HANDED
        )
        self._found.checked = self._found.watched.intersection(successes)
        return self._found

    def _settle(self, key: Key) -> None:
        links = self._found.links.setdefault(key, {})
        known: set[Key] = set()
        for upstream in self._asked(key):
            if (upstream, key) in self._needs.soft or upstream in self._skips:
                # A missing job has no status: it only fails.
                is_missing = upstream.role is Role.MISSING
                links[upstream] = Link.BESIDE if is_missing else Link.VALUE
            else:
                links[upstream] = Link.SUCCESS
                known.add(upstream)
        if key.role is Role.MISSING:
            return
        if key.role is Role.TELL:
            # A tell asks the platform how the job ended.
            links.update({up: Link.ORDER for up, link in links.items() if link is Link.VALUE})
        elif key.role is Role.LEGACY_END:
            # The legacy side hears of each end, also of one that makes the whole fail.
            links.update({up: Link.VALUE for up in links if self._needs.can_fail(up)})
        elif key.role is Role.END:
            self._settle_end(key, links)
        else:
            self._settle_start(key, links, known)
        for upstream, link in links.items():
            if link not in _NOT_HANDED and upstream.role is not Role.START:
                self._found.watched.add(upstream)
        if (self._needs.is_soft_above(key) or self._is_judged(key)) and key not in self._needs.dead:
            self._found.watched.add(key)

    def _asked(self, key: Key) -> Iterator[Key]:
        """The upstream vertices that the node waits for."""
        hopeless = self._needs.is_hopeless(key)
        for upstream in self._needs.above[key]:
            if upstream.role is Role.MISSING and not hopeless:
                continue
            soft = (upstream, key) in self._needs.soft
            if not (soft and self._needs.is_needless(upstream)):
                yield upstream

    def _settle_start(self, key: Key, links: dict[Key, Link], known: set[Key]) -> None:
        gate = self._found.known(key, self._conditions.of[key])
        # A test of a value that a job hands over needs no status.
        looks = (atom for atom in atoms(gate) if not isinstance(atom, OutputValue))
        asked = {self._conditions.vertex(atom) for atom in looks}
        for upstream, link in links.items():
            if link is Link.VALUE and upstream not in asked and not self._is_told(key):
                links[upstream] = Link.ORDER
        if gate == TRUE:
            return
        if gate == FALSE and self._needs.dead & known and not self._skips & links.keys():
            # A vertex that the node needs always fails, so the node is never reached.
            return
        self._found.gates[key] = gate
        self._skips.add(key)
        if key.role is Role.JOB and key not in self._needs.held:
            self._found.watched.add(key)

    def _is_judged(self, key: Key) -> bool:
        """True for a vertex whose status the node that judges the whole needs."""
        return self._conditions.judged and self._needs.can_fail(key) and not self._is_told(key)

    def _is_told(self, key: Key) -> bool:
        """True for the job that runs last: it is handed all statuses."""
        return self._conditions.facts.jobs[key.name].runs_last

    def _settle_end(self, key: Key, links: dict[Key, Link]) -> None:
        start = Key(Role.START, key.name)
        if start in self._skips:
            self._skips.add(key)
        else:
            links.pop(start, None)
        if self._needs.has_rule(key) or any(link not in _NOT_HANDED for link in links.values()):
            self._found.watched.add(key)
        for upstream in self._needs.implied(key, links):
            if links[upstream] is Link.VALUE:
                links[upstream] = Link.ORDER
