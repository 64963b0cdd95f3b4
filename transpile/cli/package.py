"""`transpile package`."""

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import click
from flytekit.configuration import ImageConfig

from transpile.cli.archive import WORK, Archive, in_packages, pack
from transpile.cli.console import count, echo, show_diagnostics
from transpile.cli.emitted import holds_programs, workflow_modules
from transpile.cli.next_step import say_next, say_next_of_findings
from transpile.cli.options import NamedPath, select_option
from transpile.cli.places import Places, from_here
from transpile.cli.progress import Meter
from transpile.cli.reported import REPORT, ModuleChooser, place_of, reported
from transpile.findings.codes.output import (
    DuplicateName,
    ModuleOutsidePackage,
    NothingToPackage,
    OutputNotWritten,
    UnpackagedModule,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.output import write_bytes
from transpile.proof.loading import package_root
from transpile.sources.text import Span

IMAGE = re.compile(
    r"([A-Za-z_][\w-]*=)?"  # its name, for tasks that ask for it
    r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]+)?/)?"  # registry
    r"[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
    r"(:\w[\w.-]{0,127}|@[a-z0-9+._-]+:[0-9a-fA-F]{32,})",
    re.ASCII,
)
"""A Docker image, with an optional name; tag or digest are required, as by pyflyte."""


def _images(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> ImageConfig:
    for value in values:
        if IMAGE.fullmatch(value) is None:
            raise click.BadParameter(
                f"{value!r} is not an image; images look like registry.example.com/team/jobs:1.0"
            )
    names = [value.rpartition("=")[0] for value in values]
    if "" not in names or len(set(names)) < len(names):
        raise click.BadParameter("give one image without a name, and each name once")
    images: ImageConfig = ImageConfig.validate_image(ctx, param.name or "", tuple(values))
    return images


@click.command("package")
@click.argument("folder", metavar="OUT", type=NamedPath(exists=True, file_okay=False))
@click.option(
    "--image",
    "images",
    metavar="[NAME=]IMAGE",
    required=True,
    multiple=True,
    callback=_images,
    help="Container image of the tasks; with NAME, of the tasks that ask for that name.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=NamedPath(dir_okay=False, path_type=Path),
    default="flyte-package.tgz",
    show_default=True,
    help="Path of the package.",
)
@click.option(
    "--copy",
    type=click.Choice(["none", "auto"]),
    default="none",
    show_default=True,
    help=f"auto: include the modules. none: the image has them in {WORK}.",
)
@select_option
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.pass_context
def command(
    ctx: click.Context,
    folder: str,
    images: ImageConfig,
    output: Path,
    copy: str,
    selected: tuple[str, ...],
    force: bool,
) -> None:
    """Pack what the modules in OUT define, for `flytectl register files --archive FILE`.

    Nothing is sent anywhere. The same modules give the same bytes. Exit status: 0 packed,
    1 nothing was written, 2 wrong usage.
    """
    if output.exists() and not force:
        raise click.UsageError(f"{output} exists; --force replaces it")
    diagnostics = Diagnostics()
    if holds_programs(Path(folder)):
        raise click.UsageError(
            f"{folder} holds programs of Flyte 2, which has no package: `flyte deploy` uploads "
            f"their code; {folder}/README.md has the commands"
        )
    # The root depends on whether the folder itself is a package.
    root = package_root(Path(os.path.abspath(folder)) / "module.py")
    found = workflow_modules(Path(os.path.abspath(folder)))
    modules, others = in_packages(root, _chosen(found, Path(os.path.abspath(folder)), selected))
    for path in others:
        diagnostics.add(ModuleOutsidePackage(path=str(path)), Span(str(path), 1))
    archive = Archive()
    if modules:
        with Meter(quiet=False) as meter:
            archive, wrong = pack(root, modules, images, meter=meter, with_code=copy == "auto")
        for error in wrong:
            diagnostics.add(UnpackagedModule(path=error.span.file, reason=error.reason), error.span)
        for kind, name, number in archive.duplicates():
            diagnostics.add(DuplicateName(number=number, kind=kind, name=name), Span(folder, 1))
    else:
        diagnostics.add(NothingToPackage(path=folder), Span(folder, 1))
    failed = diagnostics.failed(strict=False)
    if not failed:
        try:
            write_bytes(output, archive.data)
        except OSError as error:
            reason = error.strerror or str(error)
            diagnostics.add(OutputNotWritten(path=str(output), reason=reason), Span(str(output), 1))
            failed = True
    show_diagnostics(Places().shown(diagnostics))
    if not failed:
        _conclude(archive, len(modules), images, output, copy)
        names = ("--project", "PROJECT", "--domain", "DOMAIN", "--version", "VERSION")
        say_next("flytectl", "register", "files", "--archive", from_here(output), *names)
    else:
        say_next_of_findings(diagnostics)
    ctx.exit(int(failed))


def _chosen(modules: list[Path], folder: Path, patterns: Sequence[str]) -> list[Path]:
    """The modules of selected workflows. Raises UsageError for modules without a report."""
    if not patterns:
        return modules
    chooser, reports = ModuleChooser(patterns), cache(reported)
    found = []
    for module in modules:
        package, dotted = place_of(module, folder)
        report = reports(package) or reports(package.parent)
        if report is None:
            raise click.UsageError(f"--select needs the {REPORT} that convert writes into {folder}")
        if dotted in report.workflows or dotted in report.sides:
            found += [module] if chooser.chooses(report, dotted) else []
    chooser.check()
    return found


def _conclude(archive: Archive, modules: int, images: ImageConfig, output: Path, copy: str) -> None:
    counted = ", ".join(count(len(names), kind) for kind, names in archive.names.items())
    echo(f"packed     {counted} of {count(modules, 'module')}")
    for name, cron in archive.schedules:
        echo(f"schedule   {name}: {cron}")
    for image in images.images:
        echo(f"image      {image.full}" + ("" if image.name == "default" else f" ({image.name})"))
    where = (
        "in the package" if copy == "auto" else f"not in the package: the image has it in {WORK}"
    )
    echo(f"code       {where}")
    if archive.elsewhere:
        echo(f"           the image needs {', '.join(sorted(archive.elsewhere))}, too")
    echo(f"wrote      {from_here(output)}")
