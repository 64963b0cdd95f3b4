"""What an emitted module holds: every decision taken, ready to be printed."""

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


Value: TypeAlias = Union[str, int, bool, Name, Joined, Codes, Minutes, "dict[str, Value]"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a run-time helper."""

    function: str
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task function. `call` None: it does nothing and succeeds. `job` is the legacy name."""

    function: str
    job: str
    documentation: tuple[str, ...]
    todos: tuple[str, ...]
    settings: tuple[tuple[str, Value], ...]
    parameters: tuple[str, ...]
    call: Call | None


@dataclass(frozen=True, slots=True)
class NodePlan:
    """A node of a workflow. `entity` is the variable of a task, or of a workflow."""

    variable: str
    node_id: str
    label: str
    entity: str
    is_workflow: bool
    inputs: tuple[str, ...]
    settings: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """A workflow output, taken from the output `source` of a node."""

    name: str
    node: str
    source: str


@dataclass(frozen=True, slots=True)
class WorkflowPlan:
    """A workflow. Nodes stand in dependency order; edges are pairs of node variables.

    `comments` is about the box that it stands for, and about those flattened into it.
    """

    variable: str
    name: str
    comments: tuple[str, ...]
    tasks: tuple[TaskPlan, ...]
    inputs: tuple[tuple[str, str], ...]
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

    name: str
    title: str
    sources: tuple[str, ...]
    left_out: tuple[str, ...]
    workflows: tuple[WorkflowPlan, ...]
    launch_plans: tuple[LaunchPlanPlan, ...]
    node_of: dict[str, str | None]
    """For each job, the id of its node; None where it has none."""

    @property
    def main(self) -> WorkflowPlan:
        """The workflow that the module is about."""
        return self.workflows[-1]

    @property
    def imports(self) -> tuple[str, ...]:
        """The run-time helpers that the module calls, sorted."""
        calls = {t.call.function for w in self.workflows for t in w.tasks if t.call}
        return tuple(sorted(calls | ({"cron"} if self.launch_plans else set())))

    @property
    def heading(self) -> tuple[str, ...]:
        """The lines of the module's docstring."""
        if len(self.sources) == 1:
            return (f"{self.title}, converted by transpile from {self.sources[0]}.",)
        return (f"{self.title}, converted by transpile from these files:", "", *self.sources)

    @property
    def uses_timedelta(self) -> bool:
        """True when a duration is printed."""
        settings = [t.settings for w in self.workflows for t in w.tasks]
        settings += [n.settings for w in self.workflows for n in w.nodes]
        return any(isinstance(value, Minutes) for pairs in settings for _, value in pairs)
