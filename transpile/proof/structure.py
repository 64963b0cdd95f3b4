"""Finds structural errors in a workflow, also those that Flyte's compiler does not report."""

from collections import Counter
from collections.abc import Iterator

from transpile.model.graph import topological
from transpile.proof.blueprint import Branch, Node, Task, Workflow, promised

LONGEST_ID = 63


def problems(workflow: Workflow) -> Iterator[str]:
    """The problems of a workflow and of those inside it."""
    if not workflow.nodes:
        yield f"workflow {workflow.name} has no nodes"
    handlers = [workflow.failure] if workflow.failure else []
    ids = Counter(node.id for node in (*workflow.nodes, *handlers))
    for name, count in ids.items():
        if count > 1:
            yield f"workflow {workflow.name} has {count} nodes with the id {name}"
        if not 0 < len(name) <= LONGEST_ID:
            yield f"the id {name} has {len(name)} characters; {LONGEST_ID} are allowed"
    yield from _order_problems(workflow)
    for node in (*workflow.nodes, *handlers):
        yield from _node_problems(workflow, node, set(ids))
        inner = node.target.nodes if isinstance(node.target, Branch) else []
        for chosen in inner:
            yield from _node_problems(workflow, chosen, set(ids))
        for target in (node.target, *(chosen.target for chosen in inner)):
            yield from problems(target) if isinstance(target, Workflow) else ()


def _order_problems(workflow: Workflow) -> Iterator[str]:
    number = {node.id: place for place, node in enumerate(workflow.nodes)}
    behind: list[list[int]] = [[] for _ in workflow.nodes]
    for node in workflow.nodes:
        for upstream in node.upstream:
            if upstream in number:
                behind[number[upstream]].append(number[node.id])
                if number[upstream] > number[node.id]:
                    yield f"node {node.id} stands before {upstream}, which it waits for"
    if len(topological(behind)) < len(behind):
        yield f"nodes of workflow {workflow.name} form a cycle"


def _node_problems(workflow: Workflow, node: Node, ids: set[str]) -> Iterator[str]:
    for upstream in node.declared:
        if upstream not in ids:
            yield f"node {node.id} waits for {upstream}, which is not a node of {workflow.name}"
    if isinstance(node.target, Task | Workflow):
        given = node.target.defaults if isinstance(node.target, Workflow) else {}
        for name in node.target.inputs:
            if name not in node.bindings and name not in given:
                yield f"input {name} of node {node.id} is not bound"
    for name, binding in node.bindings.items():
        for promise in promised(binding):
            if promise.node and promise.node not in ids:
                yield f"input {name} of node {node.id} names {promise.node}, which is not a node"
            if not promise.node and promise.variable not in workflow.inputs:
                input_ = f"{promise.variable}, which is not an input of {workflow.name}"
                yield f"input {name} of node {node.id} names {input_}"
