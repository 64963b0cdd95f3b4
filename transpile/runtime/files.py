"""Waits for files."""

import glob
import os
import subprocess
import time
from datetime import timedelta
from typing import Any

from transpile.runtime.commands import final_status
from transpile.runtime.failures import Failure
from transpile.runtime.inputs import require_values
from transpile.runtime.masking import shown
from transpile.runtime.processes import refusal
from transpile.runtime.resumable import resumable
from transpile.runtime.shell import opened, quoted
from transpile.runtime.waits import wait_until


@resumable
def wait_for_file(
    path: str,
    *,
    absent: bool = False,
    interval: int = 60,
    min_size: int = 0,
    steady: int = 0,
    once: bool = False,
    profile: str = "",
    time_limit: timedelta | None = None,
) -> int:
    """Return 0 once the file exists (or is gone, if `absent`); look every `interval` seconds.

    The file needs at least `min_size` bytes, and a size that did not change for `steady` seconds.
    `path` may hold shell variables and file patterns; `profile` is a file that sets variables. With
    `once` the helper looks a single time, and raises if the file is not as it should be.
    """
    require_values([path])
    pattern = _pattern(path, profile)
    last, since = None, time.monotonic()

    def holds() -> bool:
        nonlocal last, since
        seen = _largest(pattern)
        if seen != last:
            last, since = seen, time.monotonic()
        big_enough = seen is not None and seen[1] >= min_size
        is_steady = time.monotonic() - since >= steady
        found = seen is None if absent else big_enough and is_steady
        if once and not found:
            reason = "the file is there" if absent else "no such file"
            raise Failure(reason, path, 1)
        return found

    wait_until(holds, path, interval, time_limit)
    return 0


@resumable
def wait_status(
    path: str,
    *,
    retries: int = 0,
    time_limit: timedelta | None = None,
    **options: Any,
) -> str:
    """Wait for a file as `wait_for_file` does, and return a status."""
    return final_status(
        lambda: wait_for_file(path, time_limit=time_limit, **options),
        retries,
    )


def _pattern(path: str, profile: str) -> str:
    """The path with the values of its variables. Raises Failure for an impossible path."""
    if "\0" in path:
        raise Failure("no file has a name with a NUL character", path)
    if not profile:
        return os.path.expandvars(os.path.expanduser(path))
    lines = ["exec 3>&1 >&2", *opened(profile, "", "", "")]
    script = "\n".join([*lines, f"printf %s {quoted(path)} >&3"])
    try:
        shell = subprocess.Popen(
            ["/bin/sh", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        found = os.fsdecode(shell.communicate()[0])
    except (OSError, ValueError) as error:
        raise Failure(refusal(error, "/bin/sh", {}), path) from None
    if shell.returncode:
        raise Failure(f"the profile {shown(profile)} cannot be read", path)
    return found


def _largest(pattern: str) -> tuple[str, int] | None:
    """The largest file that matches, and its size; None if no file does."""
    found = []
    try:
        paths = glob.glob(pattern) or [pattern]
    except RecursionError:
        raise Failure("the path has too many parts", pattern) from None
    for path in paths:
        try:
            found.append((path, os.stat(path).st_size))
        except OSError:
            continue
    return max(found, key=lambda entry: entry[1], default=None)
