"""Tries mutants: `python -m tests.mutation FOLDER|FILE... [--sample N] [--seed S] [--jobs J]`.

Prints each mutant that the tests let live, and the share that they kill. Tests in processes of
their own, and what runs at import, see the unchanged code.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mutation.trial import INVALID, KILLED, SURVIVED, Trial

ROOT = Path(__file__).resolve().parents[2]

_OUTPUT = ("test_golden.py", "test_alerts.py", "test_deadlines.py", "test_branches.py")
_SOURCES = ("test_mapping.py", "test_externals.py", "test_sharing.py", "test_alternatives.py")
_PROOF = ("test_rehearsal.py", "test_engines.py", "test_readings.py", "test_verify.py")
TESTS = {
    "analysis": ("test_passes.py", "test_lowering.py", *_SOURCES, *_OUTPUT),
    "lowering": ("test_lowering.py", "test_passes.py", *_SOURCES, *_OUTPUT),
    "proof": (*_PROOF, "test_root_policy.py", "test_dagman.py", "test_azkaban.py", "test_roles.py"),
    "runtime": ("runtime",),
    "model": ("test_passes.py", "test_lowering.py", "test_conditions.py", "test_zones.py"),
    "dialects": ("test_passes.py", "test_lowering.py", "test_engines.py", "test_readings.py"),
}
"""The tests of each folder of transpile: quick ones, in the process."""


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
    folders = {file.resolve().relative_to(ROOT / "transpile").parts[0] for file in files}
    near = dict.fromkeys(f"tests/{name}" for folder in folders for name in TESTS.get(folder, ()))
    trial = Trial(files, given.sample, given.seed, given.jobs)
    options = ["-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    pytest.main([*options, *(given.tests or near)], plugins=[trial])
    for line in trial.survivors():
        print(line)
    found = Counter(trial.verdicts.values())
    tried = found[KILLED] + found[SURVIVED]
    print(f"{found[KILLED]} of {tried} mutants killed, {found[INVALID]} invalid")
    return int(found[SURVIVED] > 0)


if __name__ == "__main__":
    sys.exit(main())
