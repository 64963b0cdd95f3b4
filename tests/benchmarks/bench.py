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
from transpile.diagnostics import Diagnostics  # noqa: E402
from transpile.dialects import DIALECTS  # noqa: E402
from transpile.flyte.plan import plan_modules  # noqa: E402
from transpile.flyte.render import render_module  # noqa: E402
from transpile.passes import run_passes  # noqa: E402
from transpile.source import Candidate, candidates  # noqa: E402

_WRITERS = {"autosys": write, "dagman": write_dag}


def process(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of one command-line run."""
    script = (
        "import resource, sys; from transpile.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, int(done.stderr.split()[-1])


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
    (network,) = timed("read", lambda: list(DIALECTS[dialect].read(sources, diagnostics)))
    network = timed("passes", lambda: run_passes(network, diagnostics))
    modules = timed("plan", lambda: list(plan_modules([network], diagnostics)))
    texts = timed("render and format", lambda: [render_module(module) for module in modules])
    with tempfile.TemporaryDirectory() as out:
        paths = [Path(out) / f"{module.name}.py" for module in modules]
        timed("write", lambda: [p.write_text(t) for p, t in zip(paths, texts, strict=True)])
    gc.enable()
    return found


def measure(dialect: str, jobs: int, runs: int) -> None:
    """Print the figures for an estate of that many jobs."""
    with tempfile.TemporaryDirectory() as name:
        folder = _WRITERS[dialect](Path(name) / "estate", jobs)
        for command in ("check", "convert"):
            times, memory = [], 0
            for run in range(runs):
                out = ["-o", str(Path(name) / f"out{run}")] if command == "convert" else []
                seconds, peak = process([command, str(folder), *out])
                times.append(seconds)
                memory = max(memory, peak)
            median = statistics.median(times)
            spread = f"{min(times):.2f}-{max(times):.2f}"
            print(
                f"{jobs:>7,} jobs  {dialect} {command:8} {median:6.2f} s ({spread})  "
                f"{memory / 1024:5.0f} MB"
            )
        for part, seconds in parts(folder, dialect).items():
            print(f"{'':14}{part:18} {seconds:6.2f} s")


if __name__ == "__main__":
    print(f"peak memory of this process at the start: {resource.getrusage(0).ru_maxrss // 1024} MB")
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000]:
        for name in _WRITERS:
            measure(name, count, runs=3 if count <= 10_000 else 1)
