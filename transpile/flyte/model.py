"""What an emitted module holds: every decision taken, ready to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to a name of the emitted module, in the place of a value."""

    id: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A string with the values of names inside."""

    parts: tuple[str | Name, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """A collection of exit codes, given as ranges with both ends in."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration."""

    count: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a run-time helper."""

    function: str
    arguments: "tuple[Value, ...]" = ()
    keywords: "tuple[tuple[str, Value], ...]" = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values, compared by an operator of Python's."""

    left: "Value"
    operator: str
    right: "Value"


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `and` or `or`."""

    word: str
    terms: "tuple[Value, ...]"


Value: TypeAlias = Union[
    str,
    int,
    bool,
    Name,
    Joined,
    Codes,
    Minutes,
    Call,
    Comparison,
    Logic,
    "tuple[str, ...]",
    "dict[str, Value]",
]


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task function of strings. `job` is the legacy name.

    Unless `gate` is true it returns SKIPPED, else `result`. One that reports returns a status.
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


@dataclass(frozen=True, slots=True)
class Input:
    """A value that the workflow is handed."""

    name: str
    node: None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A value that a node of the workflow returns."""

    node: str
    name: str


@dataclass(frozen=True, slots=True)
class NodePlan:
    """A node of a workflow. `entity` is the variable of a task, or of a workflow."""

    variable: str
    node_id: str
    label: str
    entity: str
    is_workflow: bool
    inputs: tuple[tuple[str, Input | Output], ...]
    settings: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """A workflow output, taken from an output of a node."""

    name: str
    source: Output


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """A workflow. Nodes stand in dependency order; edges are pairs of node variables.

    An input has a default or None. `comments` is about the box that it stands for, and about those
    flattened into it.
    """

    variable: str
    name: str
    comments: tuple[str, ...]
    tasks: tuple[TaskPlan, ...]
    inputs: tuple[tuple[str, str | None], ...]
    nodes: tuple[NodePlan, ...]
    edges: tuple[tuple[str, str], ...]
    outputs: tuple[OutputPlan, ...]


@dataclass(frozen=True, slots=True)
class LaunchPlanPlan:
    """A launch plan that runs a workflow by a cron expression."""

    variable: str
    name: str
    workflow: str
    cron: str
    timezone: str | None


@dataclass(frozen=True, slots=True)
class ModulePlan:
    """An emitted module: the workflows it is made of, the one it is about last."""

    folder: tuple[str, ...]
    name: str
    title: str
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    workflows: tuple[WorkflowPlan, ...]
    launch_plans: tuple[LaunchPlanPlan, ...]
    node_of: dict[str, str | None]
    watched: frozenset[str]
    inputs: dict[str, str]
    """For each job, the id of its node; None where it has none. `watched` jobs report a status.
    `inputs` has for each global the workflow input that carries it."""

    @property
    def path(self) -> str:
        """Where it stands in the output folder, with `/` between folders."""
        return "/".join((*self.folder, f"{self.name}.py"))

    @property
    def module(self) -> str:
        """What Python calls it, seen from the output folder."""
        return ".".join((*self.folder, self.name))

    @property
    def main(self) -> WorkflowPlan:
        """The workflow that the module is about."""
        return self.workflows[-1]

    @property
    def imports(self) -> tuple[str, ...]:
        """The run-time helpers that the module calls, sorted."""
        used = {name for w in self.workflows for t in w.tasks for name in helpers(t)}
        return tuple(sorted(used | ({"cron"} if self.launch_plans else set())))

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of the module's docstring."""
        if len(self.sources) == 1:
            return (f"{self.title}, converted by transpile from {self.sources[0]}.",)
        return (f"{self.title}, converted by transpile from these files:", "", *self.sources)

    @property
    def uses_timedelta(self) -> bool:
        """True when a duration is printed."""
        tasks = [t for w in self.workflows for t in w.tasks]
        settings = [t.settings for t in tasks]
        settings += [t.result.keywords for t in tasks if isinstance(t.result, Call)]
        settings += [n.settings for w in self.workflows for n in w.nodes]
        return any(isinstance(value, Minutes) for pairs in settings for _, value in pairs)

    @property
    def uses_resources(self) -> bool:
        """True when a task asks for CPUs, memory or the like."""
        settings = (value for w in self.workflows for t in w.tasks for _, value in t.settings)
        return any(isinstance(value, Call) for value in settings)


def helpers(task: TaskPlan) -> Iterator[str]:
    """The names that a task's body uses and that it is not handed."""
    pending: list[Value] = [task.result, *((task.gate, Name("SKIPPED")) if task.gate else ())]
    while pending:
        value = pending.pop()
        if isinstance(value, Call):
            yield value.function
            pending += [*value.arguments, *(argument for _, argument in value.keywords)]
        elif isinstance(value, Logic):
            pending += value.terms
        elif isinstance(value, Comparison):
            pending += [value.left, value.right]
        elif isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, Name) and value.id not in task.parameters:
            yield value.id
