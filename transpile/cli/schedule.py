"""`transpile schedule`."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from transpile.cli.console import count, echo
from transpile.cli.expected import show_expected
from transpile.cli.listings import scheduler_zone
from transpile.cli.moments import FIRST_DAY, LONGEST, days_option, from_date_option
from transpile.cli.next_step import say_next, say_next_of_sources
from transpile.cli.observed import observed_option, read_observed, show_files
from transpile.cli.options import (
    Request,
    format_option,
    meter_of,
    no_workflow,
    reading,
    select_option,
    selecting,
    targeting,
)
from transpile.cli.waves import waving
from transpile.findings.diagnostics import Diagnostic
from transpile.pipeline import Estate
from transpile.report.envelope import document
from transpile.report.expected import expected_json, expected_workflows
from transpile.report.observed import known_seconds
from transpile.report.timetable import (
    Compared,
    Span,
    Timetable,
    compare,
    crons,
    left_out,
    timetable_json,
)
from transpile.sources.printable import printable

DAYS = 14
WEEK = 7
"""Days of the comparison that is the next step."""


@click.command("schedule")
@partial(
    reading,
    from_option=from_date_option(
        "First day, such as 2026-12-31, or format of the sources.  [default: today]"
    ),
)
@targeting
@waving
@format_option("text", "json")
@click.option("--workflow", "only", metavar="NAME", help="Show only this workflow.")
@select_option
@days_option("Number of days.", DAYS)
@click.option(
    "--lasting",
    metavar="MINUTES",
    type=click.IntRange(0, LONGEST),
    default=0,
    help="Assumed duration of each run, for schedules that skip starts during a run.",
)
@observed_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    request: Request,
    output_format: str,
    only: str | None,
    selected: tuple[str, ...],
    days: int,
    lasting: int,
    observed: tuple[Path, ...],
) -> None:
    """Print when the source starts the jobs of SOURCE..., and when Flyte starts them.

    Times of the source follow from its rules, those of Flyte from the emitted cron expressions and
    calendars, as Flyte's scheduler reads them. A workflow that others start has their start times.
    Other jobs without a schedule are listed if the two sides differ. Where durations of jobs are
    known, from [durations] in transpile.toml or from recorded runs, the expected end of each run of
    a workflow follows, with the deadlines that jobs miss. With --wave the jobs are those that have
    moved. Exit status: 0 both sides are the same,
    1 they differ or a schedule was left out, 2 wrong usage.
    """
    files = read_observed(observed, scheduler_zone(request))
    first = ctx.meta.get(FIRST_DAY) or datetime.now(timezone.utc).date()
    with meter_of(output_format) as meter:
        # Start times follow from those of all workflows, also beside the selected ones.
        estate = request.read(meter)
        shown = _shown_titles(selecting(estate, selected), only)
        span = Span(first, days, timedelta(minutes=lasting))
        seconds = known_seconds(estate.networks, files, request.settings.seconds_of)
        # Without durations, modules need not be kept.
        counted = meter.count("workflows", estate.plans(), estate.size)
        planned = estate.planned if seconds else counted
        found = compare(estate.networks, planned, estate.diagnostics, span, shown)
        known_ends = seconds and expected_workflows(estate.networks, planned, seconds, span, shown)
        lost = request.places.shown(left_out(estate)) if only is None else []
    if output_format == "json":
        data = {
            "from": first.isoformat(),
            "days": days,
            "schedules": [timetable_json(timetable) for timetable in found.timetables],
            "by_hand": list(found.by_hand),
            "crons": [
                {"workflow": n.title, "schedule": str(n.said.schedule)}
                for n in crons(estate, shown)
            ],
            "left_out": [{"code": d.code, "job": d.job, "message": d.message} for d in lost],
            "expected": [expected_json(each) for each in known_ends or ()],
        }
        click.echo(document("schedule", data))
    else:
        _show(found, lost)
        for facts in crons(estate, shown):
            echo(f"not compared: {facts.title} has a cron schedule: {facts.said.schedule}")
        show_files(files)
        show_expected(known_ends or ())
    good = not lost and all(timetable.is_good for timetable in found.timetables)
    if good:
        say_next_of_sources("verify", "--days", str(WEEK), carried=("target_platform", "wave"))
    else:
        say_next("docs", "proof")
    ctx.exit(int(not good))


def _shown_titles(estate: Estate, only: str | None) -> frozenset[str] | None:
    """The titles of the workflows to show, None for all. Raises UsageError for an unknown one."""
    if only is None:
        return estate.titles if estate.selection and not estate.selection.whole else None
    found = {names.title for names in estate.every_name if only in (names.title, names.variable)}
    if not found:
        raise no_workflow(only, [names.title for names in estate.every_name])
    return frozenset(found)


def _show(found: Compared, lost: Sequence[Diagnostic]) -> None:
    for timetable in found.timetables:
        _show_timetable(timetable)
    for title in found.by_hand:
        echo(f"started by hand: {title}")
    for finding in lost:
        echo(f"not converted: {finding}")
    starts = sum(len(timetable.starts) for timetable in found.timetables)
    differ = sum(timetable.differences for timetable in found.timetables)
    echo(
        f"{count(len(found.timetables), 'timetable')}, {count(starts, 'start')}: "
        f"{differ:,} of them on one side only; {len(lost):,} left out"
    )


def _show_timetable(timetable: Timetable) -> None:
    info = ZoneInfo(timetable.zone)
    inside = f" and {count(timetable.members, 'job')} in it" if timetable.members else ""
    click.secho(printable(f"{timetable.job}{inside}: {timetable.rule}"), bold=True)
    echo(f"  {_starter(timetable)}")
    for text in timetable.waits:
        echo(f"  {text}")
    rows = [("source", "emitted")]
    for start in timetable.starts:
        shown = f"{start.moment.astimezone(info):%a %Y-%m-%d %H:%M %Z}"
        rows.append((shown if start.source else "-", shown if start.emitted else "-"))
    wide = max(len(left) for left, _ in rows)
    marks = [False, *(start.differs for start in timetable.starts)]
    for (left, right), differs in zip(rows, marks, strict=True):
        mark = click.style("  <- differs", fg="red") if differs else ""
        click.echo(f"  {left:{wide}}  {right}{mark}")
    for name, day in timetable.ends:
        echo(f"  calendar {name} ends on {day}")
    for name, days in timetable.previews:
        shown = ", ".join(f"{day:%a %Y-%m-%d}" for day in days) or "no day"
        echo(f"  calendar {name}: {shown}")
    for error in timetable.errors:
        click.secho(printable(f"  not kept: {error.code} {error.message}"), fg="red")
    for warning in timetable.warnings:
        echo(f"  not proven: {warning.code} {warning.message}")


def _starter(timetable: Timetable) -> str:
    """What starts the workflow of a job, in words."""
    if not timetable.workflow:
        return "in no workflow"
    plans = ", ".join(timetable.launch_plans) or "no launch plan"
    after = f", after {', '.join(timetable.starters)}" if timetable.starters else ""
    return f"started by {plans} of {timetable.workflow}{after}"
