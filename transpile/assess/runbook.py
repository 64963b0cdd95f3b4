"""Makes RUNBOOK.md: what the platform needs, how to cut over, and what operators do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transpile.assess.needs import Use, merged, needs_of
from transpile.assess.waves import day_of, in_order, wave_of_workflows
from transpile.findings.need import Need
from transpile.model.graph import connected, topological
from transpile.model.operations import Operation
from transpile.model.programs import Schedulers
from transpile.model.rules import Platform
from transpile.pipeline import Estate
from transpile.report.overview import Overview
from transpile.report.templates import render
from transpile.report.workflow import WorkflowRow
from transpile.targets.flyte.operations import DONE_BY
from transpile.targets.flyte2.operations import DONE_BY as DONE_BY_PROGRAMS

MOST_GROUPS, MOST_MEMBERS, MOST_NAMES = 40, 100, 20
"""Maximum number of listed groups, of workflows in one, and of names of one kind."""

_NODES = 100
"""Nodes of a workflow that flyteadmin takes by default."""

_IN_THE_IMAGE = (Need.PROGRAM, Need.DATABASE, Need.UTILITY, Need.PROFILE)
_ON_VOLUMES = (Need.FOLDER, Need.FILE)
_ELSEWHERE = (
    *(Need.HOST, Need.USER, Need.SECRET, Need.VARIABLE, Need.CALENDAR, Need.OUTSIDE),
    *(Need.RESOURCE, Need.MAIL),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A workflow of a group: its start in words, and the launch plans to activate.

    `wave` moves it; it is empty if none does.
    """

    title: str
    start: str
    plans: tuple[str, ...]
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Workflows that move on the same day, upstream ones first."""

    title: str
    members: list[Member]


def runbook(
    within: str,
    seen: Overview,
    schedulers: Schedulers,
    operations: Sequence[tuple[str, Sequence[Operation]]],
) -> str:
    """The text of RUNBOOK.md; `operations` are those of the formats of the estate, by title.

    `within` is the folder of the package in OUT.
    """
    estate = seen.estate
    form = estate.settings.rules.form
    needs = _named(_needs(estate, schedulers))
    by_waves = bool(estate.settings.rules.waves.every)
    groups = list(_by_waves(seen) if by_waves else _groups(seen))
    done_by = DONE_BY_PROGRAMS if form.drives else DONE_BY
    return render(
        "runbook.md",
        heading=seen.heading,
        drives=form.drives,
        target=within.rstrip("/") or ".",
        images=_of(needs, (Need.IMAGE,)),
        in_the_image=_of(needs, _IN_THE_IMAGE),
        on_volumes=_of(needs, _ON_VOLUMES),
        elsewhere=_of(needs, _ELSEWHERE),
        settings=list(_settings(seen)),
        by_waves=by_waves,
        waits=any(not cut.starts for facts in estate.networks for cut in facts.cuts.values()),
        day=day_of(estate),
        groups=groups[:MOST_GROUPS],
        more_groups=max(0, len(groups) - MOST_GROUPS),
        members=MOST_MEMBERS,
        operations=[
            (title, [(each.words, done_by[each.act]) for each in found])
            for title, found in operations
            if found
        ],
    )


def _needs(estate: Estate, schedulers: Schedulers) -> Mapping[tuple[Need, str], Use]:
    found = []
    for task in estate.tasks():
        facts = task.part.facts
        estate.diagnostics.scope = facts.title
        judged = {name: estate.diagnostics.judged(name) for name in facts.jobs}
        found.append(needs_of(facts, schedulers, judged))
    return merged(found)


def _named(needs: Mapping[tuple[Need, str], Use]) -> Mapping[Need, list[str]]:
    """The names of each kind, those of most jobs first."""
    found: dict[Need, list[str]] = defaultdict(list)
    for kind, name in sorted(needs, key=lambda need: (-needs[need].jobs, need[1])):
        found[kind].append(name)
    return found


def _of(needs: Mapping[Need, list[str]], kinds: Iterable[Need]) -> list[tuple[str, str]]:
    """Kinds with their first names, in words."""
    rows = []
    for kind in kinds:
        if names := needs.get(kind):
            more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
            rows.append((kind.value, ", ".join(names[:MOST_NAMES]) + more))
    return rows


def _settings(seen: Overview) -> Iterator[tuple[str, str, str]]:
    """Settings of the platform, the value that the workflows need, and why."""
    form = seen.estate.settings.rules.form
    platform, codes = form.platform, {group.code for group in seen.groups}
    if not form.drives:
        most = form.max_nodes or _NODES
        more = "more: A601 names the workflows" if "A601" in codes else f"{most:,}"
        yield "registration.maxWorkflowNodes of flyteadmin", more, "nodes of one workflow"
        if "A622" in codes:
            why = "A622: an execution is larger than etcd takes"
            yield "useOffloadedWorkflowClosure of flyteadmin", "true", why
    if "A642" in codes or platform.system_retries is not None:
        value = "0" if platform.system_retries is None else f"{platform.system_retries:,}"
        why = "a lost container starts again so many times; 0 for jobs that must not run twice"
        yield "node-config.max-node-retries-system-failures of flytepropeller", value, why
    yield from _access(platform, cuts=bool(seen.links.cuts))
    if platform.pod_template:
        yield f"PodTemplate {platform.pod_template}", "present", "each task runs by it"
    elif "A623" in codes:
        yield "a PodTemplate with a shared volume", "missing", "A623: jobs share files"


def _access(platform: Platform, *, cuts: bool) -> Iterator[tuple[str, str, str]]:
    """How tasks reach Flyte Admin, and as whom."""
    endpoint = platform.endpoint or "not set: [platform] endpoint"
    why = "waits and starts between workflows" if cuts else "restarts of a run"
    yield "address of Flyte Admin as tasks reach it", endpoint, why
    if platform.credentials is not None:
        secret = f"{platform.credentials.group}/{platform.credentials.key}"
        yield f"secret {secret}", "present", "the login of these tasks"


def _groups(seen: Overview) -> Iterator[Group]:
    """Workflows that wait for one another or start one another."""
    near = [{*each.waits_for, *each.started_by} for each in seen.links.near]
    for number, group in enumerate(connected(dict(enumerate(near))), 1):
        yield Group(f"Group {number:,}", list(_members(seen, _in_order(group, near))))


def _by_waves(seen: Overview) -> Iterator[Group]:
    """The workflows of each wave, and those of none."""
    near = [{*each.waits_for, *each.started_by} for each in seen.links.near]
    found: dict[str, list[Member]] = defaultdict(list)
    for member in _members(seen, _in_order(range(len(near)), near)):
        found[member.wave].append(member)
    for wave in in_order(seen.estate, found):
        yield Group(f"Wave {wave}", found[wave])
    if "" in found:
        yield Group("In no wave", found[""])


def _in_order(group: Sequence[int], near: Sequence[set[int]]) -> list[int]:
    """The numbers of workflows, upstream ones first."""
    behind = [[n for n, other in enumerate(group) if up in near[other]] for up in group]
    first = topological(behind)
    # Workflows that wait for one another have no order.
    others = sorted(set(range(len(group))) - set(first))
    return [group[place] for place in (*first, *others)]


def _members(seen: Overview, numbers: Iterable[int]) -> Iterator[Member]:
    lines, waves = list(seen.lines()), wave_of_workflows(seen.estate)
    for line in (lines[number] for number in numbers):
        wave = waves.get(line.row.title, "")
        yield Member(line.row.title, line.start, _plans(line.row), wave)


def _plans(row: WorkflowRow) -> tuple[str, ...]:
    """The launch plans that nothing but a schedule starts."""
    if row.start != "clock":
        return ()
    return tuple(plan for plan in row.launch_plans if plan != row.start_plan)
