"""Builds nodes: what each one does, its condition, and the values that it takes and gives."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.findings.codes.conditions import OtherInstance, UndefinedJob
from transpile.lowering.alerts import alerts_of
from transpile.lowering.failures import Failures, Link
from transpile.lowering.placement import Layout, Placement
from transpile.lowering.settling import settle_rule
from transpile.lowering.structure import BoxResult, Deed, Does, Handed, Key, Node, Role
from transpile.lowering.values import references
from transpile.model import (
    FALSE,
    Blocked,
    Condition,
    Facts,
    GlobalValue,
    InitialStatus,
    OutputValue,
    SettledJob,
    Status,
    StatusTest,
    atoms,
)


@dataclass(slots=True)
class NodeBuilder:
    """Builds the nodes of one group of jobs."""

    facts: Facts
    failures: Failures
    placement: Placement
    _taken: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    _givers: frozenset[str] = field(init=False)
    _beside: dict[Role, Mapping[str, Does]] = field(init=False)

    def __post_init__(self) -> None:
        heard = self.facts.heard
        self._beside = {
            Role.WAIT: self.facts.cuts,
            Role.TELL: self.facts.told,
            Role.LEGACY_START: heard,
            Role.LEGACY_END: heard,
        }
        links = self.failures.links
        self._taken = {key: taken for key in links if (taken := self._takes(key))}
        self._givers = frozenset(name for taken in self._taken.values() for name in taken)

    def nodes(self, home: str | None, layout: Layout) -> Iterator[Node]:
        """The nodes of the workflow of `home`, in the order of the layout."""
        order = {key: number for number, key in enumerate(layout.nodes)}
        after: dict[Key, list[Key]] = {}
        for first, second in layout.edges:
            after.setdefault(second, []).append(first)
        for key in layout.nodes:
            vertices = layout.values.get(key, ())
            handed = tuple(Handed(v, self.placement.provider(v, home)) for v in vertices)
            yield self._node(key, tuple(sorted(after.get(key, ()), key=order.__getitem__)), handed)

    def _node(self, key: Key, after: tuple[Key, ...], statuses: tuple[Handed, ...]) -> Node:
        job = self.facts.jobs.get(key.name) if key.role is not Role.MISSING else None
        does, condition = self._does(key, job, [handed.vertex for handed in statuses])
        watched = key in self.failures.watched
        return Node(
            key=key,
            does=does,
            job=job,
            after=after,
            statuses=statuses,
            condition=condition,
            reports=watched or condition is not None or _reports(key, does, job),
            gives=key.role is Role.JOB and key.name in self._givers,
            takes=self._taken.get(key, ()),
            globals=globals_in(key.role, condition, job),
            alerts=alerts_of(key, does, job),
        )

    def _does(
        self, key: Key, job: SettledJob | None, handed: Iterable[Key]
    ) -> tuple[Does, Condition | None]:
        """What the node does, and the condition that it checks first."""
        if key.role is Role.RESULT:
            return (Deed.JUDGE if self.failures.conditions.judged else Deed.REQUIRE), None
        if key.role is Role.CHECK:
            return Deed.REQUIRE, None
        if job is None:
            return missing(self.facts, key), None
        if key.role in self._beside:
            in_front = key.role in (Role.WAIT, Role.LEGACY_START)
            start = self.failures.conditions.start(key.name)
            gate = self.failures.gates.get(start) if in_front else None
            return self._beside[key.role][key.name], gate
        if key.role is Role.NOT_BEFORE:
            assert job.schedule is not None
            return job.schedule, None
        if key.role is Role.END:
            return self._end(key, job)
        condition = self.failures.gates.get(key)
        if condition == FALSE:
            return Deed.SKIP, None
        if key.role is Role.START:
            return job.held_up or Deed.START, condition
        return self._of_job(job), condition

    def _of_job(self, job: SettledJob) -> Does:
        return Deed.ENTER if self.placement.is_workflow(job.name) else deed_of(job)

    def _end(self, key: Key, box: SettledJob) -> tuple[Does, Condition | None]:
        """What the end of a box does; its condition asks whether the box has started."""
        asks = Key(Role.START, box.name) in self.failures.links[key]
        condition = Status(box.name, StatusTest.STARTED) if asks else None
        if box.held_up:
            # The start of the box fails.
            return Deed.SKIP, condition
        if box.never_ends:
            return box.never_ends, condition
        watched = key in self.failures.watched
        return (self._box_result(key, box) if watched else Deed.SUCCEED), condition

    def _box_result(self, key: Key, box: SettledJob) -> BoxResult:
        links, conditions = self.failures.links[key], self.failures.conditions
        members: dict[str, Key | None] = {}
        for name in conditions.live_members(key.name):
            vertex = conditions.end(name)
            link = links.get(vertex)
            if link in (Link.VALUE, None):
                members[name] = vertex if link else None
        terminators = tuple(
            n for n, v in members.items() if v and self.facts.jobs[n].terminates_box
        )
        rule = box.box_rule
        if rule is None:
            return BoxResult(members, terminators)
        success, failure = (self._known(key, box, c) for c in (rule.success, rule.failure))
        return BoxResult(members, terminators, success, failure, rule.complete)

    def _known(self, key: Key, box: SettledJob, rule: Condition | None) -> Condition | None:
        if rule is None:
            return None
        return self.failures.known(key, settle_rule(self.facts, box, rule))

    def _takes(self, key: Key) -> tuple[str, ...]:
        """The jobs whose values the node is handed."""
        looked_at = atoms(self.failures.gates.get(key))
        names = dict.fromkeys(atom.job for atom in looked_at if isinstance(atom, OutputValue))
        if key.role is Role.JOB:
            job = self.facts.jobs[key.name]
            names |= dict.fromkeys(takes_values_of(job, self.facts.jobs))
        links = self.failures.links[key]
        return tuple(name for name in names if Key(Role.JOB, name) in links)


def missing(facts: Facts, key: Key) -> Blocked:
    """Why nothing stands for a job outside of the estate."""
    outside = facts.said.outside.get(key.name)
    if outside is not None:
        return outside
    if key.code == OtherInstance.code:
        return Blocked(OtherInstance, f"{key.name} runs in another instance")
    return Blocked(UndefinedJob, f"{key.name} is not defined")


def deed_of(job: SettledJob) -> Does:
    """What becomes of a job, or of a box without members, when it is reached."""
    if job.call:
        return Deed.CALL
    # A box without members is one node, for its start and its end.
    if blocked := job.held_up or job.never_ends:
        return blocked
    if job.status is InitialStatus.ON_ICE:
        return Deed.SKIP
    does_nothing = job.status is not InitialStatus.ACTIVE or job.action is None
    return Deed.SUCCEED if does_nothing else Deed.RUN


def takes_values_of(job: SettledJob, jobs: Collection[str]) -> tuple[str, ...]:
    """The jobs whose values the action of a job refers to."""
    refs = references(job)
    return tuple(dict.fromkeys(name for ref in refs for name in ref.jobs if name in jobs))


def globals_in(role: Role, condition: Condition | None, job: SettledJob | None) -> tuple[str, ...]:
    """The globals that a node uses, in the order of its condition, box rule and action."""
    rule = job.box_rule if job and role is Role.END else None
    rules = (rule.success, rule.failure) if rule else ()
    asked = (atom for each in (condition, *rules) for atom in atoms(each))
    names = (atom.name for atom in asked if isinstance(atom, GlobalValue))
    refs = references(job) if job and role is Role.JOB else ()
    return tuple(dict.fromkeys((*names, *(ref.name for ref in refs))))


def _reports(key: Key, does: Does, job: SettledJob | None) -> bool:
    """True for an unwatched node that still returns a status."""
    if does is Deed.ENTER:
        return False
    if key.role is Role.JOB and job is not None and job.status is InitialStatus.ON_ICE:
        return True
    # The end of a box that is held up is never reached because its start fails.
    skips = does is Deed.SKIP and key.role is not Role.END
    return skips or key.role not in (Role.JOB, Role.START, Role.END, Role.MISSING)
