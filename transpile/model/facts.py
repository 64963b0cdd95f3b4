"""The results of analysis."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from transpile.model.cuts import Cut
from transpile.model.job import Blocked, Command, Job, plain
from transpile.model.job_graph import Dependency, JobGraph
from transpile.model.mapping import EntityCall
from transpile.model.network import Network
from transpile.model.rules import ExternalRule, MapRule, WorkflowRule
from transpile.model.waves import ONE_SIDE, Heard, Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledJob(Job):
    """A job as it runs, and what was found out about it.

    `held_up` says why it never starts: it cannot be translated, or an operator has to release it.
    `never_ends` says why a box never completes. `call` is the entity that stands for the job.
    """

    held_up: Blocked | None
    never_ends: Blocked | None
    call: EntityCall | None

    @classmethod
    def of(
        cls,
        job: Job,
        held_up: Blocked | None,
        never_ends: Blocked | None,
        call: EntityCall | None,
    ) -> "SettledJob":
        """The settled form of a job."""
        return cls(*_FIELDS(job), held_up=held_up, never_ends=never_ends, call=call)


_FIELDS = attrgetter(*(field.name for field in fields(Job)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What analysis found out about a network, or about one group of its jobs.

    `said` is what the source says. `jobs` are its jobs as they run: in their boxes, bound to jobs
    outside of the estate, mapped by the team's rules. `unmapped` has the jobs that an entity stands
    for, as they are without it. `graph` has what jobs wait for inside their workflow. `order` lists
    the jobs that are not left out in dependency order, otherwise in source order. `groups` has the
    top-level jobs of each workflow, `reasons` why each of them stands there. `cuts` has what jobs
    need of other workflows, `far` the dependencies on them, `told` the cuts that look at each job,
    `polled` those that ask about it again and again.
    Nothing starts the units `unstarted`, because the platform lets no workflow start another one.
    `stuck` are the jobs that end in no run. `flattened` are boxes that become no sub-workflow.
    `overlapping` are pairs of jobs that the source keeps apart and the emitted workflow does not.
    `map_rules` are those that some job follows, `workflow_rules` those about one of the workflows,
    `externals` has the rule of each job that stands for an outside job. `sides` tells which jobs
    stay on the legacy side.
    """

    said: Network
    jobs: Mapping[str, SettledJob]
    unmapped: Mapping[str, SettledJob]
    graph: JobGraph
    order: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    reasons: Mapping[str, str]
    cuts: Mapping[str, Cut]
    far: tuple[Dependency, ...]
    told: Mapping[str, tuple[Cut, ...]]
    polled: Mapping[str, tuple[Cut, ...]]
    unstarted: frozenset[str]
    stuck: frozenset[str]
    flattened: frozenset[str]
    overlapping: frozenset[tuple[str, str]]
    map_rules: frozenset[MapRule]
    workflow_rules: tuple[WorkflowRule, ...]
    externals: Mapping[str, ExternalRule]
    sides: Sides = ONE_SIDE

    @property
    def title(self) -> str | None:
        """The name of the whole, which findings about its jobs are kept under."""
        return self.said.title

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The jobs of each box in source order."""
        return self.graph.members

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """What jobs wait for."""
        return self.graph.dependencies

    @property
    def is_started(self) -> bool:
        """True for a group that other workflows start, or the legacy side."""
        own = self.groups[0]
        by_others = any(name in self.cuts and self.cuts[name].starts for name in own)
        return by_others or not self.sides.started.isdisjoint(own)

    @property
    def stays(self) -> bool:
        """True for a group of jobs that stay on the legacy side."""
        return any(name in self.sides.stays for name in self.groups[0])

    @property
    def emitted(self) -> int:
        """The number of groups that are workflows on the platform."""
        return sum(self.sides.stays.isdisjoint(group) for group in self.groups)

    @property
    def heard(self) -> Mapping[str, Heard]:
        """The jobs and boxes about which the legacy side is told."""
        return {each.job: each for each in self.sides.heard}

    @property
    def looked_at(self) -> Mapping[str, tuple[Cut, ...]]:
        """The cuts of other workflows that need the status of each job."""
        names = dict.fromkeys((*self.told, *self.polled))
        return {name: (*self.told.get(name, ()), *self.polled.get(name, ())) for name in names}

    @property
    def left_out(self) -> frozenset[str]:
        """The jobs in no workflow: on a cycle, or behind one."""
        return self.graph.left_out

    def parts(self) -> "Iterator[Facts]":
        """The facts about each group on its own, in the order of the groups.

        What was read beside the sources stays with the whole.
        """
        number_of = {name: n for n, group in enumerate(self.groups) for name in group}
        names: list[list[str]] = [[] for _ in self.groups]
        for name in self.order:
            box = self.jobs[name].box
            if box is not None:
                number_of[name] = number_of[box]
            names[number_of[name]].append(name)
        dependencies: list[list[Dependency]] = [[] for _ in self.groups]
        for dependency in self.dependencies:
            if dependency.downstream in number_of:
                dependencies[number_of[dependency.downstream]].append(dependency)
        overlapping: list[list[tuple[str, str]]] = [[] for _ in self.groups]
        for pair in self.overlapping:
            overlapping[number_of[pair[0]]].append(pair)
        far: list[list[Dependency]] = [[] for _ in self.groups]
        for dependency in self.far:
            far[number_of[dependency.downstream]].append(dependency)
        parts = zip(self.groups, names, dependencies, far, overlapping, strict=True)
        for group, inside, found, away, apart in parts:
            jobs = {name: self.jobs[name] for name in inside}
            graph = JobGraph(
                jobs=jobs,
                members={name: self.members[name] for name in inside if name in self.members},
                dependencies=tuple(found),
                left_out=self.left_out,
            )
            rules = tuple(r for r in self.workflow_rules if any(map(r.matches, inside)))
            yield replace(
                self,
                said=replace(
                    self.said,
                    jobs={name: self.said.jobs[name] for name in inside if name in self.said.jobs},
                    deleted={},
                    side_files=frozenset(),
                    side_texts={},
                    plan=None,
                ),
                jobs=jobs,
                unmapped={name: self.unmapped[name] for name in inside if name in self.unmapped},
                graph=graph,
                order=tuple(inside),
                groups=(group,),
                cuts={name: self.cuts[name] for name in inside if name in self.cuts},
                far=tuple(away),
                told={name: self.told[name] for name in inside if name in self.told},
                polled={name: self.polled[name] for name in inside if name in self.polled},
                reasons={name: self.reasons[name] for name in group if name in self.reasons},
                stuck=frozenset(name for name in inside if name in self.stuck),
                flattened=frozenset(name for name in inside if name in self.flattened),
                overlapping=frozenset(apart),
                workflow_rules=rules,
                sides=self.sides.part(jobs),
            )

    def without_calls(self, names: Collection[str]) -> "Facts":
        """The facts if no entity stands for these jobs."""
        if not names:
            return self
        return replace(self, jobs={**self.jobs, **{name: self.unmapped[name] for name in names}})


def properties_of(job: Job, dialect: str) -> dict[str, str]:
    """The notes of a job, such as its application, and the traits that rules match."""
    return {**dict(job.notes), **traits_of(job, dialect)}


def traits_of(job: Job, dialect: str) -> dict[str, str]:
    """The traits of a job that rules match."""
    notes = dict(job.notes)
    command = plain(job.action.text) if isinstance(job.action, Command) else ""
    return {
        "job": job.name,
        "type": notes.get("job_type", job.kind.value),
        "command": command,
        "machine": notes.get("machine", ""),
        "box": job.box or "",
        "dialect": dialect,
        "file": job.span.file,
    }
