"""`transpile graph`."""

import click

from transpile.cli.options import Request, format_option, reading
from transpile.report.graph import FORMATS, graph


@click.command("graph")
@reading
@format_option(*FORMATS)
@click.option("--workflow", "only", metavar="NAME", help="Draw this workflow only.")
@click.pass_context
def command(ctx: click.Context, request: Request, only: str | None, output_format: str) -> None:
    """Print the jobs of SOURCE... and what they wait for, one graph a workflow.

    An edge that asks for success is black or plain; others say what they ask for. Exit status: 0
    drawn, 1 there is no workflow, 2 wrong usage.
    """
    estate = request.read()
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
