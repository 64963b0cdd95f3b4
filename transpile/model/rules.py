"""The rules of a team: decisions that replace or complete what the source says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any, TypeAlias

from transpile.model.job import Approval, FileWatch, PlatformRun
from transpile.model.mapping import Bound, EntityCall, TaskKind
from transpile.model.run_log import Cause
from transpile.model.waves import ALL_AT_ONCE, Waves
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class MapRule:
    """What becomes of the jobs that match; `patterns` are by what is looked at.

    `settings` are those of the emitted task: image, resources, retries and the like.
    """

    patterns: tuple[tuple[str, str], ...]
    call: EntityCall | None
    kind: TaskKind | None
    settings: tuple[tuple[str, Bound], ...]
    span: Span

    def __str__(self) -> str:
        return ", ".join(f"{key} = {pattern}" for key, pattern in self.patterns)

    def mismatch(self, traits: dict[str, str]) -> str | None:
        """The first thing that does not match, by what the job is; None when all do."""
        for key, pattern in self.patterns:
            if not fnmatchcase(traits.get(key, ""), pattern):
                return key
        return None


class Placement(Enum):
    """What a team wants of the workflows of some jobs."""

    TOGETHER = "[[workflow]] jobs"
    ALONE = "[[cut]] jobs"
    BETWEEN = "[[cut]] between"


@dataclass(frozen=True, slots=True)
class PlacementRule:
    """What is wanted of the workflows of the jobs whose names match."""

    action: Placement
    names: tuple[str, ...]
    span: Span

    def __str__(self) -> str:
        return f"{self.action.value} = [{', '.join(self.names)}]"

    def matches(self, job: str) -> bool:
        """True if it is about this job."""
        return any(fnmatchcase(job, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class WorkflowRule:
    """What is wanted of the workflow that holds jobs: its name, defaults of inputs, outputs.

    `placement` is the wish to put the jobs into one workflow, None of a rule about one job.
    """

    jobs: tuple[str, ...]
    name: str | None
    inputs: tuple[tuple[str, Bound], ...]
    outputs: tuple[tuple[str, Bound], ...]
    placement: PlacementRule | None
    span: Span

    def __str__(self) -> str:
        return f"job = {', '.join(self.jobs)}"

    def matches(self, job: str) -> bool:
        """True if it is about the workflow that holds this job."""
        return any(fnmatchcase(job, name) for name in self.jobs)


@dataclass(frozen=True, slots=True)
class ExternalRule:
    """What stands for jobs that are nowhere: nothing but a `reason` where `action` is None."""

    job: str
    action: FileWatch | PlatformRun | Approval | None
    reason: str
    span: Span

    def __str__(self) -> str:
        return f"job = {self.job}"

    def matches(self, label: str) -> bool:
        """True if it is about a job of that name."""
        return fnmatchcase(label, self.job)


@dataclass(frozen=True, slots=True)
class AcceptRule:
    """Differences over days that a team accepts: those of a class, of the jobs whose names match.

    No class means every class, no job every job.
    """

    cause: Cause | None
    jobs: tuple[str, ...]
    reason: str
    span: Span

    def __str__(self) -> str:
        found = (f"class = {self.cause.value}" if self.cause else "", ", ".join(self.jobs))
        return "[[accept]] " + ", ".join(filter(None, found))

    def matches(self, job: str, cause: Cause | None) -> bool:
        """True if it accepts a difference of this job and class; None is unexplained."""
        if self.cause is not None and cause is not self.cause:
            return False
        return not self.jobs or any(fnmatchcase(job, name) for name in self.jobs)


Rule: TypeAlias = MapRule | WorkflowRule | ExternalRule


@dataclass(frozen=True, slots=True)
class Credentials:
    """The client as which tasks log in to Flyte Admin; its secret is the one that Flyte keeps."""

    client_id: str
    group: str
    key: str
    scopes: tuple[str, ...] = ()
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """What the team's Flyte is like: the [platform] table of transpile.toml.

    `prefix` begins the name of every workflow and launch plan. `pod_template` names the PodTemplate
    that every task gets, such as one with a shared volume. `system_retries` is the platform's
    node-config.max-node-retries-system-failures; None where the team has not said.

    `endpoint` is the address of Flyte Admin as tasks reach it, `insecure` is True without TLS, and
    `credentials` is None without a login. `waits` is False if tasks cannot reach Flyte Admin: then
    no job waits for another workflow. `starts` is False if no workflow may start another one.
    """

    prefix: str = ""
    pod_template: str = ""
    system_retries: int | None = None
    endpoint: str = ""
    insecure: bool = False
    credentials: Credentials | None = None
    waits: bool = True
    starts: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table of transpile.toml that one format knows; `values` is None if it is no table."""

    name: str
    values: Mapping[str, Any] | None
    span: Span


@dataclass(frozen=True, slots=True)
class Site:
    """Facts about a site that job definitions do not contain.

    `timezones` maps its own zone names to IANA names; `templates` holds the values of placeholders
    that its deployment fills in before it loads the definitions. `externals` say what stands for
    jobs outside of the estate, in the order in which they are tried. `readings` are the answers to
    open questions of a format, by the name of the question. `tables` are those of single formats.
    `report` has the title and the date of reports, if the team gives them.
    """

    timezones: tuple[tuple[str, str], ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    externals: tuple[ExternalRule, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    report: tuple[tuple[str, str], ...] = ()

    def external(self, label: str) -> ExternalRule | None:
        """The first rule about a job of that name."""
        return next((rule for rule in self.externals if rule.matches(label)), None)


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class FolderRule:
    """The folder of a workflow: levels between slashes, with placeholders such as {application}."""

    text: str
    span: Span

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The properties of jobs that it asks for."""
        return tuple(_PLACEHOLDER.findall(self.text))

    def levels(self, properties: Mapping[str, str]) -> tuple[str, ...]:
        """The levels for a job that has their properties; none if it has no property at all."""
        if not any(properties.get(name) for name in self.placeholders):
            return ()
        return tuple(
            _PLACEHOLDER.sub(lambda found: properties[found[1]], level)
            for level in self.text.split("/")
            if all(properties.get(name) for name in _PLACEHOLDER.findall(level))
        )


FLYTE2 = "flyte2"
TARGETS = ("flyte", FLYTE2)
"""The platforms of emitted workflows, the default first."""


@dataclass(frozen=True, slots=True)
class Form:
    """How workflows are written where Flyte has more than one way; they do the same.

    `target` is the platform: flytekit's workflows, or programs of Flyte 2. `declarative`: as
    functions with a decorator, not as imperative workflows. `branching`: with a branch of Flyte's
    where a job has a condition that Flyte can look at itself. `max_nodes`: a workflow has so many
    nodes at most, those of sub-workflows not counted; None is the platform's limit.
    `platform` is where they run; `package` is the Python package that the modules belong to.
    `folder` places them in it; without a rule they stand as their sources do.
    """

    declarative: bool = False
    branching: bool = False
    max_nodes: int | None = None
    platform: Platform = Platform()
    package: str = "flows"
    folder: FolderRule | None = None
    target: str = TARGETS[0]

    @property
    def drives(self) -> bool:
        """True if a program starts the jobs of a workflow, so that no graph has to say before."""
        return self.target == FLYTE2


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a migration, in the order in which they are tried.

    Of the `placements`, those that put jobs together come first.
    """

    maps: tuple[MapRule, ...] = ()
    workflows: tuple[WorkflowRule, ...] = ()
    placements: tuple[PlacementRule, ...] = ()
    accepts: tuple[AcceptRule, ...] = ()
    form: Form = Form()
    site: Site = Site()
    waves: Waves = ALL_AT_ONCE

    @property
    def every(self) -> tuple[Rule, ...]:
        """All rules of all kinds, apart from those of the placement."""
        single = (rule for rule in self.workflows if rule.placement is None)
        return (*self.site.externals, *self.maps, *single)
