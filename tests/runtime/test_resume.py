"""Nights that are resumed, with jobs in every state, against Flyte Admin on loopback."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import pytest
from flyteidl.admin.launch_plan_pb2 import LaunchPlanSpec
from flytekit import LaunchPlan

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import Run
from tests.runtime.estates import HOUR, last
from tests.runtime.nights import Night
from tests.support import cli
from transpile.model import Form
from transpile.proof.loading import importing
from transpile.runtime.estate import Job
from transpile.targets.printing import render_runtime

PACKAGE = "resumed_flows"
FLOW = "load_network"


def job(name: str, *lines: str, box: str = "", kind: str = "CMD") -> str:
    """A job that notes its run in a file, and fails while there is a file for that."""
    command = f'echo {name} >> "$RAN"; test ! -e "$BAD.{name}"'
    parts = [f"insert_job: {name}", f"job_type: {kind}"]
    parts += [f"command: {command}"] if kind == "CMD" else []
    parts += [f"box_name: {box}"] if box else []
    return "\n".join([*parts, *lines]) + "\n\n"


NIGHT = "".join(
    (
        job("LOAD", "alarm_if_fail: 1"),
        job("CLEAN", "condition: s(LOAD)"),
        job("WATCHED", "condition: s(CLEAN)"),
        job("TROUBLE", "condition: f(WATCHED)"),
        job("BAD", "condition: s(CLEAN)"),
        job("RESCUE", "condition: f(BAD)"),
        job("LATER", "condition: s(BAD)"),
        job("BOX", "condition: s(CLEAN)", kind="BOX"),
        job("INNER", box="BOX"),
        job("INNER_TOO", "condition: s(INNER)", box="BOX"),
    )
)


@dataclass
class Nights(Night):
    """Nights of the jobs of a text; notes which commands have run."""

    folder: Path = Path()

    def bad(self, *jobs: str) -> None:
        """Let these jobs fail from now on, and no others."""
        for path in self.folder.glob("bad.*"):
            path.unlink()
        for name in jobs:
            (self.folder / f"bad.{name}").touch()

    def ran(self) -> list[str]:
        """The jobs that have run since the last question, in order of their names."""
        path = self.folder / "ran"
        names = path.read_text().split() if path.exists() else []
        path.unlink(missing_ok=True)
        return sorted(names)


Converts = Callable[..., Nights]


@pytest.fixture
def nights_of(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Converts]:
    """Converts a text, and imports the module with the workflow of its first job."""
    monkeypatch.setenv("RAN", str(tmp_path / "ran"))
    monkeypatch.setenv("BAD", str(tmp_path / "bad"))

    def convert(text: str, *options: str, module: str = FLOW) -> Nights:
        source, out = tmp_path / "night.jil", tmp_path / PACKAGE
        source.write_text(text)
        done = cli("convert", source, "-o", out, "--quiet", "--force", *options)
        assert done.exit_code in (0, 1), done.output
        for name in [n for n in sys.modules if n.startswith(PACKAGE)]:
            del sys.modules[name]
        importlib.invalidate_caches()
        loaded = importlib.import_module(f"{PACKAGE}.{module}")
        return Nights(door, loaded, monkeypatch, folder=tmp_path)

    with importing(tmp_path, (PACKAGE,)):
        yield convert


def resumed_night(nights_of: Converts, *bad: str, stop: str = "") -> tuple[Nights, Run]:
    """A night in which some jobs failed; all will succeed from now on."""
    nights = nights_of(NIGHT)
    nights.bad(*bad)
    first = nights.play(FLOW, stop=stop, ago=HOUR)
    nights.bad()
    nights.ran()
    return nights, first


def test_a_night_goes_on_where_it_failed(
    nights_of: Converts, capsys: pytest.CaptureFixture[str]
) -> None:
    nights = nights_of(NIGHT)
    nights.bad("BAD", "INNER_TOO")
    first = nights.play(FLOW)
    assert nights.ran() == ["BAD", "CLEAN", "INNER", "INNER_TOO", "LOAD", "RESCUE", "WATCHED"]
    assert first.phase == "FAILED"
    nights.bad()
    capsys.readouterr()
    second = nights.play(FLOW, RESUME=first.name)
    # TROUBLE has not run, nor does RESCUE now; LATER has not run yet.
    assert nights.ran() == ["BAD", "INNER_TOO", "LATER"]
    assert second.phase == "SUCCEEDED"
    assert capsys.readouterr().out.splitlines() == [
        f"LOAD: taken over from {first.name}: 0",
        f"CLEAN: taken over from {first.name}: 0",
        f"WATCHED: taken over from {first.name}: SUCCESS 0",
        f"BAD: runs, for it is FAILURE 1 in {first.name}",
        f"INNER: taken over from {first.name}: 0",
        f"INNER_TOO: runs, for it is FAILED in {first.name}",
        f"LATER: runs, for {first.name} has not run it",
    ]


def test_statuses_are_those_of_the_earlier_run(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    second = nights.play(FLOW, RESUME=first.name)
    assert second.outputs["watched"] == first.outputs["watched"] == "SUCCESS 0"
    assert second.outputs["trouble"] == first.outputs["trouble"] == "SKIPPED"
    assert (first.outputs["rescue"], second.outputs["rescue"]) == ("SUCCESS 0", "SKIPPED")


def test_a_night_that_was_aborted(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, stop="inner-too")
    assert first.phase == "ABORTED"
    first.node("bad", "ABORTED", task=f"{PACKAGE}.{FLOW}.bad")
    nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == ["BAD", "INNER_TOO", "LATER"]


def test_a_night_that_resumes_one_that_was_resumed(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD", "INNER_TOO")
    nights.bad("INNER_TOO")
    second = nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == ["BAD", "INNER_TOO", "LATER"]
    nights.bad()
    assert nights.play(FLOW, RESUME=second.name).phase == "SUCCEEDED"
    assert nights.ran() == ["INNER_TOO"]


def test_a_resumed_night_that_ended_before_a_job_came(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    second = nights.play(FLOW, stop="clean", RESUME=first.name)
    assert "clean" not in second.outputs
    nights.play(FLOW, RESUME=second.name)
    assert nights.ran() == ["BAD", "LATER"]


def test_a_recovered_night(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    recovered = nights.door.run(first.workflow, "FAILED", recovers=first)
    recovered.node("load", "RECOVERED", 0)
    recovered.node("clean", "RECOVERED", 0, task=f"{PACKAGE}.{FLOW}.clean")
    nights.play(FLOW, RESUME=recovered.name)
    assert nights.ran() == ["BAD", "LATER"]


def test_jobs_run_again_or_not_at_all(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    nights.bad("BAD")
    second = nights.play(FLOW, RESUME=first.name, RERUN="LOAD, inner", BYPASS="BAD")
    assert nights.ran() == ["INNER", "LATER", "LOAD"]
    assert second.outputs["bad"] == "SUCCESS 0"
    assert second.phase == "SUCCEEDED"
    # A job that was to run again, and was not reached, runs.
    third = nights.play(FLOW, stop="load", RESUME=first.name, RERUN="LOAD")
    nights.play(FLOW, RESUME=third.name, BYPASS="BAD")
    assert nights.ran() == ["LATER", "LOAD"]


def test_without_a_resumed_night(nights_of: Converts) -> None:
    nights = nights_of(NIGHT)
    nights.bad("WATCHED", "LOAD")
    run = nights.play(FLOW, BYPASS="LOAD,BOX", RERUN="BAD")
    assert nights.ran() == ["BAD", "CLEAN", "LATER", "TROUBLE", "WATCHED"]
    assert (run.outputs["load"], run.outputs["box-0-inner"]) == (0, 0)


def test_a_bypassed_job_whose_condition_is_false_is_skipped(nights_of: Converts) -> None:
    run = nights_of(NIGHT).play(FLOW, BYPASS="TROUBLE")
    assert run.outputs["trouble"] == "SKIPPED"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"RERUN": "LAOD"}, "RERUN: no job of this workflow, and no sub-workflow: LAOD"),
        ({"BYPASS": '"A,B", A'}, "BYPASS: no job of this workflow, and no sub-workflow: A, A,B"),
        ({"RERUN": "LOAD", "BYPASS": "load"}, "RERUN and BYPASS both name LOAD"),
        ({"RESUME": "nobody"}, "there is no execution nobody"),
        ({"RESUME": "other"}, "RESUME: other is an execution of OTHER, another workflow"),
        ({"RESUME": "busy"}, "the execution to resume has not ended: terminate it: busy"),
    ],
)
def test_a_variable_that_is_wrong(
    variables: dict[str, str], message: str, nights_of: Converts
) -> None:
    nights = nights_of(NIGHT)
    nights.door.run("OTHER", "FAILED", name="other")
    nights.door.run("LOAD_network", name="busy")
    nights.play(FLOW, **variables)
    assert message in str(nights.errors["load"])
    assert nights.ran() == []


def test_an_admin_that_is_away(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    nights.door.away = 4 * 6
    nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == ["BAD", "LATER"]
    nights.door.away = 10**6
    nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == []
    assert type(nights.errors["load"]).__name__ == "Failure"
    assert "Flyte Admin does not answer: Admin is away" in str(nights.errors["load"])


def test_no_address_of_an_admin(nights_of: Converts, monkeypatch: pytest.MonkeyPatch) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    monkeypatch.delenv("FLYTE_PLATFORM_URL")
    nights.play(FLOW, RESUME=first.name)
    assert "under [platform] in transpile.toml" in str(nights.errors["load"])


def test_the_way_to_admin_is_in_the_helpers(
    nights_of: Converts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks of jobs have no variables of their own; commands do not see those of the helpers."""
    endpoint = os.environ["FLYTE_PLATFORM_URL"]
    for name in ("FLYTE_PLATFORM_URL", "FLYTE_PLATFORM_INSECURE"):
        monkeypatch.delenv(name)
    nights, first = resumed_night(nights_of, "BAD")
    here = sys.modules[f"{PACKAGE}.job_runtime"].ENVIRONMENT
    here |= {"FLYTE_PLATFORM_URL": endpoint, "FLYTE_PLATFORM_INSECURE": "true"}
    nights.play(FLOW, RESUME=first.name)
    assert nights.ran() == ["BAD", "LATER"]
    assert "FLYTE_PLATFORM_URL" not in os.environ
    here["FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION"] = str(tmp_path / "no")
    nights.play(FLOW, RESUME=first.name)
    assert "this task has no login for Flyte Admin" in str(nights.errors["load"])
    assert nights.ran() == []


def test_nothing_is_asked_without_the_variables(nights_of: Converts) -> None:
    nights = nights_of(NIGHT)
    nights.play(FLOW)
    assert nights.door.asked == []
    nights.play(FLOW, BYPASS="LOAD")
    assert nights.door.asked == []


def test_few_questions_for_each_job(nights_of: Converts) -> None:
    nights, first = resumed_night(nights_of, "BAD")
    nights.door.asked.clear()
    nights.play(FLOW, stop="clean", RESUME=first.name)
    assert nights.door.asked == [
        "GetExecution",
        "GetExecution",
        "ListNodeExecutions",
        "ListTaskExecutions",
        "GetNodeExecutionData",
    ]


def test_alarms_of_jobs_that_do_not_run(
    nights_of: Converts, capsys: pytest.CaptureFixture[str]
) -> None:
    text = job("LOAD", "send_notification: y", "notification_emailaddress: ops@example.com")
    nights = nights_of(text + job("BAD", "condition: s(LOAD)"))
    nights.bad("BAD")
    first = nights.play(FLOW)
    assert capsys.readouterr().out.count("NOTIFICATION") == 1
    nights.play(FLOW, RESUME=first.name)
    nights.play(FLOW, BYPASS="LOAD")
    assert capsys.readouterr().out.count("NOTIFICATION") == 0
    nights.play(FLOW, RERUN="LOAD")
    assert capsys.readouterr().out.count("NOTIFICATION") == 1


def test_a_repaired_workflow(nights_of: Converts) -> None:
    _, first = resumed_night(nights_of, "BAD")
    # BOX becomes a part of another box, one job is new, one is watched now.
    repaired = NIGHT.replace("insert_job: BOX", job("OUTER", kind="BOX") + "insert_job: BOX")
    repaired = repaired.replace(
        "job_type: BOX\ncondition", "job_type: BOX\nbox_name: OUTER\ncondition"
    )
    repaired += job("NEW", "condition: f(CLEAN) | s(CLEAN)")
    again = nights_of(repaired)
    second = again.play(FLOW, RESUME=first.name)
    assert again.ran() == ["BAD", "LATER", "NEW"]
    assert second.outputs["clean"] == "SUCCESS 0"
    second.outputs["clean"] = "SUCCESS 2"
    # Back again: a status becomes the number that a plain job returns.
    third = nights_of(NIGHT).play(FLOW, RESUME=second.name)
    assert third.outputs["clean"] == 2
    assert again.ran() == []


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


CLOCK = ("date_conditions: 1", "days_of_week: all")
TOLD = "".join(
    (
        job("LOAD", *CLOCK, 'start_times: "22:00"'),
        job("AFTER", "condition: s(LOAD)"),
        job("OTHER", *CLOCK, 'start_times: "23:00"'),
        job("SUM", "condition: s(LOAD) & s(OTHER)"),
    )
)


@pytest.fixture
def told(nights_of: Converts) -> Nights:
    """A night that failed after it told of LOAD; since then OTHER has started SUM."""
    nights = nights_of(TOLD)
    spec = LaunchPlanSpec()
    spec.workflow_id.name = "SUM"
    nights.door.launch_plans["SUM.start", "1"] = spec
    nights.bad("AFTER")
    nights.play(FLOW, ago=2 * HOUR)
    nights.bad()
    other = importlib.import_module(f"{PACKAGE}.other")
    Nights(nights.door, other, nights.monkeypatch).play("other", ago=HOUR)
    assert len(nights.door.executions) == 1
    return nights


def test_a_tell_tells_once(told: Nights, capsys: pytest.CaptureFixture[str]) -> None:
    first = told.door.runs[0]
    second = told.play(FLOW, RESUME=first.name)
    assert second.phase == "SUCCEEDED"
    assert second.outputs["load-tell"] == "told in the earlier run"
    assert len(told.door.executions) == 1
    # One that did not come to its end there starts the same.
    first.tasks.pop("load-tell")
    third = told.play(FLOW, RESUME=first.name)
    assert "started already" in third.outputs["load-tell"]
    assert f"LOAD SUCCESS 0 {first.name}/load" in third.outputs["load-tell"]
    assert len(told.door.executions) == 1


def test_a_job_that_runs_again_is_told_again(told: Nights) -> None:
    second = told.play(FLOW, RESUME=told.door.runs[0].name, RERUN="LOAD")
    assert "SUM.start: s" in second.outputs["load-tell"]
    assert f"LOAD SUCCESS 0 {second.name}/load" in second.outputs["load-tell"]
    assert len(told.door.executions) == 2
    # Another job that runs again changes nothing about this one.
    third = told.play(FLOW, RESUME=second.name, RERUN="AFTER")
    assert f"LOAD SUCCESS 0 {second.name}/load" in third.outputs["load-tell"]
    assert len(told.door.executions) == 2


def test_a_job_that_ends_otherwise_is_told_again(told: Nights) -> None:
    first = told.door.runs[0]
    first.node("load", "FAILED", task=f"{PACKAGE}.{FLOW}.load")
    second = told.play(FLOW, RESUME=first.name)
    assert f"LOAD SUCCESS 0 {second.name}/load" in second.outputs["load-tell"]


def test_a_job_taken_over_ended_when_it_ended_there(told: Nights) -> None:
    job = Job(told.module.load_network.name, "load")
    told.play(FLOW, RESUME=told.door.runs[0].name)
    for hours, status in ((1, ""), (3, "SUCCESS 0")):
        assert last(told.door, job, within=hours * HOUR) == status


def test_a_start_time_is_that_of_the_earlier_night(
    nights_of: Converts, capsys: pytest.CaptureFixture[str]
) -> None:
    box = job("NIGHT", *CLOCK, 'start_times: "22:00"', kind="BOX")
    late = job("LATE", *CLOCK, 'start_times: "23:00"', "timezone: UTC", box="NIGHT")
    nights = nights_of(box + late, module="night")
    kickoff = datetime(2026, 3, 2, 22, tzinfo=timezone.utc)
    first = nights.play("night", stop="late-not-before")
    first.record.spec.metadata.scheduled_at.FromDatetime(kickoff)
    by_hand = {"kickoff": nights.module.BY_HAND}
    early = nights.play("night", stop="late-not-before", inputs=by_hand, RESUME=first.name)
    again = nights.play("night", stop="late", inputs=by_hand, RESUME=early.name)
    assert again.outputs["late-not-before"] == "not before 2026-03-02 23:00 UTC"
    second = nights.play("night", stop="late", inputs=by_hand, RESUME=first.name)
    assert second.outputs["late-not-before"] == "not before 2026-03-02 23:00 UTC"
    nights.play("night", inputs=by_hand, RESUME=second.name)
    assert f"LATE (not before): taken over from {second.name}" in capsys.readouterr().out
    assert nights.ran() == ["LATE"]


def test_rehearsals_take_no_notice(
    nights_of: Converts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights_of(NIGHT)
    module = tmp_path / PACKAGE / f"{FLOW}.py"
    plain = cli("dry-run", module)
    for name in ("RESUME", "RERUN", "BYPASS"):
        monkeypatch.setenv(name, "LOAD")
    assert cli("dry-run", module).output == plain.output
