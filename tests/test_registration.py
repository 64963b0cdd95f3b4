"""Converted samples, registered by an unmodified pyflyte at a front door on loopback."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flyteidl.core import literals_pb2
from flytekit.configuration import Config
from flytekit.remote import FlyteRemote

from tests.admin import Door, open_door
from tests.documents import blocks
from tests.support import ROOT, cli, installed, shell

AROUND = ("_on_run_days", "_at_start_times")
"""Ends of the names of workflows that run another one at its start times only."""

PLACE = ("-p", "flytesnacks", "-d", "development")


def is_inside(node: dict[str, str]) -> bool:
    """True for a node of the main workflow, other than its failure node."""
    return node["role"] != "failure" and not node["variable"].endswith(AROUND)


def register(door: Door, *paths: object, cwd: Path) -> str:
    """What `pyflyte register` says."""
    env = {"FLYTECTL_CONFIG": str(door.config)}
    done = installed("pyflyte", "register", *PLACE, *paths, cwd=cwd, env=env)
    return done.stdout + done.stderr


@dataclass
class Registered:
    """The samples at the door: what the report says of them, and what pyflyte said each time."""

    door: Door
    report: dict[str, Any]
    said: list[str]

    @property
    def version(self) -> str:
        return next(version for _, version in self.door.workflows)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registered]:
    """All samples as one folder of modules, registered twice."""
    out = tmp_path_factory.mktemp("samples") / "out"
    cli("convert", ROOT / "samples", "-o", out)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    with open_door(tmp_path_factory.mktemp("door")) as door:
        said = [register(door, out, cwd=out.parent) for _ in range(2)]
        yield Registered(door, report, said)


def test_all_samples_register_and_the_second_time_nothing_changes(samples: Registered) -> None:
    door = samples.door
    entities = len(door.tasks) + len(door.workflows) + len(door.launch_plans)
    assert not door.refused
    for said in samples.said:
        assert f"Successfully registered {entities} entities" in said
    assert len(door.identical) == entities


def test_every_sample_has_a_workflow_at_the_door(samples: Registered) -> None:
    rows = [job for job in samples.report["jobs"] if job["workflow"]]
    folders = {job["module"].partition(".")[0] for job in rows}
    known = {path.name for path in (ROOT / "samples").iterdir() if path.is_dir()}
    assert known <= folders
    assert {(job["workflow"], samples.version) for job in rows} <= samples.door.workflows.keys()


def test_what_is_read_back_is_what_was_converted(samples: Registered) -> None:
    remote = FlyteRemote(Config.auto(str(samples.door.config)), *PLACE[1::2])
    for row in samples.report["workflows"]:
        workflow = remote.fetch_workflow(name=row["name"], version=samples.version)
        spec = samples.door.workflows[row["name"], samples.version]
        # flytekit counts failure nodes among the others.
        handlers = {t.failure_node.id for t in (spec.template, *spec.sub_workflows)}
        read = (workflow, *workflow.flyte_sub_workflows)
        nodes = [node.id for w in read for node in w.flyte_nodes if node.id not in handlers]
        jobs = [job for job in samples.report["jobs"] if job["module"] == row["module"]]
        assert {job["node"] for job in jobs if job["node"]} <= set(nodes)
        rows = [node for node in samples.report["nodes"] if node["module"] == row["module"]]
        inside = [node["node"] for node in rows if is_inside(node)]
        assert sorted(nodes) == sorted(inside)
        assert remote.fetch_launch_plan(name=row["name"]).workflow_id == workflow.id
        for name in row["launch_plans"]:
            plan = remote.fetch_launch_plan(name=name)
            started = remote.fetch_workflow(name=plan.workflow_id.name, version=samples.version)
            parts = [sub.id for sub in started.flyte_sub_workflows]
            assert workflow.id in (started.id, *parts)
            told = plan.entity_metadata
            if name == f"{row['name']}.start":  # Tasks of other workflows start it.
                assert not told.schedule
            else:
                assert told.schedule.cron_schedule.schedule if told.schedule else told.notifications


def test_a_launch_plan_that_skips_reaches_the_door(samples: Registered) -> None:
    plans = samples.door.launch_plans.items()
    skipping = {name for (name, _), spec in plans if spec.concurrency_policy.max == 1}
    assert skipping == {
        *("NIGHT.schedule", "WKLY.SUPPLIERS.schedule", "HK.PURGE_SCRATCH.schedule"),
        *("STR.MORNING.schedule", "BUY.PLAN.start", "PAY.WAGES.schedule"),
        *("SHELVES.schedule", "SHELVES.schedule_2", "LEVELS.schedule"),
        *("upload.schedule", "wind.schedule", "digest.schedule", "archive.schedule"),
    }


def test_tasks_that_exist_register_under_their_own_names(tmp_path: Path) -> None:
    sample = ROOT / "samples" / "mapping"
    cli("convert", sample, "-o", tmp_path / "out")
    with open_door(tmp_path) as door:
        env = {"FLYTECTL_CONFIG": str(door.config), "PYTHONPATH": str(sample)}
        module = tmp_path / "out" / "imperative_wf.py"
        done = installed("pyflyte", "register", *PLACE, module, cwd=tmp_path, env=env)
        assert not door.refused, done.stderr
        assert {name for name, _ in door.tasks} == {"acme.tasks.slope", "acme.tasks.intercept"}
        assert {name for name, _ in door.workflows} == {"imperative_wf"}


OTHER_FORMS = """
[options]
style = "declarative"

[[map]]
command = "*.sh *"
kind = "shell"

[[map]]
command = "python3 *"
kind = "container"
image = "registry.example.com/night:1"
"""


def test_functions_shell_tasks_and_containers_register(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "autosys", tmp_path / "estate")
    (tmp_path / "estate" / "transpile.toml").write_text(OTHER_FORMS, encoding="utf-8")
    result = cli("convert", tmp_path / "estate", "-o", tmp_path / "out")
    with open_door(tmp_path) as door:
        said = register(door, tmp_path / "out", cwd=tmp_path)
    assert not door.refused, said
    kinds = {spec.template.type for spec in door.tasks.values()}
    assert {"raw-container", "python-task"} <= kinds, result.output
    assert "out.night.night" in {name for name, _ in door.workflows}


def test_a_registered_task_runs_from_what_was_uploaded(tmp_path: Path) -> None:
    """Its container's own arguments, in an empty folder, with the code from the store."""
    source = tmp_path / "estate" / "deep" / "er" / "x.jil"
    source.parent.mkdir(parents=True)
    source.write_text('insert_job: HELLO\ncommand: echo "hello $$WHO" > said\n', encoding="utf-8")
    cli("convert", tmp_path / "estate", "-o", tmp_path / "out")
    with open_door(tmp_path) as door:
        said = register(door, tmp_path / "out" / "deep", cwd=tmp_path)
    assert [name for name, _ in door.tasks] == ["out.deep.er.hello.hello_job"], said
    who = literals_pb2.Literal(
        scalar=literals_pb2.Scalar(primitive=literals_pb2.Primitive(string_value="there"))
    )
    inputs = literals_pb2.LiteralMap(literals={"who": who})
    (tmp_path / "inputs.pb").write_bytes(inputs.SerializeToString())
    container = tmp_path / "container"
    container.mkdir()
    values = {
        "/root": str(container),
        "{{.input}}": str(tmp_path / "inputs.pb"),
        "{{.outputPrefix}}": str(tmp_path / "result"),
        "{{.rawOutputDataPrefix}}": str(tmp_path / "raw"),
        "{{.checkpointOutputPrefix}}": '""',
        "{{.prevCheckpointPrefix}}": '""',
    }
    (spec,) = door.tasks.values()
    program, *arguments = (values.get(word, word) for word in spec.template.container.args)
    done = installed(program, *arguments, cwd=container)
    assert (container / "said").is_file(), done.stdout + done.stderr
    assert (container / "said").read_text(encoding="utf-8") == "hello there\n"


CHAPTER = "From JIL to a running Flyte project in ten minutes"


def commands() -> list[str]:
    """The commands of the samples' chapter, one a line."""
    text = (ROOT / "samples/README.md").read_text(encoding="utf-8")
    chapter = text.split(f"\n## {CHAPTER}\n")[1].split("\n## ")[0]
    blocks = [block.split("```")[0] for block in chapter.split("```sh\n")[1:]]
    return [line for block in blocks for line in block.splitlines()]


def test_each_command_of_the_readme(tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "home").mkdir()
    with open_door(tmp_path / "home") as door:
        env = {"FLYTECTL_CONFIG": str(door.config)}
        for command in commands():
            done = shell(command, cwd=tmp_path, env=env)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert not door.refused
    assert set(door.active) == {"NIGHT.schedule"}
    (execution,) = door.executions
    assert execution.spec.launch_plan.name == "NIGHT.schedule"
    odate = execution.inputs.literals["odate"].scalar.primitive.string_value
    assert odate == "2026-02-01"
    assert (tmp_path / "out" / "nightly" / "night.py").is_file()
    assert (tmp_path / ".sample-work" / "weekly" / "scorecard.csv").is_file()
    assert (tmp_path / "flyte-package.tgz").is_file()


def test_the_commands_with_which_the_tutorial_ends(tmp_path: Path) -> None:
    page = (ROOT / "transpile/guide/tutorial/README.md").read_text(encoding="utf-8")
    (tmp_path / "home").mkdir()
    (tmp_path / "shop").mkdir()
    commands: list[str] = []
    for block in blocks(page):
        if block.file:
            (tmp_path / block.file).write_text(block.body, encoding="utf-8")
        elif block.heading == "Register":
            commands += block.body.splitlines()
    assert len(commands) == 3
    cli("convert", tmp_path / "shop", "-o", tmp_path / "flows", "--quiet")
    with open_door(tmp_path / "home") as door:
        for command in commands:
            done = shell(command, cwd=tmp_path, env={"FLYTECTL_CONFIG": str(door.config)})
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert not door.refused
    (plan,) = door.active
    (execution,) = door.executions
    assert execution.spec.launch_plan.name == plan == "EVENING_network.schedule"
    day = execution.inputs.literals["day"].scalar.primitive.string_value
    assert day == "2026-03-02"
