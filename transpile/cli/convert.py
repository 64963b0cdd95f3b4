"""`transpile convert`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from transpile.cli.console import count, findings, show_diagnostics
from transpile.cli.options import Request, format_option, reading, strict_option
from transpile.flyte.model import ModulePlan
from transpile.flyte.names import RUNTIME
from transpile.flyte.render import render_module, render_runtime
from transpile.output import Written, write_files
from transpile.pipeline import Estate
from transpile.report.json_report import report, report_text

REPORT = "report.json"


@click.command("convert")
@reading
@strict_option
@format_option("text", "json")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="The folder to write modules and report.json into.",
)
@click.option(
    "--force", is_flag=True, help="Write over files that were edited since we wrote them."
)
@click.option(
    "--prune", is_flag=True, help="Remove files of earlier runs that no source makes now."
)
@click.option("--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    request: Request,
    folder: Path,
    strict: bool,
    output_format: str,
    force: bool,
    prune: bool,
    quiet: bool,
) -> None:
    """Convert SOURCE... into Flyte workflows: one module each, in the folder OUT.

    SOURCE is a file, a folder or - for standard input; together they are one estate, and names
    resolve across files. Files in OUT that transpile did not write are never touched; of those that
    somebody has edited since, the new version comes beside as FILE.new.
    """
    estate = request.read(apart_from=str(folder))
    files = _files(estate)
    written = write_files(folder, files, estate.diagnostics, force=force, prune=prune)
    if output_format == "json":
        click.echo(report_text(estate), nl=False)
    else:
        show_diagnostics(estate.diagnostics)
        if not quiet:
            click.echo(_summary(estate, written, folder))
    ctx.exit(int(estate.diagnostics.failed(strict=strict or request.strict)))


def _files(estate: Estate) -> Iterator[tuple[str, str]]:
    """Name and text of each file; the report last, when every finding is in."""
    if estate.modules:
        yield f"{RUNTIME}.py", render_runtime()
    for folder in _packages(estate.modules):
        # Without it pyflyte would take the folder for the root of what it registers.
        yield f"{folder}/__init__.py", ""
    for module in estate.modules:
        yield module.path, render_module(module)
    yield REPORT, report_text(estate)


def _packages(modules: Iterable[ModulePlan]) -> list[str]:
    """The folders that modules stand in or below."""
    folders = {module.folder[:n] for module in modules for n in range(1, len(module.folder) + 1)}
    return ["/".join(parts) for parts in sorted(folders)]


def _summary(estate: Estate, written: Written, folder: Path) -> str:
    data = report(estate)
    jobs = Counter(job["status"] for job in data["jobs"])
    edges = Counter(dependency["status"] for dependency in data["dependencies"])
    plans = sum(len(workflow["launch_plans"]) for workflow in data["workflows"])
    attributes = data["attributes"]
    lines = [
        f"read       {count(len(estate.sources), 'file')}, {count(len(data['jobs']), 'job')}",
        f"converted  {_statuses(jobs)}",
        f"edges      {_statuses(edges)}",
        f"watched    {count(sum(w['watched'] for w in data['workflows']), 'job')}",
        "attributes " + ", ".join(f"{number:,} {how}" for how, number in attributes.items()),
        f"found      {findings(estate.diagnostics)}",
    ]
    if written.written:
        workflows = count(len(data["workflows"]), "workflow")
        files = count(len(written.written), "file")
        lines.append(f"wrote      {workflows}, {count(plans, 'launch plan')}, {files} in {folder}")
    else:
        lines.append(f"wrote      nothing in {folder}")
    if written.kept:
        lines.append(f"kept       {', '.join(written.kept)}")
    if written.removed:
        lines.append(f"removed    {', '.join(written.removed)}")
    return "\n".join(lines)


def _statuses(counted: Counter[str]) -> str:
    words = {"translated": "translated", "partial": "in part", "left_out": "left out"}
    parts = [f"{counted[key]:,} {word}" for key, word in words.items() if counted[key]]
    return ", ".join(parts) or "none"
