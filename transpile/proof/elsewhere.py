"""Other workflows in a comparison: jobs there have the statuses that a scenario gives them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from transpile.model.outcome import LONG_AGO, Change, Ending, Far, State
from transpile.proof.blueprint import Node, Task, Workflow
from transpile.proof.executions import Phase, Record
from transpile.proof.legacy_side import WORDS, LegacySide
from transpile.proof.simulated_admin import Known
from transpile.runtime.statuses import Status
from transpile.targets.flyte.cut_plans import Place

ZERO = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The moment at which a compared run starts, unless its start times count."""

_TASK = Task("", None, (), ("o0",), 0, 0.0)
_HOLDER = Workflow("", [], {}, False, None, ())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a comparison has to know of other workflows.

    `places` has where jobs stand, `constants` the module and the name of each job's cut. Jobs of
    the legacy side have no place.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    constants: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def consistent(self, far: Far) -> Far:
        """The same statuses, but those of jobs in one box are of its last run.

        A box without a status runs if another job in it has one. Jobs of the legacy side may have
        any statuses.
        """
        here = {job: changes for job, changes in far.items() if job in self.places}
        here = self._consistent(here)
        return {job: here.get(job, changes) for job, changes in far.items()}

    def _consistent(self, far: Far) -> dict[str, tuple[Change, ...]]:
        far = self._of_last_runs(far)
        begun = [self._box(job) for job, changes in far.items() if changes]
        running = (Change(LONG_AGO, Ending(State.UNFINISHED)),)

        def runs(job: str, changes: tuple[Change, ...]) -> bool:
            known = changes and changes[0].at < 0
            others = begun.count(self._box(job)) - bool(changes)
            return self.places[job].is_box and not known and others > 0

        return {j: (*(running if runs(j, found) else ()), *found) for j, found in far.items()}

    def _of_last_runs(self, far: Far) -> Far:
        last: dict[tuple[str, str | None], float] = {}
        for job, changes in far.items():
            for change in changes:
                box = self._box(job)
                last[box] = max(change.began, last.get(box, change.began))

        def counts(job: str, change: Change) -> bool:
            box = self._box(job)
            return self.places[job].box is None or change.began == last[box]

        return {job: tuple(c for c in found if counts(job, c)) for job, found in far.items()}

    def _box(self, job: str) -> tuple[str, str | None]:
        """The workflow of a job and the beginning of its top-level box."""
        return self.places[job].workflow, self.places[job].box


class FarExecution:
    """An execution of another workflow that began at a second: a node for each job with a status.

    It has the name of its workflow, with the second.
    """

    phase = Phase.RUNNING
    answers = None

    def __init__(
        self, workflow: str, began: float, created: datetime, records: Mapping[str, Record]
    ) -> None:
        self.workflow = workflow
        self.name = f"{workflow} {began}"
        self.records = records
        self.created = self.scheduled = self.changed = created

    def level(self, parent: str) -> list[Record]:
        """Its nodes at the top level, or inside the node at a path."""
        return [r for path, r in self.records.items() if path.rpartition("/")[0] == parent]

    def answer(self, gate: str) -> None:
        """Do nothing: a comparison runs one workflow."""

    def is_answered(self, gate: str) -> bool:
        """False: nobody asks for it."""
        return False


@dataclass(slots=True)
class World:
    """All executions in a compared run: the run itself, `here`, and those of other workflows."""

    here: Known
    far: Far
    places: Mapping[str, Place]
    now: Callable[[], float]
    legacy: LegacySide | None = None

    def executions(self, workflow: str) -> list[Known]:
        """The executions of a workflow."""
        if workflow == self.here.workflow:
            return [self.here]
        runs: dict[float, dict[str, Record]] = {}
        known = (job for job in self.far if job in self.places)
        for job in (job for job in known if self.places[job].workflow == workflow):
            last = {c.began: c for c in self.far[job] if c.at <= self.now()}
            for began, change in last.items():
                records = _records(self.places[job], change)
                runs.setdefault(began, {}).update((r.path, r) for r in records)
        return [
            FarExecution(workflow, began, self.moment(began), runs[began])
            for began in sorted(runs, reverse=True)
        ]

    def running(self, workflow: str) -> list[Known]:
        """All executions of a workflow: each of them goes on."""
        return self.executions(workflow)

    def knows(self, workflow: str) -> bool:
        """False: a job that polls has the outcome of its scenario."""
        return False

    def execution(self, name: str) -> Known:
        """The execution of that name."""
        if name == self.here.name:
            return self.here
        workflow, _, _ = name.rpartition(" ")
        return next(found for found in self.executions(workflow) if found.name == name)

    def start_plan(self, launch_plan: str, name: str, cause: Record | None) -> str:
        """Start nothing: a comparison runs one workflow."""
        return f"{name} started"

    def moment(self, seconds: float) -> datetime:
        """The moment of a second."""
        return self.here.created + timedelta(seconds=seconds)


def _records(place: Place, change: Change) -> Iterator[Record]:
    """The nodes that Flyte Admin knows because of the status of a job."""
    for path in filter(None, (place.box, place.waits, place.begins)):
        yield from _around(path)
        yield _record(path, Phase.SUCCEEDED, LONG_AGO)
    runs = change.ending.state is State.UNFINISHED
    yield from _around(place.node)
    if runs and place.is_box:
        return
    found = _record(place.node, Phase.RUNNING if runs else Phase.SUCCEEDED, change.at)
    if not runs:
        status = Status(WORDS[change.ending.state], change.ending.exit_code)
        found.outputs = {"o0": str(status)}
    yield found


def _around(path: str) -> Iterator[Record]:
    """The nodes around the node of a path."""
    outer, _, _ = path.rpartition("/")
    if outer:
        yield from _around(outer)
        yield _record(outer, Phase.RUNNING, LONG_AGO, _HOLDER)


def _record(path: str, phase: Phase, at: float, target: Task | Workflow = _TASK) -> Record:
    node = Node(path.rpartition("/")[2], path, (), {}, target, 0, 0.0)
    return Record(node, path, phase, start=at, end=at)
