"""Lowers one group of jobs: facts about jobs to workflows of nodes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from transpile.findings.codes.boxes import BoxFlattened
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.alerts import alerts_of_failure, unheard_boxes
from transpile.lowering.calls import Calls, Reserved
from transpile.lowering.failures import Failures, find_failures
from transpile.lowering.nodes import NodeBuilder
from transpile.lowering.placement import Placement
from transpile.lowering.start_conditions import StartConditions, find_start_conditions
from transpile.lowering.structure import Key, Lowered, Role, Workflow
from transpile.lowering.wholes import lowered_whole
from transpile.model import Facts


def lower(
    facts: Facts,
    place: Mapping[str, int],
    diagnostics: Diagnostics,
    reserved: Reserved = lambda _: (),
) -> Lowered:
    """Lower one group of jobs.

    `place` has the position of each job in the source. `reserved` returns the names that no
    workflow input may have.
    """
    crossed: dict[str, tuple[str, str]] = {}
    while True:
        found = _decide(facts, diagnostics)
        crossed |= found.crossed
        calls = Calls(found.facts, found.failures, reserved, diagnostics)
        if not calls.refused:
            break
        # A job whose call is refused runs its own action, which may change who is watched.
        diagnostics.unmap(calls.refused)
        facts = found.facts.without_calls(calls.refused)
    facts, root = found.facts, found.root
    lowered = lowered_whole(facts, root, calls, root, diagnostics)
    workflows, placement = _workflows(found, place, lowered.whole)
    return replace(
        lowered,
        workflows=workflows,
        crossed=crossed,
        watched=frozenset(k.name for k in found.failures.watched if k.role is Role.JOB),
        unheard=frozenset(unheard_boxes(facts, found.failures, placement.is_workflow)),
    )


@dataclass(frozen=True, slots=True)
class _Decisions:
    """Decisions about a group as a whole.

    `root` is the box that the outermost workflow stands for, if any. `crossed` has for each box
    that is flattened here a pair of jobs with the wall of the box between them.
    """

    facts: Facts
    failures: Failures
    root: str | None
    crossed: Mapping[str, tuple[str, str]]


def _decide(facts: Facts, diagnostics: Diagnostics) -> _Decisions:
    conditions = find_start_conditions(facts)
    crossed = _crossed_walls(facts, conditions)
    for box, (upstream, downstream) in crossed.items():
        diagnostics.add(
            BoxFlattened(name=box, upstream=upstream, downstream=downstream),
            facts.jobs[box].span,
            job=box,
        )
    failures = find_failures(conditions)
    facts = replace(facts, flattened=facts.flattened | crossed.keys())
    return _Decisions(facts, failures, _root(facts, failures), crossed)


def _crossed_walls(facts: Facts, conditions: StartConditions) -> dict[str, tuple[str, str]]:
    """The boxes to flatten because a status crosses their wall, with the two jobs concerned.

    Only terminators cause this: the jobs downstream of one ask for its status, at any depth.
    """
    jobs, found = facts.jobs, dict[str, tuple[str, str]]()
    if not any(job.terminates_box for job in jobs.values()):
        return found
    for key in conditions.of:
        for above in conditions.upstream(key) if key.name in jobs else ():
            if above.role in (Role.JOB, Role.END) and above.name in jobs:
                at_end = key.role is Role.END
                for box in facts.graph.walls_between(above.name, key.name, at_end=at_end):
                    if box not in facts.flattened:
                        found.setdefault(box, (above.name, key.name))
    return found


def _root(facts: Facts, failures: Failures) -> str | None:
    """The box that the outermost workflow stands for, if any."""
    group = facts.groups[0]
    alone = len(group) == 1 and facts.title in (None, group[0])
    # The gate of a box is a node in front of it, so the outermost workflow holds both.
    is_root = (
        alone and facts.members.get(group[0]) and Key(Role.START, group[0]) not in failures.gates
    )
    return group[0] if is_root else None


def _workflows(
    found: _Decisions, place: Mapping[str, int], whole: str | None
) -> tuple[tuple[Workflow, ...], Placement]:
    """The workflows, inner ones first, and the placement of jobs in them."""
    facts, root, failures = found.facts, found.root, found.failures
    placement = Placement(facts, root, failures, place)
    builder = NodeBuilder(facts, failures, placement)
    boxes: dict[str | None, list[str]] = {}
    for name in facts.order:
        if facts.members.get(name):
            kept = placement.is_workflow(name)
            boxes.setdefault(name if kept else placement.home(name), []).append(name)
    # Boxes precede their members in this order.
    homes = [name for name in reversed(facts.order) if name in placement.layouts and name != root]
    workflows = (
        Workflow(
            box=home,
            nodes=tuple(builder.nodes(home, placement.layouts[home])),
            boxes=tuple(boxes.get(home, ())),
            on_failure=alerts_of_failure(facts, failures, home, whole),
        )
        for home in (*homes, root)
    )
    return tuple(workflows), placement
