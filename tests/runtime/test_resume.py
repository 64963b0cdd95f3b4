"""Nights that are resumed, with jobs in every state, against Flyte Admin on loopback."""

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.admin import Door
from tests.admin.records import Run
from tests.runtime.estates import HOUR
from tests.runtime.nights import Night
from tests.support import cli
from transpile.proof.loading import importing

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
        ({"RERUN": "LAOD"}, "RERUN: not a job or box of this workflow: LAOD"),
        ({"BYPASS": '"A,B", A'}, "BYPASS: not a job or box of this workflow: A, A,B"),
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
    # Back again: a status becomes the number that a plain job returns.
    third = nights_of(NIGHT).play(FLOW, RESUME=second.name)
    assert third.outputs["clean"] == 0
    assert again.ran() == []
