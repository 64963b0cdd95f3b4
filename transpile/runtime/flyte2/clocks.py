"""Waits of a driver for times of day."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import flyte

from transpile.runtime.clocks import BY_HAND, LONGEST_NAP, first_tick
from transpile.runtime.flyte2.admin import on_platform
from transpile.runtime.waits import now


async def not_before(
    job: str,
    kickoff: datetime,
    times: Collection[str] = (),
    *,
    minutes: Collection[int] = (),
    timezone: str = "UTC",
    days: Callable[[str], bool] | None = None,
) -> None:
    """Return once the first of these times of day, at or after `kickoff`, has come.

    The parameters are those of `first_tick`. A local run, which has no platform, takes the time to
    have come and prints that.
    """
    here = flyte.ctx()
    if kickoff.year == BY_HAND.year and here and here.run_start_time:
        # A driver that starts again waits for the same time.
        kickoff = here.run_start_time
    tick = first_tick(kickoff, times, minutes, timezone, days)
    what = f"{job}: not before {tick.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M} {timezone}"
    if not on_platform():
        print(f"{what}: taken to have come, for there is no platform here")
        return
    print(f"{what}: waits {max(tick - now(), timedelta())}", flush=True)
    while (left := (tick - now()).total_seconds()) > 0:
        await asyncio.sleep(min(left, LONGEST_NAP))
