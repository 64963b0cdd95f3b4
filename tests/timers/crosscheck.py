"""Compares the recorder with the unmodified cron: python -m tests.timers.crosscheck BINARY

Debian's cron runs a crontab under libfaketime, SPEED times as fast, in a mount namespace of its own
(as root; packages cron and libfaketime). BINARY, the recorder, plays the same crontab.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.timers.recordings import CRON, read, sample

LINES = 60
_SLACK = 0.5
"""Real seconds by which a start may seem to differ."""

_SCRIPT = """
mount --make-rprivate / 2>/dev/null || true
mount --bind {0}/crond /etc/cron.d
mount --bind {0}/run /run
mount --bind {0}/spool /var/spool/cron
[ ! -e /etc/crontab ] || mount --bind {0}/empty /etc/crontab
exec timeout {seconds} env LD_PRELOAD={library} TZ={zone} FAKETIME='@{begin} x{speed}' \
    FAKETIME_DONT_RESET=1 cron -f
"""


class Run(NamedTuple):
    """Local times from `begin` on, for some hours."""

    zone: str
    begin: datetime
    hours: int
    speed: int

    @property
    def moment(self) -> float:
        return self.begin.replace(tzinfo=ZoneInfo(self.zone)).timestamp()


RUNS = (
    Run("Europe/Berlin", datetime(2026, 3, 29), 8, 400),
    Run("Europe/Berlin", datetime(2026, 10, 25), 8, 400),
    Run("Africa/Cairo", datetime(2026, 4, 23, 21), 8, 400),
    Run("UTC", datetime(2026, 2, 25), 24 * 6, 6000),
)

Starts = dict[int, list[float]]


def real(lines: list[str], run: Run) -> Starts:
    """The starts of each line, in seconds since the beginning, with the unmodified cron."""
    with TemporaryDirectory() as folder:
        for name in ("crond", "spool/crontabs", "run"):
            (Path(folder) / name).mkdir(parents=True)
        for name in ("empty", "log"):
            (Path(folder) / name).write_text("")
        log = Path(folder) / "log"
        text = "".join(
            f"{line} root echo {number} $(date +\\%s.\\%N) >> {log}\n"
            for number, line in enumerate(lines)
        )
        table = Path(folder) / "crond" / "lines"
        table.write_text(text)
        table.chmod(0o600)
        script = _SCRIPT.format(
            folder,
            seconds=run.hours * 3600 / run.speed,
            library=next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")),
            zone=run.zone,
            begin=f"{run.begin:%Y-%m-%d %H:%M:%S}",
            speed=run.speed,
        )
        began = time.time()
        subprocess.run(["unshare", "-m", "sh", "-c", script], check=False)
        time.sleep(1)
        found: Starts = {}
        for number, moment in map(str.split, log.read_text().splitlines()):
            found.setdefault(int(number), []).append((float(moment) - began) * run.speed)
        return found


def virtual(lines: list[str], run: Run, binary: str) -> Starts:
    """The same with the recorder."""
    text = "".join(f"{line} root /x\n" for line in lines)
    begin = int(run.moment)
    head = f"CASE {run.zone} {begin} {begin + run.hours * 3600} 1\n1 {len(text.encode())}\n"
    done = subprocess.run(
        [binary], input=f"{head}{text}\n", capture_output=True, text=True, check=True
    )
    found: Starts = {}
    for start in done.stdout.split()[2:]:
        number, second, _ = map(int, start.split(":"))
        found.setdefault(number, []).append(second)
    return found


def _is_same(ours: list[float], theirs: list[float], slack: float) -> bool:
    """True if the starts differ by the slack only; the period may end a start earlier."""
    is_near = all(abs(a - b) <= slack for a, b in zip(ours, theirs, strict=False))
    return is_near and abs(len(ours) - len(theirs)) <= 1


def compared(lines: list[str], run: Run, binary: str) -> Counter[str]:
    """The number of lines that are the same and different, and that of their starts."""
    here, there = virtual(lines, run, binary), real(lines, run)
    # The clock begins while cron is being started.
    offset = min(b - a for a, b in zip(here[0], there[0], strict=False))
    counts = Counter[str]()
    for place, line in enumerate(lines):
        ours, theirs = here.get(place, []), [second - offset for second in there.get(place, [])]
        is_same = _is_same(ours, theirs, _SLACK * run.speed)
        counts["same" if is_same else "different"] += 1
        counts["starts"] += len(theirs)
        if not is_same:
            print(f"{run}: {line!r}\n  recorder {ours[:9]}\n  cron     {theirs[:9]}")
    return counts


def main() -> int:
    if os.geteuid():
        raise SystemExit("this needs root")
    accepted = [row[1] for row in read(CRON) if row[-1] and row[1].isascii()]
    # So fast a clock cannot keep up with lines of many starts.
    quiet = [line for line in accepted if "*" not in line.split()[0] + line.split()[-4:][0]]
    failed = 0
    for number, run in enumerate(RUNS):
        lines = ["0 * * * *", *sample(quiet[number:], LINES)]
        counts = compared(lines, run, sys.argv[1])
        failed += counts["different"]
        print(f"{run.zone} from {run.begin}, {run.hours} hours: {dict(counts)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
