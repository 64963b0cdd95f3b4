"""One version of an estate: what it says of each job, its findings, and its modules as text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from transpile.drift.attributes import Said, said_of_job
from transpile.drift.texts import Places
from transpile.findings.diagnostics import Diagnostic
from transpile.model import Job, Network
from transpile.model.day_engine import Clocks, Details
from transpile.pipeline import Estate
from transpile.targets.flyte.cuts import CutTable, Owner
from transpile.targets.flyte.names import RUNTIME
from transpile.targets.flyte.render import render_cuts
from transpile.targets.flyte.selection import Selection, SelectsNothing
from transpile.targets.flyte.sides import files_of
from transpile.targets.helper_use import HelperUse, helpers_in
from transpile.targets.plan import PlanTask
from transpile.targets.printing import render_module


class Key(NamedTuple):
    """Identifies a job in an estate: the number of its network, and its name."""

    network: int
    name: str


class Home(NamedTuple):
    """The workflow of a job: its title, the folder of its module, and the module."""

    title: str
    folder: str
    module: str


@dataclass(frozen=True, slots=True)
class Group:
    """A network, with what its engine over days knows of it, and the members of its boxes."""

    said: Network
    clocks: Clocks
    details: Details
    members: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, said: Network) -> "Group":
        """The group of a network."""
        engine = said.engine.over_days
        members: dict[str, list[str]] = {}
        for name, job in said.jobs.items():
            if job.box is not None:
                members.setdefault(job.box, []).append(name)
        return cls(said, engine.clocks(said), engine.details(said), members)

    def schedule_notes(self, name: str) -> frozenset[str]:
        """The notes of a job that only spell what its clocks mean."""
        engine = self.said.engine.over_days
        return engine.schedule_notes if self.clocks.get(name) else frozenset()

    @property
    def kind(self) -> str:
        """The name of its engine."""
        return self.said.engine.name

    @property
    def is_named_by_file(self) -> bool:
        """True if its title is the name of the file in which one of its jobs stands."""
        files = {job.span.file for job in self.said.jobs.values()}
        stems = {PurePosixPath(file).stem for file in files}
        return any(self.said.title in (stem, _folders(file)) for file in files for stem in stems)


def _folders(file: str) -> str:
    """The path of a file as one word, without suffix."""
    return "_".join(PurePosixPath(file).with_suffix("").parts)


@dataclass(slots=True)
class Side:
    """An estate that is compared, with the `jobs` that are selected.

    `modules` are the texts of emitted files by path, `inside` the jobs of each.
    """

    groups: tuple[Group, ...]
    jobs: dict[Key, Job]
    places: Places
    findings: tuple[Diagnostic, ...] = ()
    homes: dict[Key, Home] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list[Key]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def said(self, key: Key) -> Said:
        """What it says of a job."""
        details = self.groups[key.network].details.get(key.name, {})
        spelled = self.groups[key.network].schedule_notes(key.name)
        return said_of_job(self.jobs[key], details, self.places, spelled)


def select_pair(old: Estate, new: Estate, patterns: Sequence[str]) -> tuple[Estate, Estate]:
    """Both estates with the workflows that match a pattern in one of them; none selects all.

    Raises SelectsNothing if a pattern matches in neither.
    """
    if not patterns:
        return old, new
    found = [[pattern for pattern in patterns if _matches(side, pattern)] for side in (old, new)]
    for pattern in patterns:
        if not any(pattern in matching for matching in found):
            raise SelectsNothing(f"--select {pattern}: no workflow matches")
    first, second = (
        side.selecting(matching) if matching else _empty(side)
        for side, matching in zip((old, new), found, strict=True)
    )
    return first, second


def _matches(estate: Estate, pattern: str) -> bool:
    try:
        estate.selecting([pattern])
    except SelectsNothing:
        return False
    return True


def _empty(estate: Estate) -> Estate:
    nothing: frozenset[int] = frozenset()
    estate.diagnostics.only = frozenset()
    return replace(estate, selection=Selection(nothing, nothing, nothing, frozenset()))


def side_of(estate: Estate) -> Side:
    """Convert an estate in memory."""
    groups = tuple(Group.of(facts.said) for facts in estate.networks)
    chosen = estate.selection
    jobs = {
        Key(number, name): job
        for number, group in enumerate(groups)
        for name, job in group.said.jobs.items()
        if chosen is None or name in chosen.jobs
    }
    side = Side(groups, jobs, Places(estate.sources))
    emitter = _Emitter(side, HelperUse(estate.settings.rules.form), CutTable())
    for task in estate.tasks():
        emitter.add(estate, task)
    estate.conclude()
    emitter.finish(estate)
    side.findings = tuple(found for found in estate.diagnostics if not found.accepted)
    return side


@dataclass(slots=True)
class _Emitter:
    """Emits the modules of a side."""

    side: Side
    used: HelperUse
    cuts: CutTable

    def add(self, estate: Estate, task: PlanTask) -> None:
        """Plan and print one workflow."""
        findings = task.findings.opened()
        module, facts = task.plan(findings)
        estate.diagnostics.complete(findings.added)
        keys = [Key(task.part.network, name) for name in facts.said.jobs]
        home = Home(module.title, "/".join(task.part.names.folder), task.part.names.path)
        self.side.homes.update(dict.fromkeys(keys, home))
        for file in files_of(module):
            self._print(file.path, render_module(file), keys, module.title)
        self.cuts.add(Owner.of(module))

    def finish(self, estate: Estate) -> None:
        """Print the modules that several workflows share."""
        for task, with_cuts in estate.neighbours():
            module, _ = task.plan(task.findings.opened())
            self.cuts.add(Owner.of(module), with_cuts=with_cuts)
        for plan in self.cuts.plans():
            owners = [k for k, home in self.side.homes.items() if home.title == plan.title]
            self._print(plan.path, render_cuts(plan), owners, plan.title)
        if self.side.modules and estate.selection is None:
            self.side.modules[f"{RUNTIME}.py"] = self.used.text()

    def _print(self, path: str, text: str, keys: list[Key], title: str) -> None:
        self.side.modules[path] = text
        self.side.inside[path] = keys
        self.side.names[path] = title
        self.used.names |= helpers_in(text)


def networks_by_title(side: Side) -> Iterator[tuple[tuple[str, str | None, int], int]]:
    """The numbers of networks by engine, title, and their place among those of that title."""
    seen: Counter[tuple[str, str | None]] = Counter()
    for number, group in enumerate(side.groups):
        key = (group.kind, group.said.title)
        yield (*key, seen[key]), number
        seen[key] += 1
