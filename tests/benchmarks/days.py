"""Times the emitted workflows over days: `python tests/benchmarks/days.py [JOBS] [DAYS]`.

Prints job-runs and milliseconds for each, for an estate of large workflows and for one of small
workflows that wait for and start one another.
"""

import itertools
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.estate import write  # noqa: E402
from transpile.cli.options import request_of  # noqa: E402
from transpile.cli.progress import Meter  # noqa: E402
from transpile.cli.subjects import from_estate  # noqa: E402
from transpile.model.rules import TARGETS  # noqa: E402
from transpile.model.run_log import Period, RunEnd  # noqa: E402
from transpile.proof.platform_days import PlatformDays  # noqa: E402
from transpile.proof.plays import Part  # noqa: E402

BEGIN = datetime(2026, 3, 2, tzinfo=timezone.utc)
UNIT = 10


def units(jobs: int, seed: int = 1) -> Iterator[str]:
    """JIL of boxes of 10 jobs; each looks at boxes before it, and half have a clock."""
    rnd = random.Random(seed)
    for number in range(jobs // UNIT):
        box = f"U{number:03}"
        lines = [f"insert_job: {box}   job_type: BOX"]
        if number % 2:
            lines += [f"condition: s(U{number - 1:03}.9)"]
        else:
            at = f"{rnd.randrange(24):02}:{rnd.randrange(60):02}"
            lines += ["date_conditions: 1", "days_of_week: all", f'start_times: "{at}"']
        yield "\n".join([*lines, ""])
        for place in range(UNIT):
            atoms = [f"s({box}.{place - 1})"] if place and place != UNIT // 2 else []
            if number and place in (3, 7):
                atoms.append(f"s(U{rnd.randrange(number):03}.{rnd.randrange(UNIT)}, 24.00)")
            lines = [f"insert_job: {box}.{place}   job_type: CMD", f"box_name: {box}"]
            lines += ["command: true"]
            lines += [f"condition: {' & '.join(atoms)}"] if atoms else []
            yield "\n".join([*lines, ""])


class Ends:
    """Runs of a minute to five, of which one in a thousand fails."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def of(self, job: str, number: int, start: datetime) -> RunEnd:
        """The end of a run."""
        lasting = self._random.choice((60, 120, 300))
        return RunEnd(lasting, int(self._random.random() < 0.001))


def parts_of(source: Path, folder: Path, target: str) -> list[Part]:
    """The emitted workflows of an estate."""
    request = request_of((str(source),), None)
    request.settings.use_form(target=target)
    estate = request.read(Meter(quiet=True))
    return [target.part() for target in from_estate(estate.planned, folder, execute=False)]


def measure(title: str, parts: list[Part], days: int, scenarios: int = 3) -> None:
    """Print the figures of an estate."""
    platform = PlatformDays(parts, Period("UTC", BEGIN, BEGIN + timedelta(days=days)))
    begun, runs = time.process_time(), 0
    for seed in range(scenarios):
        runs += len(platform.play(Ends(seed)).runs)
    seconds = time.process_time() - begun
    tracemalloc.start()
    platform.play(Ends(0))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{title}: {runs // scenarios:,} runs, {1000 * seconds / runs:.3f} ms each, ", end="")
    print(f"{seconds / scenarios:.2f} s and {peak >> 20} MB a scenario")


def main() -> None:
    """Measure both estates."""
    jobs, days = (*map(int, sys.argv[1:]), *(1_000, 14)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        large, small = write(work / "large", jobs), work / "small.jil"
        small.write_text("\n".join(units(jobs)), encoding="utf-8")
        estates = (("large workflows", large), ("small workflows", small))
        for target, (title, source) in itertools.product(TARGETS, estates):
            out = work / target / title
            out.mkdir(parents=True)
            parts = parts_of(source, out, target)
            measure(f"{target}: {jobs:,} jobs, {days} days, {title}", parts, days)


if __name__ == "__main__":
    main()
