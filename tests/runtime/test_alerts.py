"""Lines for those who watch the log, and failure handlers."""

from contextlib import suppress
from typing import Any

import pytest
from flytekit import Workflow, task
from flytekit.types.error import FlyteError

from transpile.runtime.alerts import with_alerts
from transpile.runtime.commands import run, run_status
from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.handlers import on_failure, report_failure

ALERTS = {"success": "DONE job=A", "failure": "ALARM X job=A", "terminated": "ALARM Y job=A"}


class Broken(Exception):
    """Something else goes wrong in a task."""


def said(capsys: pytest.CaptureFixture[str], function: Any, *arguments: Any) -> list[str]:
    """The alerts that a task prints."""
    with suppress(Failure, Killed, Broken):
        with_alerts(**ALERTS)(function)(*arguments)
    return [line for line in capsys.readouterr().out.splitlines() if "job=A" in line]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("true", 'DONE job=A status="SUCCESS 0"'),
        ("exit 3", 'ALARM X job=A error="exit code 3: exit 3"'),
        ("kill -9 $$", 'ALARM Y job=A error="killed by signal 9: kill -9 $$"'),
        ("exit 3 #token=x", 'ALARM X job=A error="exit code 3: exit 3 #token=***"'),
    ],
)
def test_tasks_that_raise(capsys: pytest.CaptureFixture[str], command: str, expected: str) -> None:
    assert said(capsys, run, command) == [expected]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("SUCCESS 0", ['DONE job=A status="SUCCESS 0"']),
        ("FAILURE 3", ['ALARM X job=A status="FAILURE 3"']),
        ("FAILURE", ['ALARM X job=A status="FAILURE"']),
        ("ABORTED 3", ['ALARM X job=A status="ABORTED 3"']),
        ("TERMINATED", ['ALARM Y job=A status="TERMINATED"']),
        ("SKIPPED", []),
        ("RUNNING", []),
    ],
)
def test_tasks_that_report(
    capsys: pytest.CaptureFixture[str], status: str, expected: list[str]
) -> None:
    assert said(capsys, lambda: status) == expected
    assert said(capsys, lambda: (status, '{"a": "1"}')) == expected


def test_other_errors_are_failures(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*arguments: Any) -> None:
        raise Broken(*arguments)

    assert said(capsys, broken, 'a "b"\n') == ['ALARM X job=A error="a \\"b\\"\\n"']
    assert said(capsys, broken) == ['ALARM X job=A error="Broken"']


def test_who_wants_no_line_gets_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert with_alerts(failure="F")(run_status)("true") == "SUCCESS 0"
    assert capsys.readouterr().out == ""


def test_a_task_keeps_its_name_and_result() -> None:
    told = with_alerts(**ALERTS)(run_status)
    assert told.__name__ == "run_status"
    assert told("exit 3") == "FAILURE 3"


@pytest.mark.parametrize(
    ("err", "expected"),
    [
        (None, 'ALARM error="unknown"\n'),
        (FlyteError("password=x\nend", "n"), 'ALARM error="password=***\\nend"\n'),
    ],
)
def test_the_report_of_a_failure(
    capsys: pytest.CaptureFixture[str], err: FlyteError | None, expected: str
) -> None:
    report_failure("ALARM", err)
    report_failure("", err)
    assert capsys.readouterr().out == expected


@task
def fails() -> int:
    return run("exit 7")


@task
def handle(err: FlyteError | None = None) -> None:
    report_failure("ALARM whole", err)


def test_a_handler_runs_when_the_workflow_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    workflow = Workflow(name="tests.runtime.on_failure")
    workflow.add_entity(fails)
    on_failure(workflow, handle, node_name="told", name="W (failure)")
    with pytest.raises(Exception, match="exit code 7"):
        workflow()
    assert "ALARM whole error=" in capsys.readouterr().out
    assert workflow.failure_node.id == "told"
    assert workflow.failure_node.metadata.name == "W (failure)"
