"""Groups of jobs to modules: task functions, workflows and the nodes in them."""

from dataclasses import dataclass, field, replace

from transpile.findings.codes.mapping import UnconditionalApproval
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.placement import Frontier, Layout
from transpile.lowering.start_conditions import Key, Role
from transpile.model import Approval, Network
from transpile.targets.flyte.alerts import Alerts
from transpile.targets.flyte.approvals import asked
from transpile.targets.flyte.branches import Branches
from transpile.targets.flyte.entities import Entities
from transpile.targets.flyte.kinds import Kinds
from transpile.targets.flyte.model import (
    HandlerPlan,
    InputPlan,
    NodePlan,
    OutputPlan,
    TaskPlan,
    WorkflowPlan,
)
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.names import result_name
from transpile.targets.flyte.statuses import Statuses, missing
from transpile.targets.flyte.tasks import (
    Surroundings,
    documentation,
    overrides,
    plan_task,
    references,
)
from transpile.targets.flyte.values import Input, Moment, Name, Output, Value, sources

MOST_OUTPUTS = 100
"""flytekit takes time by the square of the number of outputs."""


@dataclass(slots=True)
class ModuleBuilder:
    """Builds the workflows of one module; `module` is what Python calls it.

    That is seen from the output folder.
    """

    network: Network
    frontier: Frontier
    names: ModuleNames
    workflow_names: dict[str | None, str]
    diagnostics: Diagnostics
    module: str
    branches: Branches
    statuses: Statuses = field(init=False)
    built: dict[str | None, WorkflowPlan] = field(default_factory=dict)
    taken: dict[Key, list[str]] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    node_of: dict[str, str | None] = field(default_factory=dict)
    comments: dict[str | None, list[str]] = field(default_factory=dict)
    entities: Entities = field(init=False)
    kinds: Kinds = field(init=False)
    alerts: Alerts = field(init=False)
    givers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = self.names
        self.statuses = Statuses(
            self.frontier.wiring, names.parameter, names.outputs_of, names.inputs
        )
        self.givers = self._find_givers()
        self.kinds = Kinds(self.network, self.diagnostics, self.names.scope, self.module)

    def build(self, root: str | None, names: list[str]) -> tuple[WorkflowPlan, ...]:
        """The workflows, inner ones first."""
        layouts = self.frontier.lay_out()
        self.names.name_jobs(root, names)
        self.entities = Entities(
            self.network,
            self.frontier,
            self.diagnostics,
            self.names.variables,
            frozenset(self.names.globals),
            self.names.scope,
            self.names.avoid,
        )
        whole = names[0] if len(names) == 1 else root
        mapped = [name for name in names if name in self.entities]
        self.alerts = Alerts(self.frontier, self.network, whole, mapped, self.diagnostics)
        self._comment_on_boxes(names)
        # A box's start stands before its members, so that inner boxes come first in reverse.
        for name in reversed(names):
            if name in layouts and name != root:
                self._build(name, layouts[name])
        self._build(root, layouts[root])
        self.entities.check_defaults()
        return tuple(self.built.values())

    def _taken(self, key: Key) -> list[str]:
        """The jobs from which the task of a vertex is handed what they have for others."""
        if key not in self.taken:
            self.taken[key] = self._find_taken(key)
        return self.taken[key]

    def _find_taken(self, key: Key) -> list[str]:
        if key.role not in (Role.JOB, Role.START) or key.name not in self.network.jobs:
            return []
        names = dict.fromkeys(self.statuses.outputs_in(key))
        if key.role is Role.JOB:
            refs = references(self.network.jobs[key.name])
            names |= dict.fromkeys(name for ref in refs for name in ref.jobs)
        links = self.frontier.wiring.links.get(key, {})
        return [name for name in names if Key(Role.JOB, name) in links]

    def _find_givers(self) -> frozenset[str]:
        """The jobs that have something for others that these take."""
        return frozenset(name for key in self.frontier.wiring.links for name in self._taken(key))

    def _build(self, box: str | None, layout: Layout) -> None:
        variable = self.names.workflow(box)
        tasks: list[TaskPlan] = []
        nodes: list[NodePlan] = []
        for key in layout.nodes:
            if key.role is Role.JOB and self.frontier.is_workflow(key.name):
                nodes.append(self._workflow_node(key.name, box))
            elif key.role is Role.JOB and key.name in self.entities:
                nodes.append(self._entity_node(key.name))
            else:
                known = key in self.names.functions and key.role is Role.MISSING
                values = layout.values.get(key, [])
                *before, task = self.branches.tasks(key, self._task(key, values))
                self.returns[task.function] = task.returns
                if not known:
                    tasks += [*before, task]
                nodes.append(self._task_node(key, task, values, box))
            if key.role is Role.JOB:
                self.node_of[key.name] = nodes[-1].node_id
        node_of = dict(zip(layout.nodes, nodes, strict=True))
        handed = (source for node in nodes for _, value in node.inputs for source in sources(value))
        used = list(dict.fromkeys(s.name for s in handed if isinstance(s, Input)))
        wanted = tuple(self.entities.outputs(box)) if variable == self.names.variable else ()
        outputs = wanted or self._outputs(layout, node_of)
        self.built[box] = WorkflowPlan(
            variable=variable,
            name=self.workflow_names[box],
            comments=tuple(self.comments.get(box, ())),
            tasks=tuple(tasks),
            inputs=tuple(self.entities.input(name) or self._input(name) for name in used),
            nodes=tuple(nodes),
            edges=self._edges(layout, node_of),
            outputs=outputs,
            result=result_name(self.names.scope, variable),
            handler=self._handler(box),
        )

    def _handler(self, box: str | None) -> HandlerPlan | None:
        """What tells people that the workflow has failed, if it is to."""
        line = self.alerts.of_failure(box, self.workflow_names[box])
        if line is None:
            return None
        variable = self.names.workflow(box)
        function = self.names.scope.claim(f"{variable}_failed", "_node")
        return HandlerPlan(function, box or self.workflow_names[box], line)

    def _edges(self, layout: Layout, node_of: dict[Key, NodePlan]) -> tuple[tuple[str, str], ...]:
        order = {key: number for number, key in enumerate(layout.nodes)}
        edges = sorted(layout.edges, key=lambda edge: (order[edge[1]], order[edge[0]]))
        pairs = ((node_of[a], node_of[b]) for a, b in edges)
        return tuple((a.variable, b.variable) for a, b in pairs if not _hands_over(a, b))

    def _outputs(self, layout: Layout, node_of: dict[Key, NodePlan]) -> tuple[OutputPlan, ...]:
        inner = {node_of[first].variable for first, _ in layout.edges}
        inner |= {
            source.node
            for node in node_of.values()
            for _, value in node.inputs
            for source in sources(value)
            if isinstance(source, Output)
        }
        outputs: list[OutputPlan] = []
        for key in layout.nodes:
            node = node_of[key]
            if node.variable in inner:
                continue
            if key.role is Role.JOB and self.frontier.is_workflow(key.name):
                inside = self.built[key.name].outputs
                outputs += [replace(o, source=Output(node.variable, o.name)) for o in inside]
            elif key.name not in self.entities:
                function = self.names.function(key)
                if kind := self.returns[function]:
                    source = Output(node.variable, "o0")
                    outputs.append(OutputPlan(function, source, kind))
            else:
                outputs += self.entities.outputs_of(key.name)
        if len(outputs) > MOST_OUTPUTS:
            # All of them would be looked at again for each one; the end of a box may be asked for.
            ends = [key for key in layout.nodes if key.role is Role.END]
            known = {node_of[key].variable for key in ends}
            outputs = [o for o in outputs if o.nodes & known]
        return tuple(outputs)

    def _input(self, name: str) -> InputPlan:
        """A status, or a global: its default is its value, or its own spelling.

        No command accepts that. When a run starts has no default.
        """
        if isinstance(name, Moment):
            return InputPlan(name, "datetime")
        variable = self.names.globals.get(name)
        if variable is None:
            return InputPlan(name)
        known = self.network.variables.get(variable)
        value = known.value if known else None
        return InputPlan(name, default=f"$${variable}" if value is None else value)

    def _workflow_node(self, box: str, home: str | None) -> NodePlan:
        variable = self.names.variables[box]
        start, given = Key(Role.START, box), self.built[box].inputs
        handed = {self.names.parameter(start): self._source(start, home)}
        return NodePlan(
            variable=f"{variable}_node",
            node_id=variable.replace("_", "-"),
            label=box,
            entity=variable,
            is_workflow=True,
            inputs=tuple((i.name, handed.get(i.name, Input(i.name))) for i in given),
            settings=(),
        )

    def _entity_node(self, name: str) -> NodePlan:
        variable = self.names.variables[name]
        return NodePlan(
            variable=f"{variable}_node",
            node_id=variable.replace("_", "-"),
            label=name,
            entity=self.entities.entity(name),
            is_workflow=False,
            inputs=self.entities.bindings(name),
            settings=overrides(self.network.jobs[name]),
            comments=(*documentation(self.network.jobs[name]), *self.diagnostics.marks(name)),
        )

    def _source(self, vertex: Key, home: str | None) -> Input | Output:
        """Where a node of the workflow of `home` gets the status of a vertex."""
        provider = self.frontier.provider(vertex, home)
        if provider is None:
            return Input(self.names.parameter(vertex))
        if provider.role is Role.JOB:
            output = "o0" if provider == vertex else self.names.function(vertex)
            return Output(f"{self.names.variables[provider.name]}_node", output)
        return Output(f"{self.names.function(provider)}_node", "o0")

    def _task_node(self, key: Key, task: TaskPlan, values: list[Key], home: str | None) -> NodePlan:
        plain = key.role in (Role.JOB, Role.MISSING)
        handed = {self.names.parameter(vertex): self._source(vertex, home) for vertex in values}
        for job in self._taken(key):
            handed[self.names.outputs_of(job)] = Output(f"{self.names.variables[job]}_node", "o1")
        name = key.name or self.workflow_names[None]
        return NodePlan(
            variable=f"{task.function}_node",
            node_id=task.function.replace("_", "-"),
            label=name if plain else f"{name} ({key.role.name.lower()})",
            entity=task.entity,
            is_workflow=task.entity != task.function,
            inputs=tuple((p, handed.get(p, Input(p))) for p in task.parameters),
        )

    def _task(self, key: Key, values: list[Key]) -> TaskPlan:
        function, statuses = self.names.function(key), self.statuses
        handed = tuple(self.names.parameter(vertex) for vertex in values)
        if key.role is Role.MISSING:
            return missing(key, function, self.network.outside.get(key.name))
        if key.role in (Role.CHECK, Role.RESULT):
            return statuses.check(key, values, function, handed)
        outputs = {job: self.names.outputs_of(job) for job in self._taken(key)}
        parameters = (*handed, *outputs.values(), *statuses.globals_in(key))
        parameters = tuple(dict.fromkeys(parameters))
        if key.role is Role.START:
            return statuses.start(key, function, parameters)
        if key.role is Role.END:
            return statuses.end(key, function, parameters)
        job = self.network.jobs[key.name]
        told: dict[str, Value] = {v.name: Name(self.names.parameter(v)) for v in values}
        gate = statuses.gate(key)
        if gate is not None and isinstance(job.action, Approval):
            self.diagnostics.add(
                UnconditionalApproval(name=job.name), job.span, job=job.name, text=job.name
            )
        around = Surroundings(
            gate=gate,
            reports=key in self.frontier.wiring.watched,
            gives=key.name in self.givers,
            told=told if job.runs_last else None,
            outputs=outputs,
        )
        task = plan_task(job, function, self.names.inputs, self.diagnostics.marks(key.name), around)
        task = replace(task, parameters=tuple(dict.fromkeys((*parameters, *task.parameters))))
        return self.kinds.of(job, asked(task, job, self.names.scope))

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
            lines += [head if kept else f"{head} (flattened)", *rest, *self.diagnostics.marks(name)]


def _hands_over(first: NodePlan, second: NodePlan) -> bool:
    """True when the second node is handed an output of the first, so that it waits for it."""
    handed = (source for _, value in second.inputs for source in sources(value))
    return any(isinstance(s, Output) and s.node == first.variable for s in handed)
