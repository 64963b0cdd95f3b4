"""Counts waits that poll: each takes a pod and one of the places of an execution for tasks."""

from collections.abc import Sequence

from transpile.targets.flyte.model import TaskPlan, WorkflowPlan
from transpile.targets.flyte.paths import behind
from transpile.targets.flyte.values import Call, Name

PLACES = 25
"""Number of tasks that an execution runs at a time by default: flyteadmin's max_parallelism.

Approvals wait without a pod and take no place."""

MANY = 20
"""Number of simultaneous waits that leave too few places for other jobs."""

_MOST = 4_000
"""Maximum number of waits to compare in one workflow; memory grows with their square.

If there are more, all of them count as simultaneous."""

_POLLING = ("wait_for_file", "wait_status", "wait_for_run", "wait_run_status", "look_at_legacy")


def places_wanted(workflows: Sequence[WorkflowPlan]) -> int:
    """The max_parallelism that these workflows need, inner ones first; 0 for the default.

    It is the number of simultaneous waits plus the default. Executions that nodes launch inherit
    the setting.
    """
    most = max(_waiting(workflows), default=0)
    return most + PLACES if most >= MANY else 0


def _waiting(workflows: Sequence[WorkflowPlan]) -> list[int]:
    """The maximum number of simultaneous waits of each workflow."""
    known: dict[str, int] = {}
    found: list[int] = []
    for workflow in workflows:
        polling = {task.entity for task in workflow.tasks if _polls(task)}
        known.update(dict.fromkeys(polling, 1))
        weights = [
            min(known.get(node.entity, 0), 1) if node.launches else known.get(node.entity, 0)
            for node in workflow.nodes
        ]
        known[workflow.variable] = _most_at_once(weights, behind(workflow))
        found.append(known[workflow.variable])
    return found


def _polls(task: TaskPlan) -> bool:
    result = task.result
    if not isinstance(result, Call):
        return False
    first = result.arguments[0] if result.arguments else None
    called = first.id if result.function == "with_outputs" and isinstance(first, Name) else ""
    return (called or result.function) in _POLLING


def _most_at_once(weights: Sequence[int], below: Sequence[set[int]]) -> int:
    """An upper bound of the weight that runs at the same time, rarely too high.

    Nodes of a chain run one after another, so they share their weight. Vertices are in dependency
    order.
    """
    heavy = [number for number, weight in enumerate(weights) if weight]
    if len(heavy) > _MOST:
        return sum(weights)
    bit = {number: 1 << place for place, number in enumerate(heavy)}
    above = [0] * len(weights)
    free: dict[int, int] = {}
    open_chains, total = 0, 0
    for number, weight in enumerate(weights):
        wanted = weight
        ready = above[number] & open_chains
        while wanted and ready:
            last = ready & -ready
            ready ^= last
            taken = min(wanted, free[last])
            free[last] -= taken
            wanted -= taken
            open_chains ^= 0 if free[last] else last
        total += wanted
        if weight:
            free[bit[number]] = weight
            open_chains |= bit[number]
        for target in below[number]:
            above[target] |= above[number] | bit.get(number, 0)
    return total
