"""Tries mutants: `python -m tests.mutation FOLDER|FILE... [--sample N] [--seed S] [--jobs J]`.

Prints each mutant that the tests let live, and the share that they kill. Tests in processes of
their own, and what runs at import, see the unchanged code.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mutation.trial import INVALID, KILLED, SURVIVED, Trial

ROOT = Path(__file__).resolve().parents[2]

_VERIFY = (
    "test_verify.py::test_the_unchanged_module_agrees",
    "test_verify.py::test_a_change_of_behaviour_is_seen",
)
_CALLS = ("test_scheduler_commands.py", "test_placeholders.py")
TESTS = {
    "analysis": ("test_passes.py", "test_lowering.py", *_CALLS),
    "lowering": ("test_lowering.py", "test_mapping.py"),
    "proof": ("test_rehearsal.py", "test_roles.py", *_VERIFY),
    "runtime": ("runtime",),
    "model": ("test_passes.py", "test_lowering.py", "test_conditions.py", "test_zones.py"),
    "dialects": ("test_passes.py", "test_lowering.py", "test_engines.py", "test_readings.py"),
}
"""Tests of each folder of transpile: those that say what it decides, not all that run it."""


def _near(file: Path) -> list[str]:
    folder = file.resolve().relative_to(ROOT / "transpile").parts[0]
    return [f"tests/{name}" for name in TESTS[folder]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutants; the status is 1 if one survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("paths", nargs="+", type=Path, help="folder or file below transpile/")
    parser.add_argument("--sample", type=int, help="number of mutants; all without it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tests", nargs="+", help="files of tests, instead of those in the table")
    given = parser.parse_args(arguments)
    files = [
        file for path in given.paths for file in (path.rglob("*.py") if path.is_dir() else [path])
    ]
    tests = given.tests or dict.fromkeys(name for file in files for name in _near(file))
    trial = Trial(files, given.sample, given.seed, given.jobs)
    options = ["-qq", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "--no-header"]
    options += ["--disable-warnings"]
    status = pytest.main([*options, *tests], plugins=[trial])
    found = trial.verdicts
    tried = found[KILLED] + found[SURVIVED]
    print(f"{found[KILLED]} of {tried} mutants killed, {found[INVALID]} invalid")
    return int(status) or int(found[SURVIVED] > 0)


if __name__ == "__main__":
    sys.exit(main())
