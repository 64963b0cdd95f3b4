"""Other workflows in a comparison: jobs there have the statuses that a scenario gives them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from transpile.model.outcome import Change, Ending, Far, State
from transpile.proof.blueprint import Node, Task, Workflow
from transpile.proof.executions import Phase, Record
from transpile.proof.simulated_admin import Known
from transpile.runtime.statuses import FAILURE, SUCCESS, TERMINATED, Status
from transpile.targets.flyte.cut_plans import Place

ZERO = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The moment at which a compared run starts, unless its start times count."""

_LONG_AGO = -86_400.0
_WORDS = {State.SUCCEEDED: SUCCESS, State.FAILED: FAILURE, State.TERMINATED: TERMINATED}
_TASK = Task("", None, (), ("o0",), 0, 0.0)
_HOLDER = Workflow("", [], {}, False, None, ())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a comparison has to know of other workflows.

    `places` has where jobs stand, `constants` the module and the name of each job's cut.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    constants: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def consistent(self, far: Far) -> Far:
        """The same statuses, but a box without one runs if another job in it has one."""
        begun = [self._box(job) for job, changes in far.items() if changes]
        running = (Change(_LONG_AGO, Ending(State.UNFINISHED)),)

        def runs(job: str, changes: tuple[Change, ...]) -> bool:
            known = changes and changes[0].at < 0
            others = begun.count(self._box(job)) - bool(changes)
            return self.places[job].is_box and not known and others > 0

        return {j: (*(running if runs(j, found) else ()), *found) for j, found in far.items()}

    def _box(self, job: str) -> tuple[str, str | None]:
        """The workflow of a job and the beginning of its top-level box."""
        return self.places[job].workflow, self.places[job].box


class FarExecution:
    """The execution of another workflow, with a node for each job that has a status.

    It has the name of its workflow.
    """

    phase = Phase.RUNNING

    def __init__(self, workflow: str, records: Mapping[str, Record], created: datetime) -> None:
        self.name = self.workflow = workflow
        self.records = records
        self.created = self.changed = created

    def answer(self, gate: str) -> None:
        """Do nothing: a comparison runs one workflow."""


@dataclass(slots=True)
class World:
    """All executions in a compared run: the run itself, `here`, and those of other workflows."""

    here: Known
    far: Far
    places: Mapping[str, Place]
    now: Callable[[], float]

    def executions(self, workflow: str) -> list[Known]:
        """The executions of a workflow."""
        if workflow == self.here.workflow:
            return [self.here]
        inside = (job for job in self.far if self.places[job].workflow == workflow)
        known = {job: [c for c in self.far[job] if c.at <= self.now()] for job in inside}
        last = {job: changes[-1] for job, changes in known.items() if changes}
        found = (r for job, change in last.items() for r in _records(self.places[job], change))
        records = {record.path: record for record in found}
        return [FarExecution(workflow, records, self.moment(_LONG_AGO))] if last else []

    def execution(self, name: str) -> Known:
        """The execution of that name."""
        return self.here if name == self.here.name else self.executions(name)[0]

    def start_plan(self, launch_plan: str, name: str, cause: Record | None) -> str:
        """Start nothing: a comparison runs one workflow."""
        return f"{name} started"

    def moment(self, seconds: float) -> datetime:
        """The moment of a second."""
        return self.here.created + timedelta(seconds=seconds)


def _records(place: Place, change: Change) -> Iterator[Record]:
    """The nodes that Flyte Admin knows because of the status of a job."""
    for path in filter(None, (place.box, place.waits)):
        yield from _around(path)
        yield _record(path, Phase.SUCCEEDED, _LONG_AGO)
    runs = change.ending.state is State.UNFINISHED
    yield from _around(place.node)
    if runs and place.is_box:
        return
    found = _record(place.node, Phase.RUNNING if runs else Phase.SUCCEEDED, change.at)
    if not runs:
        status = Status(_WORDS[change.ending.state], change.ending.exit_code)
        found.outputs = {"o0": str(status)}
    yield found


def _around(path: str) -> Iterator[Record]:
    """The nodes around the node of a path."""
    outer, _, _ = path.rpartition("/")
    if outer:
        yield from _around(outer)
        yield _record(outer, Phase.RUNNING, _LONG_AGO, _HOLDER)


def _record(path: str, phase: Phase, at: float, target: Task | Workflow = _TASK) -> Record:
    node = Node(path.rpartition("/")[2], path, (), {}, target, 0, 0.0)
    return Record(node, path, phase, start=at, end=at)
