"""Reports overlapping starts where launch plans may skip others than the source."""

from datetime import date, timedelta
from itertools import pairwise

from transpile.findings.codes.clocks import (
    LaunchPlansOverlap,
    LongRunSkipsStart,
    SkippedWhileDownstreamRuns,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.schedules import report
from transpile.lowering.structure import Lowered
from transpile.model import Schedule
from transpile.targets.flyte.crons import crons

_HOUR, _DAY = 60, 24 * 60
_FIRST, _DAYS = date(2026, 1, 1), 731
"""The days that are searched for starts by several rules."""


def report_overlaps(lowered: Lowered, diagnostics: Diagnostics) -> None:
    """Report the launch plans that may skip other starts than the source."""
    chosen, facts = lowered.starter, lowered.facts
    if chosen is None or chosen.schedule is None or not chosen.schedule.skips:
        return
    schedule = chosen.schedule
    others = [n for n in facts.order if facts.jobs[n].box is None and n != chosen.name]
    several = any(name not in facts.externals for name in others)
    gap = _gap(schedule)
    if gap is None:
        if several:
            report(LongRunSkipsStart(name=chosen.name), chosen, diagnostics)
        return
    hours, minutes = divmod(gap, _HOUR)
    name, apart = chosen.name, f"{hours}:{minutes:02}"
    if several:
        report(SkippedWhileDownstreamRuns(name=name, gap=apart), chosen, diagnostics)
    count = sum(len(crons(each)) for each in schedule.opened())
    if count > 1:
        report(LaunchPlansOverlap(plans=count, name=name, gap=apart), chosen, diagnostics)


def _gap(schedule: Schedule) -> int | None:
    """The minimum number of minutes between two starts; None for a day or more."""
    if schedule.cron is not None:
        return None
    found = [(each.days, _minutes(each)) for each in schedule.opened()]
    if all(days == found[0][0] for days, _ in found):
        times = sorted({minute for _, minutes in found for minute in minutes})
        starts = [*times, times[0] + _DAY]
    else:
        days = (_FIRST + timedelta(days=number) for number in range(_DAYS))
        starts = [
            number * _DAY + minute
            for number, day in enumerate(days)
            for minute in sorted({m for days, minutes in found if day in days for m in minutes})
        ]
    least = min((b - a for a, b in pairwise(starts)), default=_DAY)
    return least if least < _DAY else None


def _minutes(schedule: Schedule) -> set[int]:
    minutes = {hour * _HOUR + minute for hour, minute in schedule.times}
    return minutes | {hour * _HOUR + minute for hour in range(24) for minute in schedule.minutes}
