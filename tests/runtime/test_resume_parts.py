"""Resumed nights of modules with boxes, launch plans, branches and side modules."""

import importlib
import sys

import pytest
from flytekit import LaunchPlan

from tests.admin.pods import pod
from tests.runtime.resumed import FLOW, NIGHT, PACKAGE, Converts, Nights
from transpile.model import Form
from transpile.targets.printing import render_runtime

PARTS = '''
import sys
from pathlib import Path
from flytekit import LaunchPlan, Workflow, task
from resumed_flows.job_runtime import (
    blocked, run, run_judged, run_node, command, run_status, with_alerts, with_outputs,
    output_or, wait_for_file, not_before, SKIPPED, BY_HAND,
)
from resumed_flows.parts__side import other_box

def note(name):
    return f'echo {name} >> "$RAN"; test ! -e "$BAD.{name}"'

@task
def one() -> int:
    return run(note("ONE"))

@task
def gives() -> tuple[str, str]:
    script = note("GIVES") + """ && echo '{"n": 7}' > $OUT"""
    return with_outputs(run_status, script, output_file="OUT")

@task
def takes(gives_outputs: str) -> int:
    return run(note("TAKES") + " && echo $N >> $RAN.n",
               env={"N": output_or("none", "n", gives_outputs)})

@task
def judged() -> int:
    return run_judged(note("JUDGED") + "; echo fine", output={"fine": True})

@task
def node() -> int:
    return run_node(command(note("NODE")), pre=command(note("PRE")))

@task
def waits() -> int:
    return wait_for_file(__file__, once=True)

@task
def missing() -> str:
    return blocked("A303", "there is no such job")

part = Workflow(name="PARTS.part")
part.add_entity(one).with_overrides(node_name="one", name="A, ONE")
part_plan = LaunchPlan.get_or_create(part, name="PARTS.part")

box = Workflow(name="BOX")
box.add_entity(node).with_overrides(node_name="one", name="NODE")

parts = Workflow(name="PARTS")
parts.add_launch_plan(part_plan).with_overrides(node_name="part", name="PARTS (part)")
parts.add_subwf(box).with_overrides(node_name="box", name="BOX")
parts.add_subwf(other_box).with_overrides(node_name="other-box", name="OTHER_BOX")
given = parts.add_entity(gives).with_overrides(node_name="gives", name="GIVES")
parts.add_entity(takes, gives_outputs=given.o1).with_overrides(node_name="takes", name="TAKES")
parts.add_entity(judged).with_overrides(node_name="judged", name="JUDGED")
parts.add_entity(waits).with_overrides(node_name="waits", name="WAITS")
parts.add_entity(missing).with_overrides(node_name="missing", name="MISSING")
'''

SIDE = """
from flytekit import Workflow, task
from resumed_flows.job_runtime import run

@task
def aside() -> int:
    return run('echo ASIDE >> "$RAN"; test ! -e "$BAD.ASIDE"')

other_box = Workflow(name="OTHER_BOX")
other_box.add_entity(aside).with_overrides(node_name="one", name="ASIDE")
"""


@pytest.fixture
def parts(nights_of: Converts) -> Nights:
    """A module with parts of all kinds; nodes of the same id stand in three workflows."""
    nights = nights_of(NIGHT)
    package = nights.folder / PACKAGE
    (package / "parts.py").write_text(PARTS)
    (package / "parts__side.py").write_text(SIDE)
    (package / "job_runtime.py").write_text(render_runtime(Form()))
    for name in [n for n in sys.modules if n.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    nights.module = importlib.import_module(f"{PACKAGE}.parts")
    return nights


EVERYTHING = ["ASIDE", "GIVES", "JUDGED", "NODE", "ONE", "PRE", "TAKES"]


def test_parts_of_all_kinds(parts: Nights) -> None:
    first = parts.play("parts")
    assert parts.ran() == EVERYTHING
    assert "A303" in str(parts.errors["missing"])
    second = parts.play("parts", RESUME=first.name)
    assert parts.ran() == []
    assert "A303" in str(parts.errors["missing"])
    assert second.outputs["gives"] == ("SUCCESS 0", '{"n": "7"}')
    third = parts.play("parts", RESUME=second.name, BYPASS="MISSING", RERUN='TAKES, "A, ONE"')
    assert parts.ran() == ["ONE", "TAKES"]
    assert third.outputs["missing"] == "SUCCESS 0"
    assert third.phase == "SUCCEEDED"
    assert (parts.folder / "ran.n").read_text().split() == ["7", "7"]


@pytest.mark.parametrize("bad", ["ONE", "NODE", "ASIDE"])
def test_nodes_of_one_id_in_several_workflows(bad: str, parts: Nights) -> None:
    parts.bad(bad)
    first = parts.play("parts")
    parts.ran()
    parts.bad()
    parts.play("parts", RESUME=first.name)
    assert parts.ran() == (["NODE", "PRE"] if bad == "NODE" else [bad])


def test_a_part_leads_to_the_execution_around_it(parts: Nights) -> None:
    first = parts.play("parts")
    inner = next(run for run in parts.door.runs if run.workflow == "PARTS.part")
    parts.ran()
    parts.play("parts", RESUME=inner.name)
    assert parts.ran() == []
    assert first.phase == "FAILED"


def test_values_that_the_earlier_run_does_not_have(
    parts: Nights, capsys: pytest.CaptureFixture[str]
) -> None:
    first = parts.play("parts")
    first.outputs["gives"] = "SUCCESS 0"
    parts.ran()
    parts.play("parts", RESUME=first.name)
    assert parts.ran() == ["GIVES"]
    assert f"GIVES: runs, for {first.name} has no values of it" in capsys.readouterr().out


def test_a_job_that_has_moved_into_a_side_module(parts: Nights) -> None:
    first = parts.play("parts")
    first.tasks["other-box-0-one"] = f"{PACKAGE}.parts.aside"
    parts.ran()
    parts.play("parts", RESUME=first.name)
    assert parts.ran() == []


def test_a_bypassed_job_has_no_values(parts: Nights) -> None:
    run = parts.play("parts", BYPASS="GIVES, MISSING, OTHER_BOX, PARTS (part)")
    assert run.outputs["gives"] == ("SUCCESS 0", "")
    assert parts.ran() == ["JUDGED", "NODE", "PRE", "TAKES"]
    assert (parts.folder / "ran.n").read_text().split() == ["none"]


def test_the_pod_of_a_side_module_knows_the_jobs_of_the_workflow(
    parts: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = sys.modules[f"{PACKAGE}.parts__side"].aside
    del sys.modules[f"{PACKAGE}.parts"]
    LaunchPlan.CACHE.clear()
    monkeypatch.setenv("BYPASS", "NODE")
    with pod(parts.door.run("PARTS")):
        assert aside.task_function() == 0
    assert parts.ran() == ["ASIDE"]
    monkeypatch.setenv("BYPASS", "PARTS")
    with pod(parts.door.run("PARTS")):
        assert aside.task_function() == 0
    assert parts.ran() == []


@pytest.mark.parametrize("options", [["--branch", "native"], ["--style", "declarative"]])
def test_other_styles(options: list[str], nights_of: Converts) -> None:
    nights = nights_of(NIGHT, *options)
    nights.bad("BAD")
    first = nights.play(FLOW)
    nights.bad()
    nights.ran()
    nights.play(FLOW, RESUME=first.name, RERUN="RESCUE")
    assert nights.ran() == ["BAD", "LATER"]
    nights.bad("BAD")
    nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == ["BAD"]


def test_a_local_run_has_no_platform(
    nights_of: Converts, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = nights_of(NIGHT)
    for name, value in (("RESUME", "x"), ("BYPASS", "LOAD"), ("RERUN", "CLEAN")):
        monkeypatch.setenv(name, value)
    getattr(nights.module, FLOW)()
    assert "LOAD" not in nights.ran()
    printed = capsys.readouterr().out
    assert "LOAD: bypassed, counts as SUCCESS 0\n" in printed
    assert "CLEAN: runs, for RERUN names it\n" in printed
    assert "BAD: runs, for there is no platform here to resume from\n" in printed
