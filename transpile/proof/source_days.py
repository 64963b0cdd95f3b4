"""What the schedulers of an estate do over days, by the engines of its sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from transpile.model import Facts
from transpile.model.day_engine import DayEngine
from transpile.model.run_log import Operation, Period, RunEnds, RunLog, merged


def period_of(begin: datetime, days: int, zone: str) -> Period:
    """So many local days from a moment; one without an offset is a local time of the zone."""
    info = ZoneInfo(zone)
    local = begin.replace(tzinfo=info) if begin.tzinfo is None else begin.astimezone(info)
    end = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=info)
    return Period(zone, local.astimezone(timezone.utc), end.astimezone(timezone.utc))


class SourceDays:
    """The engines of all networks of an estate for one period."""

    def __init__(
        self, networks: Sequence[Facts], period: Period, chosen: Mapping[str, str]
    ) -> None:
        self.engines: list[DayEngine] = [
            facts.said.engine.over_days(facts, period, chosen) for facts in networks
        ]

    @property
    def operations(self) -> frozenset[str]:
        """The events of operators that one of the engines knows."""
        return frozenset().union(*(engine.operations for engine in self.engines))

    def play(self, ends: RunEnds, operations: Sequence[Operation] = ()) -> RunLog:
        """The runs of all jobs."""
        return merged(engine.play(ends, operations) for engine in self.engines)
