"""Programs of Flyte 2 as trees of nodes: what a driver starts, by the rows of the report."""

import inspect
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from transpile.proof.blueprint import Node, Roles, Task, Workflow
from transpile.proof.program_reading import Line, lines_of
from transpile.targets.flyte.model import NodeRole

MOST_AT_ONCE = 1_000
"""Default number of tasks that a driver has running at a time, set by the package `flyte`."""

OUTPUTS = ("o0", "o1")
"""The names of the outputs of a task; most have the first one only."""


@dataclass(slots=True)
class Function:
    """The function of a task, as rehearsals look at it; its `template` is Flyte's object.

    The behaviour of one that stands in for something else is `known`.
    """

    task_function: Callable[..., Any]
    template: Any
    known: bool = False


@dataclass(slots=True)
class Program(Workflow):
    """A driver, and the nodes that it may start. `task` is the name of the driver on Flyte.

    `triggers` are those of the driver, `functions` its tasks by name.
    """

    drive: Callable[..., Coroutine[Any, Any, Any]] | None = None
    task: str = ""
    triggers: tuple[Any, ...] = ()
    functions: dict[str, Function] = field(default_factory=dict)

    @property
    def registered(self) -> str:
        """The name under which other workflows find its runs: that of the driver."""
        return self.task


def program_of(driver: Any, functions: Mapping[str, Function], roles: Roles) -> Program:
    """The program of a driver, whose nodes have these roles."""
    function = driver.func
    variable = function.__name__
    nodes = []
    for (around, name), (role, job) in roles.items():
        if around == variable:
            node = node_of(name, functions.get(name), job or name)
            node.role, node.job = role, job
            nodes.append(node)
    _connect(nodes, lines_of(function))
    signature = inspect.signature(function)
    given = signature.parameters.values()
    triggers = driver.triggers
    return Program(
        name=driver.short_name,
        nodes=nodes,
        outputs={},
        stops=False,
        failure=None,
        inputs=tuple(signature.parameters),
        defaults={p.name: p.default for p in given if p.default is not p.empty},
        types={p.name: p.annotation for p in given},
        drive=function,
        task=driver.name,
        triggers=triggers if isinstance(triggers, tuple) else (triggers,) if triggers else (),
        functions=dict(functions),
        places=MOST_AT_ONCE,
    )


def _connect(nodes: list[Node], lines: Mapping[str, Line]) -> None:
    """Let nodes follow those of the jobs that the driver names in their lines, and of their box."""
    begins: dict[str, str] = {}
    ends: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for node in nodes:
        if node.job is not None:
            (begins if node.role is NodeRole.START else ends)[node.job] = node.id
    for job, line in lines.items():
        members.setdefault(line.box, []).append(ends.get(job, ""))
    for node in nodes:
        own = lines.get(str(node.job))
        if node.role is NodeRole.END:
            node.upstream = tuple(filter(None, members.get(str(node.job), ())))
        elif own is not None:
            places = (begins.get(own.box), *map(ends.get, own.named))
            node.upstream = tuple(place for place in places if place)


def node_of(name: str, function: Function | None, label: str) -> Node:
    """A node that a driver starts: the task of a function, or a row."""
    inputs: tuple[str, ...] = ()
    retries = 0
    if function is not None:
        inputs = tuple(inspect.signature(function.task_function).parameters)
        retries = getattr(function.template.retries, "count", function.template.retries)
    task = Task(name, function, inputs, OUTPUTS, int(retries), 0.0)
    return Node(name, label, (), {}, task, int(retries), 0.0)
