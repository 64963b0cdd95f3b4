"""A stand-in for the client of Flyte 2's control plane, and what tests ask it."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import flyte._initialize as initialize
import pytest
from connectrpc.code import Code
from connectrpc.errors import ConnectError
from flyte._context import internal_ctx
from flyte.models import ActionID, RawDataPath, TaskContext
from flyte.report import Report
from flyteidl2.common import identifier_pb2, list_pb2, phase_pb2
from flyteidl2.core import literals_pb2
from flyteidl2.dataproxy import dataproxy_service_pb2
from flyteidl2.task import run_pb2, task_definition_pb2, task_service_pb2
from flyteidl2.workflow import run_definition_pb2, run_service_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from transpile.runtime.flyte2.admin import Admin
from transpile.runtime.records import NodeRecord

NIGHT = "night.night"
NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
RUNS = identifier_pb2.RunIdentifier(org="acme", project="bank", domain="production")
UNDERWAY = ("QUEUED", "WAITING_FOR_RESOURCES", "INITIALIZING", "RUNNING", "PAUSED")
OVER = ("SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT")


def stamp(when: datetime) -> Timestamp:
    found = Timestamp()
    found.FromDatetime(when)
    return found


def status(phase: str, begun: datetime | None, ended: datetime | None) -> Any:
    found = run_definition_pb2.ActionStatus(
        phase=phase_pb2.ActionPhase.Value(f"ACTION_PHASE_{phase}"), attempts=1
    )
    if begun:
        found.start_time.CopyFrom(stamp(begun))
    if ended:
        found.end_time.CopyFrom(stamp(ended))
    return found


def task(name: str) -> Any:
    identifier = task_definition_pb2.TaskIdentifier(name=name, version="v1")
    return run_definition_pb2.TaskActionMetadata(id=identifier, task_type="python")


@dataclass
class Plane:
    """A control plane behind the calls of the SDK's client; the newest entries come first.

    `lists_names` is False for one that lists actions without their names, as the open-source one
    does. `away` holds the errors of the next calls.
    """

    runs: list[Any] = field(default_factory=list)
    actions: list[Any] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    requests: list[Any] = field(default_factory=list)
    away: list[Exception] = field(default_factory=list)
    tasks: tuple[str, ...] = (NIGHT,)
    page: int = 2
    lists_names: bool = True
    creates_again: bool = False

    @property
    def run_service(self) -> "Plane":
        return self

    dataproxy_service = task_service = run_service

    def run(self, name: str, phase: str = "SUCCEEDED", of: str = NIGHT, **more: Any) -> Any:
        """A run that began a minute after the last one, and took half a minute."""
        begun = more.pop("begun", NOON + len(self.runs) * MINUTE)
        ended = begun + MINUTE / 2 if phase in OVER else None
        action = run_definition_pb2.ActionDetails(
            id=identifier_pb2.ActionIdentifier(name="a0", run=self._named(name)),
            metadata=run_definition_pb2.ActionMetadata(task=task(of), **more),
            status=status(phase, begun, ended),
        )
        found = run_definition_pb2.RunDetails(action=action, run_spec=run_pb2.RunSpec())
        self.runs.insert(0, found)
        self.actions.insert(0, action)
        return found

    def action(self, name: str, phase: str = "SUCCEEDED", *, of: str = "r1", **more: Any) -> Any:
        """A child of the driver: a job if its name has a dot, else a row."""
        begun = NOON + len(self.actions) * MINUTE
        ended = more.pop("ended", begun + MINUTE / 2 if phase not in UNDERWAY else None)
        metadata = run_definition_pb2.ActionMetadata(parent=more.pop("parent", "a0"))
        if "." in name:
            metadata.task.CopyFrom(task(name))
        else:
            metadata.trace.name = name
        found = run_definition_pb2.ActionDetails(
            id=identifier_pb2.ActionIdentifier(name=f"x{len(self.actions)}", run=self._named(of)),
            metadata=metadata,
            status=status(phase, begun, ended),
        )
        if "code" in more:
            found.error_info.code = more["code"]
        if "output" in more:
            self.outputs[found.id.name] = more["output"]
        self.actions.insert(0, found)
        return found

    async def list_runs(self, request: Any) -> Any:
        found, token = self._page(request, [run.action for run in self.runs])
        listed = [run_definition_pb2.Run(action=light(each)) for each in found]
        return run_service_pb2.ListRunsResponse(runs=listed, token=token)

    async def list_actions(self, request: Any) -> Any:
        of_run = [each for each in self.actions if each.id.run == request.run_id]
        found, token = self._page(request, of_run)
        listed = [light(each) for each in found]
        for each in () if self.lists_names else listed:
            each.metadata.ClearField("task")
            each.metadata.ClearField("trace")
        return run_service_pb2.ListActionsResponse(actions=listed, token=token)

    async def get_run_details(self, request: Any) -> Any:
        self._called(request)
        for run in self.runs:
            if run.action.id.run == request.run_id:
                return run_service_pb2.GetRunDetailsResponse(details=run)
        raise ConnectError(Code.NOT_FOUND, "no such run")

    async def get_action_details(self, request: Any) -> Any:
        self._called(request)
        found = next(each for each in self.actions if each.id == request.action_id)
        return run_service_pb2.GetActionDetailsResponse(details=found)

    async def get_action_data(self, request: Any) -> Any:
        self._called(request)
        if request.action_id.name not in self.outputs:
            raise ConnectError(Code.NOT_FOUND, "outputs not available")
        value = self.outputs[request.action_id.name]
        found = dataproxy_service_pb2.GetActionDataResponse()
        if value is not None:
            scalar = literals_pb2.Scalar(primitive=primitive(value))
            literal = found.outputs.literals.add(name="o0")
            literal.value.CopyFrom(literals_pb2.Literal(scalar=scalar))
        return found

    async def list_tasks(self, request: Any) -> Any:
        self._called(request)
        wanted = [f.values[0] for f in request.request.filters]
        found = [
            task_definition_pb2.Task(
                task_id=task_definition_pb2.TaskIdentifier(name=name, version="v7")
            )
            for name in self.tasks
            if name in wanted
        ]
        return task_service_pb2.ListTasksResponse(tasks=found)

    async def get_task_details(self, request: Any) -> Any:
        self._called(request)
        return task_service_pb2.GetTaskDetailsResponse(
            details=task_definition_pb2.TaskDetails(task_id=request.task_id)
        )

    async def upload_inputs(self, request: Any) -> Any:
        self._called(request)
        return dataproxy_service_pb2.UploadInputsResponse()

    async def create_run(self, request: Any) -> Any:
        name = request.run_id.name
        known = [run for run in self.runs if run.action.id.run == request.run_id]
        if known and not self.creates_again:
            raise ConnectError(Code.ALREADY_EXISTS, "exists")
        found = known[0] if known else self.run(name, "QUEUED", request.task_id.name)
        # The control plane may be away after it has done what was asked.
        self._called(request)
        return run_service_pb2.CreateRunResponse(
            run=run_definition_pb2.Run(action=light(found.action))
        )

    def of_kind(self, kind: type[Any]) -> list[Any]:
        return [request for request in self.requests if isinstance(request, kind)]

    def _named(self, name: str) -> Any:
        found = identifier_pb2.RunIdentifier()
        found.CopyFrom(RUNS)
        found.name = name
        return found

    def _called(self, request: Any) -> None:
        self.requests.append(request)
        if self.away:
            raise self.away.pop(0)

    def _page(self, request: Any, entries: list[Any]) -> tuple[list[Any], str]:
        self._called(request)
        asked = request.request
        assert asked.sort_by.key == "created_at"
        assert asked.sort_by.direction == list_pb2.Sort.DESCENDING
        found = [each for each in entries if all(fits(each, one) for one in asked.filters)]
        first = int(asked.token or 0)
        last = first + min(self.page, asked.limit)
        return found[first:last], str(last) if last < len(found) else ""


def light(details: Any) -> Any:
    found = run_definition_pb2.Action()
    found.id.CopyFrom(details.id)
    found.metadata.CopyFrom(details.metadata)
    found.status.CopyFrom(details.status)
    return found


def fits(details: Any, wanted: Any) -> bool:
    # These are the fields that open-source control planes know, too.
    value = {
        "task_name": details.metadata.task.id.name,
        "phase": str(details.status.phase),
    }[wanted.field]
    return value in wanted.values


def primitive(value: Any) -> Any:
    kinds = {bool: "boolean", int: "integer", str: "string_value", float: "float_value"}
    return literals_pb2.Primitive(**{kinds[type(value)]: value})


@pytest.fixture(name="plane")
def plane_fixture(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plane]:
    before = initialize._init_config
    plane = Plane()
    client: Any = plane
    asyncio.run(
        initialize._init_for_testing(
            project=RUNS.project, domain=RUNS.domain, org=RUNS.org, client=client
        )
    )
    yield plane
    initialize._init_config = before


@pytest.fixture(name="naps")
def naps_fixture(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("time.sleep", found.append)
    return found


def here(*pauses: float) -> Admin:
    return Admin(RUNS.project, RUNS.domain, pauses)


def inside(mode: Any, ask: Callable[[], Any]) -> Any:
    """What a task of the run r9 answers."""
    action = ActionID(
        name="a0", run_name="r9", project=RUNS.project, domain=RUNS.domain, org=RUNS.org
    )
    context = TaskContext(
        action=action,
        version="v1",
        raw_data_path=RawDataPath(path=""),
        output_path="",
        run_base_dir="",
        report=Report(name="a0"),
        mode=mode,
    )
    with internal_ctx().replace_task_context(context):
        return ask()


def names(*phase: str) -> list[str]:
    return [each.name for each in here().executions(NIGHT, *phase)]


def record(action: Any) -> NodeRecord:
    return NodeRecord("r1", action.id.name, "", "SUCCEEDED", NOON)


def output(action: Any) -> str | int | None:
    return here().output(record(action))


def away(message: str = "gone") -> Exception:
    return ConnectError(Code.UNAVAILABLE, message)
