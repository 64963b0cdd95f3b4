"""What an emitted module holds: every decision taken, ready to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from transpile.lowering.entity_types import Type
from transpile.model import Form
from transpile.targets.flyte.values import Call, Input, Minutes, Output, Value, sources


class NodeRole(Enum):
    """What a node of an emitted workflow does for the job that it is about, as report.json says."""

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
    """Waits until somebody approves the job."""
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
    WORKFLOW = "workflow"
    """Holds the whole workflow, on a run day."""
    REST = "rest"
    """Stands in for the whole workflow, on any other day."""


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A `workflow` of one branch: a job's task, or else the task `skips`; what they are called."""

    workflow: str
    skips: str
    label: str
    skipped: str


@dataclass(frozen=True, slots=True)
class ApprovalPlan:
    """A `workflow` that waits for an answer `within` some time, and hands it to the job's task."""

    workflow: str
    within: Minutes


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task function of strings. `job` is the legacy name.

    Unless `gate` is true it returns SKIPPED, else `result`; with a `branch` that is where its gate
    stands, and `uses` are the parameters that are left to it. One that reports returns a status;
    one that `gives` returns beside that, as JSON, what it has for others. With a `maker` it is no
    function but an object of that class; a `text`, which uses `names`, is printed in its place. One
    that is `silent` returns nothing. `alerts` are lines that it prints, one for each way to end.
    With an `approval` it is handed an answer.
    """

    function: str
    job: str
    documentation: tuple[str, ...]
    todos: tuple[str, ...]
    settings: tuple[tuple[str, Value], ...]
    parameters: tuple[str, ...]
    result: Value
    gate: Value | None = None
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

    @property
    def entity(self) -> str:
        """What its node is made of."""
        around = self.branch or self.approval
        return around.workflow if around else self.function

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
        """The type of what says how it ended; '' where nothing does."""
        return "" if self.silent else "str" if self.reports else "int"

    @property
    def result_type(self) -> str:
        """What the task function returns: that and, if it gives something, a text."""
        return f"tuple[{self.returns}, str]" if self.gives else self.returns

    @property
    def gives_nothing(self) -> bool:
        """True when it is to give something and does not run."""
        return self.gives and not isinstance(self.result, Call)


@dataclass(frozen=True, slots=True)
class InputPlan:
    """A workflow input, its type, and its default if it has one."""

    name: str
    type: Type = "str"
    default: Value | None = None


@dataclass(frozen=True, slots=True)
class NodePlan:
    """A node of a workflow. `entity` is the variable of a task, a workflow or what is imported.

    `job` is the legacy name of the job or box that it is about, if any. `comments` are about a job
    that has no task of its own. A workflow that it `launches` is run by its launch plan, in an
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
        """The workflow inputs and outputs of nodes that it is handed."""
        return (source for _, value in self.inputs for source in sources(value))

    @property
    def upstream(self) -> Iterator[str]:
        """The variables of the nodes whose outputs it is handed."""
        return (source.node for source in self.sources if isinstance(source, Output))


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """A workflow output, made of outputs of nodes."""

    name: str
    source: Value
    type: Type

    @property
    def collects(self) -> bool:
        """True for a collection: flytekit does not find its type out."""
        return isinstance(self.source, tuple | dict)

    @property
    def nodes(self) -> set[str]:
        """The variables of the nodes whose outputs it is made of."""
        return {s.node for s in sources(self.source) if isinstance(s, Output)}


@dataclass(frozen=True, slots=True)
class HandlerPlan:
    """The task that runs when a workflow has failed, of all its inputs: it prints a line.

    `job` is the box that the workflow stands for, if any.
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
        """The name of its node, as people read it."""
        return f"{self.title} (failure)"

    @property
    def documentation(self) -> tuple[str, ...]:
        """Its docstring."""
        return (f"{self.title} · runs when it has failed",)


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """A workflow. Nodes stand in dependency order; edges are pairs of node variables.

    `comments` is about the box that it stands for, and about those flattened into it. Where it is
    written as a function its outputs are of the type `result`.
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
        """The inputs as Python wants them: what has a default behind what has none."""
        return tuple(sorted(self.inputs, key=lambda given: given.default is not None))


@dataclass(frozen=True, slots=True)
class DatesPlan:
    """A constant of an emitted module: the days of a calendar, as YYYY-MM-DD."""

    constant: str
    comment: str
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunDaysPlan:
    """A workflow that runs another one, of these inputs, if the day of its kick-off is a run day.

    `runs` is the task that looks it up: `test` is its answer about the `day`. `rests`, which the
    first plan of a module defines, stands in for the other workflow on all other days. `kickoff` is
    the name of the kick-off time, `looked_up` that of the answer.
    """

    variable: str
    runs: str
    rests: str
    is_first: bool
    workflow: str
    title: str
    days: str
    inputs: tuple[InputPlan, ...]
    kickoff: str
    looked_up: str
    day: Call
    test: Value

    @property
    def label(self) -> str:
        """The name of the node that looks the day up, as people read it."""
        return f"{self.title} (run day)"

    @property
    def documentation(self) -> tuple[str, ...]:
        """The docstring of the task that looks the day up."""
        return (f"{self.title} · {self.days}",)


@dataclass(frozen=True, slots=True)
class LaunchPlanPlan:
    """A launch plan that runs a workflow by a cron expression, and tells it when if `kickoff`.

    Without a cron expression it is there for the `notifications` of its runs, or, `by_hand`, stands
    for the plan that flytekit makes itself, which is called like the workflow. With `skips` an
    execution is left out while an earlier one goes on. `max_parallelism` tasks run at a time; 0 is
    Flyte's default.
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
class ModulePlan:
    """An emitted module: the workflows it is made of, the one it is about last.

    `node_of` has for each job the id of its node, if any; `watched` jobs report a status; `inputs`
    has for each global its workflow input; `entities` are imports: module, name and variable.
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
    watched: frozenset[str]
    inputs: dict[str, str]
    entities: tuple[tuple[str, str, str], ...] = ()
    form: Form = field(default_factory=Form)

    @property
    def path(self) -> str:
        """Where it stands in its package, with `/` between folders."""
        return "/".join((*self.folder, f"{self.name}.py"))

    @property
    def module(self) -> str:
        """What Python calls it, seen from its package."""
        return ".".join((*self.folder, self.name))

    @property
    def defines_tasks(self) -> bool:
        """True if containers of tasks import it."""
        return bool(self.run_days) or any(w.tasks or w.handler for w in self.workflows)

    @property
    def main(self) -> WorkflowPlan:
        """The workflow that the module is about."""
        return self.workflows[-1]

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of the module's docstring."""
        if len(self.sources) == 1:
            return (f"{self.title}, converted by transpile from {self.sources[0]}.",)
        return (f"{self.title}, converted by transpile from these files:", "", *self.sources)
