"""Cyclic jobs: when the next run of one is due.

The next run is due an interval after the start, the end or the target time of the last one, rounded
down to the minute (9.0.20 3818), or at the next time of a list (JefCyclic). Without an interval it
is due at once (1341).
"""

from collections.abc import Iterable
from datetime import datetime

from transpile.dialects.controlm.day_dates import MINUTE
from transpile.dialects.controlm.plan import Basis, Cycle


def next_time(cycle: Cycle, times: Iterable[datetime], now: datetime) -> datetime | None:
    """The first of the times that is not too late now; None if there is none.

    A run is left out if it comes later than its tolerance (JefCyclic).
    """
    return next((time for time in times if now <= time + cycle.tolerance * MINUTE), None)


def next_due(
    cycle: Cycle, runs: int, started: datetime, target: datetime, now: datetime
) -> datetime | None:
    """When a job that has just ended its n-th run is due again; None if it is not.

    Intervals follow one another; a sequence ends with its last one, else that is repeated. Target
    times at which the job still ran are left out (ctrlm9 3818).
    """
    if cycle.sequence and runs > len(cycle.intervals):
        return None
    gap = cycle.intervals[min(runs, len(cycle.intervals)) - 1] * MINUTE if cycle.intervals else None
    if not gap:
        due = now
    elif cycle.basis is Basis.TARGET:
        due = target + gap
        due += max(-((due - now) // gap), 0) * gap
    else:
        base = started if cycle.basis is Basis.START else now
        due = max(_whole(base) + gap, now)
    # A run that takes no time must not be followed by another one at the same moment.
    return due if due > started else _whole(started) + MINUTE


def first_due(cycle: Cycle, base: datetime, now: datetime) -> tuple[datetime, int] | None:
    """The first moment from now at which a job is due that began at `base`, and the runs before."""
    runs, due = 0, base
    while due < now:
        if cycle.sequence and runs >= len(cycle.intervals):
            return None
        gap = cycle.intervals[min(runs, len(cycle.intervals) - 1)] if cycle.intervals else 0
        if not gap:
            return now, runs
        due, runs = due + gap * MINUTE, runs + 1
    return due, runs


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
