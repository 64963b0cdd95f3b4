"""The run-time helpers: refused commands, waits, and what they print."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.support import cli
from transpile.targets.flyte.render import render_runtime


@pytest.fixture(scope="module")
def runtime() -> ModuleType:
    module = ModuleType("job_runtime_under_test")
    sys.modules[module.__name__] = module
    exec(compile(render_runtime(), "job_runtime.py", "exec"), vars(module))
    return module


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("true", {"shell": "/no/shell"}, "/no/shell cannot run this (No such file or directory)"),
    ("true", {"shell": "/etc/passwd"}, "/etc/passwd cannot run this (Permission denied)"),
    ("true", {"env": {"BIG": "x" * 200_000}}, "the environment is too long; BIG has 200000 bytes"),
    ("true", {"env": {"A": "x\0y"}}, "the variable 'A' is none that a program can be handed"),
    ("true", {"env": {"A=B": "x"}}, "the variable 'A=B' is none that a program can be handed"),
    ("echo \0", {}, "/bin/sh cannot run this (it holds a NUL character)"),
    ("echo \0" + "x" * 200_000, {}, "/bin/sh cannot run this (it holds a NUL character)"),
    ("echo \ud800", {}, "/bin/sh cannot run this ('utf-8' codec can't encode character"),
]


@pytest.mark.parametrize(("command", "options", "reason"), REFUSED)
def test_a_refused_command_is_a_failure_with_a_reason(
    runtime: ModuleType,
    capsys: pytest.CaptureFixture[str],
    command: str,
    options: dict[str, Any],
    reason: str,
) -> None:
    with pytest.raises(runtime.Failure) as failure:
        runtime.run(command, **options)
    assert failure.value.args[0].startswith(reason)
    assert "\0" not in failure.value.args[0]
    assert runtime.run_status(command, **options) == "FAILURE"
    assert reason in capsys.readouterr().out


def test_a_shell_without_end_fails(runtime: ModuleType) -> None:
    assert runtime.run_status("f() { f; }; f 2> /dev/null").startswith(("FAILURE", "TERMINATED"))


def test_deep_values_for_others_are_none(
    runtime: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "python3 -c \"print('{\\\"a\\\": ' + '[' * 100000 + ']' * 100000 + '}')\" > $OUT"
    found = runtime.with_outputs(runtime.run_status, script, output_file="OUT")
    assert found == ("SUCCESS 0", "")
    assert "no values for other jobs" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["/tmp/\0", "*/" * 3000])
def test_a_path_that_no_file_has_is_a_failure(runtime: ModuleType, path: str) -> None:
    limit = timedelta(seconds=1)
    assert runtime.wait_status(path, time_limit=limit) == "FAILURE"


def test_a_wait_ends_at_its_limit(runtime: ModuleType, tmp_path: Path) -> None:
    begun = time.monotonic()
    limit = timedelta(seconds=0.2)
    found = runtime.wait_status(str(tmp_path / "no"), interval=3600, time_limit=limit)
    assert (found, time.monotonic() - begun < 5) == ("TERMINATED", True)


def test_one_look(runtime: ModuleType, tmp_path: Path) -> None:
    there, gone = tmp_path / "there", tmp_path / "gone"
    there.write_text("12345", encoding="utf-8")

    def look(path: Path, **options: Any) -> str:
        return str(runtime.wait_status(str(path), once=True, **options))

    assert look(there) == look(gone, absent=True) == "SUCCESS 0"
    assert look(gone) == look(there, absent=True) == look(there, min_size=6) == "FAILURE 1"


def test_a_profile_sets_variables_of_a_path(runtime: ModuleType, tmp_path: Path) -> None:
    profile = tmp_path / "my profile"
    profile.write_text(f'echo noise; FOLDER="{tmp_path}"\n', encoding="utf-8")
    found = runtime.wait_status("$FOLDER/my pro*", profile=str(profile), once=True)
    assert found == "SUCCESS 0"
    assert runtime.wait_status("$FOLDER/x", profile="/no/profile", once=True) == "FAILURE"


def test_a_watcher_wants_size_and_a_steady_file(
    runtime: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file grows at each look until it has 60 bytes: two looks see it with that."""
    file, clock = tmp_path / "file", [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds
        with file.open("a", encoding="utf-8") as opened:
            opened.write("x" * 20 if clock[0] <= 30 else "")

    monkeypatch.setattr(runtime, "time", SimpleNamespace(sleep=sleep, monotonic=lambda: clock[0]))
    assert runtime.wait_for_file(str(file), interval=10, min_size=40, steady=10) == 0
    assert (clock[0], file.stat().st_size) == (40, 60)


def test_a_wait_outlives_a_refused_poll(
    runtime: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise ConnectionError("Admin is away, token=abc")

    turns: list[Callable[[], Any]] = [refuse, list]

    def polled(*places: str, **options: Any) -> Any:
        return turns.pop(0)() if turns else refuse()

    state = SimpleNamespace(mode=runtime.ExecutionState.Mode.TASK_EXECUTION)
    context = SimpleNamespace(current_context=lambda: SimpleNamespace(execution_state=state))
    monkeypatch.setattr(runtime, "FlyteContextManager", context)
    remote = SimpleNamespace(recent_executions=polled)
    monkeypatch.setattr(runtime, "FlyteRemote", lambda *places: remote)
    options = {"within": timedelta(hours=1), "interval": 0.01, "project": "p", "domain": "d"}
    with pytest.raises(runtime.Killed):
        runtime.wait_for_run("OTHER", time_limit=timedelta(seconds=0.1), **options)
    assert turns == []
    assert (
        "OTHER: the platform does not answer: Admin is away, token=***" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql --password=abc db", "mysql --password=*** db"),
        ("mysql --password 'a b' db", "mysql --password *** db"),
        ('DB_PASSWORD="a b" load', "DB_PASSWORD=*** load"),
        ("AWS_SECRET_ACCESS_KEY=a/b+c aws", "AWS_SECRET_ACCESS_KEY=*** aws"),
        ("call --api-key k --x", "call --api-key *** --x"),
        ('{"access_token": "t"}', '{"access_token": ***}'),
        ("curl -H 'Authorization: Bearer t' u", "curl -H 'Authorization: Bearer ***' u"),
        ("psql postgres://me:pw@host/db", "psql postgres://me:***@host/db"),
        ("sshpass -p pw ssh host", "sshpass -p *** ssh host"),
        ("load --password=$PW ${TOKEN} TOKEN=${T}", "load --password=$PW ${TOKEN} TOKEN=${T}"),
        ("mkdir -p a; tokenize b; curl http://host:80/x@y", None),
    ],
)
def test_secrets_are_not_shown(
    runtime: ModuleType, capsys: pytest.CaptureFixture[str], text: str, shown: str | None
) -> None:
    code = f"# {text}\nexit 3"
    assert runtime.run_status(code) == "FAILURE 3"
    assert f"# {shown or text}\n" in capsys.readouterr().out


def test_secrets_reach_the_command(runtime: ModuleType) -> None:
    assert (
        runtime.run('test "$TOKEN" = abc && test --password=abc != ""', env={"TOKEN": "abc"}) == 0
    )


@pytest.mark.parametrize("piece", ["token ", 'password="', "://a", '"\\', "a-", "$("])
def test_masking_is_linear(runtime: ModuleType, piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        runtime.masked(piece * count)
        return time.process_time() - begun

    assert seconds(80_000) < 20 * seconds(10_000) + 0.5


def test_the_rehearsal_executes_one_look(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "a.jil").write_text(
        f"insert_job: A\njob_type: FT\nwatch_file: {tmp_path}/no\nwatch_file_type: EXIST\n\n"
        "insert_job: B\ncommand: true\ncondition: f(A)\n",
        encoding="utf-8",
    )
    assert cli("convert", tmp_path / "a.jil", "-o", out).exit_code == 0
    shown = [line.split()[:3] for line in cli("dry-run", out, "--execute").output.splitlines()]
    assert ["A", "failed", "1"] in shown
    assert ["B", "succeeded", "1"] in shown
