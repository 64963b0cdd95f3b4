"""`transpile inventory`."""

from collections.abc import Sequence
from typing import Any

import click

from transpile.assess.inventory import inventory
from transpile.assess.page import inventory_page
from transpile.assess.rows import workflows_csv
from transpile.assess.workflow import Assessment, assess_batch
from transpile.cli.check import warm_up
from transpile.cli.inventory_text import show
from transpile.cli.next_step import say_next_of_sources
from transpile.cli.options import (
    Request,
    format_option,
    meter_of,
    reading,
    select_option,
    sharing,
    targeting,
)
from transpile.cli.planning import estate_of, results_of
from transpile.cli.progress import Meter
from transpile.cli.unread import report_unread
from transpile.dialects import SCHEDULERS
from transpile.findings.diagnostics import Added
from transpile.output.workers import Workers
from transpile.pipeline import Estate
from transpile.report.envelope import document
from transpile.targets.plan import PlanTask


@click.command("inventory")
@reading
@targeting
@sharing
@format_option("text", "json", "csv", "html")
@select_option
@click.option("--details", is_flag=True, help="Print all needs, calendars and workflows as text.")
@click.pass_context
def command(
    ctx: click.Context,
    request: Request,
    workers: Workers,
    output_format: str,
    selected: tuple[str, ...],
    details: bool,
) -> None:
    """Assess SOURCE... before converting: grades, effort, blockers, needs.

    The conversion is done in memory. Each workflow is graded: automatic, review (a warning or
    something to read), or manual (an error). The format csv has one row per workflow, and html is
    one page. Exit status: 0 jobs were found, 1 none were, 2 wrong usage.
    """
    with meter_of(output_format) as meter:
        estate = estate_of(request, selected, workers, warm_up, meter)
        data = assessed(estate, workers, meter)
    if output_format == "json":
        click.echo(document("inventory", data))
    elif output_format == "csv":
        click.echo(workflows_csv(data), nl=False)
    elif output_format == "html":
        click.echo(inventory_page(data), nl=False)
    else:
        show(data, details=details)
    report_unread(estate.diagnostics, request.places)
    if not data["jobs"]:
        ctx.exit(1)
    if request.settings.path is None:
        say_next_of_sources("init")
    else:
        say_next_of_sources("check", carried=("selected", "target_platform"))


def assessed(estate: Estate, workers: Workers, meter: Meter) -> dict[str, Any]:
    """The inventory of an estate, whose workflows are planned for it."""
    assessments = []
    for assessment, added in results_of(estate, workers, _assess, meter):
        estate.diagnostics.complete(added)
        assessments.append(assessment)
    estate.conclude()
    return inventory(estate, assessments)


def _assess(tasks: Sequence[PlanTask]) -> list[tuple[Assessment, Added]]:
    return assess_batch(tasks, SCHEDULERS)
