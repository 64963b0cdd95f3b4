"""Lists the nodes of an emitted module with their roles."""

from collections.abc import Iterator
from typing import NamedTuple

from transpile.targets.flyte.model import ModulePlan, NodeRole, TaskPlan, WorkflowPlan


class NodeRow(NamedTuple):
    """A node of the workflow in `variable`, its role and its job, if any.

    The id of a node in a choice follows that of the choice and a `/`. flytekit numbers the nodes
    without an id.
    """

    variable: str
    node: str
    role: NodeRole
    job: str | None


def node_rows(module: ModulePlan) -> Iterator[NodeRow]:
    """A row for each node of each workflow of the module."""
    for workflow in module.workflows:
        for task in workflow.tasks:
            yield from _around(task)
        yield from _nodes(workflow)
    for plan in module.run_days:
        yield NodeRow(plan.variable, plan.node, plan.role, None)
        yield NodeRow(plan.variable, "n1", NodeRole.CHOICE, None)
        yield NodeRow(plan.variable, "n1/n0", NodeRole.WORKFLOW, None)
        yield NodeRow(plan.variable, "n1/n1", NodeRole.REST, None)


def _nodes(workflow: WorkflowPlan) -> Iterator[NodeRow]:
    for node in workflow.nodes:
        yield NodeRow(workflow.variable, node.node_id, node.role, node.job)
    if handler := workflow.handler:
        yield NodeRow(workflow.variable, handler.node_id, NodeRole.FAILURE, handler.job)


def _around(task: TaskPlan) -> Iterator[NodeRow]:
    """The nodes of the workflow around a task with a branch or an approval."""
    if task.branch:
        yield NodeRow(task.branch.workflow, "n0", NodeRole.CHOICE, task.job)
        yield NodeRow(task.branch.workflow, "n0/n0", NodeRole.JOB, task.job)
        yield NodeRow(task.branch.workflow, "n0/n1", NodeRole.SKIP, task.job)
    if task.wait:
        yield NodeRow(task.wait.workflow, "n0", NodeRole.ANSWER, task.job)
        yield NodeRow(task.wait.workflow, "n1", NodeRole.ANSWER, task.job)
    if task.approval:
        yield NodeRow(task.approval.workflow, "n0", NodeRole.ANSWER, task.job)
        yield NodeRow(task.approval.workflow, "n1", NodeRole.JOB, task.job)
