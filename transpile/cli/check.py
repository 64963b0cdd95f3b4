"""`transpile check`."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import click

from transpile.cli.console import count, findings, show_diagnostics
from transpile.cli.options import Chosen, reading
from transpile.diagnostics import Diagnostics
from transpile.dialects import Dialect
from transpile.pipeline import read_estate
from transpile.report.json_report import diagnostics_json
from transpile.report.sarif import sarif

_DATA: dict[str, Callable[[Diagnostics], Any]] = {"json": diagnostics_json, "sarif": sarif}


@click.command("check")
@reading("json", "sarif", "lines")
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

    SOURCE is a file, a folder or - for standard input. Notes are left out of the text only.
    """
    estate = read_estate(sources, dialect, chosen=chosen)
    if output_format in _DATA:
        data = _DATA[output_format](estate.diagnostics)
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))
    elif output_format == "lines":
        for found in estate.diagnostics:
            click.echo(str(found))
    else:
        show_diagnostics(estate.diagnostics)
        jobs = count(sum(len(network.jobs) for network in estate.networks), "job")
        files = count(len(estate.sources), "file")
        click.echo(f"checked {jobs} in {files}: {findings(estate.diagnostics)}")
    ctx.exit(int(estate.diagnostics.failed(strict=strict)))
