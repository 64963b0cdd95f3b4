"""Reports overlapping starts where launch plans may skip others than the source."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from transpile.findings.codes.clocks import (
    LaunchPlansOverlap,
    LongRunSkipsStart,
    SkippedWhileDownstreamRuns,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.placement import is_timed
from transpile.lowering.schedules import report
from transpile.lowering.structure import Lowered
from transpile.model import Schedule
from transpile.targets.flyte.crons import Firing, firings

_HOUR, _DAY = 60, 24 * 60
_FIRST, _DAYS = date(2026, 1, 1), 731
"""The days that are searched for starts by several rules."""


def starts_of(lowered: Lowered) -> list[Firing]:
    """The starts of a workflow by the clock, each a launch plan.

    The source loses a start while the first unit runs. Where only other units may wait for long, a
    single launch plan would lose more: those that come while they wait.
    """
    facts, head = lowered.facts, lowered.starter
    if lowered.schedule is None:
        return []
    waiting = {facts.graph.top(n) for n in facts.order if n in facts.cuts or is_timed(facts, n)}
    as_one = head is None or head.name in waiting or not waiting
    return firings(lowered.schedule, as_one=as_one)


def report_overlaps(lowered: Lowered, starts: Sequence[Firing], diagnostics: Diagnostics) -> None:
    """Report the launch plans that may skip other starts than the source."""
    facts = lowered.facts
    started = (n for n in facts.groups[0] if n in facts.cuts and facts.cuts[n].starts)
    head = lowered.starter or next((facts.jobs[name] for name in started), None)
    if head is None:
        return
    schedule = head.schedule
    others = [n for n in facts.groups[0] if n != head.name and n not in facts.externals]
    if schedule is None:
        if others and facts.said.engine.loses_starts:
            found = SkippedWhileDownstreamRuns(name=head.name, reason="other workflows start it")
            diagnostics.add(found, head.span, job=head.name)
        return
    if not schedule.skips:
        return
    name, gap = head.name, _gap(schedule)
    waiting = next((n for n in facts.order if n in facts.cuts and facts.graph.top(n) != name), None)
    if others and (reason := _reason(gap, waiting)):
        report(SkippedWhileDownstreamRuns(name=name, reason=reason), head, diagnostics)
    elif others:
        report(LongRunSkipsStart(name=name), head, diagnostics)
    count = len(starts)
    if count > 1 and gap is not None:
        apart = _clock(gap)
        report(LaunchPlansOverlap(plans=count, name=name, gap=apart), head, diagnostics)


def _reason(gap: int | None, waiting: str | None) -> str:
    """Why downstream jobs may run at the next start; empty if that is a day or more away."""
    if gap is not None:
        return f"{_clock(gap)} between two starts"
    return f"{waiting} waits for another workflow" if waiting else ""


def _clock(minutes: int) -> str:
    return "{}:{:02}".format(*divmod(minutes, _HOUR))


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
