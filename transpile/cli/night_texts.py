"""What `verify --days` found, as text."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import click

from transpile.cli.console import count, echo
from transpile.cli.run_logs import show_readings
from transpile.model.run_log import Cause, JobRun, Period
from transpile.proof.day_classes import REMEDIES
from transpile.proof.night_verdicts import ShownDifference, WorkflowNights, by_class
from transpile.report.night_report import WORDS, NightResult, PlayedPeriod, class_of
from transpile.sources.printable import printable

MOST_DAYS = 6
"""Maximum number of strategic days that are named for a period."""


MOST_RUNS = 4
"""Maximum number of runs that are shown of one side."""


def show_nights(result: NightResult) -> None:
    """Print the periods, each workflow with its first differences, and the whole."""
    verdict = result.verdict
    for played in result.periods:
        echo(_period(played))
    zone = result.periods[0].period
    for found in verdict.workflows.values():
        _show_workflow(found, zone)
    show_readings(verdict.readings)
    for rule in result.unused:
        echo(f"accepts nothing: {rule}")
    for error in result.errors:
        echo(f"not converted: {error}")
    _conclude(result)


def _period(played: PlayedPeriod) -> str:
    period = played.period
    first, last = period.local(period.begin), period.local(period.end)
    text = f"{count(period.days, 'day')} from {first:%a %Y-%m-%d %H:%M} to {last:%a %Y-%m-%d %H:%M}"
    reasons = [f"{each.day:%m-%d} {each.why}" for each in played.days]
    if len(reasons) > MOST_DAYS:
        reasons[MOST_DAYS:] = [f"{len(reasons) - MOST_DAYS} more"]
    return f"{text}, {period.zone}" + (f": {'; '.join(reasons)}" if reasons else "")


def _show_workflow(found: WorkflowNights, period: Period) -> None:
    days = len(found.days)
    color = "green" if found.is_good else "red"
    word = click.style("equal" if found.is_good else "DIFFERS", fg=color, bold=True)
    where = f"on {found.equal_days} of {count(days, 'day')}"
    text = where if found.is_good else f"equal {where}"
    idle = found.is_good and not found.agreeing and not found.accepted
    ran = "nothing ran on either side" if idle else f"{count(found.agreeing, 'run')} agree"
    click.echo(f"{printable(found.name)}: {word}, {text}; {ran}")
    if found.accepted:
        echo(f"  accepted: {_classes(by_class(found.accepted))}")
    if found.is_good:
        return
    echo(f"  {_classes(found.causes)}")
    for shown in found.shown:
        _show_difference(shown, period)


def _classes(numbers: Counter[Cause | None]) -> str:
    return ", ".join(f"{n:,} {class_of(cause)}" for cause, n in numbers.most_common())


def _show_difference(shown: ShownDifference, period: Period) -> None:
    explained = shown.explained
    echo(
        f"  {shown.day:%a %Y-%m-%d}, scenario {shown.scenario}: {explained.job}: "
        f"{explained.difference.kind.value}, {class_of(explained.cause)}"
    )
    for side, runs in (("source", shown.source), ("platform", shown.platform)):
        near = _near(runs, explained.difference.run.start)
        echo(f"    {side + ':':9} {_runs(near, period)}")
    if explained.remark is None and explained.root:
        echo(f"    why:      follows from {explained.root}")
    if explained.remark is not None:
        what, remedy = REMEDIES[explained.remark.cause]
        root = f"follows from {explained.root}: " if explained.root else ""
        echo(f"    why:      {root}{explained.remark.text}")
        echo(f"    which is: {what}")
        echo(f"    remedy:   {remedy}")


def _near(runs: Sequence[JobRun], moment: datetime) -> Sequence[JobRun]:
    """The runs that start nearest to a moment, in order."""
    nearest = sorted(runs, key=lambda run: abs(run.start - moment))[:MOST_RUNS]
    return sorted(nearest, key=lambda run: run.start)


def _runs(runs: Sequence[JobRun], period: Period) -> str:
    return ", ".join(_run(run, period) for run in runs) or "-"


def _run(run: JobRun, period: Period) -> str:
    start = period.local(run.start)
    if run.end is None or run.state is None:
        return f"{start:%H:%M} goes on"
    end = period.local(run.end)
    shown = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%a %H:%M}"
    return f"{start:%H:%M}-{shown} {WORDS.get(run.state, run.state.value)}"


def _conclude(result: NightResult) -> None:
    workflows = result.verdict.workflows.values()
    good = sum(found.is_good for found in workflows)
    runs = sum(found.agreeing for found in workflows)
    differ = sum(sum(found.differing.values()) for found in workflows)
    unexplained = sum(found.unexplained for found in workflows)
    accepted = sum(sum(found.accepted.values()) for found in workflows)
    echo(
        f"{good:,} of {count(len(workflows), 'workflow')} equal on all days in "
        f"{count(result.verdict.scenarios, 'scenario')}; {count(runs, 'run')} agree, "
        f"{differ:,} differ, {unexplained:,} of them unexplained; {accepted:,} accepted"
    )
