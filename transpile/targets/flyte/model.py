"""The plan of an emitted module, ready to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain

from transpile.lowering.entity_types import Type
from transpile.model import Form
from transpile.targets.flyte.around import ApprovalPlan, BranchPlan, WaitPlan
from transpile.targets.flyte.cut_plans import Crossings, InPackage
from transpile.targets.flyte.values import Call, Input, Name, Output, Value, sources
from transpile.targets.flyte2.model import DriverPlan


class NodeRole(Enum):
    """The role of a node of an emitted workflow for its job, as report.json gives it."""

    JOB = "job"
    """Runs the job."""
    BOX = "box"
    """Holds the members of the box."""
    BRANCH = "branch"
    """Holds the job's branch: a choice between the job and a task that skips it."""
    APPROVAL = "approval"
    """Holds the job behind the question whether somebody approves it."""
    CHOICE = "choice"
    """Chooses the case of a branch."""
    SKIP = "skip"
    """Stands in for the job when its condition is false."""
    ANSWER = "answer"
    """Waits until somebody approves the job, or until its wait is over."""
    START = "start"
    """Decides whether the box starts."""
    END = "end"
    """Returns the status of the box."""
    CHECK = "check"
    """Fails if the job failed."""
    MISSING = "missing"
    """Stands for a job that is not defined, or not converted."""
    RESULT = "result"
    """Decides whether the workflow succeeds."""
    FAILURE = "failure"
    """Runs after the workflow has failed."""
    PART = "part"
    """Holds a part of the workflow around it."""
    RUN_DAY = "run_day"
    """Looks up whether the day of the schedule is a run day."""
    START_TIME = "start_time"
    """Checks whether the time of the schedule is a start time, and its day a run day."""
    WAIT = "wait"
    """Holds the gate that waits for other workflows."""
    LOOK = "look"
    """Looks once whether the wait is over already."""
    TELL = "tell"
    """Tells the workflows that wait for the job."""
    NOT_BEFORE = "not_before"
    """Waits for the start time of a job in a box."""
    LEGACY_START = "legacy_start"
    """Tells the legacy side that the job or box starts."""
    LEGACY_END = "legacy_end"
    """Tells the legacy side how the job or box has ended."""
    WORKFLOW = "workflow"
    """Holds the whole workflow, on a run day or at a start time."""
    REST = "rest"
    """Stands in for the whole workflow, on any other day or at any other time."""


SKIPPED = Name("SKIPPED")


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task function of strings. `job` is the legacy name.

    It returns `result` if `gate` is true, else `otherwise`. With a `branch`, the gate is there; the
    task keeps the parameters `uses`. A task that `reports` returns a status; one that `gives` also
    returns, as JSON, the values for other jobs; a `silent` one returns nothing. With a `maker` it
    is an object of that class instead of a function; a `text`, which uses `names`, is printed as it
    is. `alerts` are the lines that it prints, one for each end. With an `approval` it is handed an
    answer. One with a `wait` looks whether the wait is over.
    """

    function: str
    job: str
    documentation: tuple[str, ...]
    todos: tuple[str, ...]
    settings: tuple[tuple[str, Value], ...]
    parameters: tuple[str, ...]
    result: Value
    gate: Value | None = None
    otherwise: Value = SKIPPED
    reports: bool = False
    gives: bool = False
    maker: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    silent: bool = False
    alerts: tuple[tuple[str, Value], ...] = ()
    branch: BranchPlan | None = None
    uses: tuple[str, ...] = ()
    approval: ApprovalPlan | None = None
    wait: WaitPlan | None = None

    @property
    def entity(self) -> str:
        """The variable from which its node is made."""
        around = self.branch or self.approval
        return around.workflow if around else self.function

    @property
    def entities(self) -> tuple[str, ...]:
        """The variables from which nodes are made: a look is printed with its wait."""
        return (self.entity, self.wait.workflow) if self.wait else (self.entity,)

    @property
    def handed(self) -> tuple[str, ...]:
        """The parameters of the task function."""
        return self.uses if self.branch else self.parameters

    @property
    def heading(self) -> tuple[str, ...]:
        """The first line of its documentation."""
        return self.documentation[:1]

    @property
    def returns(self) -> str:
        """The type of its result without values for other jobs; '' if it returns nothing."""
        return "" if self.silent else "str" if self.reports else "int"

    @property
    def result_type(self) -> str:
        """The return type of the task function."""
        return f"tuple[{self.returns}, str]" if self.gives else self.returns

    @property
    def gives_nothing(self) -> bool:
        """True for a task that gives values but does not run its job."""
        return self.gives and not isinstance(self.result, Call)


@dataclass(frozen=True, slots=True)
class InputPlan:
    """A workflow input, its type, and its default, if any.

    `variable` holds it in the module, unless the workflow is a function.
    """

    name: str
    type: Type = "str"
    default: Value | None = None
    variable: str = ""


@dataclass(frozen=True, slots=True)
class NodePlan:
    """A node of a workflow. `entity` is the variable of a task, a workflow or an imported entity.

    `job` is the legacy name of the job or box that it is about, if any. `comments` document a job
    without a task of its own. A node that `launches` runs its workflow by a launch plan, in an
    execution of its own.
    """

    variable: str
    node_id: str
    label: str
    entity: str
    is_workflow: bool
    role: NodeRole
    job: str | None
    inputs: tuple[tuple[str, Value], ...]
    settings: tuple[tuple[str, Value], ...] = ()
    comments: tuple[str, ...] = ()
    launches: bool = False

    @property
    def sources(self) -> Iterator[Input | Output]:
        """The workflow inputs and node outputs that it is handed."""
        return (source for _, value in self.inputs for source in sources(value))

    @property
    def upstream(self) -> Iterator[str]:
        """The variables of the nodes whose outputs it is handed."""
        return (source.node for source in self.sources if isinstance(source, Output))


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """A workflow output, made of node outputs."""

    name: str
    source: Value
    type: Type

    @property
    def collects(self) -> bool:
        """True for a collection, whose type flytekit cannot infer."""
        return isinstance(self.source, tuple | dict)

    @property
    def nodes(self) -> set[str]:
        """The variables of the nodes that return its parts."""
        return {s.node for s in sources(self.source) if isinstance(s, Output)}


@dataclass(frozen=True, slots=True)
class HandlerPlan:
    """The task that runs when a workflow has failed and prints a line.

    It has all inputs of the workflow. `job` is the box that the workflow stands for, if any.
    """

    function: str
    title: str
    job: str | None
    line: Value

    @property
    def node_id(self) -> str:
        """The id of its node."""
        return self.function.replace("_", "-")

    @property
    def label(self) -> str:
        """The display name of its node."""
        return f"{self.title} (failure)"

    @property
    def documentation(self) -> tuple[str, ...]:
        """The lines of its docstring."""
        return (f"{self.title} · runs when it has failed",)


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """A workflow. Nodes are in dependency order; edges are pairs of node variables.

    `comments` document its box and those flattened into it. `result` is the type of its outputs if
    it is written as a function.
    """

    variable: str
    name: str
    comments: tuple[str, ...]
    tasks: tuple[TaskPlan, ...]
    inputs: tuple[InputPlan, ...]
    nodes: tuple[NodePlan, ...]
    edges: tuple[tuple[str, str], ...]
    outputs: tuple[OutputPlan, ...]
    result: str
    handler: HandlerPlan | None = None

    @property
    def parameters(self) -> tuple[InputPlan, ...]:
        """The inputs in Python's order: those with a default last."""
        return tuple(sorted(self.inputs, key=lambda given: given.default is not None))

    @property
    def held(self) -> dict[str, str]:
        """The variable of each input."""
        return {given.name: given.variable for given in self.inputs}

    @property
    def used(self) -> frozenset[str]:
        """The variables of the nodes that other nodes, edges or outputs name."""
        values = chain.from_iterable(sources(output.source) for output in self.outputs)
        by_outputs = (source.node for source in values if isinstance(source, Output))
        by_nodes = (name for node in self.nodes for name in node.upstream)
        return frozenset(chain(by_outputs, by_nodes, *self.edges))

    @property
    def awaited(self) -> dict[str, list[str]]:
        """For each node, the nodes that it waits for without taking their outputs."""
        found: dict[str, list[str]] = {node.variable: [] for node in self.nodes}
        for first, second in self.edges:
            found[second].append(first)
        return found


@dataclass(frozen=True, slots=True)
class DatesPlan:
    """A constant that says the days of a calendar: its dates as YYYY-MM-DD, or its rules.

    `value` is None for dates.
    """

    constant: str
    comment: str
    dates: tuple[str, ...] = ()
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class RunDaysPlan:
    """A workflow that runs another one, with these inputs, if its kick-off is a start.

    The task `runs`, in the `role` of RUN_DAY or START_TIME, returns the value of `test`, which may
    ask for the `day`. The task `rests`, which the first plan of a module defines, runs otherwise.
    `kickoff` names the kick-off time, which the workflow gets if the plan `hands_on`, `looked_up`
    the answer.
    """

    variable: str
    runs: str
    rests: str
    is_first: bool
    workflow: str
    title: str
    documentation: tuple[str, ...]
    role: NodeRole
    inputs: tuple[InputPlan, ...]
    hands_on: bool
    kickoff: str
    looked_up: str
    day: Call | None
    test: Value

    @property
    def node(self) -> str:
        """The id of the node that checks the kick-off."""
        return self.role.value.replace("_", "-")

    @property
    def label(self) -> str:
        """The display name of the node that checks the kick-off."""
        return f"{self.title} ({self.node.replace('-', ' ')})"


@dataclass(frozen=True, slots=True)
class LaunchPlanPlan:
    """A launch plan that runs a workflow, with a cron expression by the clock.

    `kickoff` is the input that gets the time of the schedule, if any. A launch plan `by_hand`
    replaces the default one of the workflow. With `skips`, a start is skipped while an earlier
    execution runs. `max_parallelism` tasks run at a time; 0 is Flyte's default.
    """

    variable: str
    name: str
    workflow: str
    cron: str = ""
    timezone: str | None = None
    kickoff: str | None = None
    skips: bool = False
    max_parallelism: int = 0
    by_hand: bool = False
    notifications: tuple[Value, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModulePlan(InPackage):
    """An emitted module with its workflows, the outermost one last.

    `node_of` has the node id of each job, if any; `watched` jobs report a status; `inputs` has the
    workflow input of each global; `entities` has module, name and variable of imported entities,
    `cuts` module and constant of imported cuts; `crossings` are for the modules of cuts. `sides`
    has the side modules that it imports, with the variables of their workflows. `beside` is the
    module that it is a side module of, if any. A program for Flyte 2 has a `driver`, which starts
    the nodes of its only workflow.
    """

    folder: tuple[str, ...]
    name: str
    title: str
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    workflows: tuple[WorkflowPlan, ...]
    dates: tuple[DatesPlan, ...]
    run_days: tuple[RunDaysPlan, ...]
    launch_plans: tuple[LaunchPlanPlan, ...]
    node_of: dict[str, str | None]
    cuts: tuple[tuple[str, str], ...]
    crossings: Crossings
    watched: frozenset[str]
    inputs: dict[str, str]
    entities: tuple[tuple[str, str, str], ...] = ()
    sides: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: str = ""
    form: Form = field(default_factory=Form)
    driver: DriverPlan | None = None

    @property
    def main(self) -> WorkflowPlan:
        """The outermost workflow."""
        return self.workflows[-1]

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of the module's docstring."""
        if len(self.sources) == 1:
            return (f"{self.title}, converted by transpile from {self.sources[0]}.",)
        return (f"{self.title}, converted by transpile from these files:", "", *self.sources)
