"""Measures conversions: `python tests/benchmarks/bench.py [JOBS...]`, 1,000 and 10,000 by default.

Prints medians over several runs of whole processes, peak memory, and the parts of one conversion.
"""

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.dag import write_dag  # noqa: E402
from tests.benchmarks.estate import write  # noqa: E402
from tests.benchmarks.small import write_small  # noqa: E402
from transpile.analysis import analyse  # noqa: E402
from transpile.dialects import DIALECTS, SCHEDULERS  # noqa: E402
from transpile.findings.diagnostics import Diagnostics  # noqa: E402
from transpile.model import Rules, Site  # noqa: E402
from transpile.sources.text import Candidate  # noqa: E402
from transpile.sources.walk import candidates  # noqa: E402
from transpile.targets.flyte.plan import plan_modules  # noqa: E402
from transpile.targets.flyte.render import render_module  # noqa: E402

_WRITERS = {"autosys": write, "dagman": write_dag}


def process(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of one command-line run, of all its processes together."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "transpile", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as running:
        peak = 0
        while running.poll() is None:
            peak = max(peak, _memory(running.pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - start
    assert running.returncode in (0, 1), running.returncode
    return seconds, peak


def _memory(pid: int) -> int:
    """What a process and those that it has started hold (KiB): shared pages count once."""
    total = 0
    pending = [pid]
    while pending:
        place = Path("/proc", str(pending.pop()))
        try:
            lines = (place / "smaps_rollup").read_text(encoding="utf-8").splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for children in place.glob("task/*/children"):
                pending += map(int, children.read_text(encoding="utf-8").split())
        except (OSError, StopIteration):
            continue
    return total


def parts(folder: Path, dialect: str) -> dict[str, float]:
    """Seconds that each part of a conversion takes, in this process."""
    found: dict[str, float] = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = call()
        found[name] = time.perf_counter() - start
        return result

    gc.disable()
    diagnostics = Diagnostics()
    files = [c for c in candidates([str(folder)]) if isinstance(c, Candidate)]
    files = [c for c in files if c.path.endswith(DIALECTS[dialect].suffixes)]
    sources = timed("load", lambda: [c.load() for c in files])
    reader = DIALECTS[dialect]
    (network,) = timed("read", lambda: list(reader.read(sources, diagnostics, Site())))
    network = timed("passes", lambda: analyse(network, Rules(), SCHEDULERS, diagnostics))
    modules = timed("plan", lambda: list(plan_modules([network], diagnostics)))
    texts = timed("render and format", lambda: [render_module(module) for module in modules])
    with tempfile.TemporaryDirectory() as out:
        paths = [Path(out) / f"{module.name}.py" for module in modules]
        timed("write", lambda: [p.write_text(t) for p, t in zip(paths, texts, strict=True)])
    gc.enable()
    return found


def measure_commands(title: str, folder: Path, work: Path, runs: int) -> None:
    """Print the figures for check, for a first conversion and for one that finds it all there."""
    for word in ("check", "convert", "again"):
        times, memory = [], 0
        for run in range(runs):
            out = [] if word == "check" else ["-o", str(work / f"out{run}")]
            seconds, peak = process(["convert" if out else "check", str(folder), *out])
            times.append(seconds)
            memory = max(memory, peak)
        median = statistics.median(times)
        spread = f"{min(times):.2f}-{max(times):.2f}"
        print(f"{title} {word:8} {median:6.2f} s ({spread})  {memory / 1024:5.0f} MB", flush=True)


def measure_small(files: int, runs: int) -> None:
    """Print the figures for many small files, of every format in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_small(Path(name) / "estate", files)
        measure_commands(f"{files:>7,} files mixed", folder, Path(name), runs)


def measure(dialect: str, jobs: int, runs: int) -> None:
    """Print the figures for an estate of that many jobs."""
    with tempfile.TemporaryDirectory() as name:
        folder = _WRITERS[dialect](Path(name) / "estate", jobs)
        measure_commands(f"{jobs:>7,} jobs  {dialect}", folder, Path(name), runs)
        for part, seconds in parts(folder, dialect).items():
            print(f"{'':14}{part:18} {seconds:6.2f} s")


if __name__ == "__main__":
    print(f"peak memory of this process at the start: {resource.getrusage(0).ru_maxrss // 1024} MB")
    measure_small(5_000, runs=3)
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000]:
        for name in _WRITERS:
            measure(name, count, runs=3 if count <= 10_000 else 1)
