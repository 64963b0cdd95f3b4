"""Names the workflows and modules of an estate, before any of them is lowered."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, Form, Heard, Kind
from transpile.sources.text import Span
from transpile.targets.flyte.estate_names import EstateNames, report_common
from transpile.targets.flyte.names import CONSTANTS, Scope, flyte_name, identifier
from transpile.targets.flyte.places import Places

CUTS = "_cuts"
"""What follows the name of a module in the name of the one with its cuts."""

DERIVED = ("box", "notified", "part", "schedule", "start")
"""What follows the name of a workflow and a dot in names of its launch plans and parts."""


@dataclass(frozen=True, slots=True)
class WorkflowNames:
    """The names of the workflow that a group of jobs becomes, unique in the estate.

    `title` is that of the outermost workflow, `inner` has those of the boxes inside. `variable` and
    `folder` are the name of its module and where it stands. `sources` are the files that it is made
    from, `left_out` are comments about jobs of these files that are in no workflow. `taken` are the
    names of workflows that look like those of its launch plans and parts. `cuts` has the module and
    the constant of each job's cut, for the jobs of the workflow and for those that it tells,
    `heard` those of each job about which it tells the legacy side. `starts` has the launch plan, or
    the task of the driver, of each unit that the legacy side starts at some stage; the name of a
    launch plan does not change with the title.
    `network` tells networks apart.
    """

    title: str
    inner: Mapping[str, str]
    folder: tuple[str, ...]
    variable: str
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    taken: frozenset[str]
    cuts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    heard: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    network: int = 0

    @property
    def module(self) -> str:
        """The dotted name of the module in the package."""
        return ".".join((*self.folder, self.variable))

    @property
    def path(self) -> str:
        """The path of the module in the package."""
        return "/".join((*self.folder, f"{self.variable}.py"))

    def start_plan(self, facts: Facts) -> str:
        """The launch plan by which the legacy side starts the workflow; empty if it does not."""
        return next((self.starts[n] for n in facts.groups[0] if n in facts.sides.started), "")

    def cuts_used(self, facts: Facts, heard: Iterable[Heard] = ()) -> tuple[tuple[str, str], ...]:
        """The module and the constant of each cut, and of each job `heard`, that its tasks name."""
        own = (cut for cut in facts.cuts.values() if not cut.starts)
        told = (cut for cuts in facts.told.values() for cut in cuts)
        names = {self.cuts[cut.job] for cut in (*own, *told)}
        return tuple(sorted(names | {self.heard[each.job] for each in heard if each.listeners}))

    def scope(self) -> Scope:
        """The names that its launch plans and parts may not take; those it takes are its own."""
        scope = Scope()
        scope.take(self.taken)
        return scope


@dataclass(slots=True)
class _Group:
    """A group of jobs that is being named.

    `tops` are its top-level jobs, `named` those that may give it a name: stand-ins for jobs of
    other estates do not. `own` is the name that the team, the source or the only job gives it, if
    any.
    """

    tops: tuple[str, ...]
    named: tuple[str, ...]
    own: str | None
    is_one: bool
    boxes: tuple[str, ...]
    files: tuple[str, ...]
    first: Span
    title: str = ""
    inner: dict[str, str] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Facts) -> "_Group":
        """The group of these facts."""
        group = part.groups[0]
        named = tuple(name for name in group if name not in part.externals) or group
        wanted = next((rule.name for rule in part.workflow_rules if rule.name is not None), None)
        only = part.jobs[named[0]].called if len(named) == 1 else None
        boxes = [name for name in part.order if part.jobs[name].kind is Kind.BOX]
        main = named[0] if only and part.title in (None, named[0]) else None
        if main in boxes:
            boxes.remove(main)
        else:
            main = None
        return cls(
            tops=group,
            named=named,
            own=wanted or (only if main else part.title) or only,
            is_one=only is not None and not (part.title or wanted),
            boxes=tuple(boxes),
            files=tuple(dict.fromkeys(part.jobs[name].span.file for name in part.order)),
            first=part.jobs[group[0]].span,
        )


def name_workflows(
    estate: Sequence[Facts], diagnostics: Diagnostics, form: Form
) -> list[list[WorkflowNames]]:
    """The names of the groups of each network.

    An outermost workflow takes the name of its network or only job first, then boxes inside take
    theirs; a workflow around several jobs takes a free name.
    """
    names = EstateNames(form.platform.prefix)
    networks = [(facts, [_Group.of(part) for part in facts.parts()]) for facts in estate]
    groups = [group for _, found in networks for group in found]
    for group in groups:
        group.title = names.claim(group.own) if group.own else ""
    for facts, found in networks:
        for group in found:
            group.inner = {name: names.claim(facts.jobs[name].called) for name in group.boxes}
    for facts, found in networks:
        for group in found:
            group.title = group.title or names.claim(_shared_name(group.named, facts))
    for facts, found in networks:
        ever = (name for stage in facts.sides.stages for name in stage.started)
        started = set(ever if facts.sides.wave_of else ())
        for group in found if started else ():
            plans = ((name, f"{facts.jobs[name].called}.start") for name in group.tops)
            group.starts = {name: names.claim(plan) for name, plan in plans if name in started}
    report_common([(group.title, group.first) for group in groups], names.prefix, diagnostics)
    taken = _taken(groups)
    places = Places(estate, form, diagnostics)
    constants = Scope()
    return [
        _with_cuts(number, facts, placed, constants)
        for number, (facts, found) in enumerate(networks)
        for placed in (
            _placed(facts, found, places, names, taken, diagnostics, drives=form.drives),
        )
    ]


def _with_cuts(
    number: int, facts: Facts, groups: Sequence[WorkflowNames], constants: Scope
) -> list[WorkflowNames]:
    """The groups with the names of their cuts; `constants` are those in use in the estate."""
    if not facts.cuts and not facts.heard:
        return list(groups)
    group_of = {
        name: group for part, group in zip(facts.parts(), groups, strict=True) for name in part.jobs
    }
    known: dict[str, tuple[str, str]] = {}
    for job in facts.cuts:
        base = identifier(facts.jobs[job].called, "cut", CONSTANTS).upper()
        known[job] = (group_of[job].module + CUTS, constants.claim(base))
    named: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for job, cut in facts.cuts.items():
        for asked in (job, *cut.asked):
            named[group_of[asked].module][job] = known[job]
    heard: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for job, group in ((each, group_of[each]) for each in facts.heard if each in group_of):
        base = identifier(facts.jobs[job].called, "job", CONSTANTS).upper()
        heard[group.module][job] = group.module + CUTS, constants.claim(f"{base}_LEGACY")
    return [replace(g, cuts=named[g.module], heard=heard[g.module], network=number) for g in groups]


def _shared_name(named: Sequence[str], facts: Facts) -> str:
    """What the jobs' names have in front, their common prefix, or else the first one's name."""
    called = [facts.jobs[name].called for name in named]
    around = {name.removesuffix(f".{own}") for name, own in zip(named, called, strict=True)}
    if len(around) == 1 and around.isdisjoint(named):
        return flyte_name(around.pop())
    shared = os.path.commonprefix(called)
    cut = max(shared.rfind(separator) for separator in "._-# ")
    return flyte_name(shared[:cut]) if cut > 2 else f"{flyte_name(called[0])}_network"


def _taken(groups: Iterable[_Group]) -> Mapping[str, frozenset[str]]:
    """Names of workflows that look derived from the name of a workflow, by the latter."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for name in (group.title, *group.inner.values(), *group.starts.values()):
            around, _, word = name.rpartition(".")
            if word.startswith(DERIVED):
                found[around].add(name)
    return {around: frozenset(names) for around, names in found.items()}


def _placed(
    facts: Facts,
    groups: Iterable[_Group],
    places: Places,
    names: EstateNames,
    taken: Mapping[str, frozenset[str]],
    diagnostics: Diagnostics,
    *,
    drives: bool,
) -> list[WorkflowNames]:
    """The groups with their modules; others start a driver by the name of its task."""
    diagnostics.scope = facts.title
    left_out = _left_out(facts, diagnostics)
    found = []
    for group in groups:
        base = facts.jobs[group.named[0]].called if group.is_one else names.bare(group.title)
        folder = places.folder(facts, group.tops, group.files)
        own = (group.title, *group.inner.values())
        variable = places.claim(folder, base)
        starts = group.starts
        if drives:
            own_module = (names.prefix, folder, variable)
            starts = {unit: _driver_of(unit, facts, own_module, places) for unit in group.starts}
        found.append(
            WorkflowNames(
                title=group.title,
                inner=group.inner,
                folder=folder,
                variable=variable,
                sources=group.files,
                left_out=tuple(m for file in group.files for m in left_out.pop(file, ())),
                taken=frozenset().union(*(taken.get(name, ()) for name in own)),
                starts=starts,
            )
        )
    diagnostics.scope = None
    return found


def environment_of(prefix: str, folder: Sequence[str], variable: str) -> str:
    """The name of the environment of a driver, unique in a project: that of its module."""
    words = (*((identifier(prefix, "", frozenset()),) if prefix else ()), *folder)
    return "-".join((*words, variable))


def _driver_of(
    unit: str, facts: Facts, module: tuple[str, Sequence[str], str], places: Places
) -> str:
    """The task by which the legacy side starts a unit; the `module` is that of its workflow.

    At a stage at which it starts otherwise, it is the task of a workflow of its own.
    """
    if unit not in facts.sides.started:
        job = facts.jobs[unit]
        folder = places.folder(facts, (unit,), (job.span.file,))
        module = (module[0], folder, places.usual(job.called))
    return f"{environment_of(*module)}.{module[2]}"


def _left_out(facts: Facts, diagnostics: Diagnostics) -> dict[str, list[str]]:
    """Comments about the jobs in no workflow, by source file."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in facts.jobs:
        if name in facts.left_out:
            marks = found[facts.jobs[name].span.file]
            marks += [f"left out: {name}", *diagnostics.marks(name)]
    return found
