"""What Flyte 2's control plane says about other runs, read from a stand-in for its client."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timezone
from itertools import islice
from typing import Any

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

import flyte._initialize as initialize
from connectrpc.code import Code
from connectrpc.errors import ConnectError
from flyte.errors import RemoteTaskNotFoundError, RuntimeSystemError
from flyteidl2.common import run_pb2 as relation_pb2
from flyteidl2.workflow import run_service_pb2

from tests.flyte2_plane import (
    MINUTE,
    NIGHT,
    NOON,
    OVER,
    RUNS,
    UNDERWAY,
    Plane,
    away,
    here,
    inside,
    names,
    naps_fixture,
    output,
    plane_fixture,
    stamp,
)
from transpile.runtime.flyte2 import admin
from transpile.runtime.flyte2.admin import Admin
from transpile.runtime.flyte2.failures import Failure
from transpile.runtime.records import NodeRecord

__all__ = ["naps_fixture", "plane_fixture"]
"""The fixtures of the stand-in."""


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
        ("EXIT_-9", "TERMINATED"),
        ("RetriesExhausted|EXIT_3", "FAILURE 3"),
        ("FAILURE", "FAILURE"),
        ("FAILED", "FAILURE"),
        ("KILLED", "TERMINATED"),
        ("ENDED_3", "FAILURE 3"),
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
