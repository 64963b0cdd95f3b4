"""Estimates the size of the object in which Flyte keeps an execution.

The object holds the workflow, its sub-workflows and every task that they use. Executions that a
launch plan starts have objects of their own. The estimate follows the compact JSON of flytekit's
closure; propeller's object is larger by a constant factor.
"""

from collections.abc import Iterable, Iterator, Sequence

from transpile.targets.flyte.model import NodePlan, TaskPlan, WorkflowPlan
from transpile.targets.flyte.values import Input, Name, Output, Value, parts

LIMIT = 1_200_000
"""Bytes above which an execution may not start. etcd takes 1.5 MB, and the object grows as nodes
run: 760 jobs (1.4 MB) ran, 950 were registered and then failed at once."""

FORM = 1.4
"""Ratio of propeller's object to the JSON of the closure. Measured: 1.87 kB to 1.33 kB per job."""

_WORKFLOW, _TASK, _NODE, _ENTITY = 260, 770, 205, 900
_VARIABLE, _BINDING, _UPSTREAM = 55, 44, 3
RUN_DAYS = 6_000
"""Bytes of the workflow that looks up run days; each module counts one."""

WANTED = round(0.95 * LIMIT / FORM) - RUN_DAYS
"""Bytes of JSON that an execution of parts has at most; wiring of parts comes on top."""

PART, CROSSING = 1_000, 250
"""Bytes of JSON of a node that launches a part, and of a value that leaves a part."""

_BRANCH, _APPROVAL, _GATE, _HANDLER = 1_450, 1_300, 1_000, 1_450
_CONSTANT = 200
"""Bytes of a setting that is a constant of `job_runtime.py`, such as the environment."""


def object_sizes(workflows: Sequence[WorkflowPlan], module: str) -> dict[str, int]:
    """Bytes of the object of an execution of each workflow, by its variable; inner ones first."""
    own: dict[str, int] = {}
    inside: dict[str, set[str]] = {}
    for workflow in workflows:
        own[workflow.variable] = fixed_size(workflow, module) + sum(node_sizes(workflow, module))
        held = {workflow.variable}
        for node in workflow.nodes:
            if node.entity in inside and not node.launches:
                held |= inside[node.entity]
        inside[workflow.variable] = held
    # The workflow that looks up run days holds the main workflow.
    return {
        variable: round(FORM * (sum(own[name] for name in held) + RUN_DAYS))
        for variable, held in inside.items()
    }


def fixed_size(workflow: WorkflowPlan, module: str) -> int:
    """Bytes of the workflow's JSON without its nodes and their tasks."""
    used = {node.entity for node in workflow.nodes}
    total = _WORKFLOW + 2 * len(workflow.name)
    total += sum(_task(task, module) for task in workflow.tasks if task.entity not in used)
    total += _HANDLER * bool(workflow.handler)
    total += _variables(given.name for given in workflow.inputs)
    total += _variables(output.name for output in workflow.outputs)
    return total + sum(_BINDING + _length(output.source) for output in workflow.outputs)


def node_sizes(workflow: WorkflowPlan, module: str) -> list[int]:
    """Bytes of the JSON of each node, with the task that is printed with the workflow."""
    tasks = {task.entity: _task(task, module) for task in workflow.tasks}
    own = frozenset(tasks)
    ids = {node.variable: node.node_id for node in workflow.nodes}
    above: dict[str, set[str]] = {name: set() for name in ids}
    for first, second in workflow.edges:
        above[second].add(first)
    found: list[int] = []
    for node in workflow.nodes:
        upstream = above[node.variable].union(node.upstream)
        total = _node(node, module) + sum(_UPSTREAM + len(ids[name]) for name in upstream)
        if not node.is_workflow and node.entity not in own:
            total += _ENTITY
        # Nodes of one task share it.
        found.append(total + tasks.pop(node.entity, 0))
    return found


def _task(task: TaskPlan, module: str) -> int:
    total = _TASK + 2 * (len(task.function) + len(module))
    total += _variables(task.handed) + _variables(["o0"] * bool(task.returns) + ["o1"] * task.gives)
    total += sum(len(key) + _length(value) for key, value in task.settings)
    total += _CONSTANT * sum(isinstance(value, Name) for _, value in task.settings)
    if task.branch:
        total += _BRANCH + _variables(task.parameters)
    return total + _APPROVAL * bool(task.approval) + _GATE * bool(task.wait)


def _node(node: NodePlan, module: str) -> int:
    total = _NODE + len(node.node_id) + len(node.label) + len(node.entity) + len(module)
    total += sum(_BINDING + len(name) + _length(value) for name, value in node.inputs)
    return total + sum(len(key) + _length(value) for key, value in node.settings)


def _variables(names: Iterable[str]) -> int:
    return sum(_VARIABLE + 2 * len(name) for name in names)


def _length(value: Value) -> int:
    """Bytes of a value in JSON, with quotes and separators."""
    return sum(len(text.encode("utf-8", "replace")) + 3 for text in _texts(value))


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Input):
        yield value.name
    elif isinstance(value, Output):
        yield from (value.node, value.name)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    for part in parts(value):
        yield from _texts(part)
