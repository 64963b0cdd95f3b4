"""`--overlay`: a file with a run, whose statuses are laid over drawings."""

from collections.abc import Collection, Mapping
from pathlib import Path

import click

from transpile.cli.console import count, echo
from transpile.cli.listings import read_listing, scheduler_zone
from transpile.cli.options import NamedPath, Request
from transpile.pipeline import Estate
from transpile.report.overlay import Overlay
from transpile.report.overlay_files import WrongOverlay, overlay_of, read_overlay
from transpile.sources.printable import printable
from transpile.sources.text import decode

MOST_NAMED = 10

overlay_option = click.option(
    "--overlay",
    "overlay_file",
    metavar="FILE",
    type=NamedPath(exists=True, dir_okay=False, path_type=Path),
    help="Lay the statuses of a run over the drawings: what dry-run or verify --observed prints "
    "with --format json, or a listing as for --observed.",
)


def overlay_from(path: Path | None, request: Request) -> Overlay | None:
    """The overlay in a file. Raises UsageError."""
    if path is None:
        return None
    try:
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise click.UsageError(f"--overlay {path}: {error.strerror}") from error
    if text.lstrip()[:1] in ("{", "["):
        try:
            return read_overlay(printable(path.name), text)
        except WrongOverlay as error:
            raise click.UsageError(f"--overlay {path}: {error}") from error
    _, listed = read_listing(path, text, scheduler_zone(request), "--overlay")
    return overlay_of(printable(path.name), listed.runs)


def jobs_by_workflow(estate: Estate) -> dict[str, Collection[str]]:
    """The jobs and boxes of each workflow, by its title."""
    return {task.part.names.title: task.part.facts.jobs for task in estate.tasks()}


def check_overlay(overlay: Overlay, known: Mapping[str, Collection[str]]) -> None:
    """Name the jobs that no workflow has; `known` are the jobs by workflow.

    Raises UsageError if no workflow has any of them.
    """
    strangers = overlay.strangers(known)
    if overlay.jobs and len(strangers) == len(
        {name for jobs in overlay.jobs.values() for name in jobs}
    ):
        raise click.UsageError(f"--overlay {overlay.name}: it has no job of the estate")
    if strangers:
        named = ", ".join(strangers[:MOST_NAMED])
        more = len(strangers) - MOST_NAMED
        named += f" and {more:,} more" if more > 0 else ""
        jobs = count(len(strangers), "job")
        echo(f"{overlay.name}: {jobs} not in the estate: {named}", err=True)
