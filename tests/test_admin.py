"""The front door refuses what flyteadmin refuses: what it lets through was looked at."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flyteidl.admin.workflow_pb2 import WorkflowSpec
from flytekit import (
    CronSchedule,
    Email,
    LaunchPlan,
    Resources,
    Workflow,
    WorkflowExecutionPhase,
    task,
)
from flytekit.configuration import Config, Image, ImageConfig, SerializationSettings
from flytekit.core.node import Node
from flytekit.exceptions.user import FlyteInvalidInputException
from flytekit.models.schedule import Schedule
from flytekit.remote import FlyteRemote

from tests.admin import Door, checks, open_door
from transpile.proof.loading import importing


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with importing(tmp_path, ()), open_door(tmp_path) as door:
        yield door


@task
def job() -> int:
    return 0


@task
def told(word: str) -> int:
    return len(word)


@task(requests=Resources(mem="much"))
def greedy() -> int:
    return 0


def remote(door: Door) -> FlyteRemote:
    return FlyteRemote(Config.auto(str(door.config)), "project", "development")


def settings() -> SerializationSettings:
    image = ImageConfig(default_image=Image("default", "image", "tag"))
    return SerializationSettings(image, project="project", domain="development", version="1")


def chain(*ids: str) -> tuple[Workflow, list[Node]]:
    workflow = Workflow(name="WF")
    nodes = [workflow.add_entity(job) for _ in ids]
    for node, name in zip(nodes, ids, strict=True):
        node._id = name
    return workflow, nodes


def refusal(door: Door, entity: Workflow | LaunchPlan) -> str:
    flyte = remote(door)
    create = flyte.register_workflow
    if isinstance(entity, LaunchPlan):
        create = flyte.register_launch_plan
    with pytest.raises(FlyteInvalidInputException):
        create(entity, version="1", serialization_settings=settings())
    return " ".join(door.refused)


@pytest.mark.parametrize("name", ["", "A_B", "-a", "a-", "a" * 64, "1a", "a.b", "é"])
def test_node_ids(name: str) -> None:
    """Written into the message: flytekit would make another id of it."""
    spec = WorkflowSpec()
    spec.template.nodes.add(id=name)
    assert any("is no DNS label" in why for why in checks.workflow(spec, {}))


def test_a_node_id_twice(door: Door) -> None:
    assert "node id a is there 2 times" in refusal(door, chain("a", "a")[0])


def test_too_many_nodes(door: Door) -> None:
    workflow, _ = chain(*(f"j{number}" for number in range(checks.NODE_LIMIT + 1)))
    assert "exceeds limit (101 > 100)" in refusal(door, workflow)


def test_an_upstream_node_that_is_elsewhere(door: Door) -> None:
    workflow, (node,) = chain("a")
    _, (other,) = chain("b")
    node.upstream_nodes.append(other)
    assert "upstream node b is not there" in refusal(door, workflow)


def test_an_input_of_another_type(door: Door) -> None:
    workflow = Workflow(name="WF")
    workflow.add_workflow_input("word", int)
    workflow.add_entity(told, word=workflow.inputs["word"])
    assert "word is of another type than word" in refusal(door, workflow)


def test_no_nodes_and_a_long_name(door: Door) -> None:
    found = refusal(door, Workflow(name="x" * 256))
    assert "no nodes" in found
    assert "name of 256 characters" in found


def test_resources(door: Door) -> None:
    workflow = Workflow(name="WF")
    workflow.add_entity(greedy)
    assert "failed for value much" in refusal(door, workflow)


def test_another_structure_under_the_same_version(door: Door) -> None:
    remote(door).register_workflow(chain("a")[0], settings(), version="1")
    remote(door).register_workflow(chain("a")[0], settings(), version="1")
    assert not door.refused
    assert "different structure already exists" in refusal(door, chain("b")[0])


@pytest.mark.parametrize(
    "cron",
    [
        "0 1 * * 7",
        "0 0 L * *",
        "0 1 * * * *",
        "60 * * * *",
        "* * 15W * *",
        "CRON_TZ=Nowhere * * * * *",
    ],
)
def test_schedules(cron: str, door: Door) -> None:
    workflow, _ = chain("a")
    schedule = Schedule("", cron_schedule=Schedule.CronSchedule(cron, None))
    plan = LaunchPlan.get_or_create(workflow, name="plan", schedule=schedule)
    found = refusal(door, plan)
    assert "schedule" in found or "time zone" in found


def test_a_schedule_without_a_value_for_an_input(door: Door) -> None:
    workflow = Workflow(name="WF")
    workflow.add_workflow_input("word", str)
    workflow.add_entity(told, word=workflow.inputs["word"])
    schedule = CronSchedule(schedule="0 1 * * *")
    plan = LaunchPlan.get_or_create(workflow, name="plan", schedule=schedule)
    assert "a schedule, and word is required" in refusal(door, plan)


def test_a_kick_off_that_is_no_time(door: Door) -> None:
    workflow = Workflow(name="WF")
    workflow.add_workflow_input("word", (str, str(datetime.min)))
    workflow.add_entity(told, word=workflow.inputs["word"])
    schedule = CronSchedule(schedule="0 1 * * *", kickoff_time_input_arg="word")
    plan = LaunchPlan.get_or_create(workflow, name="plan", schedule=schedule)
    assert "must reference a datetime input" in refusal(door, plan)


def test_a_notification_to_nobody(door: Door) -> None:
    workflow, _ = chain("a")
    mail = Email(phases=[WorkflowExecutionPhase.FAILED], recipients_email=[])
    plan = LaunchPlan.get_or_create(workflow, name="plan", notifications=[mail])
    assert "needs recipients" in refusal(door, plan)


def test_a_failure_node_with_the_id_of_another(door: Door) -> None:
    workflow, _ = chain("a")
    workflow.add_on_failure_handler(job)
    workflow.failure_node._id = "a"
    assert "node id a is there 2 times" in refusal(door, workflow)
