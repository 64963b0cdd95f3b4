"""Commands: their ends, their files, their limits, and what they print."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from transpile.runtime.commands import LONGEST_ARGUMENT, final_status, run, run_status
from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure

SHORT = timedelta(seconds=0.3)


def test_success() -> None:
    assert run("true") == 0
    assert run_status("true") == "SUCCESS 0"


def test_failure() -> None:
    with pytest.raises(Failure, match="exit code 3: exit 3") as failure:
        run("exit 3")
    assert failure.value.exit_code == 3
    assert run_status("exit 3") == "FAILURE 3"


@pytest.mark.parametrize(
    ("code", "rules", "expected"),
    [
        (1, {"success_codes": range(2)}, "SUCCESS 1"),
        (0, {"success_codes": (1,)}, "FAILURE 0"),
        (2, {"fail_codes": (1,)}, "SUCCESS 2"),
        (1, {"fail_codes": (1,)}, "FAILURE 1"),
        (0, {"success_codes": (0,), "fail_codes": (0,)}, "FAILURE 0"),
    ],
)
def test_rules_of_success(code: int, rules: dict[str, Any], expected: str) -> None:
    assert run_status(f"exit {code}", **rules) == expected


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_signal_kills(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Killed, match=f"killed by signal {number}") as killed:
        run(f"kill -{number} $$")
    assert killed.value.signal == number
    assert run_status(f"kill -{number} $$") == "TERMINATED"
    assert capsys.readouterr().out == f"killed by signal {number}: kill -{number} $$\n"


def test_a_time_limit_ends_the_whole_group(tmp_path: Path) -> None:
    begun, left = time.monotonic(), tmp_path / "left"
    with pytest.raises(Killed, match="killed by time limit") as killed:
        run(f"(sleep 1; touch {left}) & sleep 30", time_limit=SHORT)
    assert killed.value.signal == 9
    assert time.monotonic() - begun < 20
    time.sleep(1.2)
    assert not left.exists()
    assert run_status("sleep 30", time_limit=SHORT) == "TERMINATED"
    assert run_status("true", time_limit=timedelta(seconds=30)) == "SUCCESS 0"


def test_a_failure_runs_again_and_a_kill_does_not(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert run_status(f"echo >> {log}; exit 4", retries=2) == "FAILURE 4"
    assert log.read_text() == "\n" * 3
    assert run_status(f"echo >> {log}; kill -9 $$", retries=2) == "TERMINATED"
    assert log.read_text() == "\n" * 4
    once = f"echo >> {log}; test $(wc -l < {log}) -gt 5"
    assert run_status(once, retries=9) == "SUCCESS 0"
    assert log.read_text() == "\n" * 6


def test_the_last_failure_counts() -> None:
    def attempts() -> Iterator[int]:
        yield 3
        raise Failure("a file cannot be opened", "x")

    each = attempts()

    def attempt() -> int:
        raise Failure("exit code", "x", next(each))

    assert final_status(attempt, retries=1) == "FAILURE"


def test_files_of_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACE", str(tmp_path))
    (tmp_path / "in put").write_text("given", encoding="utf-8")
    (tmp_path / "profile").write_text("GREETING=hello\n", encoding="utf-8")
    options = {"stdin": "$PLACE/in put", "profile": str(tmp_path / "profile")}
    command = "echo $GREETING $(cat) $NAME; echo bad >&2"
    for redirected in ("> $PLACE/out", ">> $PLACE/out"):
        target = {"stdout": redirected, "stderr": "> &1"}
        assert run(command, env={"NAME": "me"}, **options, **target) == 0
    assert (tmp_path / "out").read_text() == "hello given me\nbad\n" * 2
    assert run("echo bad >&2", stderr="> $PLACE/err") == 0
    assert (tmp_path / "err").read_text() == "bad\n"


@pytest.mark.parametrize("option", ["profile", "stdin", "stdout", "stderr"])
def test_a_file_that_cannot_be_opened(option: str, tmp_path: Path) -> None:
    sign = "> " if option.startswith("std") and option != "stdin" else ""
    options: dict[str, Any] = {option: f"{sign}{tmp_path}/no/file"}
    with pytest.raises(Failure, match="a file cannot be opened") as failure:
        run("true", **options)
    assert failure.value.exit_code is None
    assert run_status("true", **options) == "FAILURE"


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("true", {"shell": "/no/shell"}, "/no/shell cannot run this (No such file or directory)"),
    ("true", {"shell": "/etc/passwd"}, "/etc/passwd cannot run this (Permission denied)"),
    ("true", {"env": {"BIG": "x" * 200_000}}, "the environment is too long; BIG has 200000 bytes"),
    ("true", {"env": {"A": "x\0y"}}, "the variable 'A' cannot be passed to a program"),
    ("true", {"env": {"A=B": "x"}}, "the variable 'A=B' cannot be passed to a program"),
    ("echo \0", {}, "/bin/sh cannot run this (it holds a NUL character)"),
    ("echo \0" + "x" * 200_000, {}, "/bin/sh cannot run this (it holds a NUL character)"),
    ("echo \ud800", {}, "/bin/sh cannot run this ('utf-8' codec can't encode character"),
]


@pytest.mark.parametrize(("command", "options", "reason"), REFUSED)
def test_a_refused_command_is_a_failure_with_a_reason(
    capsys: pytest.CaptureFixture[str], command: str, options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Failure) as failure:
        run(command, **options)
    assert failure.value.args[0].startswith(reason)
    assert "\0" not in failure.value.args[0]
    assert run_status(command, **options) == "FAILURE"
    assert reason in capsys.readouterr().out


def test_a_global_without_a_value_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no value for \$\$MODE"):
        run("true", env={"MODE": "$$MODE"})


@pytest.mark.parametrize("size", [0, LONGEST_ARGUMENT, 2 * LONGEST_ARGUMENT])
def test_a_long_command_runs_whole(size: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(f"x={'é' * (size // 2)}; echo ${{#x}} > {out}; exit 0") == 0
    assert out.read_text().strip() in {str(size // 2), str(size // 2 * 2)}


def test_a_shell_without_end_fails() -> None:
    assert run_status("f() { f; }; f 2> /dev/null").startswith(("FAILURE", "TERMINATED"))


def test_secrets_reach_the_command_and_not_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    command = 'test "$TOKEN" = abc && test --password=abc != ""'
    assert run(command, env={"TOKEN": "abc"}) == 0
    assert run_status(f"# {command}\nexit 3") == "FAILURE 3"
    assert "--password=*** " in capsys.readouterr().out


def test_stdin_of_this_process_stays_untouched() -> None:
    assert run('test -z "$(cat)" && test $(id -u) = ' + str(os.getuid())) == 0
