"""Records what robfig/cron does around changes of the clock: python -m tests.robfig.record BINARY

BINARY is main.go, built. starts.json has a row a case: zone, expression, first day (UTC), and the
minutes since then of all starts on WINDOW days. An expression that is refused has None.
"""

import json
import random
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from transpile.model.clock import clock_changes

RECORDED = Path(__file__).with_name("starts.json")
WINDOW = 6
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
ZONES = """
    Africa/Cairo Africa/Casablanca America/Asuncion America/Havana America/New_York America/Nuuk
    America/Santiago America/Scoresbysund America/St_Johns Antarctica/Troll Asia/Beirut Asia/Gaza
    Asia/Jerusalem Asia/Tokyo Atlantic/Azores Australia/Lord_Howe Europe/London Pacific/Chatham UTC
    """.split()
REFUSED = ("0 1 * * 7", "0 1 L * *", "60 1 * * *", "0 24 * * *", "0 1 * *", "0 0 1 * * *")


def _some(rnd: random.Random, low: int, high: int, most: int) -> str:
    found = rnd.sample(range(low, high + 1), rnd.randint(1, most))
    return ",".join(map(str, sorted(found)))


def _expression(rnd: random.Random) -> str:
    minutes = rnd.choice(["0", "30", "0,30", _some(rnd, 0, 59, 2)])
    hours = rnd.choice(["*", "0", "23", _some(rnd, 0, 4, 3), _some(rnd, 0, 23, 3), "1-3"])
    month_days = rnd.choice(["*", "*", "*", _some(rnd, 1, 31, 3)])
    months = rnd.choice(["*", "*", "*", _some(rnd, 1, 12, 6)])
    days = rnd.choice(["*", "*", _some(rnd, 0, 6, 3), "0", "6", "1-5"])
    return f"{minutes} {hours} {month_days} {months} {days}"


def _windows() -> list[tuple[str, date]]:
    found = [(zone, FIRST) for zone in ZONES]
    for zone in ZONES:
        changes = clock_changes(zone, FIRST, LAST)
        found += [(zone, change.moment.date() - timedelta(days=3)) for change in changes]
    return found


def main() -> None:
    rnd = random.Random(0)
    rows = []
    for zone, first in _windows():
        begin = datetime(first.year, first.month, first.day, tzinfo=timezone.utc)
        end = begin + timedelta(days=WINDOW)
        crons = [_expression(rnd) for _ in range(5)]
        crons += REFUSED if zone == "UTC" else ()
        told = "".join(f"CRON_TZ={zone} {cron}\n" for cron in crons)
        moments = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begin, end)]
        command = [sys.argv[1], *moments]
        printed = subprocess.run(command, input=told, capture_output=True, text=True, check=True)
        for cron, line in zip(crons, printed.stdout.splitlines(), strict=True):
            starts = None if line.startswith("refused") else [int(word) for word in line.split()]
            rows.append(json.dumps([zone, cron, first.isoformat(), starts]))
    RECORDED.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
