"""Existing Flyte entities, and the values that they are called with."""

from dataclasses import dataclass
from typing import TypeAlias

from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: "tuple[Bound, ...]"


@dataclass(frozen=True, slots=True)
class Table:
    """Values by name."""

    items: "tuple[tuple[str, Bound], ...]"


@dataclass(frozen=True, slots=True)
class WorkflowInput:
    """An input of the workflow."""

    name: str


@dataclass(frozen=True, slots=True)
class JobOutput:
    """An output of another job's entity."""

    job: str
    name: str


Bound: TypeAlias = str | int | float | bool | Listing | Table | WorkflowInput | JobOutput
"""What an input is bound to, or an output is made of."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input or output of an entity; `type` is a Python expression of built-in types, or ''."""

    name: str
    type: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """A task, workflow or launch plan that exists. What is not known of it is None.

    `target` is the platform that it is made for, if its decorator says so.
    """

    module: str
    name: str
    inputs: tuple[Parameter, ...] | None = None
    outputs: tuple[Parameter, ...] | None = None
    target: str = ""

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"

    def input(self, name: str) -> Parameter | None:
        """The input of that name, of unknown type where the inputs are not known."""
        return _parameter(self.inputs, name)

    def output(self, name: str) -> Parameter | None:
        """The output of that name, of unknown type where the outputs are not known."""
        return _parameter(self.outputs, name)


def _parameter(known: tuple[Parameter, ...] | None, name: str) -> Parameter | None:
    if known is None:
        return Parameter(name, "")
    return next((parameter for parameter in known if parameter.name == name), None)


@dataclass(frozen=True, slots=True)
class EntityCall:
    """An entity in the place of a job's command, and what its inputs are bound to."""

    entity: Entity
    inputs: tuple[tuple[str, Bound], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What kind of task a job becomes; with a `template`, that of a team's own, what prints it."""

    name: str
    template: str | None
    span: Span


def references(bound: Bound) -> "list[WorkflowInput | JobOutput]":
    """The workflow inputs and outputs of jobs inside a value."""
    if isinstance(bound, WorkflowInput | JobOutput):
        return [bound]
    if isinstance(bound, Listing):
        return [found for item in bound.items for found in references(item)]
    if isinstance(bound, Table):
        return [found for _, item in bound.items for found in references(item)]
    return []
