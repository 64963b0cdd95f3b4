"""Records what systemd makes of random texts of OnCalendar: python -m tests.timers.record_systemd

It asks `systemd-analyze calendar`. systemd.jsonl.gz has a row a text: kind, text, and None if it is
refused, or else its normal form and when it elapses next, from three moments on: zone, moment,
the seconds from there to each of MOMENTS moments, or to fewer if there are no more, and whether
systemd then gives up, since it finds itself in a loop.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.timers.calendar_texts import texts
from tests.timers.recordings import SYSTEMD, write
from transpile.model.clock import clock_changes

TEXTS = 5_000
MOMENTS = 10
ZONES = """
    UTC Europe/Berlin Europe/Berlin America/New_York America/New_York Australia/Lord_Howe
    Africa/Cairo Africa/Cairo America/Havana America/St_Johns Antarctica/Troll America/Santiago
    Pacific/Chatham
    """.split()
FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)

_QUIET = datetime(2026, 1, 15)
"""A moment long before any change of the clock."""

_NORMAL = re.compile(r"Normalized form: (.*)")
_ELAPSES = re.compile(r"(?:Next elapse|Iter\. #\d+|\(in UTC\)): \w+ (\S+ \S+) UTC")


def _told(text: str, zone: str, base: datetime, count: int) -> subprocess.CompletedProcess[str]:
    moment = base.strftime("%Y-%m-%d %H:%M:%S UTC")
    options = [f"--iterations={count}", f"--base-time={moment}", "--", text]
    environment = {**os.environ, "TZ": zone, "LC_ALL": "C"}
    command = ["systemd-analyze", "calendar", *options]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def normal_form(text: str) -> str | None:
    """The normal form of a text; None if it is refused."""
    done = _told(text, "UTC", _QUIET, 1)
    found = _NORMAL.search(done.stdout)
    if found is None and "Failed to parse" not in done.stderr:
        raise SystemExit(f"{text}: {done.stderr}")
    return found and found[1]


def elapses(text: str, zone: str, base: datetime) -> tuple[list[int], bool]:
    """The seconds from `base` to the next moments, and whether systemd gets stuck after them."""
    for count in range(MOMENTS, 0, -1):
        done = _told(text, zone, base, count)
        if done.returncode == 0:
            moments = [datetime.fromisoformat(at) for at in _ELAPSES.findall(done.stdout)]
            return [int((at - base).total_seconds()) for at in moments], count < MOMENTS
        if "deadlock avoided" not in done.stderr:
            raise SystemExit(f"{text}: {done.stderr}")
    return [], True


def _bases(rnd: Random) -> Iterator[tuple[str, datetime]]:
    """Before a change of the clock, at any moment, and before the end of a month or year."""
    zone = rnd.choice(ZONES)
    changes = [change.moment.replace(tzinfo=None) for change in clock_changes(zone, FIRST, LAST)]
    hours = timedelta(hours=rnd.choice([1, 3, 12, 30]))
    yield zone, (rnd.choice(changes) - hours) if changes else datetime(2027, 1, 1)
    day = FIRST + timedelta(days=rnd.randrange((LAST - FIRST).days))
    yield rnd.choice(ZONES), datetime.combine(day, time(rnd.randrange(24), rnd.randrange(60)))
    first = date(rnd.randint(FIRST.year, LAST.year), rnd.choice([1, 1, rnd.randint(2, 12)]), 1)
    hours = timedelta(hours=rnd.choice([1, 2, 6, 24, 240]))
    yield "Europe/Berlin", datetime.combine(first, time(0, rnd.randrange(60))) - hours


def _row(rnd: Random, kind: str, text: str) -> list[Any]:
    normal = normal_form(text)
    bases = list(_bases(rnd))
    found = [[zone, base.isoformat(), *elapses(text, zone, base)] for zone, base in bases if normal]
    return [kind, text, normal, found]


def main() -> None:
    rnd = Random(22)
    write(SYSTEMD, [_row(rnd, kind, text) for kind, text in texts(rnd, TEXTS)])


if __name__ == "__main__":
    main()
