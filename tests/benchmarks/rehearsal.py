"""Times verification of 100 jobs by 500 scenarios, and the dry run of a large workflow.

Usage: python tests/benchmarks/rehearsal.py [JOBS]
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def chain(jobs: int, special: int, seed: int = 1) -> str:
    """JIL of connected jobs, one in `special` behind a failure or an OR; 0 for none."""
    rnd = random.Random(seed)
    lines: list[str] = []
    for number in range(jobs):
        lines += [f"insert_job: J{number}", "job_type: c", f"command: echo {number}"]
        if number:
            above = sorted(
                {max(0, number - rnd.randrange(1, 40)) for _ in range(rnd.choice((1, 2)))}
            )
            odd = special and not number % special
            atoms = [f"{'d' if odd else 's'}(J{other})" for other in above]
            lines.append(f"condition: {(' | ' if odd else ' & ').join(atoms)}")
    return "\n".join(lines) + "\n"


def timed(*arguments: str) -> float:
    """Seconds that the command line takes."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "transpile", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print the seconds of each."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jil"
        path.write_text(chain(100, 10), encoding="utf-8")
        print(f"verify 100 jobs x 500 scenarios: {timed('verify', str(path)):.1f} s")
        path.write_text(chain(jobs, 0), encoding="utf-8")
        print(f"dry-run {jobs:,} jobs: {timed('dry-run', str(path), '--format', 'json'):.1f} s")


if __name__ == "__main__":
    main()
