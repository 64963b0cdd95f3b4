"""`transpile convert`."""

import gc
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from transpile.cli.console import count, echo, findings, show_diagnostics
from transpile.cli.options import NamedPath, Request, format_option, forming, reading, strict_option
from transpile.cli.packages import use_package
from transpile.cli.progress import Meter
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Platform
from transpile.output import Basis, OutputFolder, Written, digest_of_file, hold
from transpile.output.emission import emit, warm_up
from transpile.output.project import project
from transpile.output.workers import Workers, processors
from transpile.pipeline import Estate, Loaded, build_estate
from transpile.report.guide import Entry, entry, guide
from transpile.report.json_report import (
    diagnostics_json,
    read_diagnostics,
    report,
    report_lines,
)
from transpile.report.markdown import markdown
from transpile.report.overview import overview
from transpile.report.page import Page
from transpile.sources.resources import tool_digest
from transpile.targets.flyte.cuts import CutTable
from transpile.targets.flyte.helper_use import HelperUse
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.names import RUNTIME
from transpile.targets.flyte.render import plan_digest, render_cuts
from transpile.targets.flyte.sides import files_of

REPORT = "report.json"

LARGE = 10_000_000
"""Size in characters, some 20,000 jobs, from which other processes pay off."""


@click.command("convert")
@reading
@forming
@strict_option
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
@click.option("--force", is_flag=True, help="Overwrite emitted files that were edited.")
@click.option(
    "--prune", is_flag=True, help="Remove files of earlier runs that this run does not write."
)
@click.option(
    "-j",
    "--jobs",
    "processes",
    metavar="N",
    type=click.IntRange(1),
    help="Number of processes; the result does not depend on it.  [default: that of processors "
    "for a large estate, else 1]",
)
@click.option("--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: click.Context,
    request: Request,
    folder: Path,
    package: str | None,
    strict: bool,
    output_format: str,
    force: bool,
    prune: bool,
    processes: int | None,
    quiet: bool,
) -> None:
    """Convert SOURCE... into Flyte workflows: one module each, in the folder OUT.

    SOURCE is a file, a folder or - for standard input. All sources form one estate, and names
    resolve across files. OUT is a Python package; its folders mirror those of the sources. Modules
    that are up to date are not written again. Files that transpile did not write stay as they are.
    If an emitted file was edited, its new version is written beside it as FILE.new.
    """
    _keep_apart(request, folder)
    within = use_package(request.settings, folder, package)
    with Meter(quiet=quiet) as meter, Workers(processes or processors()) as workers:
        meter.phase("reading")
        loaded = request.load(apart_from=str(folder))
        diagnostics = loaded.diagnostics
        with hold(folder, diagnostics) as output:
            inputs = loaded.digest(tool_digest(), within, *_wanted(output, within))
            if output is not None and output.is_current(inputs):
                data = json.loads(output.text(REPORT))
                diagnostics = read_diagnostics(data["diagnostics"])
                outcome = [f"unchanged  everything in {folder}"]
            else:
                if processes or loaded.size > LARGE:
                    workers.start(warm_up)
                meter.phase("planning")
                estate = build_estate(loaded)
                # The estate stays alive; cycles that readers leave behind should not.
                if loaded.size > LARGE:
                    gc.collect()
                gc.freeze()
                gc.enable()
                data, written = report(estate), Written()
                if output is not None:
                    basis = _basis(estate, inputs, folder, within)
                    others = output.others(within, basis.plans, force=force, prune=prune)
                    home = _Package(request.settings.rules.form.package, within, others)
                    files = _files(estate, data, output, basis, home, workers, meter)
                    written = output.write(files, basis, force=force, prune=prune)
                # Findings about the writing of files concern no job.
                data["diagnostics"] = diagnostics_json(diagnostics)
                outcome = _outcome(data, written, folder)
    if output_format == "json":
        click.echo("".join(report_lines(data)), nl=False)
    else:
        show_diagnostics(diagnostics)
        if not quiet:
            for line in (*_summary(data, loaded, diagnostics), *outcome):
                echo(line)
    ctx.exit(int(diagnostics.failed(strict=strict or request.strict)))


def _keep_apart(request: Request, folder: Path) -> None:
    """Raise UsageError if OUT is a folder of sources: nothing in OUT is read as a source."""
    place = os.path.realpath(folder)
    if any(os.path.isdir(s) and os.path.realpath(s) == place for s in request.sources):
        raise click.UsageError(f"{folder} is the folder of the sources; choose another one with -o")


def _wanted(output: OutputFolder | None, within: str) -> list[str]:
    """The helpers that other people's modules in OUT import."""
    used = HelperUse(branching=False)
    for text in output.written_by_others(within) if output is not None else ():
        used.add_other(text)
    return sorted(used.names)


def _basis(estate: Estate, inputs: str, folder: Path, within: str) -> Basis:
    beside = sorted({path for facts in estate.networks for path in facts.said.side_files})
    place = os.path.realpath(folder)
    return Basis(
        inputs=inputs,
        beside={os.path.relpath(path, place): digest_of_file(Path(path)) for path in beside},
        plans={
            within + file.path: f"{tool_digest()[:16]}-{plan_digest(file)}"
            for module in estate.modules
            for file in files_of(module)
        },
    )


@dataclass(frozen=True, slots=True)
class _Package:
    """The package of the modules: its name and folder in OUT, the texts of other modules in it."""

    name: str
    within: str
    others: Iterable[str]


def _files(
    estate: Estate,
    data: dict[str, Any],
    output: OutputFolder,
    basis: Basis,
    home: _Package,
    workers: Workers,
    meter: Meter,
) -> Iterator[tuple[str, str | Iterable[str] | None]]:
    """Path and text of each file; None for a file that is up to date. Reports come last."""
    within, package = home.within, home.name
    entries: list[Entry] = []
    if estate.modules:
        yield f"{within}__init__.py", ""
    for folder in _packages(estate.modules):
        yield f"{within}{folder}/__init__.py", ""

    def stands(module: ModulePlan) -> bool:
        path = within + module.path
        return output.has(path, basis.plans[path])

    known, seen = len(estate.diagnostics), overview(estate, data)
    page, used = Page(seen), HelperUse(
        branching=any(module.form.branching for module in estate.modules),
        platform=next((each.form.platform for each in estate.modules), Platform()),
    )
    emitted = emit(estate.modules, stands, workers)
    cuts = CutTable()
    for module, files in meter.count("workflows", emitted, len(estate.modules)):
        cuts.add(module)
        texts: dict[str, str] = {}
        for file, text in files:
            path = within + file.path
            yield path, text
            # Meanwhile other processes render the next modules.
            texts[file.path] = output.text(path) if text is None else text
            used.add(texts[file.path])
        page.add(texts)
        entries.append(entry(module, within))
    for plan in cuts.plans():
        text = render_cuts(plan)
        yield within + plan.path, text
        used.add(text)
    for other in home.others if estate.modules else ():
        used.add_other(other)
    if estate.modules:
        yield f"{within}{RUNTIME}.py", used.text()
    if len(estate.diagnostics) > known:
        data["diagnostics"] = diagnostics_json(estate.diagnostics)
        seen = overview(estate, data)
    meter.phase("reporting")
    yield REPORT, report_lines(data)
    yield "report.md", markdown(seen)
    yield "report.html", page.parts(seen)
    if entries:
        yield "README.md", guide(package, within, entries, seen)
        yield "pyproject.toml", project(package, within)


def _packages(modules: Iterable[ModulePlan]) -> list[str]:
    """The folders of modules, and the folders around them."""
    folders = {module.folder[:n] for module in modules for n in range(1, len(module.folder) + 1)}
    return ["/".join(parts) for parts in sorted(folders)]


def _summary(data: dict[str, Any], loaded: Loaded, diagnostics: Diagnostics) -> list[str]:
    jobs = Counter(job["status"] for job in data["jobs"])
    edges = Counter(dependency["status"] for dependency in data["dependencies"])
    attributes = data["attributes"]
    return [
        f"read       {count(len(loaded.texts), 'file')}, {count(len(data['jobs']), 'job')}",
        f"converted  {_statuses(jobs)}",
        f"edges      {_statuses(edges)}",
        f"watched    {count(sum(w['watched'] for w in data['workflows']), 'job')}",
        "attributes " + ", ".join(f"{number:,} {how}" for how, number in attributes.items()),
        f"found      {findings(diagnostics)}",
    ]


def _outcome(data: dict[str, Any], written: Written, folder: Path) -> list[str]:
    lines = []
    if written.written or written.unchanged:
        workflows = count(len(data["workflows"]), "workflow")
        plans = count(sum(len(w["launch_plans"]) for w in data["workflows"]), "launch plan")
        files = count(len(written.written), "file")
        lines.append(f"wrote      {workflows}, {plans}, {files} in {folder}")
        if written.unchanged:
            lines.append(f"unchanged  {count(len(written.unchanged), 'file')}")
    else:
        lines.append(f"wrote      nothing in {folder}")
    if written.kept:
        lines.append(f"kept       {', '.join(written.kept)}")
    if written.removed:
        lines.append(f"removed    {', '.join(written.removed)}")
    return lines


def _statuses(counted: Counter[str]) -> str:
    words = {"translated": "translated", "partial": "in part", "left_out": "left out"}
    parts = [f"{counted[key]:,} {word}" for key, word in words.items() if counted[key]]
    return ", ".join(parts) or "none"
