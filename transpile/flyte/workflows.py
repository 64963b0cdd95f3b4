"""Groups of jobs to modules: task functions, workflows and the nodes in them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from transpile.flyte.frontier import Frontier, Key, Layout, Role
from transpile.flyte.model import (
    Call,
    Minutes,
    NodePlan,
    OutputPlan,
    TaskPlan,
    Value,
    WorkflowPlan,
)
from transpile.flyte.names import (
    RESERVED_FOR_INPUTS,
    RESERVED_IN_MODULES,
    Scope,
    identifier,
)
from transpile.flyte.tasks import documentation, plan_task, variables_of
from transpile.ir import Network

Todos = Callable[[str], tuple[str, ...]]
"""The marks that stand at a job in the emitted text, by its name."""

_MISSING = {
    "A303": "{name} is nowhere in the estate",
    "A304": "{name} runs in another instance",
}


@dataclass(slots=True)
class Built:
    """A workflow and what its surroundings need to know of it."""

    plan: WorkflowPlan
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(slots=True)
class ModuleBuilder:
    """Builds the workflows of one module; `variable` is the outermost one's, and the module's."""

    network: Network
    frontier: Frontier
    variable: str
    workflow_names: dict[str | None, str]
    inputs: dict[str, str]
    todos: Todos
    scope: Scope
    built: dict[str | None, Built] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    functions: dict[Key, str] = field(default_factory=dict)
    node_of: dict[str, str | None] = field(default_factory=dict)
    comments: dict[str | None, list[str]] = field(default_factory=dict)
    globals: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.globals = {name: variable for variable, name in self.inputs.items()}

    def build(self, root: str | None, names: list[str]) -> tuple[WorkflowPlan, ...]:
        """The workflows, inner ones first."""
        layouts = self.frontier.lay_out()
        self._name_jobs(root, names)
        self._comment_on_boxes(names)
        # A box's start stands before its members, so that inner boxes come first in reverse.
        for name in reversed(names):
            if name in layouts and name != root:
                self._build(name, layouts[name])
        self._build(root, layouts[root])
        return tuple(built.plan for built in self.built.values())

    def _name_jobs(self, root: str | None, names: list[str]) -> None:
        for name in names:
            if name == root:
                self.variables[name] = self.variable
                continue
            base = identifier(name, "job", RESERVED_IN_MODULES)
            if base == self.variable:
                base = f"{base}_job"
            self.variables[name] = self.scope.claim(base, "_node")

    def _function(self, key: Key) -> str:
        """The name of the task function that stands for a node."""
        if key not in self.functions:
            if key.role is Role.JOB:
                self.functions[key] = self.variables[key.name]
            elif key.role is Role.MISSING:
                self.functions[key] = self.scope.claim(
                    identifier(key.name, "job", RESERVED_IN_MODULES), "_node"
                )
            else:
                base = f"{self.variables[key.name]}_{key.role.name.lower()}"
                self.functions[key] = self.scope.claim(base, "_node")
        return self.functions[key]

    def _build(self, box: str | None, layout: Layout) -> None:
        variable = self.variable if box is None else self.variables[box]
        name = self.workflow_names[box]
        tasks: list[TaskPlan] = []
        nodes: list[NodePlan] = []
        for key in layout.nodes:
            if key.role is Role.JOB and self.frontier.is_workflow(key.name):
                nodes.append(self._workflow_node(key.name))
            else:
                known = key in self.functions
                task = self._task(key)
                if not known:
                    tasks.append(task)
                nodes.append(self._task_node(key, task))
            if key.role is Role.JOB:
                self.node_of[key.name] = nodes[-1].node_id
        node_of = dict(zip(layout.nodes, nodes, strict=True))
        used = list(dict.fromkeys(i for node in nodes for i in node.inputs))
        outputs = self._outputs(layout, node_of)
        plan = WorkflowPlan(
            variable=variable,
            name=name,
            comments=tuple(self.comments.get(box, ())),
            tasks=tuple(tasks),
            inputs=tuple((name, self._default(name)) for name in used),
            nodes=tuple(nodes),
            edges=self._edges(layout, node_of),
            outputs=outputs,
        )
        self.built[box] = Built(plan, tuple(used), tuple(o.name for o in outputs))

    def _edges(self, layout: Layout, node_of: dict[Key, NodePlan]) -> tuple[tuple[str, str], ...]:
        order = {key: number for number, key in enumerate(layout.nodes)}
        edges = sorted(layout.edges, key=lambda edge: (order[edge[1]], order[edge[0]]))
        return tuple((node_of[a].variable, node_of[b].variable) for a, b in edges)

    def _outputs(self, layout: Layout, node_of: dict[Key, NodePlan]) -> tuple[OutputPlan, ...]:
        inner = {first for first, _ in layout.edges}
        outputs: list[OutputPlan] = []
        for key in layout.nodes:
            if key in inner:
                continue
            node = node_of[key]
            if node.is_workflow:
                names = self.built[key.name].outputs
                outputs += [OutputPlan(name, node.variable, name) for name in names]
            else:
                outputs.append(OutputPlan(node.entity, node.variable, "o0"))
        return tuple(outputs)

    def _default(self, input_name: str) -> str:
        """The value of the global, or its own spelling, which no command accepts."""
        variable = self.globals[input_name]
        known = self.network.variables.get(variable)
        value = known.value if known else None
        return f"$${variable}" if value is None else value

    def _workflow_node(self, box: str) -> NodePlan:
        job = self.network.jobs[box]
        variable = self.variables[box]
        settings: tuple[tuple[str, Value], ...] = ()
        if job.time_limit:
            settings = (("timeout", Minutes(job.time_limit)),)
        return NodePlan(
            variable=f"{variable}_node",
            node_id=variable.replace("_", "-"),
            label=box,
            entity=variable,
            is_workflow=True,
            inputs=self.built[box].inputs,
            settings=settings,
        )

    def _task_node(self, key: Key, task: TaskPlan) -> NodePlan:
        suffix = "" if key.role in (Role.JOB, Role.MISSING) else f" ({key.role.name.lower()})"
        return NodePlan(
            variable=f"{task.function}_node",
            node_id=task.function.replace("_", "-"),
            label=key.name + suffix,
            entity=task.function,
            is_workflow=False,
            inputs=task.parameters,
        )

    def _task(self, key: Key) -> TaskPlan:
        function = self._function(key)
        if key.role is Role.JOB:
            job = self.network.jobs[key.name]
            return plan_task(job, function, self.inputs, self.todos(key.name))
        if key.role is Role.MISSING:
            reason = _MISSING[key.code].format(name=key.name)
            call = Call("blocked", (key.code, reason))
            heading = f"{key.name} · {reason}"
            return TaskPlan(function, key.name, (heading,), (), (), (), call)
        return self._gate(key, function)

    def _gate(self, key: Key, function: str) -> TaskPlan:
        box = self.network.jobs[key.name]
        blocked = box.held_up if key.role is Role.START else box.box_result
        call = Call("blocked", (blocked.code, blocked.reason)) if blocked else None
        heading = f"{key.name} · {key.role.name.lower()} of the box"
        return TaskPlan(function, key.name, (heading,), (), (), (), call)

    def _comment_on_boxes(self, names: list[str]) -> None:
        """A box that is a workflow, or is flattened into one, has no task to hold its notes."""
        for name in names:
            if not self.network.members.get(name):
                continue
            self.node_of[name] = None
            kept = self.frontier.is_workflow(name)
            lines = self.comments.setdefault(name if kept else self.frontier.home(name), [])
            lines += [""] if lines else []
            head, *rest = documentation(self.network.jobs[name])
            lines += [head if kept else f"{head} (flattened)", *rest, *self.todos(name)]


def input_names(network: Network, names: list[str]) -> dict[str, str]:
    """For each global that the jobs use, the name of the workflow input that carries it."""
    scope = Scope()
    used = dict.fromkeys(v for name in names for v in variables_of(network.jobs[name]))
    return {
        variable: scope.claim(identifier(variable, "value", RESERVED_FOR_INPUTS))
        for variable in used
    }


def new_scope(variable: str) -> Scope:
    """The names of a module whose outermost workflow has that variable."""
    scope = Scope()
    scope.claim(variable, "_node")
    return scope
