"""Compares clocks with recordings: python -m tests.timers.compare [NAME...] [--sample N]

NAME is one of those in COMPARED; without one all are compared. It prints each difference, and how
many rows it compared; with a difference it fails.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.timers.record_plans import emitted
from tests.timers.record_systemd import MOMENTS
from tests.timers.recordings import (
    CRON,
    CRONIE,
    FILES,
    PLANS,
    SYSTEMD,
    Starts,
    kept_moments,
    read,
    sample,
)
from tests.timers.systemd_oddities import elapses, is_same_but_repeated
from transpile.dialects.timers.calendar_events import CalendarEvent
from transpile.dialects.timers.codes.cron import IgnoredCrontab, RefusedCronLine
from transpile.dialects.timers.cron_clock import CronClock
from transpile.dialects.timers.cron_fields import read_fields
from transpile.dialects.timers.crontab import read_crontab
from transpile.dialects.timers.settings import CRONIE as CRONIE_ENGINE
from transpile.dialects.timers.settings import VIXIE, TimerSettings
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.diagnostics import Diagnostics
from transpile.proof.scheduler import UTC, launches
from transpile.sources.text import Source

_DAY, _SECOND, _MICROSECOND = timedelta(days=1), timedelta(seconds=1), timedelta(microseconds=1)
_FAR = 366 * 12 * _DAY


class Difference(NamedTuple):
    """What the recording has for a text, and what the clock says."""

    text: str
    recorded: object
    found: object


Differences = Iterator[Difference]


# -------------------------------------------------------------------- cron


def cron_differences(row: Sequence[Any], engine: str) -> Differences:
    """Compares when a line starts with CronClock."""
    _, text, zone, recorded = row
    try:
        clock = CronClock(read_fields(text, engine), zone)
    except ValueError as error:
        if recorded is not None:
            yield Difference(text, "accepted", f"refused: {error}")
        return
    if recorded is None:
        yield Difference(text, "refused", "accepted")
        return
    for starts in map(Starts._make, recorded):
        found = kept_moments(starts, clock.fires(starts.zone, *starts.period))
        if found != starts:
            yield Difference(text, starts, found)


_LOSING = {found.code for found in (RefusedCronLine, IgnoredCrontab, NulCharacter)}


def file_differences(row: Sequence[Any]) -> Differences:
    """Compares the lines that each cron takes of a crontab with what is read and reported."""
    is_system, text, *recorded = row
    found: list[int | None] = []
    for engine in (VIXIE, CRONIE_ENGINE):
        diagnostics = Diagnostics()
        settings = TimerSettings(engine=engine, user_field=is_system, zone=UTC)
        read_lines = read_crontab(Source("crontab", text), settings, diagnostics)
        codes = [each.code for each in diagnostics]
        if engine == VIXIE:
            # A line without a command runs nothing, but is no mistake.
            silent = sum("runs nothing" in each.message for each in diagnostics)
            found.append(None if _LOSING.intersection(codes) else len(read_lines) + silent)
        else:
            # The last line is converted even if cronie ignores it.
            end = text.count("\n") + 1
            found.append(sum(line.span.line < end for line in read_lines))
    if found != recorded:
        yield Difference(text, recorded, found)


# -------------------------------------------------------------------- systemd


def event_differences(row: Sequence[Any]) -> Differences:
    """Compares the normal form of a text, and when it elapses, with CalendarEvent."""
    _, text, normal, recorded = row
    try:
        event = CalendarEvent.read(text)
    except ValueError as error:
        if normal is not None:
            yield Difference(text, normal, f"refused: {error}")
        return
    if str(event) != normal:
        yield Difference(text, normal, str(event))
        return
    for zone, moment, seconds, is_stuck in recorded:
        base = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
        found = elapsing(event, zone, base, seconds, is_stuck=is_stuck)
        if found != seconds:
            yield Difference(f"{text} ({zone}, {base})", seconds, found)


def elapsing(
    event: CalendarEvent, zone: str, base: datetime, recorded: list[int], *, is_stuck: bool
) -> list[int]:
    """The seconds from `base` to the next moments, as systemd 252 finds them if these differ.

    What comes after systemd is stuck is left out.
    """
    is_whole = is_stuck or len(recorded) == MOMENTS
    count = len(recorded) if is_whole else MOMENTS
    last = recorded[-1] * _SECOND + _SECOND if recorded else timedelta()
    period = (base + _MICROSECOND, base + (last if is_whole else max(last, _FAR)))
    found = _since(base, islice(event.fires(zone, *period), count))
    if found == recorded:
        return found
    info = ZoneInfo(event.zone or zone)
    local = (moment.astimezone(info) for moment in event.fires(zone, *period))
    found = _since(base, islice(elapses(event, local, base.astimezone(info)), count))
    began = int(base.timestamp())
    # Where a repeated hour is taken otherwise, the recorded moments stand.
    return [
        other if is_same_but_repeated(event, zone, began + each, began + other) else each
        for each, other in zip_longest(found, recorded[: len(found)], fillvalue=-began)
    ]


def _since(base: datetime, moments: Iterator[datetime]) -> list[int]:
    return [(moment - base) // _SECOND for moment in moments]


# -------------------------------------------------------------------- launch plans


def launch_differences(row: Sequence[Any]) -> Differences:
    """Compares when robfig/cron starts an expression with the scheduler of the rehearsal."""
    text, recorded = row
    starts = Starts._make(recorded)
    found = kept_moments(starts, _launched(text, starts))
    if found != starts:
        yield Difference(text, starts, found)


def plan_differences(row: Sequence[Any]) -> Differences:
    """Compares when a line starts with the launch plans for it, where no clock changes."""
    _, text, _, recorded = row
    for starts in map(Starts._make, recorded or ()):
        if starts.zone == UTC:
            found = kept_moments(starts, sorted(_planned(text, starts)))
            if found != starts:
                yield Difference(text, starts, found)


def _launched(cron: str, starts: Starts) -> Iterator[datetime]:
    begin, end = starts.period
    moments = launches(cron, starts.zone, (begin - _DAY).date(), starts.days + 2)
    return (moment for moment in moments if begin <= moment < end)


def _planned(fields: str, starts: Starts) -> Iterator[datetime]:
    """The starts of all launch plans of a line that pass the look-up of the day and time."""
    info = ZoneInfo(starts.zone)
    for firing in emitted(fields, starts.zone):
        for moment in _launched(firing.cron, starts):
            wall = moment.astimezone(info)
            is_time = not firing.times or f"{wall:%H:%M}" in firing.times
            if is_time and wall.date() in firing.schedule.days:
                yield moment


COMPARED: dict[str, tuple[Path, Callable[[Sequence[Any]], Differences]]] = {
    "cron": (CRON, partial(cron_differences, engine="vixie")),
    "cronie": (CRONIE, partial(cron_differences, engine="cronie")),
    "files": (FILES, file_differences),
    "systemd": (SYSTEMD, event_differences),
    "plans": (CRON, plan_differences),
    "robfig": (PLANS, launch_differences),
}
"""The recording and the comparison of each engine."""


def differences(name: str, count: int | None = None) -> tuple[int, list[Difference]]:
    """The number of rows compared, all or a sample, and what is different."""
    path, compare = COMPARED[name]
    rows = read(path)
    chosen = rows if count is None else sample(rows, count)
    return len(chosen), [difference for row in chosen for difference in compare(row)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*COMPARED, []])
    parser.add_argument("--sample", type=int, metavar="N")
    given = parser.parse_args()
    failed = 0
    for name in given.names or COMPARED:
        compared, found = differences(name, given.sample)
        for difference in found:
            print(f"{name}: {difference.text!r}")
            print(f"  recorded {difference.recorded}\n  found    {difference.found}")
        print(f"{name}: {compared} compared, {len(found)} differences", flush=True)
        failed += len(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
