"""`transpile graph`."""

import click

from transpile.cli.console import echo
from transpile.cli.options import (
    Request,
    format_option,
    no_workflow,
    reading,
    select_option,
    selecting,
)
from transpile.report.chart import charts
from transpile.report.graph import FORMATS, graph
from transpile.report.svg import sheet


@click.command("graph")
@reading
@format_option(*FORMATS, "svg")
@click.option("--workflow", "only", metavar="NAME", help="Draw only this workflow.")
@select_option
@click.pass_context
def command(
    ctx: click.Context,
    request: Request,
    only: str | None,
    output_format: str,
    selected: tuple[str, ...],
) -> None:
    """Print the jobs and dependencies of SOURCE..., one graph per workflow.

    svg is one picture, with the workflows below one another. Boxes of large workflows are closed,
    and drawn below. Plain edges ask for success; the style of others says what they ask for. Exit
    status: 0 drawn, 1 no workflow, 2 wrong usage.
    """
    estate = selecting(request.read(), selected)
    found = list(charts(estate.plans(), estate.diagnostics))
    drawn = [chart for chart in found if only in (None, chart.title, chart.module)]
    if found and not drawn:
        raise no_workflow(only, [chart.title for chart in found])
    if not drawn:
        echo("Error: no workflow; `transpile check` says why", err=True)
        ctx.exit(1)
    if output_format == "svg":
        click.echo(sheet(drawn), nl=False)
        return
    for chart in drawn:
        click.echo(graph(chart, output_format), nl=False)
