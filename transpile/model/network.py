"""The whole estate: jobs, variables and what the passes find out about them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from transpile.model.alert import Alert
from transpile.model.engine import Engine
from transpile.model.job import Blocked, Command, Job, plain
from transpile.model.rules import ExternalRule, MapRule, WorkflowRule
from transpile.model.schedule import Schedule
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class Variable:
    """A global variable. `value` is None when nothing in the estate sets it.

    With `is_start` it is the time at which the run starts.
    """

    name: str
    value: str | None
    is_start: bool = False


@dataclass(slots=True)
class Tally:
    """How many attributes of the source ended in which way."""

    translated: int = 0
    noted: int = 0
    unsupported: int = 0


@dataclass(frozen=True, slots=True)
class Dependency:
    """A reference from a job's condition to another job.

    `edge`: `downstream` waits for the end of `upstream`, or, `at_end`, the result of that box does.
    `joins`: the two belong into one workflow. `exclusion`: they wait only so as not to run at the
    same time. `missing`: the diagnostic code that says why `upstream` is nowhere in the estate.
    """

    upstream: str
    downstream: str
    span: Span
    edge: bool
    joins: bool = True
    missing: str | None = None
    at_end: bool = False
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """An estate; `deleted` holds where the jobs stood that it deletes itself.

    Its jobs run by the rules of its `engine`. With a `title` all its jobs are one
    workflow of that name, which runs as a whole, by its `schedule`, or, `refused`, not at all;
    `alerts` are what people hear of its end.
    `side_files` are the real paths of files that were read for it beside the sources, or looked
    for; `side_texts` has what was read, by the names that spans have for them. `outside` says of
    what conditions may name and no workflow runs why that is so; it has been reported.

    The fields below `tally` are empty until the pass that finds them out has run. `overlapping`
    are pairs of jobs that the source keeps apart and the emitted workflow does not.
    `map_rules` are those that its jobs follow, `workflow_rules` what a team wants of the workflows
    that are made of it; `externals` has for each job that stands for one elsewhere the rule that
    says so.
    """

    jobs: dict[str, Job]
    variables: dict[str, Variable]
    engine: type[Engine]
    deleted: dict[str, Span] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    title: str | None = None
    schedule: Schedule | None = None
    alerts: tuple[Alert, ...] = ()
    refused: bool = False
    side_files: frozenset[str] = frozenset()
    side_texts: dict[str, str] = field(default_factory=dict)
    outside: dict[str, Blocked] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dependencies: tuple[Dependency, ...] = ()
    left_out: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    overlapping: frozenset[tuple[str, str]] = frozenset()
    flattened: frozenset[str] = frozenset()
    map_rules: frozenset[MapRule] = frozenset()
    workflow_rules: tuple[WorkflowRule, ...] = ()
    externals: dict[str, ExternalRule] = field(default_factory=dict)

    def parts(self) -> "Iterator[Network]":
        """The network of each group on its own, in the order of the groups."""
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
        for group, inside, found in zip(self.groups, names, dependencies, strict=True):
            yield replace(
                self,
                jobs={name: self.jobs[name] for name in inside},
                members={name: self.members[name] for name in inside if name in self.members},
                dependencies=tuple(found),
                order=tuple(inside),
                groups=(group,),
                workflow_rules=tuple(
                    rule for rule in self.workflow_rules if any(map(rule.matches, inside))
                ),
            )

    def without_calls(self, names: Collection[str]) -> "Network":
        """The network in which these jobs are not mapped to entities."""
        found = {name: self.jobs[name].without_call() for name in names}
        return replace(self, jobs=self.jobs | found) if found else self

    def ends_early(self, box: str) -> bool:
        """True for a box that may have its result although not all its members have ended."""
        members = (self.jobs[name] for name in self.members.get(box, ()) if name in self.jobs)
        return bool(self.jobs[box].box_rule) or any(member.terminates_box for member in members)

    def walls_between(self, upstream: str, downstream: str, *, at_end: bool = False) -> list[str]:
        """The boxes that hold only one of the two jobs; `at_end`: the other is that box's end."""
        above, below = self.ancestors(upstream), self.ancestors(downstream)
        if at_end:
            below.insert(0, downstream)
        shared = set(above) & set(below)
        return [box for box in above + below if box not in shared]

    def ancestors(self, name: str) -> list[str]:
        """The boxes around a job, innermost first."""
        found = []
        box = self.jobs[name].box
        while box is not None:
            found.append(box)
            box = self.jobs[box].box
        return found


def facts_of(network: Network, name: str) -> dict[str, str]:
    """What rules may look at."""
    job = network.jobs[name]
    notes = dict(job.notes)
    command = plain(job.action.text) if isinstance(job.action, Command) else ""
    return {
        "job": name,
        "type": notes.get("job_type", job.kind.value),
        "command": command,
        "machine": notes.get("machine", ""),
        "box": job.box or "",
        "dialect": network.engine.name,
        "file": job.span.file,
    }
