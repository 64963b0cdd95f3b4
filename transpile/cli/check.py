"""`transpile check`."""

import json
from collections.abc import Sequence

import click

from transpile.cli.console import count, findings, show_diagnostics
from transpile.cli.options import Chosen, reading
from transpile.dialects import Dialect
from transpile.pipeline import read_estate
from transpile.report.json_report import diagnostics_json


@click.command("check")
@reading
@click.pass_context
def command(
    ctx: click.Context,
    sources: Sequence[str],
    dialect: Dialect | None,
    chosen: Chosen,
    strict: bool,
    output_format: str,
) -> None:
    """Report what a conversion of SOURCE... would find; write nothing.

    SOURCE is a file, a folder or - for standard input. Notes are printed with --format json only.
    """
    estate = read_estate(sources, dialect, chosen=chosen)
    if output_format == "json":
        click.echo(json.dumps(diagnostics_json(estate.diagnostics), indent=1, ensure_ascii=False))
    else:
        show_diagnostics(estate.diagnostics)
        jobs = count(sum(len(network.jobs) for network in estate.networks), "job")
        files = count(len(estate.sources), "file")
        click.echo(f"checked {jobs} in {files}: {findings(estate.diagnostics)}")
    ctx.exit(int(estate.diagnostics.failed(strict=strict)))
