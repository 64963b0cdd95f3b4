"""`transpile check`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from transpile.cli.console import count, echo, findings, show_diagnostics
from transpile.cli.options import NamedPath, Request, format_option, reading, strict_option
from transpile.findings.baseline import baseline_text
from transpile.findings.diagnostics import Diagnostics
from transpile.output import write_text
from transpile.report.json_report import diagnostics_json
from transpile.report.sarif import sarif
from transpile.sources.printable import to_json

_DATA: dict[str, Callable[[Diagnostics], Any]] = {"json": diagnostics_json, "sarif": sarif}


@click.command("check")
@reading
@strict_option
@format_option("text", "json", "sarif", "lines")
@click.option(
    "--write-baseline",
    "new_baseline",
    metavar="FILE",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Write all findings to FILE, for --baseline.",
)
@click.pass_context
def command(
    ctx: click.Context,
    request: Request,
    strict: bool,
    output_format: str,
    new_baseline: Path | None,
) -> None:
    """Report the findings of a conversion of SOURCE...; write nothing.

    SOURCE is a file, a folder or - for standard input. The text format omits notes, and shows only
    the first findings of a frequent code.
    """
    estate = request.read()
    estate.plan_all()
    if new_baseline is not None:
        write_text(new_baseline, baseline_text(estate.diagnostics))
    if output_format in _DATA:
        data = _DATA[output_format](estate.diagnostics)
        click.echo(to_json(data, 1))
    elif output_format == "lines":
        for found in estate.diagnostics:
            if not found.accepted:
                echo(str(found))
    else:
        show_diagnostics(estate.diagnostics)
        jobs = count(sum(len(facts.jobs) for facts in estate.networks), "job")
        files = count(len(estate.sources), "file")
        echo(f"checked {jobs} in {files}: {findings(estate.diagnostics)}")
    ctx.exit(int(estate.diagnostics.failed(strict=strict or request.strict)))
