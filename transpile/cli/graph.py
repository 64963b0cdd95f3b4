"""`transpile graph`."""

from collections.abc import Sequence

import click

from transpile.cli.options import Chosen, choosing, dialect_option
from transpile.dialects import Dialect
from transpile.pipeline import read_estate
from transpile.report.graph import FORMATS, graph


@click.command("graph")
@choosing
@dialect_option
@click.option("--workflow", "only", metavar="NAME", help="Draw this workflow only.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="dot",
    show_default=True,
    help="The language of the drawing: Graphviz, Mermaid, or plain data.",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.pass_context
def command(
    ctx: click.Context,
    sources: Sequence[str],
    dialect: Dialect | None,
    chosen: Chosen,
    only: str | None,
    output_format: str,
) -> None:
    """Print the jobs of SOURCE... and what they wait for, one graph a workflow.

    An edge that asks for success is black or plain; others say what they ask for. Exit status: 0
    drawn, 1 there is no workflow, 2 wrong usage.
    """
    estate = read_estate(sources, dialect, chosen=chosen)
    found = [(module.title, module.name, network) for module, network in estate.emitted()]
    drawn = [(title, network) for title, name, network in found if only in (None, title, name)]
    if found and not drawn:
        known = ", ".join(title for title, _, _ in found[:10])
        raise click.UsageError(f"there is no workflow {only!r}; there is {known}")
    if not drawn:
        click.echo("Error: there is no workflow; `transpile check` says why", err=True)
        ctx.exit(1)
    for title, network in drawn:
        click.echo(graph(network, title, output_format), nl=False)
