"""`transpile graph`."""

import click

from transpile.cli.console import echo
from transpile.cli.options import Request, format_option, no_workflow, reading
from transpile.report.chart import charts
from transpile.report.graph import FORMATS, graph
from transpile.report.svg import sheet


@click.command("graph")
@reading
@format_option(*FORMATS, "svg")
@click.option("--workflow", "only", metavar="NAME", help="Draw this workflow only.")
@click.pass_context
def command(ctx: click.Context, request: Request, only: str | None, output_format: str) -> None:
    """Print the jobs of SOURCE... and what they wait for, one graph a workflow.

    svg is one picture, the workflows below one another; of a large workflow its boxes are closed,
    and drawn below it. An edge that asks for success is plain; others differ by what they ask for.
    Exit status: 0 drawn, 1 there is no workflow, 2 wrong usage.
    """
    estate = request.read()
    found = list(charts(estate))
    drawn = [chart for chart in found if only in (None, chart.title, chart.module)]
    if found and not drawn:
        raise no_workflow(only, [chart.title for chart in found])
    if not drawn:
        echo("Error: there is no workflow; `transpile check` says why", err=True)
        ctx.exit(1)
    if output_format == "svg":
        click.echo(sheet(drawn), nl=False)
        return
    for chart in drawn:
        click.echo(graph(chart, output_format), nl=False)
