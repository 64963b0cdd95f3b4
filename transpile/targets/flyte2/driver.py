"""Plans the driver of a workflow: a statement for each step, and the tasks that they start."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from transpile.findings.codes.flyte2 import LostKind, LostOutput
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import BoxResult, Deed, Lowered, Role, Step
from transpile.model import (
    TRUE,
    Approval,
    Blocked,
    Condition,
    GlobalValue,
    InitialStatus,
    Schedule,
    SettledJob,
)
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.day_tests import DayTests
from transpile.targets.flyte.entities import Entities
from transpile.targets.flyte.model import NodePlan, NodeRole, TaskPlan
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.statuses import Statuses
from transpile.targets.flyte.tasks import documentation, run_task
from transpile.targets.flyte.values import (
    Call,
    Fixed,
    Input,
    Lambda,
    Minutes,
    Name,
    Output,
    Value,
    sources,
)
from transpile.targets.flyte2.around import elsewhere, told
from transpile.targets.flyte2.conditions import Conditions, used
from transpile.targets.flyte2.environments import Environments
from transpile.targets.flyte2.model import Statement
from transpile.targets.flyte2.names import FLOW, row_name

_Keywords = list[tuple[str, Value]]


@dataclass(slots=True)
class DriverBuilder:
    """Builds the tasks and statements of one driver.

    `nodes` and `edges` are for reports: a node for each job, and one for each box, which stands for
    its end. `taken` are the parameters of the driver that statements use.
    """

    lowered: Lowered
    names: ModuleNames
    diagnostics: Diagnostics
    environments: Environments
    days: DayTests
    tasks: list[TaskPlan] = field(default_factory=list)
    environment_of: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    nodes: list[NodePlan] = field(default_factory=list)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)
    taken: dict[str, None] = field(default_factory=dict)
    opens: Call = field(init=False)
    entities: Entities = field(init=False)
    _variables: dict[str, str] = field(default_factory=dict)
    _needed: set[str] = field(default_factory=set)
    _statuses: Statuses = field(init=False)
    _conditions: Conditions = field(init=False)

    def __post_init__(self) -> None:
        lowered, names = self.lowered, self.names
        facts = lowered.facts
        names.name_jobs(None, list(facts.order))
        self._statuses = Statuses(names, facts.said.variables, self.days)
        self.entities = Entities(lowered, names.variables, names.scope, names.avoid)
        for step in lowered.steps:
            name = step.name
            if name == lowered.root:
                self._variables[name] = FLOW
            elif step.node.key.role is Role.MISSING:
                self._variables[name] = names.function(step.node.key) + names.suffix
            elif _is_box(step):
                self._variables[name] = names.variables[name]
            else:
                self._variables[name] = names.variables[name] + names.suffix
        self._conditions = Conditions(self._variables, self._of_global, _order(lowered))
        self.opens = Call("Flow", (self._title,), (("network", True),))

    @property
    def _title(self) -> str:
        return self.lowered.root or ""

    def build(self, title: str) -> None:
        """Plan all steps; `title` is the name of the workflow."""
        joins = self.lowered.facts.said.engine.joins
        whole: _Keywords = [("joins", True)] if joins else []
        network = ("network", True), *whole, *self._alerts_of_whole(title)
        self.opens = Call("Flow", (title,), network)
        for step in self.lowered.steps:
            self._needed |= self._names_in(step)
        known: set[str] = set()
        rules: list[Step] = []
        for step in self.lowered.steps:
            if step.name == self.lowered.root:
                options = [*whole, *self._options(step), *self._keywords(step)]
                self.opens = Call("Flow", (step.name,), tuple(options))
                self._add_node(step, "", NodeRole.END)
            else:
                self._add(step)
            known.add(step.name)
            rules.append(step)
            rules = [each for each in rules if not self._add_rules(each, known)]
        assert not rules

    def ends(self) -> Call:
        """The end of the driver: the jobs that decide how the whole ends, and by which rule."""
        facts = self.lowered.facts
        tops = [name for name in facts.order if facts.jobs[name].box is None]
        last = [name for name in tops if facts.jobs[name].runs_last]
        judge = (("judge", Name("dag_result")),) if self.lowered.judged and not last else ()
        arguments = tuple(Name(self._variables[name]) for name in last)
        return Call(f"{FLOW}.finish", arguments, judge)

    def _alerts_of_whole(self, title: str) -> _Keywords:
        found = lines(self.lowered.facts.said.alerts, "workflow", title)
        return [("alerts", dict(found))] if found else []

    # ---------------------------------------------------------------- what lines need of others

    def _names_in(self, step: Step) -> set[str]:
        """The jobs whose variables the line of a step uses."""
        node, result = step.node, step.result
        names = used(step.condition) | {key.name for key in step.after}
        names |= {handed.vertex.name for handed in node.statuses} | set(node.takes)
        if result is not None:
            asked = _asked(step, result)
            names |= asked | ({step.name} if asked else set())
        job = node.job
        if job is not None and job.call and node.does is Deed.CALL:
            bound = self.entities.bindings(job.name)
            outputs = {s.node for s in _sources(bound) if isinstance(s, Output)}
            names |= {n for n in self.lowered.facts.order if f"{self._base(n)}_node" in outputs}
        return names | ({job.box} if job and job.box else set()) | self._last()

    def _last(self) -> set[str]:
        return {name for name, job in self.lowered.facts.jobs.items() if job.runs_last}

    def _base(self, name: str) -> str:
        return self.names.variables[name]

    # ---------------------------------------------------------------- steps

    def _add(self, step: Step) -> None:
        node, job = step.node, step.node.job
        holder = self._variables[job.box] if job and job.box else FLOW
        if node.does is Deed.SKIP and (job is None or job.condition is None or _is_iced(job)):
            call = Call(f"{holder}.on_ice", (step.name,))
            self._state(step, call, self._comments(job))
            self._add_node(step, "", NodeRole.END if _is_box(step) else NodeRole.JOB)
            return
        when = self._conditions.python(step.condition, step.after)
        arguments: list[Value] = [step.name]
        comments: tuple[str, ...]
        keywords = self._keywords(step)
        if step.result is not None:
            method = "box"
            keywords = [*self._options(step), *keywords]
            comments = self._comments(job)
            self._add_node(step, "", NodeRole.END)
        elif node.does is Deed.SUCCEED:
            method, comments = "passes", self._comments(job)
            self._add_node(step, "", NodeRole.JOB, f"{step.name} passed")
        else:
            method = "start"
            runs, comments = self._call(step)
            arguments.append(runs)
        if when is not None:
            arguments.append(when)
        self._state(step, Call(f"{holder}.{method}", tuple(arguments), tuple(keywords)), comments)

    def _state(self, step: Step, call: Call, comments: tuple[str, ...]) -> None:
        variable = self._variables[step.name] if step.name in self._needed else ""
        self.statements.append(Statement(variable, step.name, call, comments))

    def _call(self, step: Step) -> tuple[Value, tuple[str, ...]]:
        """What runs the job of a step, and comments on it."""
        node, job = step.node, step.node.job
        if job is not None and node.does is Deed.CALL:
            self._add_node(step, "", NodeRole.JOB, self.entities.known_by(job.name))
            return self._of_entity(job), self._comments(job)
        if job is not None and node.does is Deed.RUN and isinstance(job.action, Approval):
            self._add_node(step, "", NodeRole.JOB)
            within = (("within", Minutes(job.action.within)),)
            asked = Call("approval", (job.name, job.action.question), within)
            # Nobody is asked before the condition of the job holds.
            return asked, self._comments(job)
        task = self._task(step)
        self.tasks.append(task)
        self.environment_of[task.function] = self.environments.of(node)
        role = NodeRole.JOB if job is not None else NodeRole.MISSING
        self._add_node(step, task.function, role)
        return self._called(step, task), ()

    def _called(self, step: Step, task: TaskPlan) -> Value:
        """The call of a task, with a value for each parameter."""
        handed = {self.names.parameter(h.vertex): h.vertex.name for h in step.node.statuses}
        values = {self.names.outputs_of(job): job for job in step.node.takes}
        arguments: list[Value] = []
        for parameter in task.parameters:
            if parameter in handed:
                arguments.append(Name(f"{self._variables[handed[parameter]]}.status"))
            elif parameter in values:
                arguments.append(Name(f"{self._variables[values[parameter]]}.outputs"))
            else:
                self.taken[parameter] = None
                arguments.append(Name(parameter))
        call = Call(f"{task.function}.aio", tuple(arguments))
        return Lambda("", call) if handed or values else call

    def _task(self, step: Step) -> TaskPlan:
        node, job = step.node, step.node.job
        if job is None:
            return self._statuses.task(node)
        task = self._statuses.task(node, self.diagnostics.marks(job.name))
        if node.does is not Deed.RUN:
            return replace(task, settings=())
        if job.task_kind:
            self._report_kind(job)
        outputs = {name: self.names.outputs_of(name) for name in node.takes}
        statuses = self._statuses.handed(node) if job.runs_last else None
        task = run_task(node, task, self.names.inputs, outputs, statuses)
        settings = tuple(pair for pair in task.settings if pair[0] == "retries")
        return replace(task, settings=settings)

    def _report_kind(self, job: SettledJob) -> None:
        kind = job.task_kind
        assert kind is not None
        found = LostKind(name=job.name, kind=kind.name)
        self.diagnostics.add(found, kind.span, job=job.name, text=kind.name)

    def _of_entity(self, job: SettledJob) -> Value:
        """The call of the entity that stands for a job."""
        bound = self.entities.bindings(job.name)
        keywords = tuple((name, self._bound(value, job)) for name, value in bound)
        for source in (s for s in _sources(bound) if isinstance(s, Input)):
            self.taken[source.name] = None
        call = Call(f"{self.entities.entity(job.name)}.aio", (), keywords)
        waits = any(isinstance(source, Output) for source in _sources(bound))
        return Lambda("", call) if waits else call

    def _bound(self, value: Value, job: SettledJob) -> Value:
        if isinstance(value, Input):
            return Name(value.name)
        if isinstance(value, Output):
            names = self.lowered.facts.order
            upstream = next(n for n in names if f"{self._base(n)}_node" == value.node)
            number = value.name.removeprefix("o")
            if not number.isdecimal():
                what = f"{upstream}.{value.name} (Flyte 2 numbers outputs: o0, o1)"
                found = LostOutput(name=job.name, side="output", what=what)
                self.diagnostics.add(found, job.span, job=job.name, text=value.name)
                return Call("blocked", (found.code, what))
            return Call(f"{self._variables[upstream]}.output", (int(number),))
        if isinstance(value, tuple):
            return tuple(self._bound(item, job) for item in value)
        if isinstance(value, dict):
            return {key: self._bound(item, job) for key, item in value.items()}
        return value

    def _keywords(self, step: Step) -> _Keywords:
        """What a step waits for beside its condition, and what its end starts."""
        found: _Keywords = []
        if step.wait:
            found.append(("wait", Lambda("", elsewhere(step.name, step.wait, self.names))))
        if step.clock:
            found.append(("clock", Lambda("", self._not_before(step.name, step.clock))))
        if step.starts:
            constants = tuple(self.names.cut(cut) for cut in step.starts)
            found.append(("tells", Lambda("", Call("tell", (step.name, *constants)))))
        return [*found, *told(step, self.names)]

    def _not_before(self, name: str, schedule: Schedule) -> Call:
        self.taken[self.names.kickoff] = None
        call = self._statuses.not_before(schedule)
        return replace(call, arguments=(name, *call.arguments))

    def _options(self, step: Step) -> _Keywords:
        """What tells a box from others, apart from its rules."""
        result, job = step.result, step.node.job
        assert result is not None
        assert job is not None
        found: _Keywords = []
        if blocked := job.held_up:
            found.append(("blocked", _why(blocked)))
        if job.never_ends:
            found.append(("endless", _why(job.never_ends)))
        if result.terminators:
            found.append(("terminators", Fixed(result.terminators)))
        if result.complete:
            found.append(("complete", True))
        if alerts := lines(step.node.alerts, "job", job.name):
            found.append(("alerts", dict(alerts)))
        return found

    def _add_rules(self, step: Step, known: set[str]) -> bool:
        """State by which rules a box ends; False if they name jobs that have no line yet."""
        result = step.result
        if result is None:
            return True
        if not known.issuperset(_asked(step, result)):
            return False
        box = self._variables[step.name]
        for word, rule in (("succeeds_if", result.success), ("fails_if", result.failure)):
            if rule is not None:
                call = Call(f"{box}.{word}", (self._rule(rule),))
                self.statements.append(Statement("", step.name, call))
        if step.until:
            names = tuple(Name(self._variables[key.name]) for key in step.until)
            self.statements.append(Statement("", step.name, Call(f"{box}.waits_for", names)))
        return True

    def _rule(self, rule: Condition) -> Value:
        return True if rule == TRUE else self._conditions.python(rule) or False

    def _of_global(self, atom: GlobalValue) -> Value:
        self.taken[self.names.inputs[atom.name]] = None
        return self._statuses.of_global(atom)

    def _comments(self, job: SettledJob | None) -> tuple[str, ...]:
        if job is None:
            return ()
        return (*filter(None, documentation(job)), *self.diagnostics.marks(job.name))

    # ---------------------------------------------------------------- nodes for reports

    def _add_node(self, step: Step, function: str, role: NodeRole, row: str = "") -> None:
        name = step.name
        variable = self._variables[name]
        is_box = role is NodeRole.END
        node_id = function or row_name(row or (f"{name} ended" if is_box else name))
        if is_box:
            start = NodePlan(
                variable=f"{variable}.started",
                node_id=row_name(f"{name} started"),
                label=f"{name} (start)",
                entity="",
                is_workflow=False,
                role=NodeRole.START,
                job=name,
                inputs=(),
            )
            self.nodes.append(start)
        self.nodes.append(
            NodePlan(
                variable=variable,
                node_id=node_id,
                label=name,
                entity=function,
                is_workflow=False,
                role=role,
                job=name,
                inputs=(),
            )
        )
        known = {node.variable for node in self.nodes}
        for upstream in (*sorted(used(step.condition)), *(key.name for key in step.after)):
            if self._variables[upstream] in known and self._variables[upstream] != variable:
                self.edges[self._variables[upstream], variable] = None


def _order(lowered: Lowered) -> str:
    """What a driver asks of the jobs that a job comes after."""
    return "over" if lowered.facts.said.engine.joins else "idle"


def _is_box(step: Step) -> bool:
    return step.result is not None


def _is_iced(job: SettledJob) -> bool:
    return job.status is InitialStatus.ON_ICE


def _asked(step: Step, result: BoxResult) -> set[str]:
    """The jobs that the rules of a box name."""
    return {key.name for key in step.until} | used(result.success) | used(result.failure)


def _why(blocked: Blocked) -> str:
    return f"{blocked.code}: {blocked.reason}"


def _sources(bound: Iterable[tuple[str, Value]]) -> Iterator[Input | Output]:
    return (source for _, value in bound for source in sources(value))
