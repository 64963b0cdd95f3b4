"""Boxes that the source ends before all their members have ended.

The emitted box ends when all its members have; then its rules are looked at. Where the source ends
it earlier, the members that have not started do not start there.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cached_property

from transpile.analysis.endstates import Known, States
from transpile.analysis.moments import Jobs, Moment, is_iced, merged
from transpile.model import GlobalValue, Job, Status, StatusTest, atoms
from transpile.sources.printable import listed


class Fate(Enum):
    """The state of a job at the end of its box; ENDLESS: it may run for ever."""

    OVER = auto()
    UNSTARTED = auto()
    RUNNING = auto()
    ENDLESS = auto()


@dataclass(slots=True)
class EarlyEnd:
    """The differences if a box ends early.

    `unstarted` are members that may not have started by then, `running` those that may still run;
    `endless` are those of them that may run for ever. `reasons` say what else differs.
    """

    unstarted: dict[str, None] = field(default_factory=dict)
    running: dict[str, None] = field(default_factory=dict)
    endless: dict[str, None] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)

    def add(self, name: str, fate: Fate) -> None:
        """Note the state of a job at the end of the box."""
        if fate is Fate.OVER:
            return
        (self.unstarted if fate is Fate.UNSTARTED else self.running)[name] = None
        if fate is Fate.ENDLESS:
            self.endless[name] = None

    def explained(self) -> str:
        """The differences in the result; empty if only the time differs."""
        found = []
        if self.unstarted:
            found.append(f"it may end before these start, which start here: {_of(self.unstarted)}")
        if self.endless:
            found.append(f"here it waits for these, which may never end: {_of(self.endless)}")
        return "; ".join([*found, *self.reasons])


def _of(names: dict[str, None]) -> str:
    return listed(list(names))


class Endings:
    """The early ends of boxes."""

    def __init__(self, jobs: Jobs, order: Sequence[str], never_ends: Collection[str]) -> None:
        self._graph = jobs.graph
        self._jobs = jobs
        self._never_ends = never_ends
        self._place = {name: place for place, name in enumerate(order)}
        self._members: dict[str, list[str]] = {}
        self._looked_at = {d.upstream for d in jobs.graph.dependencies if d.edge}
        self._running_in: dict[str, set[str]] = {}
        self._needing: dict[str, dict[str, list[str]]] = {}
        self._fates: dict[Hashable, dict[str, Fate]] = defaultdict(dict)

    def by_rule(self, box: Job) -> EarlyEnd:
        """The differences if a rule ends the box as soon as it holds."""
        found = EarlyEnd()
        rule = box.box_rule
        assert rule is not None
        successes = self._jobs.ways(rule.success, box) if rule.success else []
        failures = self._jobs.ways(rule.failure, box) if rule.failure else []
        for way in (*successes, *failures):
            moment = Moment(self._jobs, way, begun=[box.name])
            if moment.possible:
                self._look_at_members(box, way, moment, found)
                self._look_outside(box, way, found)
                self._look_at_terminators(box, way, moment, found)
        for success in successes:
            if any(self._is_beaten(box, success, failure) for failure in failures):
                found.reasons["the rule that holds first decides, here box_failure does"] = None
        self._look_at_running(box, found)
        return found

    def _look_at_running(self, box: Job, found: EarlyEnd) -> None:
        """n() of a job outside counts as true here, although the job may still run there."""
        assert box.box_rule is not None
        before = self._over(box, {})
        around = self._graph.ancestors(box.name)
        for atom in (*atoms(box.box_rule.success), *atoms(box.box_rule.failure)):
            asks = isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING
            if isinstance(atom, GlobalValue) or not asks or atom.instance or atom.job in around:
                continue
            job = self._graph.jobs.get(atom.job)
            if job is None or job.name in self._graph.left_out or is_iced(job):
                continue
            behind = box.name in Moment(self._jobs, {}, begun=[job.name]).over
            if not (behind or job.name in before or self._inside(job.name, box)):
                found.reasons[f"n() of {job.name} is true here, while it may still run there"] = (
                    None
                )

    def by_terminator(self, box: Job, terminator: Job) -> EarlyEnd:
        """The differences if the failure of this member ends the box."""
        found, name = EarlyEnd(), terminator.name
        way = {name: self._jobs.states.of(name, "ft")}
        if not way[name] or name in self._jobs.halts.held_up:
            return found
        moment = Moment(self._jobs, way, begun=[box.name])
        if not moment.possible:
            return found
        before = self._just_before(box, way)
        behind = self._behind(box, name)
        known = self._known_fates(box, name, before, moment)
        for member in self._inside_of(box):
            if member in behind or member in moment.over:
                continue
            for asking, fates in known:
                if member not in asking and member in fates:
                    fate = fates[member]
                    break
            else:
                fate = self._fate(member, box, before, moment)
                for asking, fates in known:
                    if member not in asking:
                        fates[member] = fate
            found.add(member, fate)
        return found

    def _known_fates(
        self, box: Job, terminator: str, before: Moment, moment: Moment
    ) -> list[tuple[set[str], dict[str, Fate]]]:
        """The fates found for other terminators, each with the jobs that may have another one here.

        A box with many terminators asks about each member for each of them. The fate of a member
        is the same where all is the same that it asks about.
        """
        start = Moment(self._jobs, {}, begun=[box.name])
        same = (moment.without(terminator), before.without(terminator))
        news = moment.beyond(start) | before.beyond(start)
        return [
            (self._asking([terminator], box), self._fates[same]),
            (self._asking(news, box), self._fates[box.name]),
        ]

    def fails_around(self, job: Job) -> bool:
        """True if a box around the job can fail while the job runs."""
        return any(job.name in self._running(box) for box in self._graph.ancestors(job.name))

    def _running(self, box: str) -> set[str]:
        """The jobs that may run when the box fails."""
        if box not in self._running_in:
            failures = self._failures(self._graph.jobs[box])
            self._running_in[box] = {name for found in failures for name in found.running}
        return self._running_in[box]

    def _failures(self, box: Job) -> Iterator[EarlyEnd]:
        if is_iced(box):
            return
        if box.box_rule and box.box_rule.failure and not box.box_rule.at_end:
            yield self.by_rule(replace(box, box_rule=replace(box.box_rule, success=None)))
        for name in self._terminators(box):
            yield self.by_terminator(box, self._graph.jobs[name])

    @cached_property
    def _readers(self) -> dict[str, list[str]]:
        """For each job, the jobs and boxes that its end affects directly."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, job in self._graph.jobs.items():
            for atom in atoms(job.condition):
                if not isinstance(atom, GlobalValue):
                    found[atom.job].append(name)
            if job.box is not None:
                found[job.box].append(name)
                found[name].append(job.box)
        for dependency in self._graph.dependencies:
            found[dependency.upstream].append(dependency.downstream)
        return found

    def is_observed(self, name: str) -> bool:
        """True if a job waits for the box or for a box around it."""
        boxes = self._graph.ancestors(name)
        return name in self._looked_at or not self._looked_at.isdisjoint(boxes)

    def _look_at_members(self, box: Job, way: Known, moment: Moment, found: EarlyEnd) -> None:
        before = self._just_before(box, way)
        for name in self._inside_of(box):
            found.add(name, self._fate(name, box, before, moment))

    def _fate(self, name: str, box: Job, before: Moment, moment: Moment) -> Fate:
        """The state of a job at the end of the box."""
        if name in moment.over or moment.is_unmet(name):
            return Fate.OVER
        if not before.is_decided(name, box.name):
            return Fate.UNSTARTED
        if moment.settled(name):
            return Fate.OVER
        return Fate.ENDLESS if moment.may_hang(name) else Fate.RUNNING

    def _just_before(self, box: Job, way: Known) -> Moment:
        """The moment before the last job of the way ends."""
        last = [
            n for n in way if n not in self._over(box, {k: v for k, v in way.items() if k != n})
        ]
        rest = {name: states for name, states in way.items() if name not in last}
        return Moment(
            self._jobs, rest, begun=[box.name, *(n for n in last if self._inside(n, box))]
        )

    def _over(self, box: Job, facts: Known) -> dict[str, States]:
        return Moment(self._jobs, facts, begun=[box.name]).over

    def _inside(self, name: str, box: Job) -> bool:
        return box.name in self._graph.ancestors(name)

    def _inside_of(self, box: Job) -> list[str]:
        """The live jobs in the box, in dependency order."""
        if box.name not in self._members:
            inside = self._jobs.inside(box.name)
            self._members[box.name] = sorted(inside, key=self._place.__getitem__)
        return self._members[box.name]

    def _behind(self, box: Job, terminator: str) -> set[str]:
        """The jobs in the box that cannot start before this one has ended."""
        if box.name not in self._needing:
            needing = self._needing[box.name] = defaultdict(list)
            for name in self._inside_of(box):
                job = self._graph.jobs[name]
                for other in {job.box, *(self._jobs.needed(job) or ())} - {box.name, None}:
                    needing[other].append(name)
        return _closure([terminator], self._needing[box.name])

    def _asking(self, names: Iterable[str], box: Job) -> set[str]:
        """The jobs in a running box that these jobs may affect."""
        begun = (box.name, *self._graph.ancestors(box.name))
        return _closure(names, self._readers, apart_from=begun)

    def _look_outside(self, box: Job, way: Known, found: EarlyEnd) -> None:
        """A rule is looked at when a member ends; the end of a job outside is not such a time."""
        inside = {name: states for name, states in way.items() if self._inside(name, box)}
        outside = [name for name in way if name not in inside]
        if not inside and not self._has_certain_end(box):
            found.reasons["it is looked at when a member ends, and perhaps none does"] = None
        if outside:
            before = self._over(box, inside)
            late = [name for name in outside if name not in before]
            if late:
                reason = f"here it waits for {listed(late)}, there only for its members"
                found.reasons[reason] = None

    def _has_certain_end(self, box: Job) -> bool:
        """True if some member starts with the box and surely ends."""
        for name in self._jobs.live_members(box.name):
            job = self._graph.jobs[name]
            plain = job.condition is None and job.schedule is None
            halts = name in self._jobs.halts.held_up or name in self._jobs.halts.waiting
            ends = not halts and name not in self._never_ends
            if plain and ends and not self._graph.has_members(name):
                return True
        return False

    def _look_at_terminators(self, box: Job, way: Known, moment: Moment, found: EarlyEnd) -> None:
        for name in self._terminators(box):
            if name not in moment.over and not moment.never(name):
                reason = f"it may end before {name} fails, which terminates it here"
                found.reasons[reason] = None

    def _terminators(self, box: Job) -> Iterator[str]:
        for name in self._jobs.live_members(box.name):
            starts = name not in self._jobs.halts.held_up
            if (
                self._graph.jobs[name].terminates_box
                and starts
                and self._jobs.states.of(name, "ft")
            ):
                yield name

    def _is_beaten(self, box: Job, success: Known, failure: Known) -> bool:
        """True if both ways may come true in one run, success first."""
        both = merged(success, failure)
        if both is None or not Moment(self._jobs, both, begun=[box.name]).possible:
            return False
        over = self._over(box, success)
        return any(name not in over for name in failure)


def _closure(
    names: Iterable[str], behind: Mapping[str, Iterable[str]], apart_from: Iterable[str] = ()
) -> set[str]:
    """The names and everything behind them, at any distance."""
    found, pending = set(names), list(names)
    passed = found.union(apart_from)
    while pending:
        for name in behind.get(pending.pop(), ()):
            if name not in passed:
                passed.add(name)
                found.add(name)
                pending.append(name)
    return found
