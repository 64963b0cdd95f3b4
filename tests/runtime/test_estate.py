"""Last statuses of jobs in other workflows, read from Flyte Admin on loopback."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.admin import Door
from tests.admin.records import MOMENT, Run
from tests.runtime.estates import BOX, BOXED, HOUR, A, B, begin, last, seen_by
from transpile.runtime import admin, estate
from transpile.runtime.estate import Job


@pytest.mark.parametrize(
    ("phase", "output", "status"),
    [
        ("SUCCEEDED", None, "SUCCESS"),
        ("SUCCEEDED", 3, "SUCCESS 3"),
        ("SUCCEEDED", "FAILURE 7", "FAILURE 7"),
        ("SUCCEEDED", "a text of the job", "SUCCESS"),
        ("SUCCEEDED", ["a list"], "SUCCESS"),
        ("SUCCEEDED", "SKIPPED", ""),
        ("RECOVERED", "FAILURE 7", "FAILURE 7"),
        ("FAILED", None, "FAILURE"),
        ("ABORTED", None, "TERMINATED"),
        ("TIMED_OUT", None, "TERMINATED"),
        ("SKIPPED", None, ""),
        ("QUEUED", None, "RUNNING"),
        ("RUNNING", None, "RUNNING"),
        ("DYNAMIC_RUNNING", None, "RUNNING"),
    ],
)
def test_statuses_of_nodes(phase: str, output: Any, status: str, door: Door) -> None:
    door.run("FEED").node("a", phase, output)
    assert last(door, A) == status


def test_the_latest_run_counts(door: Door) -> None:
    door.run("FEED", "SUCCEEDED", 3 * HOUR).node("a", ago=3 * HOUR)
    door.run("FEED", "FAILED", 2 * HOUR).node("a", "FAILED", ago=2 * HOUR)
    assert last(door, A) == "FAILURE"
    running = door.run("FEED")
    assert last(door, A) == "FAILURE"
    running.node("a", "RUNNING")
    assert last(door, A) == "RUNNING"


def test_a_job_that_was_skipped_keeps_its_status(door: Door) -> None:
    door.run("FEED", "SUCCEEDED", 3 * HOUR).node("a", output="FAILURE 1", ago=3 * HOUR)
    for output, phase in (("SKIPPED", "SUCCEEDED"), (None, "SKIPPED")):
        door.run("FEED", "SUCCEEDED", HOUR).node("a", phase, output)
        assert last(door, A) == "FAILURE 1"


def test_a_node_that_an_abort_left_running_was_killed(door: Door) -> None:
    feed = door.run("FEED", "ABORTED")
    feed.node("a", "RUNNING")
    assert last(door, A) == "TERMINATED"


def test_a_look_back_counts_from_the_end(door: Door) -> None:
    feed = door.run("FEED", "RUNNING", 3 * HOUR)
    feed.node("a", ago=HOUR)
    assert last(door, A, within=HOUR + timedelta(minutes=1)) == "SUCCESS"
    assert last(door, A, within=HOUR - timedelta(minutes=1)) == ""
    feed.node("a", "RUNNING", ago=HOUR)
    assert last(door, A, within=timedelta()) == "RUNNING"


def test_the_edge_of_a_look_back_is_inside(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = door.run("FEED")
    feed.node("a")
    end = feed.nodes[0][1].closure
    ended = end.started_at.ToDatetime() + end.duration.ToTimedelta()
    edge = (ended + HOUR).replace(tzinfo=timezone.utc)
    for moment, expected in ((edge, "SUCCESS"), (edge + timedelta.resolution, "")):
        monkeypatch.setattr(estate, "now", lambda moment=moment: moment)
        assert last(door, A, within=HOUR) == expected


def test_since_the_last_end_of_the_job_itself(door: Door) -> None:
    mine = Job("MINE", "me")
    door.run("FEED", "SUCCEEDED", 3 * HOUR).node("a", ago=2 * HOUR)
    assert last(door, A, since=mine) == "SUCCESS"
    door.run("MINE", "SUCCEEDED", 3 * HOUR).node("me", ago=HOUR)
    assert last(door, A, since=mine) == ""
    feed, running = door.run("FEED"), door.run("MINE")
    feed.node("a")
    running.node("me", "RUNNING")
    assert last(door, A, since=mine) == "SUCCESS"
    running.node("me")
    assert last(door, A, since=mine) == ""
    running.nodes[0][1].closure.CopyFrom(feed.nodes[0][1].closure)
    assert last(door, A, since=mine) == "SUCCESS"


def test_a_box_that_begins_again_resets_its_jobs(door: Door) -> None:
    before = door.run("FEED", "SUCCEEDED", HOUR)
    before.node("a", inside=begin(before))
    before.node("box-end", output="SUCCESS")
    again = door.run("FEED")
    assert (last(door, BOXED), last(door, BOX)) == ("SUCCESS", "SUCCESS")
    box = begin(again)
    assert (last(door, BOXED), last(door, BOX)) == ("", "RUNNING")
    again.node("a", "FAILED", inside=box)
    assert (last(door, BOXED), last(door, BOX)) == ("FAILURE", "RUNNING")
    again.end("FAILED")
    assert last(door, BOX) == "FAILURE"
    again.end("ABORTED")
    assert last(door, BOX) == "TERMINATED"


@pytest.mark.parametrize("skipped", [True, False])
def test_a_box_in_a_box_runs_from_its_own_beginning(door: Door, skipped: bool) -> None:
    """Until then it has no status, also if the box around it ends without it."""
    inner = Job("FEED", "box/in/in-end", box="box-start", is_box=True, begins="box/in-start")
    before = door.run("FEED", "SUCCEEDED", HOUR)
    box = before.node("box", is_parent=True)
    before.node("box-start", output="STARTED")
    before.node("in-end", output="SUCCESS", inside=before.node("in", inside=box, is_parent=True))
    assert last(door, inner) == "SUCCESS"
    again = door.run("FEED")
    box = begin(again)
    assert last(door, inner) == ""
    again.node("in-start", inside=box, output="SKIPPED" if skipped else "STARTED")
    assert last(door, inner) == ("" if skipped else "RUNNING")
    again.end("SUCCEEDED")
    assert last(door, inner) == ("" if skipped else "FAILURE")


def test_a_box_that_never_completes_runs_on(door: Door) -> None:
    feed = door.run("FEED", "FAILED")
    begin(feed)
    feed.node("box-end", output="RUNNING")
    assert last(door, BOX) == "RUNNING"


def test_a_box_that_was_skipped_resets_nothing(door: Door) -> None:
    before = door.run("FEED", "SUCCEEDED", HOUR)
    before.node("a", inside=begin(before))
    begin(door.run("FEED"), "SKIPPED")
    assert last(door, BOXED) == "SUCCESS"


def test_a_box_that_begins_with_its_workflow(door: Door) -> None:
    job = Job("FEED", "a", box="")
    door.run("FEED", "SUCCEEDED", HOUR).node("a")
    assert last(door, job) == "SUCCESS"
    again = door.run("FEED", "QUEUED")
    assert last(door, job) == ""
    again.node("a")
    assert last(door, job) == "SUCCESS"


def test_a_box_begins_once_its_own_gate_was_answered(door: Door) -> None:
    job = Job("FEED", "a", box="", waits="box-wait")
    door.run("FEED", "SUCCEEDED", HOUR).node("a")
    again = door.run("FEED")
    assert last(door, job) == "SUCCESS"
    again.node("box-wait", "RUNNING", is_parent=True)
    assert last(door, job) == "SUCCESS"
    again.node("box-wait", is_parent=True, output=True)
    assert last(door, job) == ""


def test_a_reset_job_keeps_the_time_of_its_last_end(door: Door) -> None:
    before = door.run("FEED", "SUCCEEDED", 3 * HOUR)
    before.node("a", inside=begin(before), ago=2 * HOUR)
    begin(door.run("FEED"))
    other = door.run("OTHER")
    other.node("b", ago=HOUR)
    assert last(door, B, since=BOXED) == "SUCCESS"
    other.node("b", ago=3 * HOUR)
    assert last(door, B, since=BOXED) == ""


def test_many_executions_and_nodes(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "PAGE", 2)
    first = door.run("FEED", "SUCCEEDED", 9 * HOUR)
    for number in range(4):
        first.node(f"n{number}")
    first.node("a")
    for number in range(5):
        door.run("FEED", "SUCCEEDED", (8 - number) * HOUR).node("other")
    assert last(door, A) == "SUCCESS"


def test_the_node_of_a_launch_plan(door: Door) -> None:
    job = Job("FEED", "part/a")
    part, feed = door.run("FEED.part"), door.run("FEED")
    feed.node("part", "RUNNING", launched=part)
    assert last(door, job) == ""
    part.node("a")
    assert last(door, job) == "SUCCESS"


def test_a_job_that_has_not_run_for_very_long(
    door: Door, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(estate, "MOST_EXECUTIONS", 2)
    door.run("FEED", ago=3 * HOUR).node("a")
    for ago in (2, 1):
        door.run("FEED", "SUCCEEDED", ago * HOUR)
        assert last(door, A) == ("SUCCESS" if ago == 2 else "")
    assert "a has not run in 2 runs of FEED" in capsys.readouterr().out


def test_a_recovered_node_whose_original_is_gone(door: Door) -> None:
    gone = door.run("FEED", "FAILED", HOUR)
    recovered = door.run("FEED", "RUNNING", 2 * HOUR, recovers=gone)
    door.runs.remove(gone)
    box = recovered.node("box", "RECOVERED", ago=HOUR, is_parent=True)
    recovered.node("a", "RECOVERED", "FAILURE 3", ago=HOUR, inside=box)
    assert last(door, BOXED, within=HOUR + timedelta(minutes=1)) == "FAILURE 3"
    assert last(door, BOXED, within=HOUR - timedelta(minutes=1)) == ""


def scheduled(run: Run, ago: timedelta) -> Run:
    """Say that the scheduler was to start an execution so long ago."""
    run.record.spec.metadata.scheduled_at.FromDatetime(datetime.now(timezone.utc) - ago)
    return run


def in_the_last_two_hours(run: Run) -> str:
    """The status in the run that began at most two hours before another one."""
    return seen_by(run, A, begun=(-2 * HOUR, HOUR))


def test_only_a_run_that_began_in_the_span_counts(door: Door) -> None:
    door.run("FEED", "SUCCEEDED", 5 * HOUR).node("a", ago=HOUR)
    mine = door.run("MINE", ago=2 * HOUR)
    assert seen_by(mine, A) == "SUCCESS"
    assert in_the_last_two_hours(mine) == ""
    door.run("FEED", "FAILED", 3 * HOUR).node("a", "FAILED", ago=2 * HOUR)
    assert in_the_last_two_hours(mine) == "FAILURE"
    later = door.run("FEED", "RUNNING")
    later.node("a", ago=timedelta())
    assert seen_by(mine, A) == "SUCCESS"
    assert in_the_last_two_hours(mine) == "FAILURE"


def test_both_ends_of_the_span_are_inside(door: Door) -> None:
    mine, feed = scheduled(door.run("MINE"), 9 * HOUR), door.run("FEED")
    feed.node("a")
    moment = mine.record.spec.metadata.scheduled_at.ToDatetime()
    for apart, status in ((-2 * HOUR, "SUCCESS"), (HOUR, "SUCCESS")):
        for outside in (timedelta(), MOMENT if apart > timedelta() else -MOMENT):
            feed.record.spec.metadata.scheduled_at.FromDatetime(moment + apart + outside)
            assert in_the_last_two_hours(mine) == ("" if outside else status)


def test_the_scheduled_time_of_a_run_counts(door: Door) -> None:
    """A scheduler that was away starts everything at once."""
    mine = scheduled(door.run("MINE"), 20 * HOUR)
    today, yesterday = door.run("FEED"), door.run("FEED")
    today.node("a", output="FAILURE 1")
    yesterday.node("a")
    scheduled(today, 21 * HOUR)
    scheduled(yesterday, 45 * HOUR)
    assert in_the_last_two_hours(mine) == "FAILURE 1"


def test_a_recovered_run_and_the_run_of_a_launch_plan_keep_the_time(door: Door) -> None:
    mine = scheduled(door.run("MINE", ago=20 * HOUR), 20 * HOUR)
    failed = scheduled(door.run("FEED", "FAILED", 21 * HOUR), 21 * HOUR)
    failed.node("a", "FAILED", ago=20 * HOUR)
    recovered = door.run("FEED", "RUNNING", recovers=failed)
    recovered.node("a")
    assert in_the_last_two_hours(mine) == "SUCCESS"
    part = door.run("MINE.part")
    parent = part.record.spec.metadata.parent_node_execution
    parent.node_id = "part"
    parent.execution_id.CopyFrom(mine.record.id)
    assert in_the_last_two_hours(part) == "SUCCESS"
    door.runs.remove(failed)
    assert in_the_last_two_hours(mine) == ""


def test_a_status_counts_that_came_in_time(door: Door) -> None:
    door.run("FEED", "SUCCEEDED", 3 * HOUR).node("a", ago=HOUR)
    mine = scheduled(door.run("MINE"), 3 * HOUR)
    assert seen_by(mine, A, by=2 * HOUR + timedelta(minutes=1)) == "SUCCESS"
    assert seen_by(mine, A, by=2 * HOUR - timedelta(minutes=1)) == ""


def test_a_job_that_runs_has_its_status_at_any_time(door: Door) -> None:
    door.run("FEED").node("a", "RUNNING")
    mine = scheduled(door.run("MINE"), 3 * HOUR)
    assert seen_by(mine, A, by=HOUR) == "RUNNING"


def test_a_success_that_a_resumed_run_takes_over_is_of_the_earlier_run(door: Door) -> None:
    first = door.run("FEED", "FAILED", 3 * HOUR)
    first.node("a", output="SUCCESS 0", ago=3 * HOUR)
    second = door.run("FEED", "FAILED", HOUR, variables={"RESUME": first.name})
    second.node("a", output="SUCCESS 0", ago=HOUR)
    assert last(door, A, within=2 * HOUR) == ""
    # It has run in the second one, if it had failed in the first.
    first.node("a", output="FAILURE 1", ago=3 * HOUR)
    assert last(door, A, within=2 * HOUR) == "SUCCESS 0"


def test_a_box_is_new_if_a_resumed_run_runs_jobs_again(door: Door) -> None:
    first = door.run("FEED", "FAILED", 3 * HOUR)
    first.node("box-end", output="SUCCESS", ago=3 * HOUR)
    taken_over = door.run("FEED", "FAILED", HOUR, variables={"RESUME": first.name})
    taken_over.node("box-end", output="SUCCESS", ago=HOUR)
    assert last(door, BOX, within=2 * HOUR) == ""
    again = {"RESUME": first.name, "RERUN": "A"}
    door.run("FEED", "FAILED", HOUR / 2, variables=again).node("box-end", output="SUCCESS")
    assert last(door, BOX, within=2 * HOUR) == "SUCCESS"
