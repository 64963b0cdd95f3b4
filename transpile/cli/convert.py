"""`transpile convert`."""

import gc
import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from transpile.cli.console import count, echo, findings, show_diagnostics
from transpile.cli.conversion import REPORT, Conversion
from transpile.cli.heading import heading_of
from transpile.cli.next_step import operand, say_next, say_next_of_findings
from transpile.cli.options import (
    NamedPath,
    Request,
    format_option,
    forming,
    reading,
    select_option,
    selecting,
    sharing,
    strict_option,
)
from transpile.cli.overlay import check_overlay, jobs_by_workflow, overlay_from, overlay_option
from transpile.cli.packages import use_package
from transpile.cli.places import from_here
from transpile.cli.progress import Meter
from transpile.cli.waves import waving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Form
from transpile.model.rules import TARGETS
from transpile.output import OutputFolder, Written, hold
from transpile.output.workers import LARGE, Workers
from transpile.pipeline import Loaded, build_estate
from transpile.report.conversion import warm_up
from transpile.report.json_report import Totals, read_diagnostics
from transpile.sources.resources import tool_digest
from transpile.targets.helper_use import HelperUse


@click.command("convert")
@reading
@forming
@waving
@sharing
@select_option
@strict_option
@overlay_option
@format_option("text", "json")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="OUT",
    type=NamedPath(path_type=Path),
    help="Folder for modules and reports.",
)
@click.option(
    "--package",
    metavar="NAME",
    help="Python package of the modules: OUT if that is its name, else a folder of that name in "
    "OUT.  [default: OUT]",
)
@click.option(
    "--with-tests",
    is_flag=True,
    help="Write tests of the modules for pytest, too: which jobs run when others fail.",
)
@click.option("--force", is_flag=True, help="Overwrite emitted files that were edited.")
@click.option(
    "--prune", is_flag=True, help="Remove files of earlier runs that this run does not write."
)
@click.option("--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    request: Request,
    workers: Workers,
    selected: tuple[str, ...],
    folder: Path,
    package: str | None,
    strict: bool,
    overlay_file: Path | None,
    output_format: str,
    with_tests: bool,
    force: bool,
    prune: bool,
    quiet: bool,
) -> None:
    """Convert SOURCE... into Flyte workflows: one module each, in the folder OUT.

    SOURCE is a file, a folder or - for standard input. All sources form one estate, and names
    resolve across files. OUT is a Python package; its folders mirror those of the sources. Modules
    that are up to date are not written again. Files that transpile did not write stay as they are.
    If an emitted file was edited, its new version is written beside it as FILE.new. With --select,
    other modules in OUT and their rows of report.json stay; report.md and report.html are about the
    selected workflows. With --wave, definitions for the legacy side stand in the folder legacy.
    With --overlay, report.html shows how the jobs of a run ended.

    Exit status: 0 no errors, 1 errors, or warnings with --strict (the rest is converted), 2 wrong
    usage.
    """
    _keep_apart(request, folder)
    request.places.output = folder
    if selected and prune:
        raise click.UsageError("--prune needs all workflows; leave out --select")
    heading, overlay = heading_of(request), overlay_from(overlay_file, request)
    within = use_package(request.settings, folder, package)
    with_tests = _tests_wanted(request, with_tests=with_tests)
    with Meter(quiet=quiet) as meter:
        meter.phase("reading")
        loaded = request.load(apart_from=str(folder))
        diagnostics = loaded.diagnostics
        with hold(folder, diagnostics) as output:
            wanted = _wanted(output, within, request.settings.rules.form)
            reported = (heading.title, heading.date, repr(overlay), repr(with_tests))
            inputs = loaded.digest(tool_digest(), within, *reported, *wanted)
            if output is not None and not selected and output.is_current(inputs):
                data = json.loads(output.text(REPORT))
                diagnostics, totals = read_diagnostics(data["diagnostics"]), Totals.of(data)
                outcome = [f"unchanged  everything in {from_here(folder)}"]
                lines: Iterable[str] = [output.text(REPORT)]
            else:
                workers.start_for(loaded.size, warm_up)
                meter.phase("planning")
                estate = selecting(build_estate(loaded), selected)
                if overlay is not None:
                    check_overlay(overlay, jobs_by_workflow(estate))
                # The estate stays alive; cycles that readers leave behind should not.
                if loaded.size > LARGE:
                    gc.collect()
                gc.freeze()
                gc.enable()
                operations = [(d.title, d.operations) for d, _ in loaded.sources.values()]
                conversion = Conversion(
                    estate, output, within, workers, meter, heading, overlay, operations, with_tests
                )
                written = conversion.write(inputs, folder, force=force, prune=prune)
                totals, lines = conversion.report.totals(), conversion.report.lines()
                outcome = _outcome(totals, written, folder)
    if output_format == "json":
        for line in lines:
            click.echo(line, nl=False)
    else:
        shown = request.places.shown(diagnostics)
        show_diagnostics(shown)
        if not quiet:
            for line in (*_summary(totals, loaded, diagnostics), *outcome):
                echo(line)
        if not say_next_of_findings(shown):
            say_next("dry-run", operand(folder))
    ctx.exit(int(diagnostics.failed(strict=strict or request.strict)))


def _keep_apart(request: Request, folder: Path) -> None:
    """Raise UsageError if OUT is a folder of sources: nothing in OUT is read as a source."""
    place = os.path.realpath(folder)
    if any(os.path.isdir(s) and os.path.realpath(s) == place for s in request.sources):
        raise click.UsageError(f"{folder} is the folder of the sources; choose another one with -o")


def _tests_wanted(request: Request, *, with_tests: bool) -> bool:
    """True if tests of the modules are asked for. Raises UsageError for programs of Flyte 2."""
    wanted = with_tests or bool(request.settings.options.get("with-tests"))
    if wanted and request.settings.rules.form.drives:
        raise click.UsageError(f"--with-tests is for --target {TARGETS[0]}")
    return wanted


def _wanted(output: OutputFolder | None, within: str, form: Form) -> list[str]:
    """The helpers that other people's modules in OUT import."""
    used = HelperUse(form)
    for text in output.written_by_others(within) if output is not None else ():
        used.add_other(text)
    return sorted(used.names)


def _summary(totals: Totals, loaded: Loaded, diagnostics: Diagnostics) -> list[str]:
    jobs = totals.jobs.total()
    return [
        f"read       {count(len(loaded.texts), 'file')}, {count(jobs, 'job')}",
        f"converted  {_statuses(totals.jobs)}",
        f"edges      {_statuses(totals.dependencies)}",
        f"watched    {count(totals.watched, 'job')}",
        "attributes " + ", ".join(f"{number:,} {how}" for how, number in totals.attributes.items()),
        f"found      {findings(diagnostics)}",
    ]


def _outcome(totals: Totals, written: Written, folder: Path) -> list[str]:
    lines = []
    if written.written or written.unchanged:
        workflows = count(totals.workflows, "workflow")
        plans = count(totals.launch_plans, "launch plan")
        files = count(len(written.written), "file")
        lines.append(f"wrote      {workflows}, {plans}, {files} in {from_here(folder)}")
        if written.unchanged:
            lines.append(f"unchanged  {count(len(written.unchanged), 'file')}")
    else:
        lines.append(f"wrote      nothing in {from_here(folder)}")
    if written.kept:
        lines.append(f"kept       {_listed(folder, written.kept)}")
    if written.removed:
        lines.append(f"removed    {_listed(folder, written.removed)}")
    if written.stale:
        lines.append(f"stale      {count(len(written.stale), 'file')} of earlier runs; see --prune")
    return lines


def _listed(folder: Path, names: Iterable[str]) -> str:
    return ", ".join(from_here(folder / name) for name in names)


def _statuses(counted: Counter[str]) -> str:
    words = {"translated": "translated", "partial": "in part", "left_out": "left out"}
    parts = [f"{counted[key]:,} {word}" for key, word in words.items() if counted[key]]
    return ", ".join(parts) or "none"
