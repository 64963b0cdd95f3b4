"""Real runs of emitted programs by the local runner of Flyte 2, and what it records of them."""

import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import cli, installed, python

QUIET = {
    "DO_NOT_TRACK": "1",
    "LOG_LEVEL": "50",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""No reports to the vendor, and no tracebacks of failures that a driver expects."""

RECORDING = """
import runpy, sys, flyte
flyte.init(local_persistence=True)
runpy.run_path(sys.argv[1], run_name="__main__")
"""
"""Runs a module as a script does, with the store of runs."""


@dataclass(frozen=True)
class Row:
    """A job or a note in the store of runs; `error` has the code and the message of a failure."""

    status: str
    attempts: int
    group: str
    error: str


@dataclass(frozen=True)
class Done:
    """A run that has ended: what it printed, and its rows by the names of jobs and notes."""

    code: int
    output: str
    errors: str
    rows: Mapping[str, Row]

    @property
    def said(self) -> str:
        """All that it printed: Flyte prints errors among the output."""
        return self.output + self.errors

    @property
    def statuses(self) -> dict[str, str]:
        """What the driver returned, by job."""
        pairs = (line.split(" ", 1) for line in self.output.splitlines() if " " in line)
        return {name: status for name, status in pairs if status.split()[0].isupper()}

    def outcome(self, job: str) -> str:
        """`succeeded`, `failed` or `skipped`; empty for a job that left no trace."""
        if f"{job} skipped" in self.rows:
            return "skipped"
        return self.rows[job].status if job in self.rows else ""


def converted(source: Path, out: Path, target: str = "flyte2") -> Path:
    """The folder with the modules of an estate."""
    result = cli("convert", source, "-o", out, "--target", target)
    assert (out / "job_runtime.py").is_file(), result.output
    return out


def run(path: Path, *, cwd: Path, home: Path) -> Done:
    """Run a module as a script, and read what the store knows of it."""
    home.mkdir(exist_ok=True)
    done = python("-c", RECORDING, path, cwd=cwd, env={**QUIET, "HOME": str(home)})
    return Done(done.returncode, done.stdout, done.stderr, _rows(home))


def script(path: Path, *, cwd: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Run a module as its users do."""
    home.mkdir(exist_ok=True)
    return python(path, cwd=cwd, env={**QUIET, "HOME": str(home)})


def command_line(
    path: Path, *options: str, cwd: Path, home: Path
) -> "subprocess.CompletedProcess[str]":
    """Run a driver with Flyte's own command."""
    home.mkdir(exist_ok=True)
    plain = ("--output-format", "table-simple", "--no-progress", "run", "--local")
    env = {**QUIET, "HOME": str(home)}
    return installed("flyte", *plain, path, path.stem, *options, cwd=cwd, env=env)


def _rows(home: Path) -> dict[str, Row]:
    store = home / ".flyte" / "local-cache" / "cache.db"
    fields = "short_name, task_name, status, attempt_count, group_name, error"
    with sqlite3.connect(store) as database:
        found = database.execute(f"select {fields} from runs order by start_time").fetchall()
    return {
        short or task: Row(status, count, group or "", error or "")
        for short, task, status, count, group, error in found
    }


def files_in(folder: Path) -> dict[str, bytes]:
    """What the files below a folder hold."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
