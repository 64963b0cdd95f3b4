"""Reads what the team wants of the placement: [[workflow]] jobs and [[cut]] of transpile.toml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from transpile.findings.codes.mapping import InvalidPlacement
from transpile.findings.diagnostics import Diagnostics
from transpile.model import JobGraph, Placement, PlacementRule, Schedule


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the team wants.

    The units `alone` are workflows of their own. Pairs `between` which a cut stands are in
    different workflows, the units of each pair `together` in one.
    """

    alone: frozenset[str] = frozenset()
    between: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    schedules: Mapping[str, Schedule] | None = None

    def partner(self, unit: str, placed: Mapping[str, str]) -> str | None:
        """A unit that this one, without start times, is put with; None if it comes first."""
        for pair in self.together:
            if unit in pair:
                other = pair[0] if pair[1] == unit else pair[1]
                if other in placed or other in (self.schedules or {}):
                    return other
        return None


def read_wishes(
    rules: Iterable[PlacementRule],
    graph: JobGraph,
    units: Mapping[str, str],
    diagnostics: Diagnostics,
) -> tuple[Wishes, frozenset[PlacementRule]]:
    """The wishes that can be met, and the rules that name jobs here; others are reported.

    `units` has the unit of each job.
    """
    jobs = {name: graph.jobs[name] for name in units.values() if name in graph.jobs}
    schedules = {name: job.schedule for name, job in jobs.items() if job.schedule is not None}
    reader = _Reader(graph, units, schedules)
    used = frozenset(rule for rule in rules if any(map(rule.matches, units)))
    for rule in rules:
        if rule not in used:
            continue
        try:
            reader.read(rule)
        except _Unfit as error:
            found = InvalidPlacement(text=str(rule), reason=str(error))
            diagnostics.add(found, rule.span, text=str(rule))
    return reader.wishes, used


class _Unfit(Exception):
    """The wish cannot be met; the message says why."""


@dataclass(slots=True)
class _Reader:
    """Reads one rule after the other; each must agree with those before it."""

    graph: JobGraph
    units: Mapping[str, str]
    schedules: Mapping[str, Schedule]
    alone: set[str] = field(default_factory=set)
    between: list[tuple[str, str]] = field(default_factory=list)
    together: list[tuple[str, str]] = field(default_factory=list)

    @property
    def wishes(self) -> Wishes:
        """What was read."""
        pairs = tuple(self.between), tuple(self.together)
        return Wishes(frozenset(self.alone), *pairs, self.schedules)

    def read(self, rule: PlacementRule) -> None:
        """Read a rule. Raises _Unfit."""
        named = list(self._named(rule))
        if rule.action is Placement.TOGETHER:
            self.together += self._together(named)
        elif rule.action is Placement.BETWEEN:
            self.between.append(self._between(named))
        else:
            self.alone.update(self._alone(named))

    def _alone(self, named: Sequence[Sequence[str]]) -> Iterator[str]:
        """The units that are taken apart."""
        for name in (name for names in named for name in names):
            if self.units[name] != name:
                raise _Unfit(f"{name} is in the box {self.units[name]}, which starts as one")
            if any(name in pair for pair in self.together):
                raise _Unfit(f"a [[workflow]] puts {name} together with others")
            yield name

    def _between(self, named: Sequence[Sequence[str]]) -> tuple[str, str]:
        """The two units that are kept apart."""
        if [len(names) for names in named] != [1, 1]:
            raise _Unfit("between takes the names of two jobs")
        one, other = (self.units[names[0]] for names in named)
        if one == other:
            raise _Unfit(f"both are in {one}, which starts as one")
        if other in self._with(one):
            raise _Unfit(f"a [[workflow]] puts {one} and {other} together")
        return one, other

    def _together(self, named: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
        """Pairs of units that belong into one workflow; those with start times come first."""
        found = dict.fromkeys(self.units[name] for names in named for name in names)
        first, *others = sorted(found, key=lambda name: name not in self.schedules)
        for name in found:
            if name in self.alone:
                raise _Unfit(f"a [[cut]] takes {name} apart")
        for one, other in self.between:
            if {one, other} <= found.keys():
                raise _Unfit(f"a [[cut]] keeps {one} and {other} apart")
        for other in others:
            if other in self.schedules and self._differ(first, other):
                times = f"{first} at {self.schedules[first]}, {other} at {self.schedules[other]}"
                raise _Unfit(f"a workflow has one clock, and the source starts {times}")
        return [(first, other) for other in others]

    def _with(self, unit: str) -> set[str]:
        """The units that a [[workflow]] puts together with this one."""
        return {name for pair in self.together if unit in pair for name in pair}

    def _differ(self, one: str, other: str) -> bool:
        return self.schedules[one].when() != self.schedules[other].when()

    def _named(self, rule: PlacementRule) -> Iterator[list[str]]:
        """For each name of the rule, the jobs that match it."""
        for pattern in rule.names:
            found = [name for name in self.units if fnmatchcase(name, pattern)]
            if not found:
                raise _Unfit(f"no job is called {pattern}")
            yield found
