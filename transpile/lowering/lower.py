"""Lowers one group of jobs: facts about jobs to workflows of nodes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.calls import Calls, Reserved
from transpile.lowering.failures import Failures, find_failures
from transpile.lowering.nodes import NodeBuilder
from transpile.lowering.placement import Placement
from transpile.lowering.schedules import choose_schedule
from transpile.lowering.start_conditions import StartConditions, find_start_conditions
from transpile.lowering.structure import Key, Lowered, Role, Workflow
from transpile.lowering.told import of_failure, of_the_whole, unheard
from transpile.model import Network


def lower(
    part: Network,
    place: Mapping[str, int],
    diagnostics: Diagnostics,
    reserved: Reserved = lambda _: (),
) -> Lowered:
    """The workflows of one group of jobs; `place` has the place of each job in its source.

    `reserved` has the names that no workflow input may have.
    """
    refused, crossed = set[str](), dict[str, tuple[str, str]]()
    while True:
        found = _decide(part, diagnostics)
        crossed |= found.crossed
        calls = Calls(found.part, found.failures, reserved(found.part), diagnostics)
        if not calls.refused:
            break
        # A job whose call is refused runs its own action, which may fail or end otherwise.
        refused |= calls.refused
        part = found.part.without_calls(calls.refused)
    part, root = found.part, found.root
    _withdraw_findings_about_calls(part, diagnostics)
    starter = choose_schedule(part, diagnostics) if part.schedule is None else None
    whole = part.order[0] if len(part.order) == 1 else root
    workflows, placement = _workflows(found, place, whole)
    return Lowered(
        part=part,
        workflows=workflows,
        root=root,
        whole=whole,
        schedule=starter.schedule if starter else part.schedule,
        starter=starter,
        apart=tuple((d.upstream, d.downstream) for d in part.dependencies if d.exclusion),
        crossed=crossed,
        watched=frozenset(k.name for k in found.failures.watched if k.role is Role.JOB),
        refused=frozenset(refused),
        unheard=frozenset(unheard(part, found.failures, filter(placement.is_workflow, part.order))),
        alerts=of_the_whole(part, whole),
        inputs=calls.wanted_inputs(),
        outputs=tuple(calls.wanted_outputs(root)),
    )


@dataclass(frozen=True, slots=True)
class _Decisions:
    """Which boxes are flattened, who reports a status, and what the outermost workflow stands for.

    `crossed` has for each box that is flattened here the two jobs that its wall would separate.
    """

    part: Network
    failures: Failures
    root: str | None
    crossed: Mapping[str, tuple[str, str]]


def _decide(part: Network, diagnostics: Diagnostics) -> _Decisions:
    conditions = find_start_conditions(part)
    crossed = _crossed_walls(part, conditions)
    for box, (upstream, downstream) in crossed.items():
        fields = {"name": box, "upstream": upstream, "downstream": downstream}
        diagnostics.add("A405", part.jobs[box].span, job=box, **fields)
    failures = find_failures(conditions)
    part = replace(part, flattened=part.flattened | crossed.keys())
    return _Decisions(part, failures, _root(part, failures), crossed)


def _crossed_walls(part: Network, conditions: StartConditions) -> dict[str, tuple[str, str]]:
    """The boxes to flatten because a job behind a terminator asks for its status, at any depth."""
    jobs, found = part.jobs, dict[str, tuple[str, str]]()
    if not any(job.terminates_box for job in jobs.values()):
        return found
    for key in conditions.of:
        for above in conditions.upstream(key) if key.name in jobs else ():
            if above.role in (Role.JOB, Role.END) and above.name in jobs:
                at_end = key.role is Role.END
                for box in part.walls_between(above.name, key.name, at_end=at_end):
                    if box not in part.flattened:
                        found.setdefault(box, (above.name, key.name))
    return found


def _root(part: Network, failures: Failures) -> str | None:
    """The box that the outermost workflow stands for, if it stands for one."""
    group = part.groups[0]
    alone = len(group) == 1 and part.title in (None, group[0])
    # Whether a box with a gate starts is decided in a node in front of it.
    is_root = (
        alone and part.members.get(group[0]) and Key(Role.START, group[0]) not in failures.gates
    )
    return group[0] if is_root else None


def _withdraw_findings_about_calls(part: Network, diagnostics: Diagnostics) -> None:
    """Withdraw the findings that block a job's own action where an entity stands for the job."""
    for job in part.jobs.values():
        if job.call and job.unmapped and job.unmapped.blocked:
            diagnostics.withdraw(job.unmapped.blocked.code, job.name)


def _workflows(
    found: _Decisions, place: Mapping[str, int], whole: str | None
) -> tuple[tuple[Workflow, ...], Placement]:
    """The workflows, inner ones first, and where each job stands."""
    part, root, failures = found.part, found.root, found.failures
    placement = Placement(part, root, failures, place)
    builder = NodeBuilder(part, failures, placement)
    boxes: dict[str | None, list[str]] = {}
    for name in part.order:
        if part.members.get(name):
            kept = placement.is_workflow(name)
            boxes.setdefault(name if kept else placement.home(name), []).append(name)
    # A box stands before its members, so that inner ones come first in reverse.
    homes = [name for name in reversed(part.order) if name in placement.layouts and name != root]
    workflows = (
        Workflow(
            box=home,
            nodes=tuple(builder.nodes(home, placement.layouts[home])),
            boxes=tuple(boxes.get(home, ())),
            on_failure=of_failure(part, failures, home, whole),
        )
        for home in (*homes, root)
    )
    return tuple(workflows), placement
