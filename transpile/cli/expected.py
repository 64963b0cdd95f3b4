"""Prints when workflows are expected to end, and which jobs would miss a deadline."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from transpile.cli.console import count, echo
from transpile.report.expected import ExpectedWorkflow
from transpile.sources.printable import printable


def show_expected(found: Iterable[ExpectedWorkflow]) -> None:
    """Print the expected runs of each workflow."""
    for workflow in found:
        click.secho(printable(f"{workflow.title}: {shown(workflow.seconds)}"), bold=True)
        echo(f"  critical path: {' -> '.join(workflow.path)}")
        if workflow.unknown:
            echo(f"  taken as 0: {count(len(workflow.unknown), 'job')} of unknown duration")
        for run in workflow.runs:
            start, end = (_at(moment, workflow.zone) for moment in (run.start, run.end))
            echo(f"  {start}  ends {end}")
            for missed in run.missed:
                by, expected = (_at(m, workflow.zone) for m in (missed.by, missed.expected))
                late = shown((missed.expected - missed.by).total_seconds())
                text = f"    {missed.job} must {missed.must} by {by}: {late} late, at {expected}"
                click.secho(printable(text), fg="red")


def shown(seconds: float) -> str:
    """The duration as hours, minutes and seconds."""
    return str(timedelta(seconds=round(seconds)))


def _at(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %F %R %Z}"
