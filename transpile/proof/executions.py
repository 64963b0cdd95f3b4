"""The state of nodes, workflows and executions during a rehearsal."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from transpile.proof.attempts import Attempts
from transpile.proof.blueprint import Binding, Constant, Keyed, Listed, Node, Promise, Workflow

LOST = "a start that is lost"
"""The id of the node that a driver has which ends because an earlier run goes on."""


class Phase(Enum):
    """The state of a node. ABORTED: the failure policy stopped it, running or queued."""

    NOT_REACHED = "not reached"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABORTED = "aborted"

    # Each state exists once; that of Enum takes ten times as long.
    __hash__ = object.__hash__


@dataclass(slots=True)
class Record:
    """One node of a run; times are seconds from the start of the run.

    `lost` counts the attempts whose container was lost. The latest attempt had `left` seconds to
    its deadline; None means no deadline. `note` is shown unless the node fails. `shown` is
    what Flyte Admin has last said about it, and the state that this was about.
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
    shown: tuple[Any, Any] | None = None


@dataclass(slots=True)
class Execution:
    """A run of a workflow with its sub-workflows; `around` is the execution that launched it.

    `stops` is the failure policy of the outermost workflow. `running` counts the nodes that hold a
    place, `waits` those of them that wait for a file; nodes in the `queue` wait for a place.
    """

    stops: bool
    around: "Execution | None"
    failed: bool = False
    running: int = 0
    waits: int = 0
    queue: "deque[tuple[Instance, Record]]" = field(default_factory=deque)

    @property
    def halted(self) -> bool:
        """True if its policy, or that of an execution around it, has stopped it."""
        return (self.failed and self.stops) or (self.around is not None and self.around.halted)


@dataclass(slots=True)
class Instance:
    """A running workflow; calls `finish` with its final phase and outputs.

    `handles` marks a failure handler and what runs inside one.
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
        """True if no more nodes of it may start."""
        return self.execution.halted and not (self.handled or self.handles)

    def value(self, binding: Binding) -> Any:
        """The value of a binding."""
        if isinstance(binding, Constant):
            return binding.value
        if isinstance(binding, Promise):
            values = self.records[binding.node].outputs if binding.node else self.inputs
            return values.get(binding.variable)
        if isinstance(binding, Listed):
            return [self.value(item) for item in binding.items]
        assert isinstance(binding, Keyed)
        return {key: self.value(item) for key, item in binding.items}
