"""Nights that are resumed, with jobs in every state, against Flyte Admin on loopback."""

import os
import sys
from pathlib import Path

import pytest

from tests.runtime.resumed import FLOW, NIGHT, PACKAGE, Converts, job, resumed_night


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
