"""What a platform records about executions and their nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Execution:
    """An execution of a workflow, with the time of its end if it has ended.

    `resumes` names the earlier execution whose jobs it takes over, `reruns` the jobs that it runs
    in any case.
    """

    name: str
    workflow: str
    phase: str
    created: datetime
    changed: datetime
    resumes: str = ""
    reruns: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        """True if the execution has ended."""
        return self.phase in ("SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT")


@dataclass(frozen=True)
class NodeRecord:
    """What the platform has recorded about a node of an execution.

    `id` is unique in the execution, `node` is the id in the node's own workflow. `launched` names
    the execution that the node of a launch plan has started.
    """

    execution: str
    id: str
    node: str
    phase: str
    changed: datetime
    is_parent: bool = False
    launched: str = ""

    @property
    def inside(self) -> tuple[str, str]:
        """Where the nodes inside this one are: an execution and a node in it."""
        return (self.launched, "") if self.launched else (self.execution, self.id)


class Records(Protocol):
    """The records of a platform."""

    def executions(self, workflow: str, phase: str = "") -> Iterator[Execution]:
        """The executions of a workflow, the newest first; those in a phase, if one is given."""

    def nodes(self, execution: str, parent: str = "") -> list[NodeRecord]:
        """The nodes that an execution has recorded, at its top level or inside a parent node."""

    def output(self, record: NodeRecord) -> str | int | None:
        """The first output of a node, if it is a text or a whole number."""

    def labels(self, execution: str) -> dict[str, str]:
        """The display names of the nodes of an execution's workflows, by their ids."""

    def original(self, execution: str) -> str:
        """The name of the execution that this one recovers; empty if it recovers none."""

    def kickoff(self, execution: str) -> datetime:
        """When an execution was to start."""
