"""What Flyte 2's control plane says about other runs, read from a stand-in for its client."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

import flyte._initialize as initialize
from connectrpc.code import Code
from connectrpc.errors import ConnectError
from flyte._context import internal_ctx
from flyte.errors import RemoteTaskNotFoundError, RuntimeSystemError
from flyte.models import ActionID, RawDataPath, TaskContext
from flyte.report import Report
from flyteidl2.common import identifier_pb2, list_pb2, phase_pb2
from flyteidl2.common import run_pb2 as relation_pb2
from flyteidl2.core import literals_pb2
from flyteidl2.dataproxy import dataproxy_service_pb2
from flyteidl2.task import run_pb2, task_definition_pb2, task_service_pb2
from flyteidl2.workflow import run_definition_pb2, run_service_pb2
from google.protobuf.timestamp_pb2 import Timestamp

from transpile.runtime.flyte2 import admin
from transpile.runtime.flyte2.admin import Admin
from transpile.runtime.flyte2.failures import Failure
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


@pytest.fixture
def plane(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plane]:
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


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
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


def test_the_newest_run_comes_first(plane: Plane) -> None:
    for number in range(5):
        plane.run(f"r{number}")
    plane.run("other", of="day.day")
    assert names() == ["r4", "r3", "r2", "r1", "r0"]


def test_runs_are_read_page_by_page_as_they_are_needed(plane: Plane) -> None:
    for number in range(205):
        plane.run(f"r{number}")
    plane.page = 100
    runs = here().executions(NIGHT)
    assert not plane.requests
    assert [each.name for each in islice(runs, 100)][-1] == "r105"
    assert len(plane.requests) == 1
    assert len(list(runs)) == 105
    assert len(plane.requests) == 3


def test_a_run_that_a_new_one_has_moved_to_the_next_page_comes_once(plane: Plane) -> None:
    for number in range(3):
        plane.run(f"r{number}")
    runs = here().executions(NIGHT)
    found = [next(runs).name, next(runs).name]
    plane.run("r3")
    assert found + [each.name for each in runs] == ["r2", "r1", "r0"]


def test_runs_of_another_project(plane: Plane) -> None:
    list(Admin("hr", "staging").executions(NIGHT))
    (request,) = plane.requests
    assert (request.project_id.name, request.project_id.domain) == ("hr", "staging")


@pytest.mark.parametrize(
    ("flytes", "phase"),
    [
        *((each, "RUNNING") for each in ("UNSPECIFIED", *UNDERWAY)),
        *((each, each) for each in OVER),
        ("RECOVERED", "SUCCEEDED"),
    ],
)
def test_phases_of_runs(flytes: str, phase: str, plane: Plane) -> None:
    plane.run("r1", flytes)
    (found,) = here().executions(NIGHT)
    assert (found.phase, found.is_over) == (phase, phase in OVER)
    if flytes != "UNSPECIFIED":
        assert names(phase) == ["r1"]
        assert names("FAILED" if phase == "RUNNING" else "RUNNING") == []


def test_times_of_runs(plane: Plane) -> None:
    plane.run("r1")
    plane.run("r2", "RUNNING")
    running, ended = here().executions(NIGHT)
    assert (ended.created, ended.changed) == (NOON, NOON + MINUTE / 2)
    assert running.created == running.changed == NOON + MINUTE


def test_a_run_that_waits_for_its_start_is_new(plane: Plane) -> None:
    plane.run("r1", "QUEUED").action.status.ClearField("start_time")
    (found,) = here().executions(NIGHT)
    assert datetime.now(timezone.utc) - found.created < MINUTE


@pytest.mark.parametrize("lists_names", [True, False])
def test_nodes_are_the_jobs_and_rows_of_the_driver(lists_names: bool, plane: Plane) -> None:
    plane.lists_names = lists_names
    plane.run("r1")
    plane.run("r2")
    load = plane.action("night.load", "FAILED")
    plane.action("LEDGER started")
    plane.action("PAGE skipped")
    plane.action("night.step", parent=load.id.name)
    plane.action("night.load", of="r2")
    row, job = here().nodes("r1")
    assert (row.node, row.phase) == ("LEDGER started", "SUCCEEDED")
    assert job == NodeRecord(
        "r1", load.id.name, "load", "SUCCEEDED", NOON + 2 * MINUTE + MINUTE / 2
    )
    assert here().nodes("r1", load.id.name) == []


def test_nodes_on_many_pages(plane: Plane) -> None:
    plane.run("r1")
    for number in range(7):
        plane.action(f"night.job{number}")
    assert [each.node for each in here().nodes("r1")] == [f"job{n}" for n in range(6, -1, -1)]


@pytest.mark.parametrize(
    ("flytes", "phase"),
    [
        *((each, "RUNNING") for each in ("UNSPECIFIED", *UNDERWAY)),
        *((each, "SUCCEEDED") for each in OVER),
        ("RECOVERED", "RECOVERED"),
    ],
)
def test_phases_of_jobs(flytes: str, phase: str, plane: Plane) -> None:
    plane.run("r1")
    plane.action("night.load", flytes)
    (found,) = here().nodes("r1")
    assert found.phase == phase


def test_a_job_without_an_end_changed_when_it_began(plane: Plane) -> None:
    plane.run("r1")
    plane.action("night.load", "ABORTED", ended=None)
    (found,) = here().nodes("r1")
    assert found.changed == NOON + MINUTE


def test_conditions_are_no_nodes(plane: Plane) -> None:
    plane.run("r1")
    plane.action("night.load").metadata.condition.name = "release"
    assert here().nodes("r1") == []


def test_an_unknown_run_has_no_nodes(plane: Plane) -> None:
    plane.away = [ConnectError(Code.NOT_FOUND, "no such run")]
    assert here(1).nodes("r1") == []


@pytest.mark.parametrize(
    ("value", "status"),
    [(0, "SUCCESS 0"), (4, "SUCCESS 4"), ("text", "SUCCESS"), (True, "SUCCESS"), (None, "SUCCESS")],
)
@pytest.mark.parametrize("phase", ["SUCCEEDED", "RECOVERED"])
def test_statuses_of_successes(phase: str, value: Any, status: str, plane: Plane) -> None:
    assert output(plane.action("night.load", phase, output=value)) == status


def test_a_success_whose_outputs_are_gone(plane: Plane) -> None:
    assert output(plane.action("night.load")) == "SUCCESS"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("EXIT_3", "FAILURE 3"),
        ("EXIT_-9", "FAILURE -9"),
        ("RetriesExhausted|EXIT_3", "FAILURE 3"),
        ("FAILURE", "FAILURE"),
        ("FAILED", "FAILURE"),
        ("TERMINATED", "TERMINATED"),
        ("KILLED", "TERMINATED"),
        ("ENDED_3", "FAILURE 3"),
        ("ABORTED_2", "ABORTED 2"),
        ("ABORT_2", "ABORTED 2"),
        ("BLOCKED", "SKIPPED"),
        ("MAX_RUNTIME_EXCEEDED", "TERMINATED"),
        ("OOMKilled", "FAILURE"),
        ("EXIT_x", "FAILURE"),
        ("", "FAILURE"),
    ],
)
def test_statuses_of_failures(code: str, status: str, plane: Plane) -> None:
    assert output(plane.action("night.load", "FAILED", code=code)) == status


def test_a_failure_without_an_error(plane: Plane) -> None:
    assert output(plane.action("night.load", "FAILED")) == "FAILURE"


@pytest.mark.parametrize(
    ("phase", "status"),
    [("ABORTED", "TERMINATED"), ("TIMED_OUT", "TERMINATED"), ("RUNNING", None)],
)
def test_statuses_of_other_ends(phase: str, status: str | None, plane: Plane) -> None:
    assert output(plane.action("night.load", phase)) == status


@pytest.mark.parametrize("value", ["TERMINATED", 7, None])
def test_outputs_of_rows(value: Any, plane: Plane) -> None:
    assert output(plane.action("LEDGER ended", output=value)) == value


@pytest.mark.parametrize(
    ("kind", "original"), [("RERUN", "r1"), ("RECOVER", "r1"), ("SPAWN", ""), ("TRIGGERED", "")]
)
def test_originals(kind: str, original: str, plane: Plane) -> None:
    first = plane.run("r1").action.id.run
    relation = relation_pb2.Relation(
        related_to=first, relation_type=relation_pb2.RelationType.Value(f"RELATION_TYPE_{kind}")
    )
    plane.run("r2", relation=relation)
    assert here().original("r2") == original
    assert here().original("r1") == ""


def test_kickoffs(plane: Plane) -> None:
    plane.run("r1")
    plane.run("r2").run_spec.run_start_time.CopyFrom(stamp(NOON - 5 * MINUTE))
    assert here().kickoff("r1") == NOON
    assert here().kickoff("r2") == NOON - 5 * MINUTE


@pytest.mark.parametrize("creates_again", [True, False])
def test_a_run_starts_once(creates_again: bool, plane: Plane) -> None:
    plane.creates_again = creates_again
    assert here().start(NIGHT, "s1") == "s1 started"
    assert here().start(NIGHT, "s1") == "s1 started already"
    (request,) = plane.of_kind(run_service_pb2.CreateRunRequest)
    assert (request.run_id.name, request.run_id.project) == ("s1", RUNS.project)
    assert (request.task_id.name, request.task_id.version) == (NIGHT, "v7")


def test_two_that_start_a_run_at_the_same_time(
    plane: Plane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Admin, "_exists", lambda *_: False)
    plane.run("s1")
    assert here(1).start(NIGHT, "s1") == "s1 started already"
    assert len(plane.runs) == 1


def test_a_start_whose_answer_is_lost(plane: Plane, naps: list[float]) -> None:
    plane.creates_again = True
    create = plane.create_run

    async def lost(request: Any) -> Any:
        if not plane.runs:
            plane.away = [away()]
        return await create(request)

    plane.create_run = lost
    assert here(1).start(NIGHT, "s1") == "s1 started"
    assert (len(plane.runs), naps) == (1, [1])


def test_a_start_of_an_unknown_task(plane: Plane, naps: list[float]) -> None:
    with pytest.raises(RemoteTaskNotFoundError, match=r"day\.day"):
        here(1).start("day.day", "s1")
    assert not naps


def test_a_start_records_the_run_that_asked(plane: Plane) -> None:
    inside("remote", lambda: here().start(NIGHT, "s1"))
    (request,) = plane.of_kind(run_service_pb2.CreateRunRequest)
    assert request.run_spec.relation.related_to.name == "r9"
    assert request.run_spec.relation.relation_type == relation_pb2.RELATION_TYPE_SPAWN


def test_questions_are_asked_again(
    plane: Plane, naps: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    plane.run("r1")
    plane.away = [away("password=secret"), RuntimeSystemError("RunCreationError", "gone")]
    assert here(1, 2, 4).kickoff("r1") == NOON
    assert naps == [1, 2]
    said = capsys.readouterr().out
    assert said.startswith("Flyte does not answer: password=***; again in 1 s\n")


def test_a_listing_goes_on_where_it_failed(plane: Plane, naps: list[float]) -> None:
    for number in range(5):
        plane.run(f"r{number}")
    runs = here(1, 2).executions(NIGHT)
    found = [next(runs).name, next(runs).name]
    plane.away = [away(), away()]
    assert found + [each.name for each in runs] == ["r4", "r3", "r2", "r1", "r0"]
    assert naps == [1, 2]


@pytest.mark.parametrize(
    "ask",
    [
        names,
        lambda: here().nodes("r1"),
        lambda: here().output(NodeRecord("r1", "a0", "", "SUCCEEDED", NOON)),
        lambda: here().original("r1"),
        lambda: here().kickoff("r1"),
        lambda: here().start(NIGHT, "s1"),
    ],
)
def test_a_control_plane_that_stays_away(ask: Callable[[], Any], plane: Plane) -> None:
    plane.run("r1")
    plane.away = [away()] * 9
    with pytest.raises(Failure, match="Flyte does not answer: gone"):
        ask()


def test_an_unknown_run_is_not_asked_for_again(plane: Plane, naps: list[float]) -> None:
    with pytest.raises(ConnectError, match="no such run"):
        here(1).kickoff("r1")
    assert not naps


def test_a_process_without_a_client(
    plane: Plane, naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(initialize, "_init_config", None)
    with pytest.raises(RuntimeError, match="has not been initialized"):
        here(1).kickoff("r1")
    assert not naps


def test_questions_from_a_thread_beside_a_driver(plane: Plane) -> None:
    plane.run("r1")
    plane.action("night.load", output=4)

    def look() -> tuple[str, Any]:
        here = admin.flyte_admin(pauses=())
        (run,) = here.executions(NIGHT)
        return admin.this_run(), [here.output(each) for each in here.nodes(run.name)]

    async def driver() -> Any:
        ticks = 0
        looking = asyncio.create_task(asyncio.to_thread(look))
        while not looking.done():
            ticks += 1
            await asyncio.sleep(0)
        assert ticks > 1
        return await looking

    assert inside("remote", lambda: asyncio.run(driver())) == ("r9", ["SUCCESS 4"])


@pytest.mark.parametrize(("mode", "answer"), [("remote", True), ("hybrid", True), ("local", False)])
def test_tasks_on_the_platform(mode: str, answer: bool, plane: Plane) -> None:
    assert inside(mode, admin.on_platform) is answer


def test_code_outside_of_tasks(plane: Plane) -> None:
    assert not admin.on_platform()
    assert admin.this_run() == ""


def test_the_project_and_domain_of_this_run(plane: Plane) -> None:
    found = inside("remote", admin.flyte_admin)
    assert (found.project, found.domain) == (RUNS.project, RUNS.domain)
    assert admin.flyte_admin("hr", "staging").project == "hr"
    assert sum(found.pauses) == 300
