"""Tries mutants: each in a fork of a process that has collected the tests.

A fork puts the changed code into the functions in memory and runs the tests that enter them, up to
the first failure. So the files stay as they are, and nothing is imported twice.
"""

import gc
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant, mutants

SURVIVED, KILLED, INVALID = 0, 1, 2
PATIENCE = 60
"""Seconds that a test may sleep; its processor time is limited by what it takes unchanged."""

Place = tuple[str, int]
"""A function: its file and its first line."""


@dataclass
class Trial:
    """A pytest plugin that replaces the run of the tests by a run for each mutant."""

    files: Sequence[Path]
    sample: int | None = None
    seed: int = 0
    jobs: int = 1
    verdicts: Counter[int] = field(default_factory=Counter)
    chosen: list[Mutant] = field(default_factory=list)
    tests: dict[Place, list[tuple[pytest.Item, float]]] = field(default_factory=dict)
    functions: dict[Place, list[FunctionType]] = field(default_factory=dict)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try the mutants; the run of pytest itself is over then."""
        self.functions = living()
        gc.freeze()
        self.tests = self._reach(session.items)
        found = [mutant for path in sorted(self.files) for mutant in mutants(path)]
        if self.sample is not None and self.sample < len(found):
            picked = random.Random(self.seed).sample(range(len(found)), self.sample)
            found = [found[number] for number in sorted(picked)]
        self.chosen = found
        for number, status in _forked(len(found), self.jobs, self._try):
            self.verdicts[status] += 1
            if status == SURVIVED:
                mutant = found[number]
                count = len(self.tests.get(_place(mutant), ()))
                print(f"{mutant.path}:{mutant.line}: {mutant.diff()}  ({count} tests)", flush=True)
        return True

    def _reach(self, items: Sequence[pytest.Item]) -> dict[Place, list[tuple[pytest.Item, float]]]:
        """The tests that enter each function, those of quick files first, with their seconds."""
        with tempfile.NamedTemporaryFile() as file:

            def record(_: int) -> int:
                found = list(_recorded(items, {str(path.resolve()) for path in self.files}))
                Path(file.name).write_bytes(pickle.dumps(found))
                return 0

            ((_, status),) = _forked(1, 1, record)
            if status:
                sys.exit("the tests do not run without a mutant")
            runs: list[tuple[int, float, set[Place]]] = pickle.loads(Path(file.name).read_bytes())
        mean: dict[Path, list[float]] = defaultdict(list)
        for number, seconds, _ in runs:
            mean[items[number].path].append(seconds)
        runs.sort(key=lambda run: sum(mean[items[run[0]].path]) / len(mean[items[run[0]].path]))
        tests = defaultdict(list)
        for number, seconds, places in runs:
            for place in places:
                tests[place].append((items[number], seconds))
        return tests

    def _try(self, number: int) -> int:
        mutant = self.chosen[number]
        tests = self.tests.get(_place(mutant), [])
        if not tests:
            return SURVIVED
        if not plant(mutant, self.functions[_place(mutant)]):
            return INVALID
        for (item, seconds), after in zip(tests, [*tests[1:], (None, 0)], strict=True):
            # The defaults of these signals end the process.
            signal.setitimer(signal.ITIMER_PROF, 1 + 10 * seconds)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after[0])):
                return KILLED
        return SURVIVED


def plant(mutant: Mutant, functions: Sequence[FunctionType]) -> bool:
    """Give functions of this process the code of a mutant; False if it does not fit them."""
    path, line = _place(mutant)
    try:
        changed = _code(compile(mutant.compile(), path, "exec"), line)
        for function in functions:
            if function.__code__.co_name == changed.co_name:
                function.__code__ = changed
    except (SyntaxError, ValueError):
        return False
    return True


def living() -> dict[Place, list[FunctionType]]:
    """The functions of this process, by their places."""
    found = defaultdict(list)
    for function in gc.get_objects():
        if type(function) is FunctionType:
            code = function.__code__
            found[code.co_filename, code.co_firstlineno].append(function)
    return found


def _place(mutant: Mutant) -> Place:
    return str(mutant.path.resolve()), mutant.function


def _code(module: CodeType, line: int) -> CodeType:
    """The outermost function at a line."""
    waiting = [module]
    for code in waiting:
        inner = [found for found in code.co_consts if isinstance(found, CodeType)]
        for found in inner:
            # The body of a class has no flag CO_OPTIMIZED.
            if found.co_flags & 1 and found.co_firstlineno == line and found.co_name[0] != "<":
                return found
        waiting += [found for found in inner if not found.co_flags & 1]
    raise ValueError(line)


def _recorded(
    items: Sequence[pytest.Item], files: set[str]
) -> Iterator[tuple[int, float, set[Place]]]:
    """Number, seconds and entered functions of each test that passes."""
    for number, item in enumerate(items):
        places: set[Place] = set()

        def entered(frame: FrameType, event: str, _: object, places: set[Place] = places) -> None:
            if event == "call" and frame.f_code.co_filename in files:
                places.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        after = items[number + 1] if number + 1 < len(items) else None
        start = time.process_time()
        sys.setprofile(entered)
        reports = runtestprotocol(item, log=False, nextitem=after)
        sys.setprofile(None)
        if all(report.passed for report in reports):
            yield number, time.process_time() - start, places


def _forked(count: int, jobs: int, work: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    """Do each piece of work in a fork, and give its number and status; a dead fork has killed."""
    running: dict[int, tuple[int, str]] = {}
    waiting = list(reversed(range(count)))
    while waiting or running:
        while waiting and len(running) < jobs:
            number, folder = waiting.pop(), tempfile.mkdtemp()
            pid = os.fork() or _child(work, number, folder)
            running[pid] = number, folder
        pid, status = os.wait()
        number, folder = running.pop(pid)
        shutil.rmtree(folder, ignore_errors=True)
        yield number, os.WEXITSTATUS(status) if os.WIFEXITED(status) else KILLED


def _child(work: Callable[[int], int], number: int, folder: str) -> Any:
    """Do a piece of work and leave, with a folder for what is temporary."""
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
    status = KILLED
    try:
        status = work(number)
    finally:
        os._exit(status)
