"""The effect of failures on a flow: which jobs are cancelled and how the flow ends.

A failed job fails its flow and all flows around it if no job depends on it or if some job needs its
success (FlowRunner.setFlowFailed). Unless the failure action is finish_all_possible, no job
downstream starts then, whatever its condition. Otherwise a flow succeeds if its last jobs succeed:
those that no job depends on (FlowRunner.finalizeFlow).
"""

import functools
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.azkaban.conditions import ALL_SUCCESS
from transpile.model import All, AnyOf, BoxRule, Condition, OutputValue, Status, StatusTest, atoms
from transpile.sources.text import Span


@dataclass(slots=True)
class Member:
    """A node: the names of its parents, what it asks of them, and the flow inside it, if any."""

    name: str
    parents: tuple[str, ...]
    macro: str
    condition: Condition
    can_fail: bool
    inner: "Level | None" = None


@dataclass(slots=True)
class Level:
    """The nodes of one flow by name, without those of embedded flows."""

    members: dict[str, Member] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    _place: dict[str, int] = field(default_factory=dict)

    def link(self) -> None:
        """Find the children of each member, once all members are known."""
        self._place = {name: number for number, name in enumerate(self.members)}
        self.children = {name: [] for name in self.members}
        for member in self.members.values():
            for parent in member.parents:
                self.children[parent].append(member.name)

    @property
    def is_plain(self) -> bool:
        """True if every node, also of embedded flows, asks only for the success of its parents."""
        return all(
            member.macro == ALL_SUCCESS
            and not any(isinstance(atom, OutputValue) for atom in atoms(member.condition))
            and (member.inner is None or member.inner.is_plain)
            for member in self.members.values()
        )

    @property
    def ends(self) -> list[str]:
        """The last nodes: no other node depends on them."""
        return [name for name, found in self.children.items() if not found]

    def is_fatal(self, name: str) -> bool:
        """True if the flow fails when the node fails."""
        found = self.children[name]
        return not found or any(self.members[child].macro == ALL_SUCCESS for child in found)

    def harmful(self, name: str) -> Iterator[str]:
        """The jobs in the node, or the node itself, whose failure fails the flow."""
        member = self.members[name]
        if member.inner is None:
            if member.can_fail and self.is_fatal(name):
                yield name
        elif member.inner.is_plain:
            yield name
        else:
            for inside in member.inner.members:
                yield from member.inner.harmful(inside)

    def guard(self) -> None:
        """Extend conditions so that no job starts downstream of a failure that fails the flow."""
        required, above = self._required(), self._above()
        harmful = {name: tuple(self.harmful(name)) for name in self.members}
        harmful = {name: harms for name, harms in harmful.items() if harms}
        for name, member in self.members.items():
            if member.macro == ALL_SUCCESS or name not in required:
                continue
            risky = above[name] & ~required[name]
            dangers = (h for o, harms in harmful.items() if risky & self._bit(o) for h in harms)
            unharmed = tuple(Status(harm, StatusTest.NOT_FAILED) for harm in dangers)
            member.condition = All((member.condition, *unharmed))

    def rule(self, span: Span, *, goes_on: bool) -> BoxRule:
        """When the flow succeeds; with `goes_on`, jobs downstream of failures may run."""
        required = self._required()
        ends = self.ends
        safe = 0
        for name in ends:
            safe |= required.get(name, 0) | self._bit(name)
        dangers: list[str] = []
        if goes_on:
            others = (name for name in self.members if not safe & self._bit(name))
            dangers = [harm for name in others for harm in self.harmful(name)]
        success = All(
            (
                *(Status(name, StatusTest.SUCCESS) for name in ends),
                *(Status(name, StatusTest.NOT_FAILED) for name in dangers),
            )
        )
        failed = (StatusTest.FAILURE, StatusTest.TERMINATED)
        failure = AnyOf(
            (
                *(Status(name, StatusTest.NOT_SUCCEEDED) for name in ends),
                *(Status(name, test) for name in dangers for test in failed),
            )
        )
        text = f"its last jobs: {', '.join(ends)}"
        return BoxRule(success, failure, text, span, at_end=True, complete=True)

    def _in_order(self) -> list[str]:
        """The nodes, parents before children, without those on or downstream of a cycle."""
        waiting = {name: len(member.parents) for name, member in self.members.items()}
        order = [name for name, count in waiting.items() if not count]
        for name in order:
            for child in self.children[name]:
                waiting[child] -= 1
                if not waiting[child]:
                    order.append(child)
        return order

    def _above(self) -> dict[str, int]:
        """For each node all nodes upstream of it, as a set of bits."""
        found: dict[str, int] = {}
        for name in self._in_order():
            parents = self.members[name].parents
            bits = (found[parent] | self._bit(parent) for parent in parents)
            found[name] = functools.reduce(operator.or_, bits, 0)
        return found

    def _bit(self, name: str) -> int:
        return 1 << self._place[name] if name in self._place else 0

    def _required(self) -> dict[str, int]:
        """For each node the nodes that have succeeded whenever it runs, as a set of bits."""
        known: dict[str, int] = {}
        for name in self._in_order():
            known[name] = self._needed(self.members[name].condition, known)
        return known

    def _needed(self, condition: Condition, known: Mapping[str, int]) -> int:
        if isinstance(condition, All):
            found = 0
            for term in condition.terms:
                found |= self._needed(term, known)
            return found
        if isinstance(condition, AnyOf):
            sets = [self._needed(term, known) for term in condition.terms]
            return functools.reduce(operator.and_, sets) if sets else 0
        succeeds = isinstance(condition, Status) and condition.test is StatusTest.SUCCESS
        if succeeds or isinstance(condition, OutputValue):
            assert isinstance(condition, Status | OutputValue)
            return known.get(condition.job, 0) | self._bit(condition.job)
        return 0
