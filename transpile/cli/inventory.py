"""`transpile inventory`."""

import csv
import io
from typing import Any

import click
from rich.table import Table

from transpile.cli.console import cell, wide_console
from transpile.cli.next_step import say_next_of_sources
from transpile.cli.options import Request, format_option, meter_of, reading, targeting
from transpile.report.envelope import document
from transpile.report.inventory import EFFORT, inventory, table
from transpile.sources.printable import printable

MOST = 20
"""Maximum number of workflows in the text format."""


@click.command("inventory")
@reading
@targeting
@format_option("text", "json", "csv")
@click.pass_context
def command(ctx: click.Context, request: Request, output_format: str) -> None:
    """Describe SOURCE... before converting: jobs, conditions, findings, effort.

    The format csv lists workflows only. Exit status: 0 jobs were found, 1 none were, 2 wrong usage.
    """
    with meter_of(output_format) as meter:
        estate = request.read(meter)
        meter.phase("workflows")
        data = inventory(estate)
    if output_format == "json":
        click.echo(document("inventory", data))
    elif output_format == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [printable(value) for value in row] for row in table(data)
        )
        click.echo(text.getvalue(), nl=False)
    else:
        _show(data)
    say_next_of_sources("check", carried=("target_platform",))
    ctx.exit(int(not data["jobs"]))


def _show(data: dict[str, Any]) -> None:
    console = wide_console()
    for title, key in (("jobs", "jobs"), ("conditions", "conditions")):
        shown = ", ".join(f"{number:,} {name}" for name, number in data[key].items())
        console.print(cell(f"{title:<11}{shown or 'none'}"))
    console.print(cell(f"{'schedules':<11}{data['schedules']:,}"))
    for key in ("calendars", "external"):
        names = data[key]
        more = f" and {len(names) - 10:,} more" if len(names) > 10 else ""
        console.print(cell(f"{key:<11}{', '.join(names[:10]) or 'none'}{more}"))
    findings = Table("code", "level", "count", "title", box=None, pad_edge=False)
    for row in data["findings"]:
        findings.add_row(row["code"], row["level"], f"{row['count']:,}", cell(row["title"]))
    if data["findings"]:
        console.print()
        console.print(findings)
    shape = Table(box=None, pad_edge=False)
    header, *rows = table(data)
    for column in header:
        shape.add_column(column, overflow="fold")
    for cells in rows[:MOST]:
        shape.add_row(*map(cell, cells))
    console.print()
    console.print(shape)
    if len(rows) > MOST:
        console.print(cell(f"and {len(rows) - MOST:,} more (--format csv has all)"))
    rule = ", ".join(f"{hours:g} per {part}" for part, hours in EFFORT.items())
    console.print()
    console.print(cell(f"effort     {data['hours']:,} hours of review and repair: {rule}"))
