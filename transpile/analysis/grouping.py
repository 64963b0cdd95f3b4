"""Forms workflows of units: of the jobs and boxes that the source starts by themselves.

A unit with start times heads a workflow. Units with the same start times share one if one waits for
the other. A unit without start times joins the workflow that its condition leads into; if there are
several, it is a workflow of its own, which they start. Units that nothing starts are started by
hand; those that are connected share a workflow.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from transpile.analysis.wishes import Wishes
from transpile.model import InitialStatus, Job, JobGraph, Schedule, Sides
from transpile.model.graph import topological
from transpile.model.waves import ONE_SIDE
from transpile.sources.printable import listed

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""The top-level jobs of each workflow."""

MOST = 500
"""Maximum number of jobs that units bring together in one workflow.

The object of an execution holds some 600 jobs; a single unit may be larger."""


class Grouping(NamedTuple):
    """The top-level jobs of each workflow, in the order of their first job.

    The units `started` head workflows that other workflows start. `reasons` says why each unit
    stands where it does.
    """

    groups: Groups
    started: frozenset[str]
    reasons: Mapping[str, str]


def group_jobs(
    graph: JobGraph,
    order: Sequence[str],
    stand_ins: Iterable[str] = (),
    wishes: Wishes | None = None,
    sides: Sides = ONE_SIDE,
    *,
    as_one: bool,
    may_start: bool = True,
) -> Grouping:
    """After this pass each top-level job belongs to one workflow; `as_one`: to the only one.

    Jobs stand in the given order. `stand_ins` belong to the jobs that name them. `wishes` are those
    of the team. If workflows may not start others, each takes any number of jobs. Units that stay
    on the legacy side join no other one.
    """
    tops = tuple(name for name in order if graph.jobs[name].box is None)
    if as_one:
        return Grouping((tops,) if tops else (), frozenset(), {})
    units = Units.of(graph, order, tops, frozenset(stand_ins))
    return _Grouper(units, wishes or Wishes(), may_start, sides).group(tops)


def heads(jobs: Mapping[str, Job], order: Sequence[str], groups: Groups) -> dict[str, str]:
    """For each job in a group, the first job of the group."""
    found = {name: group[0] for group in groups for name in group}
    for name in order:
        box = jobs[name].box
        if box is not None:
            found[name] = found[box]
    return found


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a network in the order of their own conditions.

    `of_job` has the unit of each job, `sizes` the number of jobs in each unit. `own` has the units
    that the condition of a unit names, `named` also those that conditions inside it name. `iced`
    are the units on ice, `still` those whose jobs on ice the condition of a unit names: such jobs
    never end and so start nothing.
    """

    order: tuple[str, ...]
    of_job: Mapping[str, str]
    sizes: Mapping[str, int]
    own: Mapping[str, tuple[str, ...]]
    named: Mapping[str, tuple[str, ...]]
    still: Mapping[str, tuple[str, ...]]
    iced: frozenset[str]
    schedules: Mapping[str, Schedule]

    @classmethod
    def of(
        cls, graph: JobGraph, order: Sequence[str], tops: Sequence[str], stand_ins: frozenset[str]
    ) -> "Units":
        """The units of a graph."""
        of_job = heads(graph.jobs, order, tuple((name,) for name in tops))
        for found in graph.dependencies:
            if found.upstream in stand_ins and found.upstream in of_job:
                of_job[found.upstream] = of_job.get(found.downstream, found.upstream)
        own: dict[str, dict[str, None]] = {name: {} for name in tops}
        still: dict[str, dict[str, None]] = {name: {} for name in tops}
        named: dict[str, dict[str, None]] = {name: {} for name in tops}
        iced = {name for name, job in graph.jobs.items() if job.status is InitialStatus.ON_ICE}
        for found in graph.dependencies:
            up, down = of_job.get(found.upstream), of_job.get(found.downstream)
            if not found.joins or up is None or down is None or up == down:
                continue
            named[down][up] = None
            if found.downstream == down and not found.at_end:
                (still if found.upstream in iced else own)[down][up] = None
        place = {name: number for number, name in enumerate(tops)}
        behind: list[list[int]] = [[] for _ in tops]
        for down, ups in own.items():
            for up in (*ups, *still[down]):
                behind[place[up]].append(place[down])
        return cls(
            order=tuple(tops[n] for n in topological(behind) if of_job[tops[n]] == tops[n]),
            of_job=of_job,
            sizes=Counter(of_job.values()),
            own={name: tuple(ups) for name, ups in own.items()},
            named={name: tuple(ups) for name, ups in named.items()},
            still={name: tuple(ups) for name, ups in still.items()},
            iced=frozenset(iced.intersection(tops)),
            schedules={
                n: s for n in tops if n not in iced and (s := graph.jobs[n].schedule) is not None
            },
        )


@dataclass(slots=True)
class _Grouper:
    """Forms workflows; a workflow is known by the unit at its head.

    `may_start`: workflows may start others. `head` has the head of each placed unit, `merged` the
    head that another one was merged into.
    """

    units: Units
    wishes: Wishes
    may_start: bool
    sides: Sides = ONE_SIDE
    merged: dict[str, str] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)
    started: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)

    def group(self, tops: Sequence[str]) -> Grouping:
        """The workflows, once no two of them can be merged."""
        self._place()
        while self._merge():
            self._place()
        groups: dict[str, list[str]] = {}
        for name in tops:
            groups.setdefault(self._head_of(self.units.of_job[name]), []).append(name)
        found = tuple(map(tuple, groups.values()))
        return Grouping(found, frozenset(self.started), self.reasons)

    # ---------------------------------------------------------------- units without start times

    def _place(self) -> None:
        """Place each unit, after those that its own condition names."""
        self.head.clear()
        self.sizes.clear()
        self.started.clear()
        for unit in self.units.order:
            schedule = self.units.schedules.get(unit)
            if schedule is None:
                self._place_without_times(unit)
            else:
                self._enter(unit, self._find(unit), f"it has start times: {schedule}")

    def _place_without_times(self, unit: str) -> None:
        above = list(dict.fromkeys(map(self._head_of, self.units.own[unit])))
        still = dict.fromkeys(map(self._head_of, self.units.still[unit]))
        above = above or [head for head in still if self._is_by_hand(head)]
        partner = self.wishes.partner(unit, self.head)
        if unit in self.sides.started:
            self.started.add(unit)
            self._enter(unit, unit, "the legacy side starts it: its condition names jobs there")
        elif partner is not None:
            self._enter(unit, self._head_of(partner), f"[[workflow]] puts it with {partner}")
        elif not above:
            reason = "nothing starts it: it has no start times and no condition on another unit"
            if unit in self.units.iced:
                reason = "nothing starts it: it is on ice"
            elif still:
                reason = "nothing starts it: all jobs that its condition names are on ice"
            self._enter(unit, self._find(unit), reason)
        elif unit in self.wishes.alone:
            self._start(unit, above, "[[cut]] takes it apart")
        elif len(above) == 1 or all(map(self._is_by_hand, above)):
            self._join(unit, above)
        else:
            self._start(unit, above, "its condition leads into several workflows")

    def _join(self, unit: str, above: Sequence[str]) -> None:
        """Let the unit join the workflows above it as one, if all of them fit."""
        first, *others = above
        for other in others:
            if self._fits(other, first):
                self._union(other, first)
        above = list(dict.fromkeys(map(self._find, above)))
        if len(above) == 1 and self._may_join(unit, self._find(first)):
            reason = f"its condition leads into the workflow of {first} only"
            self._enter(unit, self._find(first), reason)
        else:
            self._start(unit, above, f"the workflow of {first} cannot take it")

    def _start(self, unit: str, above: Sequence[str], reason: str) -> None:
        """Make the unit the head of a workflow that others start."""
        self.started.add(unit)
        how = "it is started by" if self.may_start else "nothing starts it, it comes behind"
        self._enter(unit, unit, f"{reason}: {how} {listed(above, 3)}")

    def _enter(self, unit: str, head: str, reason: str) -> None:
        self.head[unit] = head
        self.sizes[head] += self.units.sizes[unit]
        if unit not in self.merged:
            self.reasons[unit] = reason

    # ---------------------------------------------------------------- workflows with one start

    def _merge(self) -> bool:
        """Merge workflows that start in the same way, if one waits for the other."""
        found = False
        for unit in self.units.order:
            for up in self.units.named[unit]:
                down_head, up_head = self._head_of(unit), self._head_of(up)
                if down_head == up_head:
                    continue
                if self._start_alike(down_head, up_head) and self._fits(down_head, up_head):
                    self._union(down_head, up_head)
                    way = self.units.schedules.get(up_head)
                    how = "has the start times" if way else "is started by hand like that"
                    self.reasons[down_head] = f"it {how} of {up_head}, and one waits for the other"
                    found = True
        for one, other in self.wishes.together:
            heads_of_both = self._head_of(one), self._head_of(other)
            if len(set(heads_of_both)) == 2:
                self._union(*heads_of_both)
                self.reasons[one] = f"[[workflow]] puts it with {other}"
                found = True
        return found

    def _start_alike(self, down: str, up: str) -> bool:
        if self._is_by_hand(down) or self._is_by_hand(up):
            return self._is_by_hand(down) and self._is_by_hand(up)
        one, other = self.units.schedules.get(down), self.units.schedules.get(up)
        if one is None or other is None:
            return False
        return one.when() == other.when() or (one.placed and _days(one) == _days(other))

    def _is_by_hand(self, head: str) -> bool:
        return head not in self.units.schedules and head not in self.started

    def _may_join(self, unit: str, head: str) -> bool:
        return self._has_room(head, self.units.sizes[unit]) and self._may_meet(unit, head)

    def _fits(self, one: str, other: str) -> bool:
        apart = self.wishes.alone.isdisjoint((one, other)) and self._may_meet(one, other)
        return apart and self._has_room(one, self.sizes[other])

    def _has_room(self, head: str, jobs: int) -> bool:
        return not self.may_start or self.sizes[head] + jobs <= MOST

    def _may_meet(self, one: str, other: str) -> bool:
        """False if a [[cut]] stands between two workflows, or one is on the legacy side."""
        if not self.sides.stays.isdisjoint((one, other)):
            return False
        pairs = ({self._head_of(a), self._head_of(b)} for a, b in self.wishes.between)
        return {one, other} not in pairs

    def _union(self, one: str, into: str) -> None:
        self.merged[one] = into
        self.sizes[into] += self.sizes.pop(one, 0)

    def _find(self, head: str) -> str:
        while head in self.merged:
            head = self.merged[head]
        return head

    def _head_of(self, unit: str) -> str:
        return self._find(self.head.get(unit, unit))


def _days(schedule: Schedule) -> list[object]:
    """What counts of a place in a plan, which holds nothing back: the days."""
    return [(each.days, each.timezone, each.skips) for each in schedule.each()]
