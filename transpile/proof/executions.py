"""What a rehearsal keeps of nodes, workflows and executions while they run."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from transpile.proof.blueprint import (
    Binding,
    Constant,
    Keyed,
    Listed,
    Node,
    Promise,
    Workflow,
)
from transpile.proof.commands import Attempts


class Phase(Enum):
    """What became of a node. ABORTED: it ran, or would have, when the policy stopped the rest."""

    NOT_REACHED = "not reached"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABORTED = "aborted"


@dataclass(slots=True)
class Record:
    """What became of one node; times are seconds from the start of the run.

    `lost` counts the tries whose container was lost. The latest try had `left` seconds, any number
    if None. `note` is worth knowing however it ended.
    """

    node: Node
    path: str
    phase: Phase = Phase.NOT_REACHED
    start: float | None = None
    end: float | None = None
    tries: int = 0
    lost: int = 0
    left: float | None = None
    attempts: Attempts | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    note: str = ""


@dataclass(slots=True)
class Execution:
    """A run of a workflow with its sub-workflows, `around` the one that has launched it.

    `stops` is the policy of the outermost workflow. So many nodes of it are `running`, `waits` of
    them wait for a file, while those in the `queue` wait for a place.
    """

    stops: bool
    around: "Execution | None"
    failed: bool = False
    running: int = 0
    waits: int = 0
    queue: "deque[tuple[Instance, Record]]" = field(default_factory=deque)

    @property
    def halted(self) -> bool:
        """True if the policy, or that of an execution around this one, has stopped it."""
        return (self.failed and self.stops) or (self.around is not None and self.around.halted)


@dataclass(slots=True)
class Instance:
    """A workflow while it runs; `finish` is told how it ended, and its outputs.

    With `handles` it is, or is part of, what runs after a failure.
    """

    workflow: Workflow
    execution: Execution
    handles: bool
    path: str
    inputs: dict[str, Any]
    finish: Callable[[Phase, dict[str, Any]], None]
    records: dict[str, Record]
    waiting: dict[str, int]
    below: dict[str, list[Node]]
    active: int = 0
    failed: bool = False
    aborted: bool = False
    handled: bool = False

    @property
    def halted(self) -> bool:
        """True if nothing more of it may run."""
        return self.execution.halted and not (self.handled or self.handles)

    def value(self, binding: Binding) -> Any:
        """The value that a node's input is bound to."""
        if isinstance(binding, Constant):
            return binding.value
        if isinstance(binding, Promise):
            values = self.records[binding.node].outputs if binding.node else self.inputs
            return values.get(binding.variable)
        if isinstance(binding, Listed):
            return [self.value(item) for item in binding.items]
        assert isinstance(binding, Keyed)
        return {key: self.value(item) for key, item in binding.items}
