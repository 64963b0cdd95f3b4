"""Reads what the team wants of the placement: [[workflow]] jobs and [[cut]] of transpile.toml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain, pairwise

from transpile.findings.codes.mapping import InvalidPlacement
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, JobGraph, Placement, PlacementRule, Schedule


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
) -> Wishes:
    """The wishes that can be met; those that contradict the source or others are reported.

    `units` has the unit of each job. Names that match none of them are reported for the estate.
    """
    jobs = {name: graph.jobs[name] for name in units.values()}
    schedules = {name: job.schedule for name, job in jobs.items() if job.schedule is not None}
    reader = _Reader(units, schedules)
    for rule in rules:
        try:
            reader.read(rule)
        except _Unfit as error:
            _report(rule, str(error), diagnostics)
    return reader.wishes


def report_unmatched(
    rules: Iterable[PlacementRule], estate: Sequence[Facts], diagnostics: Diagnostics
) -> None:
    """Report the rules that name no job, or jobs whose workflows nothing can change."""
    for rule in rules:
        if reason := _unmatched(rule, estate):
            _report(rule, reason, diagnostics)


def _unmatched(rule: PlacementRule, estate: Sequence[Facts]) -> str:
    """Why no network has the jobs that the rule needs; empty if one has."""
    found = [
        [number for number, facts in enumerate(estate) if _matched(name, facts.jobs)]
        for name in rule.names
    ]
    for name, networks in zip(rule.names, found, strict=True):
        if not networks:
            return f"no job is called {name}"
        titles = [estate[number].title for number in networks]
        if None not in titles:
            return f"{titles[0]} is one workflow in any case"
    if rule.action is not Placement.ALONE and not set.intersection(*map(set, found)):
        return "the jobs are of different formats, and no condition joins them"
    return ""


def _report(rule: PlacementRule, reason: str, diagnostics: Diagnostics) -> None:
    found = InvalidPlacement(text=str(rule), reason=reason)
    diagnostics.add(found, rule.span, text=str(rule))


def _matched(pattern: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if fnmatchcase(name, pattern)]


class _Unfit(Exception):
    """The wish cannot be met; the message says why."""


@dataclass(slots=True)
class _Reader:
    """Reads one rule after the other; each must agree with those before it.

    Rules that put jobs together come first.
    """

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
        named = [_matched(pattern, self.units) for pattern in rule.names]
        if not all(named):
            return
        if rule.action is Placement.TOGETHER:
            self.together += self._together(dict.fromkeys(chain.from_iterable(named)))
        elif rule.action is Placement.BETWEEN:
            self.between.append(self._between(named))
        else:
            self.alone.update(self._alone(chain.from_iterable(named)))

    def _alone(self, names: Iterable[str]) -> Iterator[str]:
        """The units that are taken apart."""
        for name in names:
            if self.units[name] != name:
                raise _Unfit(f"{name} is in the box {self.units[name]}, which starts as one")
            if len(self._with([name])) > 1:
                raise _Unfit(f"a [[workflow]] puts {name} together with others")
            yield name

    def _between(self, named: Sequence[Sequence[str]]) -> tuple[str, str]:
        """The two units that are kept apart."""
        if [len(names) for names in named] != [1, 1]:
            raise _Unfit("between takes the names of two jobs")
        one, other = (self.units[names[0]] for names in named)
        if one == other:
            raise _Unfit(f"both are in {one}, which starts as one")
        if other in self._with([one]):
            raise _Unfit(f"a [[workflow]] puts {one} and {other} together")
        return one, other

    def _together(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of units that belong into one workflow; those with start times come first."""
        found = dict.fromkeys(self.units[name] for name in names)
        if len(found) == 1:
            raise _Unfit(f"all are in {next(iter(found))}, which starts as one")
        self._check_clocks(self._with(found))
        first, *others = sorted(found, key=lambda name: name not in self.schedules)
        return [(first, other) for other in others]

    def _check_clocks(self, units: Iterable[str]) -> None:
        timed = [name for name in self.schedules if name in units]
        for first, other in pairwise(timed):
            if self.schedules[first].when() != self.schedules[other].when():
                times = f"{first} at {self.schedules[first]}, {other} at {self.schedules[other]}"
                raise _Unfit(f"a workflow has one clock, and the source starts {times}")

    def _with(self, units: Iterable[str]) -> set[str]:
        """These units, and all that a [[workflow]] puts together with one of them."""
        found: set[str] = set()
        pending = set(units)
        while pending:
            found |= pending
            near = (pair for pair in self.together if not pending.isdisjoint(pair))
            pending = set(chain.from_iterable(near)) - found
        return found
