"""Commands whose output decides whether they succeed."""

import os
import shlex
import tempfile
from collections.abc import Container, Mapping
from datetime import timedelta
from typing import Any

from transpile.runtime.commands import final_status, run
from transpile.runtime.failures import Failure
from transpile.runtime.resumable import resumable


@resumable
def run_judged(
    command: str,
    *,
    output: Mapping[str, bool],
    success_codes: Container[int] = (0,),
    **options: Any,
) -> int:
    """Run a shell command as `run` does; lines of its output may decide whether it succeeded.

    `output` has patterns with `*` and `?` for whole lines: the last one that a line fits decides.
    A failure without an exit code of its own has 1, and a success has 0.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "output")
        code = run(_with_copy(command, path), success_codes=range(256), **options)
        verdict = _verdict(path, output)
    if verdict is None:
        verdict = code in success_codes
    elif verdict is not (code in success_codes):
        code = 0 if verdict else 1
    if not verdict:
        raise Failure.of_code(code, command)
    return code


@resumable
def run_judged_status(
    command: str,
    *,
    retries: int = 0,
    time_limit: timedelta | None = None,
    **options: Any,
) -> str:
    """Run a shell command as `run_judged` does, and return its status."""
    return final_status(
        lambda: run_judged(command, time_limit=time_limit, **options),
        retries,
    )


def _with_copy(command: str, path: str) -> str:
    """A script that runs the command, and copies its output to a file."""
    copy = shlex.quote(path)
    lines = ("{ (", command, f"); echo $? > {copy}.code; }} 2>&1 | tee {copy}")
    return "\n".join((*lines, f"exit $(cat {copy}.code)"))


def _verdict(path: str, output: Mapping[str, bool]) -> bool | None:
    """What the last pattern says that a line of the file fits; None if no line fits one."""
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\r\n") for line in file]
    found = None
    for pattern, good in output.items():
        if any(_fits(line, pattern) for line in lines):
            found = good
    return found


def _fits(line: str, pattern: str) -> bool:
    """True if a line fits a pattern: `*` stands for any text, `?` for any character."""
    at, place = 0, 0
    star, retry = -1, 0
    while at < len(line):
        wanted = pattern[place : place + 1]
        if wanted == "*":
            star, retry, place = place, at, place + 1
        elif wanted in ("?", line[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            # The last star takes one character more.
            retry, place = retry + 1, star + 1
            at = retry
        else:
            return False
    return not pattern[place:].strip("*")
