"""Records when robfig/cron starts what is emitted for crontab lines.

python -m tests.timers.record_plans BINARY

BINARY is tests/robfig/main.go, built. plans.jsonl.gz has a row for each expression that is emitted
for LINES of the lines of cron.jsonl.gz, and each of their periods: expression, and its starts.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tests.timers.recordings import CRON, PLANS, Starts, kept, read, sample, write
from transpile.dialects.timers.cron_clock import CronClock
from transpile.sources.text import Span
from transpile.targets.flyte.crons import Firing, firings

LINES = 2_600


def emitted(fields: str, zone: str) -> list[Firing]:
    """The launch plans for a line of cron; none if it never starts."""
    clock = CronClock.read(fields)
    days = clock.days()
    return firings(clock.schedule(Span("", 0), zone, days)) if days else []


def _launched(binary: str, cron: str, period: Starts) -> Starts:
    begin, end = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in period.period)
    told = f"CRON_TZ={period.zone} {cron}\n"
    done = subprocess.run(
        [binary, begin, end], input=told, capture_output=True, text=True, check=True
    )
    minutes = [int(word) for word in done.stdout.split()]
    return kept(period.zone, period.begin, period.days, minutes)


def _rows(binary: str, recorded: Sequence[Any]) -> Iterator[tuple[str, Starts]]:
    for _, fields, _, periods in sample([row for row in recorded if row[-1]], LINES):
        for period in map(Starts._make, periods):
            for firing in emitted(fields, period.zone):
                yield firing.cron, _launched(binary, firing.cron, period)


def main() -> None:
    write(PLANS, _rows(sys.argv[1], read(CRON)))


if __name__ == "__main__":
    main()
