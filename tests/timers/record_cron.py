"""Records what cron does with random lines: python -m tests.timers.record_cron BINARY [cronie]

BINARY is virtual_cron.c, linked with the objects of a cron; see README.md. cron.jsonl.gz has a row
a line: kind, fields, CRON_TZ, and None if cron refuses them, or else its starts: in UTC for a year,
or for as many days as hold MOST of them, and around two changes of the clock. cronie.jsonl.gz has
fewer of the same lines, and others with CRON_TZ.

A start is recorded for the moment at which it is due, that of a time which the clock skips for the
moment of the change. After such a change cron starts six times a minute at most, so that some
starts are a few minutes late.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Any, NamedTuple

from tests.timers.crontab_lines import Line, lines, zoned
from tests.timers.recordings import CRON, CRONIE, kept, write
from transpile.model.clock import ClockChange, clock_changes

LINES, LINES_OF_CRONIE, LINES_WITH_ZONE = 5_000, 1_500, 500
MOST = 2_000
WINDOW = 4
LATEST = 30
"""Minutes of delay after a change of the clock."""

FIRST, LAST = date(2026, 1, 1), date(2028, 1, 1)
ZONES = """
    Europe/Berlin Europe/Berlin America/New_York America/New_York Australia/Lord_Howe Africa/Cairo
    Africa/Cairo America/Havana America/St_Johns Antarctica/Troll America/Santiago
    """.split()


class Case(NamedTuple):
    """A line that runs alone for some days (UTC)."""

    line: Line
    zone: str
    begin: date
    days: int

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.begin, time(), timezone.utc)

    @property
    def text(self) -> str:
        """The case, as the recorder reads it; cron begins a minute earlier."""
        own = f"CRON_TZ={self.line.zone}\n" if self.line.zone else ""
        file = f"{own}{self.line.fields} /x\n"
        begin = int(self.moment.timestamp())
        head = f"CASE {self.zone} {begin - 60} {begin + self.days * 86_400} 1"
        return f"{head}\n0 {len(file.encode())}\n{file}\n"

    @property
    def changes(self) -> list[ClockChange]:
        found = clock_changes(self.zone, self.begin, self.begin + timedelta(days=self.days))
        return [change for change in found if change.moment >= self.moment]

    def due(self, second: int, local: int) -> int:
        """The minute since the beginning at which a start is due, by its local time."""
        begin = int(self.moment.timestamp()) // 60
        for change in self.changes:
            at = int(change.moment.timestamp()) // 60
            before, after = (_minute(wall) - at for wall in (change.before, change.after))
            is_over = begin + second // 60 >= at
            if _minute(change.before) <= local < _minute(change.after) and is_over:
                return at - begin
            # A time of before the change that is shown again counts by when it starts.
            return local - (after if is_over else before) - begin
        return second // 60


def _minute(wall: datetime) -> int:
    return int(wall.replace(tzinfo=timezone.utc).timestamp()) // 60


def played(binary: str, cases: Sequence[Case]) -> list[list[int] | None]:
    """The minutes at which the starts of each case are due; None for one that is refused."""
    told = "".join(case.text for case in cases).encode()
    done = subprocess.run([binary], input=told, capture_output=True, check=True)
    found: list[list[int] | None] = []
    for case, line in zip(cases, done.stdout.decode().splitlines(), strict=True):
        entries, *starts = line.split()[1:] or ["0"]
        found.append(_minutes(case, starts) if entries != "0" else None)
    return found


def _minutes(case: Case, starts: Sequence[str]) -> list[int]:
    minutes = []
    for start in starts:
        _, at, local = map(int, start.split(":"))
        second = at - 60
        minute = second // 60 if case.line.zone else case.due(second, local)
        late = second // 60 - minute
        if late and not (0 < late <= LATEST and case.changes):
            raise SystemExit(f"{case}: {start} is not due then")
        minutes += [minute] if second >= 0 else []
    return sorted(minutes)


def _windows(rnd: Random) -> Iterator[tuple[str, date]]:
    zone = rnd.choice(ZONES)
    forward, back = clock_changes(zone, FIRST, LAST)[:2]
    for change in (forward, back):
        yield zone, change.moment.date() - timedelta(days=WINDOW // 2)


def _cases(rnd: Random, line: Line) -> Iterator[Case]:
    begin = date(rnd.choice([2026, 2027]), rnd.randint(1, 12), 1)
    # cronie takes long with zones.
    yield Case(line, "UTC", begin, 20 if line.zone else 366)
    for zone, first in _windows(rnd):
        yield Case(line, zone, first, WINDOW)


def _row(line: Line, cases: Sequence[Case], starts: Sequence[list[int] | None]) -> list[Any]:
    found: list[Any] = []
    for case, minutes in zip(cases, starts, strict=True):
        if minutes is None:
            return [*line, None]
        days = case.days
        if len(minutes) > MOST:
            days = minutes[MOST] // 1440 + 1
        held = [minute for minute in minutes if minute < days * 1440]
        found.append(kept(case.zone, case.begin.isoformat(), days, held))
    return [*line, found]


def main() -> None:
    binary, *engine = sys.argv[1:]
    rnd = Random(21)
    rows = []
    found = list(lines(rnd, LINES_OF_CRONIE if engine else LINES))
    found += zoned(rnd, LINES_WITH_ZONE, ZONES) if engine else ()
    for line in found:
        cases = list(_cases(rnd, line))
        # The choice of cronie between numbers is random.
        if not (engine and "~" in line.fields):
            rows.append(_row(line, cases, played(binary, cases)))
    write(CRONIE if engine else CRON, rows)


if __name__ == "__main__":
    main()
