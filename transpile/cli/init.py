"""`transpile init`."""

import os
from contextlib import ExitStack
from pathlib import Path

import click

from transpile.cli.console import count, echo, show_diagnostics
from transpile.cli.found import survey_of
from transpile.cli.next_step import say_next_of_sources
from transpile.cli.options import NamedPath, Request, reading
from transpile.cli.progress import Meter
from transpile.cli.unread import unread
from transpile.pipeline import build_estate
from transpile.team import SETTINGS_FILE, find_settings
from transpile.team.chapters import chapters_of
from transpile.team.starter import starter_text


@click.command("init")
@reading
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=NamedPath(path_type=Path),
    default=SETTINGS_FILE,
    show_default=True,
    help="Path of the new file.",
)
@click.pass_context
def command(ctx: click.Context, request: Request, output: Path) -> None:
    """Write a first transpile.toml for what SOURCE... hold.

    Each setting is a comment with a value to start from: nothing changes until somebody removes the
    comment sign. An existing file is never overwritten. Exit status: 0 written, 1 nothing was
    written, or a source could not be read, 2 wrong usage.
    """
    if os.path.lexists(output):
        raise click.UsageError(f"{output} exists and stays as it is; name another file with -o")
    with Meter(quiet=False) as meter:
        meter.phase("reading")
        loaded = request.load()
        meter.phase("planning")
        estate = build_estate(loaded)
        survey = survey_of(loaded, estate)
    shown = unread(estate.diagnostics) if survey.jobs else list(estate.diagnostics)
    show_diagnostics(request.places.shown(shown))
    if not survey.jobs:
        echo(f"Error: no job in {', '.join(request.sources)}: nothing was written", err=True)
        ctx.exit(1)
    chapters = chapters_of(survey)
    _write(output, starter_text(chapters))
    for text in chapters[0].about:
        echo(text)
    decisions = [chapter for chapter in chapters if chapter.decide]
    if decisions:
        echo("Decide first:")
    for chapter in decisions:
        echo(f"  {chapter.title}: {chapter.decide}")
    settings = sum(len(chapter.settings) for chapter in chapters)
    echo(f"wrote {output}: {count(settings, 'setting')}, none of them in effect yet")
    applied = find_settings(request.sources)
    if applied is None or not os.path.samefile(applied, output):
        echo(_unused(applied), err=True)
    say_next_of_sources("check")
    ctx.exit(int(bool(shown)))


def _unused(applied: Path | None) -> str:
    """Why the new file does not count for the sources."""
    if applied is not None:
        return f"not in effect: {applied} holds the settings of these sources"
    where = f"a file {SETTINGS_FILE} in the folder of the sources, or above it"
    return f"not in effect: move it to {where}"


def _write(path: Path, text: str) -> None:
    """Create the file; a failure leaves none behind. Raises ClickException."""
    try:
        with path.open("x", encoding="utf-8") as file, ExitStack() as undo:
            undo.callback(path.unlink)
            file.write(text)
            file.flush()
            undo.pop_all()
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
