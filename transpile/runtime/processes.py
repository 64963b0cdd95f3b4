"""Processes: their start, their time limit and their end."""

import errno
import os
import signal
import subprocess
from collections.abc import Mapping
from datetime import timedelta

from transpile.runtime.outputs import OUTPUT_FILE

TIMED_OUT = -1000


def wait_for_process(
    arguments: list[str],
    env: Mapping[str, str],
    time_limit: timedelta | None,
) -> int:
    """The exit code of a program; -N for signal N, TIMED_OUT for the time limit."""
    # A time limit ends all processes of the shell: they form a group.
    process = subprocess.Popen(
        arguments,
        env={**os.environ, **OUTPUT_FILE.get(), **env},
        stdin=subprocess.DEVNULL,
        start_new_session=time_limit is not None,
    )
    try:
        return process.wait(time_limit.total_seconds() if time_limit else None)
    except subprocess.TimeoutExpired:
        return TIMED_OUT
    finally:
        if process.returncode is None:
            _kill(process, group=time_limit is not None)


def _kill(process: subprocess.Popen[bytes], *, group: bool) -> None:
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def refusal(error: Exception, shell: str, env: Mapping[str, str]) -> str:
    """Why the system does not start a command."""
    for name, value in env.items():
        if "\0" in name + value or "=" in name or not name:
            return f"the variable {name!r} cannot be passed to a program"
    if isinstance(error, OSError) and error.errno == errno.E2BIG:
        every = {**os.environ, **env}
        longest = max(every, key=lambda name: len(os.fsencode(every[name])))
        size = len(os.fsencode(every[longest]))
        return f"the environment is too long; {longest} has {size} bytes"
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{shell} cannot run this ({reason})"
