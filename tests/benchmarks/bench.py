"""Measures whole conversions: `python tests/benchmarks/bench.py [JOBS...] [--against REV]`.

Converts generated estates of JOBS jobs (by default 1,000 and 10,000) and 5,000 small files, and
prints medians of several runs: CPU seconds (user and system) and peak memory, both of all processes
of a command together. With `--against`, every run is followed by one of the commit REV, and the
ratio of the two is printed last: below 1 is better than REV. Ratios hold on a busy machine, too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.controlm import write_exports  # noqa: E402
from tests.benchmarks.dag import write_dag  # noqa: E402
from tests.benchmarks.estate import write  # noqa: E402
from tests.benchmarks.small import write_small  # noqa: E402

COMMANDS = ("check", "convert", "again")
"""Measured in this order: "again" is a conversion that finds everything as it left it."""


class Run(NamedTuple):
    """CPU seconds and peak memory (MiB) of one command."""

    seconds: float
    memory: float


def run(root: Path, arguments: list[str]) -> Run:
    """Run the transpile below `root`."""
    command = [sys.executable, "-m", "transpile", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    started = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL)
    peak = 0
    while True:
        ended, status, usage = os.wait4(started.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, _memory(started.pid))
        time.sleep(0.02)
    started.returncode = os.waitstatus_to_exitcode(status)
    assert started.returncode in (0, 1), started.returncode
    return Run(usage.ru_utime + usage.ru_stime, peak / 1024)


def _memory(pid: int) -> int:
    """KiB of a process and those that it has started; a shared page counts once."""
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


def measure(title: str, estate: Path, work: Path, roots: list[Path], runs: int) -> None:
    """Print the figures of each command, and with two roots the ratios of the first to the second.

    The runs of the roots alternate, so that both meet the same load of the machine.
    """
    for word in COMMANDS:
        found: list[list[Run]] = [[] for _ in roots]
        for number in range(runs):
            for place, root in enumerate(roots):
                out = work / f"out{place}_{number}"
                arguments = ["check"] if word == "check" else ["convert", "-o", str(out)]
                found[place].append(run(root, [*arguments, str(estate)]))
        rows = [Run(*map(statistics.median, zip(*each, strict=True))) for each in found]
        parts = [f"{row.seconds:7.2f} s {row.memory:5.0f} MB" for row in rows]
        if len(rows) == 2:
            ratios = (mine / other for mine, other in zip(*rows, strict=True))
            parts.append("ratio {:.2f} {:.2f}".format(*ratios))
        print(f"{title:22} {word:8}", "  |".join(parts), flush=True)


def estates(counts: list[int]) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    """What each estate is called, and what writes it."""
    yield "5,000 files, mixed", partial(write_small, files=5_000)
    for count in counts:
        yield f"{count:,} jobs, autosys", partial(write, jobs=count)
        yield f"{count:,} jobs, controlm", partial(write_exports, jobs=count)
        yield f"{count:,} jobs, dagman", partial(write_dag, nodes=count)


def checked_out(revision: str, folder: Path) -> Path:
    """The files of a commit, in a new folder."""
    folder.mkdir()
    archive = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, check=True, stdout=subprocess.PIPE
    ).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return folder


def main() -> None:
    """Measure all estates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", metavar="JOBS", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--against", metavar="REV", help="a commit to compare with")
    parser.add_argument("--runs", metavar="N", type=int, default=3, help="runs of each command")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work, roots = Path(name), [ROOT]
        if given.against:
            roots.append(checked_out(given.against, work / "against"))
        for number, (title, writer) in enumerate(estates(given.jobs)):
            folder = work / str(number)
            folder.mkdir()
            measure(title, writer(folder / "estate"), folder, roots, given.runs)


if __name__ == "__main__":
    main()
