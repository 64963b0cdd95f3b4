"""`transpile check`."""

from collections.abc import Sequence
from pathlib import Path

import click

from transpile.cli.console import count, echo, findings, show_diagnostics
from transpile.cli.next_step import OUT, say_next_of_findings, say_next_of_sources
from transpile.cli.options import (
    NamedPath,
    Request,
    format_option,
    meter_of,
    reading,
    select_option,
    sharing,
    strict_option,
    targeting,
)
from transpile.cli.planning import estate_of, results_of
from transpile.cli.waves import open_ends, waving
from transpile.findings.baseline import baseline_text
from transpile.findings.diagnostics import Added
from transpile.output import write_text
from transpile.output.workers import Workers
from transpile.report.envelope import document
from transpile.report.json_report import diagnostics_json
from transpile.report.sarif import sarif
from transpile.sources.printable import to_json
from transpile.targets.plan import PlanTask


@click.command("check")
@reading
@targeting
@waving
@sharing
@select_option
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
    workers: Workers,
    selected: tuple[str, ...],
    strict: bool,
    output_format: str,
    new_baseline: Path | None,
) -> None:
    """Report the findings of a conversion of SOURCE...; write nothing.

    SOURCE is a file, a folder or - for standard input. The text format omits notes, and shows only
    the first findings of a frequent code. With waves in transpile.toml, it counts the conditions
    that cross between both sides after each; with --wave, it lists them, each with the wave in
    which it no longer does.

    Exit status: 0 no errors, 1 errors, or warnings with --strict, 2 wrong usage.
    """
    with meter_of(output_format) as meter:
        estate = estate_of(request, selected, workers, warm_up, meter)
        for added in results_of(estate, workers, check_batch, meter):
            estate.diagnostics.complete(added)
    estate.conclude()
    if new_baseline is not None:
        write_text(new_baseline, baseline_text(estate.diagnostics))
    found = request.places.shown(estate.diagnostics)
    if output_format == "json":
        click.echo(document("check", {"diagnostics": diagnostics_json(found)}))
    elif output_format == "sarif":
        click.echo(to_json(sarif(found), 1))
    elif output_format == "lines":
        for each in found:
            if not each.accepted:
                echo(str(each))
    else:
        show_diagnostics(found)
        chosen = estate.selection
        read = sum(len(facts.jobs) for facts in estate.networks)
        jobs = count(len(chosen.jobs) if chosen else read, "job")
        files = count(len(estate.sources), "file")
        for line in open_ends(estate):
            echo(line)
        echo(f"checked {jobs} in {files}: {findings(estate.diagnostics)}")
    if not say_next_of_findings(found):
        say_next_of_sources("convert", "-o", OUT, carried=("selected", "target_platform", "wave"))
    ctx.exit(int(estate.diagnostics.failed(strict=strict or request.strict)))


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported the planning."""


def check_batch(tasks: Sequence[PlanTask]) -> list[Added]:
    """What planning finds about some workflows."""
    found = []
    for task in tasks:
        findings = task.findings.opened()
        task.plan(findings)
        found.append(findings.added)
    return found
