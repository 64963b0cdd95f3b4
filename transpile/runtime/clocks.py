"""Waits for times of day."""

import time
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.runtime.admin import flyte_admin, on_platform
from transpile.runtime.dates import moments_of
from transpile.runtime.restarts import RESUME, said_by_operator
from transpile.runtime.resumable import resumable
from transpile.runtime.waits import now

# The kickoff of a run that no schedule has started.
BY_HAND = datetime(1970, 1, 1, tzinfo=timezone.utc)
LONGEST_SEARCH = 10 * 366  # days
LONGEST_NAP = 60  # seconds


@resumable
def not_before(
    kickoff: datetime,
    times: Collection[str] = (),
    *,
    minutes: Collection[int] = (),
    timezone: str = "UTC",
    days: Callable[[str], bool] | None = None,
) -> str:
    """Return once the first of these times of day, at or after `kickoff`, has come.

    The parameters are those of `first_tick`. A run by hand that resumes an earlier one has the
    earlier one's kickoff. A local run, which has no platform, takes the time to have come and
    prints that.
    """
    if kickoff.year == BY_HAND.year and on_platform() and said_by_operator(RESUME):
        kickoff = flyte_admin().kickoff(said_by_operator(RESUME))
    tick = first_tick(kickoff, times, minutes, timezone, days)
    zone = ZoneInfo(timezone)
    what = f"not before {tick.astimezone(zone):%Y-%m-%d %H:%M} {timezone}"
    if not on_platform():
        print(f"{what}: taken to have come, for there is no platform here")
        return what
    print(f"{what}: waits {max(tick - now(), timedelta())}", flush=True)
    while (left := (tick - now()).total_seconds()) > 0:
        time.sleep(min(left, LONGEST_NAP))
    return what


def first_tick(
    kickoff: datetime,
    times: Collection[str],
    minutes: Collection[int],
    timezone: str,
    days: Callable[[str], bool] | None,
) -> datetime:
    """The first of these times of day at or after `kickoff`.

    The times are texts such as "23:30"; `minutes` are those of every hour. `days` says on which
    days they count. A kickoff in the year 1970, of a run that was started by hand, means now.
    """
    zone = ZoneInfo(timezone)
    begin = (now() if kickoff.year == BY_HAND.year else kickoff).astimezone(zone)
    begin = begin.replace(second=0, microsecond=0)
    ticks = _ticks(begin.date(), zone, times, minutes, days)
    return next(moment for moment in ticks if moment >= begin)


def _ticks(
    first: date,
    zone: ZoneInfo,
    times: Collection[str],
    minutes: Collection[int],
    days: Callable[[str], bool] | None,
) -> Iterator[datetime]:
    """The moments (UTC) of times of day, from a first day on."""
    for number in range(LONGEST_SEARCH):
        day = first + timedelta(days=number)
        if days is None or days(day.isoformat()):
            yield from moments_of(day, zone, times, minutes)
    raise RuntimeError(f"there is no such time in {LONGEST_SEARCH} days")
