"""Lowered workflows to plans: task functions, workflows and the nodes in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from transpile.findings.codes.mapping import UnconditionalApproval
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import Deed, Handed, Key, Lowered, Node, Role, Workflow
from transpile.model import Approval, SettledJob, Variable
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.around import WaitPlan
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.entities import Entities
from transpile.targets.flyte.kinds import Kinds
from transpile.targets.flyte.model import (
    HandlerPlan,
    InputPlan,
    NodePlan,
    NodeRole,
    OutputPlan,
    TaskPlan,
    WorkflowPlan,
)
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.names import result_name
from transpile.targets.flyte.statuses import Statuses
from transpile.targets.flyte.tasks import documentation, overrides, run_task
from transpile.targets.flyte.values import Input, Moment, Name, Output

MOST_OUTPUTS = 100
"""Maximum number of outputs: flytekit's time grows with their square."""

_BEHIND = (Role.TELL, Role.LEGACY_END)
"""The roles of nodes behind the end of a job, which give no output."""


@dataclass(slots=True)
class ModuleBuilder:
    """Builds the workflows of one module.

    `module` is its dotted name, seen from the output folder.
    """

    lowered: Lowered
    names: ModuleNames
    workflow_names: dict[str | None, str]
    diagnostics: Diagnostics
    module: str
    branches: Branches
    days: DayTests
    logs_in: bool = False
    built: dict[str | None, WorkflowPlan] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    node_of: dict[str, str | None] = field(default_factory=dict)
    statuses: Statuses = field(init=False)
    entities: Entities = field(init=False)
    kinds: Kinds = field(init=False)

    def __post_init__(self) -> None:
        lowered, names = self.lowered, self.names
        self.statuses = Statuses(names, lowered.facts.said.variables, self.days, self.logs_in)
        self.kinds = Kinds(lowered.facts, self.diagnostics, names.scope, self.module)
        names.name_jobs(lowered.root, list(lowered.facts.order))
        self.entities = Entities(lowered, names.variables, names.scope, names.avoid)
        self.node_of.update(
            {name: None for name in lowered.facts.order if lowered.facts.members.get(name)}
        )

    def build(self) -> tuple[WorkflowPlan, ...]:
        """The workflows, inner ones first."""
        for workflow in self.lowered.workflows:
            self.built[workflow.box] = self._workflow(workflow)
        return tuple(self.built.values())

    def _workflow(self, workflow: Workflow) -> WorkflowPlan:
        box = workflow.box
        variable = self.names.workflow(box)
        tasks: list[TaskPlan] = []
        nodes: dict[Key, NodePlan] = {}
        looks: dict[Key, NodePlan] = {}
        for node in workflow.nodes:
            key = node.key
            if node.does is Deed.ENTER:
                nodes[key] = self._workflow_node(node)
            elif node.does is Deed.CALL:
                nodes[key] = self._entity_node(node)
            else:
                known = key in self.names.functions and key.role is Role.MISSING
                *before, task = self.branches.tasks(node, self._task(node))
                self.returns[task.function] = task.returns
                if not known:
                    tasks += [*before, task]
                nodes[key] = self._task_node(node, task)
                if task.wait:
                    looks[key] = nodes[key]
                    nodes[key] = _wait_node(node, task.wait)
            if key.role is Role.JOB:
                self.node_of[key.name] = nodes[key].node_id
        plans = [plan for key in nodes for plan in (looks.get(key), nodes[key]) if plan]
        handed = (source for plan in plans for source in plan.sources)
        used = list(dict.fromkeys(s.name for s in handed if isinstance(s, Input)))
        wanted = self.entities.outputs() if variable == self.names.variable else ()
        return WorkflowPlan(
            variable=variable,
            name=self.workflow_names[box],
            comments=self._comments(workflow),
            tasks=tuple(tasks),
            inputs=tuple(self.entities.input(name) or self._input(name) for name in used),
            nodes=tuple(plans),
            edges=(*_edges(workflow, nodes, looks),),
            outputs=wanted or self._outputs(workflow, nodes),
            result=result_name(self.names.scope, variable),
            handler=self._handler(workflow),
        )

    def _handler(self, workflow: Workflow) -> HandlerPlan | None:
        """The handler that raises the alerts of a failed workflow, if it has any."""
        failure, title = workflow.on_failure, self.workflow_names[workflow.box]
        if failure is None:
            return None
        named = ("job", failure.job) if failure.job else ("workflow", title)
        ((_, line),) = lines(failure.alerts, *named)
        variable = self.names.workflow(workflow.box)
        function = self.names.scope.claim(f"{variable}_failed", "_node")
        return HandlerPlan(function, workflow.box or title, workflow.box, line)

    def _outputs(self, workflow: Workflow, nodes: dict[Key, NodePlan]) -> tuple[OutputPlan, ...]:
        """The outputs of the last nodes: those without downstream nodes."""
        inner = {
            nodes[first].variable
            for node in workflow.nodes
            for first in node.after
            if node.key.role not in _BEHIND
        }
        inner |= {
            name for key, plan in nodes.items() if key.role not in _BEHIND for name in plan.upstream
        }
        outputs: list[OutputPlan] = []
        for node in workflow.nodes:
            plan = nodes[node.key]
            if plan.variable not in inner and node.key.role not in _BEHIND:
                outputs += self._outputs_of(node, plan)
        if len(outputs) > MOST_OUTPUTS:
            # Only the end of a box may have readers.
            known = {plan.variable for key, plan in nodes.items() if key.role is Role.END}
            outputs = [o for o in outputs if o.nodes & known]
        return tuple(outputs)

    def _outputs_of(self, node: Node, plan: NodePlan) -> list[OutputPlan]:
        if node.does is Deed.ENTER:
            inside = self.built[node.key.name].outputs
            return [replace(o, source=Output(plan.variable, o.name)) for o in inside]
        if node.does is Deed.CALL:
            return list(self.entities.outputs_of(node.key.name))
        function = self.names.function(node.key)
        kind = self.returns[function]
        return [OutputPlan(function, Output(plan.variable, "o0"), kind)] if kind else []

    def _input(self, name: str) -> InputPlan:
        """A workflow input for a status, a global, or the time at which the run starts."""
        return input_plan(name, self.names, self.lowered.facts.said.variables)

    def _workflow_node(self, node: Node) -> NodePlan:
        variable = self.names.variables[node.key.name]
        handed = {self.names.parameter(h.vertex): self._source(h) for h in node.statuses}
        inputs = self.built[node.key.name].inputs
        return NodePlan(
            variable=f"{variable}_node",
            node_id=variable.replace("_", "-"),
            label=node.key.name,
            entity=variable,
            is_workflow=True,
            role=NodeRole.BOX,
            job=node.key.name,
            inputs=tuple((i.name, handed.get(i.name, Input(i.name))) for i in inputs),
        )

    def _entity_node(self, node: Node) -> NodePlan:
        job = node.job
        assert job is not None
        variable = self.names.variables[job.name]
        return NodePlan(
            variable=f"{variable}_node",
            node_id=variable.replace("_", "-"),
            label=job.name,
            entity=self.entities.entity(job.name),
            is_workflow=False,
            role=NodeRole.JOB,
            job=job.name,
            inputs=self.entities.bindings(job.name),
            settings=overrides(job),
            comments=self._comments_on(job),
        )

    def _source(self, handed: Handed) -> Input | Output:
        """The source of a status that a node is handed."""
        vertex, provider = handed
        if provider is None:
            return Input(self.names.parameter(vertex))
        if provider.role is Role.JOB:
            output = "o0" if provider == vertex else self.names.function(vertex)
            return Output(f"{self.names.variables[provider.name]}_node", output)
        return Output(f"{self.names.function(provider)}_node", "o0")

    def _task_node(self, node: Node, task: TaskPlan) -> NodePlan:
        key = node.key
        handed = {self.names.parameter(h.vertex): self._source(h) for h in node.statuses}
        for job in node.takes:
            handed[self.names.outputs_of(job)] = Output(f"{self.names.variables[job]}_node", "o1")
        plain = key.role in (Role.JOB, Role.MISSING)
        name = key.name or self.workflow_names[None]
        return NodePlan(
            variable=f"{task.function}_node",
            node_id=task.function.replace("_", "-"),
            label=name if plain else f"{name} ({_word(key.role)})",
            entity=task.entity,
            is_workflow=task.entity != task.function,
            role=_role(key, task),
            job=key.name or None,
            inputs=tuple((p, handed.get(p, Input(p))) for p in task.parameters),
        )

    def _task(self, node: Node) -> TaskPlan:
        job = node.job
        if node.key.role is not Role.JOB or job is None:
            return self.statuses.task(node)
        if node.condition is not None and isinstance(job.action, Approval):
            self.diagnostics.add(
                UnconditionalApproval(name=job.name), job.span, job=job.name, text=job.name
            )
        task = self.statuses.task(node, self.diagnostics.marks(job.name))
        if node.does is not Deed.RUN:
            return task
        outputs = {name: self.names.outputs_of(name) for name in node.takes}
        statuses = self.statuses.handed(node) if job.runs_last else None
        return self.kinds.of(job, run_task(node, task, self.names.inputs, outputs, statuses))

    def _comments(self, workflow: Workflow) -> tuple[str, ...]:
        """Documentation of the boxes in a workflow; they have no task with a docstring."""
        lines: list[str] = []
        for name in workflow.boxes:
            head, *rest = self._comments_on(self.lowered.facts.jobs[name])
            head = head if name == workflow.box else f"{head} (flattened)"
            lines += ["", head, *rest] if lines else [head, *rest]
        return tuple(lines)

    def _comments_on(self, job: SettledJob) -> tuple[str, ...]:
        """Documentation of a job without a task of its own."""
        lines = filter(None, documentation(job))
        return (*lines, *self.diagnostics.marks(job.name))


def input_plan(name: str, names: ModuleNames, variables: Mapping[str, Variable]) -> InputPlan:
    """A workflow input for a status, a global, or the time at which the run starts.

    The default of a global is its value; without one, it is `$$NAME`, and commands that get it
    fail.
    """
    if isinstance(name, Moment):
        given = name in names.globals
        return InputPlan(name, "datetime", None if given else Name("BY_HAND"))
    variable = names.globals.get(name)
    if variable is None:
        return InputPlan(name)
    known = variables.get(variable)
    value = known.value if known else None
    return InputPlan(name, default=f"$${variable}" if value is None else value)


def with_input_variables(workflow: WorkflowPlan, names: ModuleNames) -> WorkflowPlan:
    """The workflow with a variable for each input.

    Workflows of one module share the variables of inputs that have the same name.
    """
    inputs = (
        replace(given, variable=names.input_variable(given.name)) for given in workflow.inputs
    )
    return replace(workflow, inputs=tuple(inputs))


def _edges(
    workflow: Workflow, nodes: dict[Key, NodePlan], looks: dict[Key, NodePlan]
) -> Iterator[tuple[str, str]]:
    """Edges between nodes, except where the second node takes an output of the first.

    A wait follows the nodes that its look follows, also those that hand the look a status.
    """
    for node in workflow.nodes:
        look, plan = looks.get(node.key), nodes[node.key]
        for each in filter(None, (look, plan)):
            upstream = set(each.upstream)
            for first in node.after:
                if nodes[first].variable not in upstream:
                    yield nodes[first].variable, each.variable
        if look:
            yield from ((variable, plan.variable) for variable in dict.fromkeys(look.upstream))


def _wait_node(node: Node, wait: WaitPlan) -> NodePlan:
    """The node that waits at a gate, beside the one that looks."""
    return NodePlan(
        variable=f"{wait.workflow}_node",
        node_id=wait.workflow.replace("_", "-"),
        label=f"{node.key.name} (wait)",
        entity=wait.workflow,
        is_workflow=True,
        role=NodeRole.WAIT,
        job=node.key.name,
        inputs=(),
    )


def _word(role: Role) -> str:
    """What the display name of a node says about its role."""
    return "look" if role is Role.WAIT else role.name.lower().replace("_", " ")


def _role(key: Key, task: TaskPlan) -> NodeRole:
    """The role of the node of a task, or of the workflow around it."""
    if task.branch:
        return NodeRole.BRANCH
    if task.wait:
        return NodeRole.LOOK
    return NodeRole.APPROVAL if task.approval else NodeRole[key.role.name]
