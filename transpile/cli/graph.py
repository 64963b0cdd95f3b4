"""`transpile graph`."""

from pathlib import Path

import click

from transpile.cli.console import echo
from transpile.cli.next_step import say_next_of_sources
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
from transpile.cli.overlay import check_overlay, overlay_from, overlay_option
from transpile.report.chart import charts
from transpile.report.envelope import document
from transpile.report.estate import EstateChart
from transpile.report.figure import Figure
from transpile.report.graph import FORMATS, graph, graph_json, overview_graph, overview_json
from transpile.report.links import Links
from transpile.report.svg import sheet
from transpile.report.workflow import row_of, statuses_of


@click.command("graph")
@reading
@targeting
@format_option(*FORMATS, "json", "svg")
@click.option("--workflow", "only", metavar="NAME", help="Draw only this workflow.")
@select_option
@overlay_option
@click.pass_context
def command(
    ctx: click.Context,
    request: Request,
    only: str | None,
    output_format: str,
    selected: tuple[str, ...],
    overlay_file: Path | None,
) -> None:
    """Print the jobs and dependencies of SOURCE..., one graph per workflow.

    Workflows that wait for one another, or start one another, have an overview in front. svg is one
    picture, with the graphs below one another. Boxes of large workflows are closed, and drawn
    below. With --overlay it shows how the jobs of a run ended. Plain edges ask for success; the
    style of others says what they ask for. Exit status: 0 drawn, 1 no workflow, 2 wrong usage.
    """
    if overlay_file and output_format != "svg":
        raise click.UsageError("--overlay needs --format svg")
    overlay = overlay_from(overlay_file, request)
    with meter_of(output_format) as meter:
        estate = selecting(request.read(meter), selected)
    found, rows = [], []
    for module, facts in estate.plans():
        traces = overlay.traces(module.title, facts.jobs) if overlay else None
        (chart,) = charts([(module, facts)], estate.diagnostics, traces)
        found.append(chart)
        statuses = statuses_of(facts, estate.diagnostics)
        rows.append(row_of(chart, module, statuses, estate.diagnostics))
    if overlay:
        check_overlay(overlay, {chart.title: chart.facts.jobs for chart in found})
    drawn = [chart for chart in found if only in (None, chart.title, chart.module)]
    if found and not drawn:
        raise no_workflow(only, [chart.title for chart in found])
    if not drawn:
        echo("Error: no workflow; `transpile check` says why", err=True)
        ctx.exit(1)
    links = Links.between(estate).among_selected()
    is_linked = len(drawn) > 1 and bool(links.of)
    if output_format == "svg":
        overview = [("Workflows", EstateChart.of(rows, links))] if is_linked else []
        figures: list[tuple[str, Figure]] = [*overview, *((chart.title, chart) for chart in drawn)]
        click.echo(sheet(figures, overlay.name if overlay else ""), nl=False)
    elif output_format == "json":
        seen = overview_json(rows, links) if is_linked else None
        data = {"overview": seen, "workflows": [graph_json(chart) for chart in drawn]}
        click.echo(document("graph", data))
    else:
        if is_linked:
            click.echo(overview_graph(rows, links, output_format), nl=False)
        for chart in drawn:
            click.echo(graph(chart, output_format), nl=False)
    say_next_of_sources("check", carried=("selected", "target_platform"))
