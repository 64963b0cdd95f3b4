"""Gates, looks, tells and starts across workflows, against Flyte Admin on loopback."""

import re
import runpy
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flytekit import workflow
from flytekit.configuration import ImageConfig, SerializationSettings
from flytekit.tools.translator import get_serializable

from tests.admin import Door, checks
from tests.admin.pods import pod
from tests.admin.records import DOMAIN, PROJECT
from tests.runtime.estates import BOXED, HOUR, A, B, begin, last
from tests.runtime.gated import (
    A_SUCCEEDED,
    BOTH,
    START,
    has_plan,
    holds,
    seen_by_look,
    started,
    told,
    wait_for,
    waiting_run,
)
from transpile.runtime.estate import Job
from transpile.runtime.gates import Start, Wait, gate, look, release, tell
from transpile.runtime.statuses import (
    done,
    exit_code,
    failed,
    not_running,
    succeeded,
    terminated,
)
from transpile.targets.printing import render_runtime


def test_a_look_opens_the_gate_if_the_job_has_succeeded(door: Door) -> None:
    assert not seen_by_look(door, A_SUCCEEDED)
    door.run("FEED").node("a")
    assert seen_by_look(door, A_SUCCEEDED)


def test_a_tell_opens_the_gates_of_executions_that_run(door: Door) -> None:
    feed, *waiting = door.run("FEED"), waiting_run(door), waiting_run(door)
    waiting_run(door).end("SUCCEEDED")
    waiting_run(door, "OTHER")
    feed.node("a")
    assert "opened for" in told(feed, A_SUCCEEDED)
    opened = {run.name for run in door.runs if door.opened(run)}
    assert opened == {run.name for run in waiting}


def test_an_execution_that_has_not_come_to_its_wait_looks_later(door: Door) -> None:
    feed, early = door.run("FEED"), door.run("MINE")
    feed.node("a")
    assert "opened for nobody" in told(feed, A_SUCCEEDED)
    early.node("wait", "RUNNING", is_parent=True)
    assert seen_by_look(door, A_SUCCEEDED, early)


def test_a_gate_can_be_told_twice_and_before_it_exists(door: Door) -> None:
    feed, waiting = door.run("FEED"), waiting_run(door)
    feed.node("a")
    assert not door.signals
    for _ in range(2):
        told(feed, A_SUCCEEDED)
    assert door.opened(waiting) == {"the gate"}


def test_nobody_is_told_while_the_condition_is_false(door: Door) -> None:
    feed, waiting = door.run("FEED"), waiting_run(door)
    feed.node("a", "FAILED")
    assert told(feed, A_SUCCEEDED).startswith("the gate: not yet\n  A FAILURE ")
    assert not door.opened(waiting)


def test_conditions(door: Door) -> None:
    feed = door.run("FEED")
    assert holds(door, lambda last: not_running(last(A)))
    feed.node("a", "RUNNING")
    assert not holds(door, lambda last: not_running(last(A)) or done(last(A)))
    feed.node("a", output="FAILURE 7")
    assert holds(door, lambda last: failed(last(A)) and exit_code(last(A)) == 7)
    assert not holds(door, lambda last: terminated(last(A)))
    feed.node("a", "ABORTED")
    assert holds(door, lambda last: terminated(last(A)) and done(last(A)))
    assert not holds(door, lambda last: exit_code(last(A)) == 7)


TODAY = wait_for(lambda last: succeeded(last(A, begun=(-12 * HOUR, 12 * HOUR))))


def test_each_execution_waits_for_its_own_instance(door: Door) -> None:
    monday, tuesday = door.run("FEED", ago=24 * HOUR), door.run("FEED")
    waiting = [door.run("MINE", ago=23 * HOUR), door.run("MINE")]
    for run in waiting:
        run.node("wait", "RUNNING", is_parent=True)
    tuesday.node("a")
    assert told(tuesday, TODAY).startswith(f"the gate: opened for {waiting[1].name}")
    assert door.opened(waiting[0]) == set()
    monday.node("a", "FAILED")
    assert "opened for" in told(monday, TODAY)
    assert door.opened(waiting[0]) == set()
    monday.node("a")
    told(monday, TODAY)
    assert door.opened(waiting[0]) == {"the gate"}


def test_a_success_of_yesterday_opens_no_gate_of_today(door: Door) -> None:
    door.run("FEED", "SUCCEEDED", 24 * HOUR).node("a", ago=23 * HOUR)
    assert seen_by_look(door, A_SUCCEEDED)
    assert not seen_by_look(door, TODAY)
    door.run("FEED").node("a")
    assert seen_by_look(door, TODAY)


def test_one_of_several_workflows_is_enough(door: Door) -> None:
    either = wait_for(lambda last: succeeded(last(A)) or failed(last(B)))
    assert not seen_by_look(door, either)
    door.run("OTHER").node("b", "FAILED")
    assert seen_by_look(door, either)


def test_the_workflow_inside_one_that_looks_up_run_days(door: Door) -> None:
    job = Job("FEED", "box/a", box="", scheduled=("FEED.days",))
    wait = wait_for(lambda last: succeeded(last(job)), scheduled=("MINE.days",))
    around = door.run("FEED.days", "RUNNING", HOUR)
    around.node("run-day", output=True)
    branch = around.node("n1", "RUNNING")
    assert not seen_by_look(door, wait)
    inner = around.node("n1-n0", "RUNNING", inside=branch, is_parent=True)
    around.node("a", inside=around.node("box", "RUNNING", inside=inner, is_parent=True))
    waiting = door.run("MINE.days")
    branch = waiting.node("n1", "RUNNING")
    inner = waiting.node("n1-n0", "RUNNING", inside=branch, is_parent=True)
    waiting.node("wait", "RUNNING", inside=inner, is_parent=True)
    told(around, wait)
    assert door.opened(waiting) == {"the gate"}
    # A day that is no run day resets nothing.
    rest = door.run("FEED.days", "SUCCEEDED")
    rest.node("n1-n1", inside=rest.node("n1"))
    assert seen_by_look(door, wait)
    door.run("FEED")
    assert not seen_by_look(door, wait)


def test_a_wait_in_the_workflow_of_a_launch_plan(door: Door) -> None:
    feed, around, part = door.run("FEED"), door.run("MINE"), door.run("MINE.part")
    feed.node("a")
    around.node("part", "RUNNING", launched=part)
    wait = Wait("MINE", "the gate", "part/wait", A_SUCCEEDED.holds)
    told(feed, wait)
    assert not door.signals
    part.node("wait", "RUNNING", is_parent=True)
    told(feed, wait)
    assert door.opened(part) == {"the gate"}
    assert not door.opened(around)


def test_a_start_happens_once(door: Door) -> None:
    has_plan(door)
    feed, other = door.run("FEED"), door.run("OTHER")
    feed.node("a")
    assert "not yet" in told(feed, BOTH)
    other.node("b")
    assert "started" in told(other, BOTH)
    assert "started already" in told(feed, BOTH)
    (name,) = started(door)
    assert door.executions[0].spec.launch_plan.name == START
    assert re.fullmatch("[a-z][a-z0-9]{0,62}", name)


def test_two_starts_at_once(door: Door) -> None:
    has_plan(door)
    runs = door.run("FEED"), door.run("OTHER")
    runs[0].node("a")
    runs[1].node("b")
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda run: told(run, BOTH), runs))
    assert len(started(door)) == 1
    assert sum("started already" in text for text in said) == 1


def test_each_new_end_starts_again(door: Door) -> None:
    has_plan(door)
    either = Start(START, lambda last: succeeded(last(A)) or succeeded(last(B)))
    feed, other = door.run("FEED"), door.run("OTHER")
    feed.node("a")
    told(feed, either)
    other.node("b")
    told(other, either)
    assert len(started(door)) == 2


def test_a_recovered_node_starts_nothing_anew(door: Door) -> None:
    has_plan(door)
    both = Start(START, lambda last: succeeded(last(BOXED)) and succeeded(last(B)))
    feed = door.run("FEED", "FAILED", HOUR)
    feed.node("a", ago=HOUR, inside=begin(feed))
    other = door.run("OTHER", "FAILED", HOUR)
    other.node("b", "FAILED")
    assert "not yet" in told(feed, both)
    repaired = door.run("OTHER", recovers=other)
    repaired.node("b")
    told(repaired, both)
    recovered = door.run("FEED", recovers=feed)
    recovered.node("box-start", "RECOVERED", "STARTED")
    recovered.node("box", "RECOVERED", is_parent=True)
    assert "started already" in told(recovered, both)
    assert len(started(door)) == 1
    # The end of a recovered node is that of the original.
    assert last(door, BOXED, within=timedelta(minutes=59)) == ""


def test_a_start_is_refused_while_another_one_runs(door: Door) -> None:
    has_plan(door, skips=True)
    busy = door.run("SUM")
    busy.record.spec.launch_plan.name = START
    feed, other = door.run("FEED"), door.run("OTHER")
    feed.node("a")
    other.node("b")
    assert "not started, for another execution is running" in told(feed, BOTH)
    busy.end("SUCCEEDED")
    told(feed, BOTH)
    assert len(started(door)) == 2


def test_a_launch_plan_that_is_not_registered(door: Door) -> None:
    for name, job in (("FEED", "a"), ("OTHER", "b")):
        door.run(name).node(job)
    with pytest.raises(RuntimeError, match=r"launch plan SUM\.start is not registered"):
        told(door.runs[0], BOTH)


def test_a_job_that_is_skipped_does_not_wait(door: Door) -> None:
    here = waiting_run(door)
    with pod(here):
        assert release(A_SUCCEEDED) == "the gate: the job is skipped"
    assert door.opened(here) == {"the gate"}


def test_a_local_run_has_no_platform(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(A_SUCCEEDED) is True
    assert look(A_SUCCEEDED) == "the gate: no platform here"
    assert release(A_SUCCEEDED) == "the gate: no platform here"
    assert tell(A_SUCCEEDED, BOTH) == "no platform here"
    assert "the gate: taken to hold" in capsys.readouterr().out


def test_look_and_tell_say_what_they_saw(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    feed = door.run("FEED", name="f1")
    with pod(door.run("MINE")):
        assert look(A_SUCCEEDED) == "the gate: not yet\n  A - "
        feed.node("a")
        assert look(A_SUCCEEDED) == "the gate: holds already\n  A SUCCESS f1/a"
    feed.node("a", output="FAILURE 2")
    text = told(feed, BOTH, A_SUCCEEDED)
    assert text in capsys.readouterr().out
    assert text.split("\n") == [
        "SUM.start: not yet",
        "  A FAILURE 2 f1/a",
        "  B - ",
        "the gate: not yet",
        "  A FAILURE 2 f1/a",
    ]


def test_the_assembled_helpers_ask_in_the_same_way(door: Door, tmp_path: Path) -> None:
    has_plan(door)
    text = render_runtime(None, ("Job", "Start", "Wait", "look", "succeeded", "tell"))
    cuts = """
A = Job("FEED", "a")
WAIT = Wait("MINE", "the gate", "wait", lambda last: succeeded(last(A)))
START = Start("SUM.start", lambda last: succeeded(last(A)))
"""
    (tmp_path / "helpers.py").write_text(text + cuts, encoding="utf-8")
    found = runpy.run_path(str(tmp_path / "helpers.py"))
    feed, here = door.run("FEED"), waiting_run(door)
    feed.node("a")
    with pod(here):
        found["look"](found["WAIT"])
    assert door.opened(here) == {"the gate"}
    with pod(feed):
        found["tell"](found["WAIT"], found["START"])
    assert len(started(door)) == 1


def serialised(wait: Wait) -> Any:
    """The specification of a workflow with the gate of a wait."""

    def waits() -> bool:
        return gate(wait)

    waits.__qualname__ = waits.__name__
    serial = SerializationSettings(ImageConfig(), project=PROJECT, domain=DOMAIN, version="1")
    return get_serializable(OrderedDict(), serial, workflow(waits)).to_flyte_idl()


def test_a_gate_fails_after_its_limit() -> None:
    spec = serialised(replace(A_SUCCEEDED, limit=timedelta(hours=9)))
    limits = [node.metadata.timeout.ToTimedelta() for node in spec.template.nodes]
    assert limits == [timedelta(hours=9)] * 2


def test_a_no_fails_the_gate() -> None:
    """Both gates share a signal; Flyte fails the one that approves if the answer is no."""
    spec = serialised(A_SUCCEEDED)
    answer, approval = spec.template.nodes
    assert answer.gate_node.signal.signal_id == approval.gate_node.approve.signal_id == "the gate"
    assert answer.metadata.name == "the gate (answer)"
    assert list(approval.upstream_node_ids) == [answer.id]
    assert answer.metadata.timeout.ToTimedelta() == timedelta(days=365)
    assert not list(checks.workflow(spec, {}))
