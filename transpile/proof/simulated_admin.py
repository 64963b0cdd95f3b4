"""A simulated Flyte Admin, for the tasks of a rehearsal that ask about other workflows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import ModuleType
from typing import Any, Protocol

from transpile.proof.attempts import Pause
from transpile.proof.blueprint import Workflow
from transpile.proof.commands import CODE
from transpile.proof.executions import Phase, Record
from transpile.proof.legacy_side import LegacySide
from transpile.proof.runs import Simulates

_PHASES = {
    Phase.RUNNING: "RUNNING",
    Phase.SUCCEEDED: "SUCCEEDED",
    Phase.FAILED: "FAILED",
    Phase.ABORTED: "ABORTED",
}


class Known(Protocol):
    """An execution that Flyte Admin knows."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def workflow(self) -> str:
        """The name of its workflow."""

    @property
    def created(self) -> datetime:
        """The moment of its start."""

    @property
    def scheduled(self) -> datetime:
        """The moment at which it was to start."""

    @property
    def changed(self) -> datetime:
        """The moment of its end, or of its start while it runs."""

    @property
    def phase(self) -> Phase:
        """Its state."""

    @property
    def records(self) -> Mapping[str, Record]:
        """Its nodes by path."""

    def level(self, parent: str) -> Collection[Record]:
        """Its nodes at the top level, or inside the node at a path."""

    @property
    def answers(self) -> dict[tuple[int, str], list[Any]] | None:
        """Answers about its nodes that were given; None while they may change."""

    def answer(self, gate: str) -> None:
        """Answer a gate with yes."""

    def is_answered(self, gate: str) -> bool:
        """True if a gate has an answer."""


class Simulated:
    """What Flyte Admin knows of an execution that a simulator runs."""

    __slots__ = ()
    simulator: Simulates
    answers = None

    @property
    def phase(self) -> Phase:
        """Its state."""
        return self.simulator.end

    @property
    def records(self) -> Mapping[str, Record]:
        """Its nodes by path."""
        return self.simulator.records

    def level(self, parent: str) -> Collection[Record]:
        """Its nodes at the top level, or inside the node at a path."""
        return self.simulator.levels.get(parent, {}).values()

    def answer(self, gate: str) -> None:
        """Answer a gate with yes."""
        self.simulator.answer(gate)

    def is_answered(self, gate: str) -> bool:
        """True if a gate has an answer."""
        return self.simulator.is_answered(gate)


class World(Protocol):
    """All executions, and what a task may do to them."""

    @property
    def legacy(self) -> LegacySide | None:
        """The legacy side; None if nothing is known of it."""

    def executions(self, workflow: str) -> Iterable[Known]:
        """The executions of a workflow, the newest first."""

    def running(self, workflow: str) -> Iterable[Known]:
        """The executions of a workflow that have not ended, the newest first."""

    def knows(self, workflow: str) -> bool:
        """True if the workflow is registered."""

    def execution(self, name: str) -> Known:
        """The execution of that name."""

    def start_plan(self, launch_plan: str, name: str, cause: Record | None) -> str:
        """Start a launch plan, because of this node; says what has become of it."""

    def moment(self, seconds: float) -> datetime:
        """The moment of a second."""


class SimulatedAdmin:
    """Answers as the class Admin of the run-time helpers does, for the task of one node."""

    def __init__(
        self, world: World, runtime: ModuleType, here: Known, record: Record | None
    ) -> None:
        self._world = world
        self._runtime = runtime
        self._kind = getattr(runtime, CODE, runtime)
        self._record = record
        self._asked: list[str] = []
        self.here = here

    def knows(self, workflow: str) -> bool:
        """True if the workflow is registered."""
        return self._world.knows(workflow)

    def executions(self, workflow: str, *phases: str) -> Iterator[Any]:
        """The executions of a workflow, the newest first; those in the phases, if any are given."""
        world = self._world
        known = world.running if phases == ("RUNNING",) else world.executions
        for found in known(workflow):
            phase = _PHASES[found.phase]
            if not phases or phase in phases:
                yield self._runtime.Execution(
                    name=found.name,
                    workflow=found.workflow,
                    phase=phase,
                    created=found.created,
                    changed=found.changed,
                )

    def nodes(self, execution: str, parent: str = "") -> list[Any]:
        """The nodes that have begun, at the top level or inside a parent node."""
        found = self._world.execution(execution)
        if found.answers is None:
            return self._nodes(found, parent)
        key = id(self._kind), parent
        if key not in found.answers:
            found.answers[key] = self._nodes(found, parent)
        return found.answers[key]

    def _nodes(self, known: Known, parent: str) -> list[Any]:
        kind, found = self._kind, []
        for record in known.level(parent):
            if record.phase is not Phase.NOT_REACHED:
                sign = kind, record.phase, record.start, record.end
                if record.shown is None or record.shown[0] != sign:
                    record.shown = sign, self._node(known.name, record)
                found.append(record.shown[1])
        return found

    def _node(self, execution: str, record: Record) -> Any:
        return self._runtime.NodeRecord(
            execution=execution,
            id=record.path,
            node=record.node.id,
            # The task of a driver says how it failed.
            phase="SUCCEEDED" if record.outputs else _PHASES[record.phase],
            changed=self._world.moment(_last(record)),
            is_parent=isinstance(record.node.target, Workflow),
        )

    def output(self, node: Any) -> str | int | None:
        """The first output of a node, if it is a text or a whole number."""
        value = self._world.execution(node.execution).records[node.id].outputs.get("o0")
        return value if isinstance(value, str | int) else None

    def original(self, execution: str) -> str:
        """Empty: no execution here recovers another."""
        return ""

    def recovered(self, execution: str) -> str:
        """Empty: no execution here recovers another."""
        return ""

    def kickoff(self, execution: str) -> datetime:
        """When an execution was to start."""
        return self._world.execution(execution).scheduled

    def open(self, execution: str, gate: str) -> None:
        """Answer a gate of an execution with yes."""
        self._world.execution(execution).answer(gate)

    def is_answered(self, execution: str, gate: str) -> bool:
        """True if a gate of an execution has an answer, yes or no."""
        return self._world.execution(execution).is_answered(gate)

    @property
    def knows_legacy(self) -> bool:
        """True if the legacy side is simulated, too."""
        return self._world.legacy is not None

    def run_legacy(self, command: str, now: datetime) -> str | None:
        """What a command about a job of the legacy side prints; None if it fails."""
        self._asked.append(command)
        legacy = self._world.legacy
        return legacy.run(command, now) if legacy else ""

    def pause(self, interval: float, now: datetime) -> Pause:
        """The pause until something may have changed of what the task has asked."""
        legacy = self._world.legacy
        if legacy is None:
            return Pause(interval, None)
        change = legacy.next_change(self._asked, now)
        seconds = (change - now).total_seconds() if change else None
        return Pause(legacy.interval or interval, seconds)

    def start(self, launch_plan: str, name: str) -> str:
        """Start a launch plan as the execution of this name, and say what has become of it."""
        return self._world.start_plan(launch_plan, name, self._record)


def _last(record: Record) -> float:
    """The latest moment of a node, in seconds."""
    if record.end is None:
        return record.start or 0.0
    return record.end if record.start is None else max(record.start, record.end)
