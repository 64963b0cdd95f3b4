"""Finds where jobs stand that other workflows look at, and where waits do."""

from collections.abc import Mapping, Sequence

from transpile.lowering.structure import Lowered
from transpile.targets.flyte.cut_plans import Crossings, Place
from transpile.targets.flyte.model import NodeRole, WorkflowPlan

_Paths = Mapping[tuple[NodeRole, str], str]
"""The path of a node from the outermost workflow, by role and job."""

_RUNS_JOB = (NodeRole.JOB, NodeRole.BRANCH, NodeRole.APPROVAL)
_BEGINS_BOX = (NodeRole.BOX, NodeRole.START)


def crossings(
    lowered: Lowered,
    workflows: Sequence[WorkflowPlan],
    constants: Mapping[str, tuple[str, str]],
    names: tuple[str, ...],
) -> Crossings:
    """What other workflows need to know of this one.

    `constants` has the module and the constant of each cut. `names` are those of the workflow on
    Flyte and of the workflows around it that look up run days.
    """
    main, *scheduled = names
    facts = lowered.facts
    cuts = facts.cuts.values()
    wanted = dict.fromkeys((*facts.cuts, *facts.looked_at))
    if not wanted:
        return Crossings()
    paths = _paths(workflows)
    places: dict[str, Place] = {}
    for job in wanted:
        top = facts.graph.top(job)
        is_box = bool(facts.members.get(job))
        node = paths.get((NodeRole.END, job)) if is_box else _first(paths, _RUNS_JOB, job)
        places[job] = Place(
            workflow=main,
            node=node or "",
            wait=paths.get((NodeRole.WAIT, job), ""),
            box=_beginning(lowered, paths, top),
            is_box=is_box,
            begins=(is_box and job != top and _first(paths, _BEGINS_BOX, job)) or "",
            waits=paths.get((NodeRole.WAIT, top), "") if top == lowered.root else "",
            scheduled=tuple(scheduled),
        )
    own = tuple((constants[cut.job][1], cut) for cut in cuts)
    return Crossings(own, places=places)


def _beginning(lowered: Lowered, paths: _Paths, top: str) -> str | None:
    """The path of the node with which a top-level box begins; None for a job in no box."""
    if not lowered.facts.members.get(top):
        return None
    return "" if top == lowered.root else _first(paths, _BEGINS_BOX, top)


def _first(paths: _Paths, roles: Sequence[NodeRole], job: str) -> str | None:
    return next((paths[role, job] for role in roles if (role, job) in paths), None)


def _paths(workflows: Sequence[WorkflowPlan]) -> dict[tuple[NodeRole, str], str]:
    known = {workflow.variable: workflow for workflow in workflows}
    found: dict[tuple[NodeRole, str], str] = {}
    pending = [("", workflows[-1])]
    while pending:
        prefix, workflow = pending.pop()
        for node in workflow.nodes:
            path = prefix + node.node_id
            if node.job is not None:
                found.setdefault((node.role, node.job), path)
            if node.entity in known:
                pending.append((f"{path}/", known[node.entity]))
    return found
