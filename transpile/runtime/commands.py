"""Commands of jobs."""

import os
import signal
import tempfile
from collections.abc import Callable, Container, Mapping
from datetime import timedelta
from typing import Any

from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.inputs import require_values
from transpile.runtime.outputs import empty_output_file
from transpile.runtime.processes import TIMED_OUT, refusal, wait_for_process
from transpile.runtime.resumable import resumable
from transpile.runtime.shell import opened
from transpile.runtime.statuses import FAILURE, SUCCESS, TERMINATED, Status

LONGEST_ARGUMENT = 100_000  # bytes; Linux takes no single argument over 128 KiB


@resumable
def run(
    command: str,
    *,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    stdout: str = "",
    stderr: str = "",
    profile: str = "",
    shell: str = "/bin/sh",
    success_codes: Container[int] = (0,),
    fail_codes: Container[int] | None = None,
    time_limit: timedelta | None = None,
) -> int:
    """Run a shell command and return its exit code; raise, so that Flyte may retry, if it failed.

    `stdout` and `stderr` are "> path" or ">> path", `stderr` also "> &1"; paths may hold shell
    variables. With `fail_codes` every other exit code is a success. A command that is killed, by
    its time limit or otherwise, does not run again.
    """
    env = dict(env or {})
    require_values(env.values())
    lines = [*opened(profile, stdin, stdout, stderr), command]
    try:
        code = _execute("\n".join(lines), shell, env, time_limit)
    except (OSError, ValueError) as error:
        raise Failure(refusal(error, shell, env), command) from None
    if code == -signal.SIGUSR1:
        raise Failure("a file cannot be opened", command)
    if code == TIMED_OUT:
        raise Killed.at_limit(command)
    if code < 0:
        raise Killed(f"signal {-code}", command, -code)
    failed = code not in success_codes if fail_codes is None else code in fail_codes
    if failed:
        raise Failure.of_code(code, command)
    return code


def _execute(
    script: str,
    shell: str,
    env: Mapping[str, str],
    time_limit: timedelta | None,
) -> int:
    """The exit code; -N for signal N, TIMED_OUT for the time limit."""
    data = os.fsencode(script)
    if b"\0" in data:
        raise ValueError("it holds a NUL character")
    if len(data) <= LONGEST_ARGUMENT:
        return wait_for_process([shell, "-c", script], env, time_limit)
    with tempfile.NamedTemporaryFile(suffix=".sh") as file:
        file.write(data)
        file.flush()
        return wait_for_process([shell, file.name], env, time_limit)


@resumable
def run_status(
    command: str,
    *,
    retries: int = 0,
    time_limit: timedelta | None = None,
    **options: Any,
) -> str:
    """Run a shell command as `run` does, and return its status.

    A command that failed runs again, up to `retries` times.
    """
    return final_status(
        lambda: run(command, time_limit=time_limit, **options),
        retries,
    )


def final_status(attempt: Callable[[], int], retries: int) -> str:
    """The status after an attempt, and up to `retries` more while it fails."""
    for _ in range(retries + 1):
        empty_output_file()
        try:
            return str(Status(SUCCESS, attempt()))
        except Killed as killed:
            print(killed.args[0])
            return TERMINATED
        except Failure as failure:
            print(failure.args[0])
            code = failure.exit_code
    return str(Status(FAILURE, code))
