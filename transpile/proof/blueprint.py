"""A serialised workflow as a tree: nodes with their tasks and sub-workflows."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from transpile.targets.flyte.model import NodeRole

Roles: TypeAlias = "Mapping[tuple[str, str], tuple[NodeRole, str | None]]"
"""Role and job of each node, by the variable of its workflow and its id."""

PLACES = 25
"""Default number of tasks that an execution runs at a time, set by flyteadmin."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant in the workflow."""

    value: Any


@dataclass(frozen=True, slots=True)
class Promise:
    """An output of another node; of the workflow's inputs when `node` is ''."""

    node: str
    variable: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of bindings."""

    items: "tuple[Binding, ...]"


@dataclass(frozen=True, slots=True)
class Keyed:
    """Bindings by key."""

    items: "tuple[tuple[str, Binding], ...]"


Binding: TypeAlias = Constant | Promise | Listed | Keyed


@dataclass(slots=True)
class Task:
    """A task: its Python object, interface, retries and timeout."""

    name: str
    entity: Any
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    retries: int
    timeout: float
    signal: str = ""
    """The signal that a gate waits for; empty for a task."""
    needs_yes: bool = False
    """The gate fails if the answer is no."""

    @property
    def is_gate(self) -> bool:
        """True for a node that waits for an answer."""
        return bool(self.signal)


@dataclass(slots=True)
class Branch:
    """A choice between nodes: the first case whose condition holds runs."""

    cases: "list[tuple[Any, Node | None]]"
    error: str

    @property
    def nodes(self) -> "list[Node]":
        """The nodes of the cases."""
        return [node for _, node in self.cases if node]

    def chosen(self, inputs: Mapping[str, Any]) -> "Workflow | None":
        """A workflow of the first case that holds; None if no case does."""
        for condition, node in self.cases:
            if holds(condition, inputs):
                if node is None:
                    return None
                outputs = node.target.outputs if not isinstance(node.target, Branch) else ()
                found: dict[str, Binding] = {name: Promise(node.id, name) for name in outputs}
                return Workflow("", [node], found, True, None, tuple(inputs))
        return None


@dataclass(slots=True)
class Node:
    """A node; `label` is its display name. `timeout` is in seconds, 0 for none.

    It stands for the `job` in this `role`; a node that the report does not list has neither.
    """

    id: str
    label: str
    upstream: tuple[str, ...]
    bindings: dict[str, Binding]
    target: "Task | Workflow | Branch"
    retries: int
    timeout: float
    declared: tuple[str, ...] = ()
    """Upstream ids as they are written; `upstream` also has those that bindings name."""
    role: NodeRole | None = None
    job: str | None = None

    @property
    def runs(self) -> str | None:
        """The job that the node runs; None in other roles."""
        return self.job if self.role is NodeRole.JOB else None

    @property
    def takes_a_place(self) -> bool:
        """True for nodes that count in max_parallelism: tasks and launched workflows."""
        if isinstance(self.target, Task):
            return not self.target.is_gate
        return isinstance(self.target, Workflow) and self.target.launched


@dataclass(slots=True)
class Workflow:
    """A workflow. With `stops` its failure policy is FAIL_IMMEDIATELY.

    A workflow that is `launched` by a launch plan runs in an execution of its own.
    """

    name: str
    nodes: list[Node]
    outputs: dict[str, Binding]
    stops: bool
    failure: Node | None
    inputs: tuple[str, ...]
    defaults: dict[str, Any] = field(default_factory=dict)
    types: dict[str, type] = field(default_factory=dict)
    launched: bool = False
    places: int = PLACES
    """Maximum number of tasks that its launch plans let run at a time."""

    @property
    def registered(self) -> str:
        """The name under which other workflows find its executions."""
        return self.name


def assign_roles(workflow: Workflow, roles: Roles, variables: Mapping[str, str]) -> None:
    """Set the roles of the nodes of a workflow, at any depth.

    `variables` has the variable of each workflow.
    """
    variable = variables.get(workflow.name, "")
    pending = [("", node) for node in (*workflow.nodes, *filter(None, [workflow.failure]))]
    while pending:
        prefix, node = pending.pop()
        node.role, node.job = roles.get((variable, prefix + node.id), (None, None))
        if isinstance(node.target, Branch):
            pending += [(f"{prefix}{node.id}/", case) for case in node.target.nodes]
        elif isinstance(node.target, Workflow):
            assign_roles(node.target, roles, variables)


def promised(binding: Binding) -> list[Promise]:
    """The promises inside a binding."""
    if isinstance(binding, Promise):
        return [binding]
    if isinstance(binding, Listed):
        return [p for item in binding.items for p in promised(item)]
    if isinstance(binding, Keyed):
        return [p for _, item in binding.items for p in promised(item)]
    return []


class Opener:
    """Turns serialised workflows into trees; `tasks` and `launch_plans` resolve references."""

    def __init__(
        self,
        specs: Mapping[str, Any],
        tasks: Mapping[str, tuple[Any, Any]],
        launch_plans: Mapping[str, tuple[Any, dict[str, Any]]],
    ) -> None:
        self._specs = specs
        self._tasks = tasks
        self._launch_plans = launch_plans

    def workflow(self, template: Any) -> Workflow:
        """The workflow of a template."""
        nodes = [self._node(node) for node in template.nodes if node.id != "start-node"]
        failure = self._node(template.failure_node) if template.failure_node else None
        stops = template.metadata.on_failure == 0
        outputs = {b.var: _binding(b.binding) for b in template.outputs}
        inputs = tuple(template.interface.inputs)
        return Workflow(template.id.name, nodes, outputs, stops, failure, inputs)

    def _node(self, node: Any) -> Node:
        bindings = {b.var: _binding(b.binding) for b in node.inputs}
        declared = tuple(u for u in node.upstream_node_ids if u != "start-node")
        handed = (p.node for b in bindings.values() for p in promised(b) if p.node)
        target = self._target(node)
        retries = node.metadata.retries.retries if node.metadata.retries else 0
        timeout = node.metadata.timeout.total_seconds() if node.metadata.timeout else 0.0
        if isinstance(target, Task):
            retries, timeout = retries or target.retries, timeout or target.timeout
        return Node(
            id=node.id,
            label=node.metadata.name or node.id,
            upstream=tuple(sorted({*declared, *handed})),
            bindings=bindings,
            target=target,
            retries=retries,
            timeout=timeout,
            declared=declared,
        )

    def _target(self, node: Any) -> Task | Workflow | Branch:
        if node.task_node is not None:
            return self._task(node.task_node.reference_id.name)
        if node.workflow_node is not None:
            reference = node.workflow_node.sub_workflow_ref
            if reference is not None:
                return self.workflow(self._specs[reference.name])
            return self._launch_plan(node.workflow_node.launchplan_ref.name)
        if node.branch_node is not None:
            return self._branch(node.branch_node.if_else)
        if node.gate_node is not None:
            needs_yes = node.gate_node.approve is not None
            signal = _signal(node)
            return Task(node.id, None, (), ("o0",), 0, 0.0, signal=signal, needs_yes=needs_yes)
        return Task(node.id, None, (), (), 0, 0.0)

    def _launch_plan(self, name: str) -> Workflow | Task:
        if name not in self._launch_plans:
            return Task(name, None, (), (), 0, 0.0)
        template, defaults = self._launch_plans[name]
        opened = self.workflow(template)
        opened.defaults = defaults
        opened.launched = True
        return opened

    def _task(self, name: str) -> Task:
        if name not in self._tasks:
            return Task(name, None, (), ("o0",), 0, 0.0)
        entity, template = self._tasks[name]
        timeout = template.metadata.timeout
        return Task(
            name=name,
            entity=entity,
            inputs=tuple(template.interface.inputs),
            outputs=tuple(template.interface.outputs),
            retries=template.metadata.retries.retries,
            timeout=timeout.total_seconds() if timeout else 0.0,
        )

    def _branch(self, if_else: Any) -> Branch:
        blocks = [if_else.case, *(if_else.other or ())]
        cases: list[tuple[Any, Node | None]] = [
            (block.condition, self._node(block.then_node)) for block in blocks
        ]
        if if_else.else_node is not None:
            cases.append((None, self._node(if_else.else_node)))
        return Branch(cases, if_else.error.message if if_else.error else "no case is true")


def _signal(node: Any) -> str:
    return str(getattr(node.gate_node.condition, "signal_id", node.id))


def _binding(data: Any) -> Binding:
    if data.promise is not None:
        node = data.promise.node_id
        return Promise("" if node == "start-node" else node, data.promise.var)
    if data.collection is not None:
        return Listed(tuple(map(_binding, data.collection.bindings)))
    if data.map is not None:
        return Keyed(tuple((key, _binding(item)) for key, item in data.map.bindings.items()))
    return Constant(_scalar(data.scalar))


def _scalar(scalar: Any) -> Any:
    """The Python value of a primitive; None for other scalars."""
    primitive = scalar.primitive if scalar is not None else None
    return None if primitive is None else primitive.value


_OPERATORS = (operator.eq, operator.ne, operator.gt, operator.ge, operator.lt, operator.le)
"""The comparisons, in the order of ComparisonExpression.Operator."""


def holds(condition: Any, values: Mapping[str, Any]) -> bool:
    """True if the condition of a case holds; None is the condition of an else."""
    if condition is None:
        return True
    if condition.conjunction is not None:
        parts = condition.conjunction
        left, right = holds(parts.left_expression, values), holds(parts.right_expression, values)
        return (left and right) if parts.operator == 0 else (left or right)
    comparison = condition.comparison
    left, right = (_operand(o, values) for o in (comparison.left_value, comparison.right_value))
    try:
        return bool(_OPERATORS[comparison.operator](left, right))
    except TypeError:
        return False


def _operand(operand: Any, values: Mapping[str, Any]) -> Any:
    if operand.var:
        return values.get(operand.var)
    return operand.primitive.value if operand.primitive is not None else _scalar(operand.scalar)
