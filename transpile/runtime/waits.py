"""Waits that check a condition at intervals."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from transpile.runtime.errors import Killed


def wait_until(
    holds: Callable[[], bool],
    what: str,
    interval: float,
    time_limit: timedelta | None,
) -> None:
    """Check every `interval` seconds until it holds. Raises Killed at the time limit."""
    begun = time.monotonic()
    while not holds():
        seconds = interval
        if time_limit:
            left = begun + time_limit.total_seconds() - time.monotonic()
            if left <= 0:
                raise Killed.at_limit(what)
            seconds = min(seconds, left)
        time.sleep(seconds)


def now() -> datetime:
    """The present time."""
    return datetime.now(timezone.utc)
