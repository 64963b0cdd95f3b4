"""`transpile minify`."""

import os
from pathlib import Path

import click

from transpile.cli.console import count, echo, show_diagnostics
from transpile.cli.next_step import operand, say_next
from transpile.cli.options import NamedPath, Request, choosing
from transpile.minify import Copy, Differs, NotSupported, Refused, minified, write_copy
from transpile.output import write_text
from transpile.pipeline import Loaded, load_sources
from transpile.sources.printable import to_json
from transpile.team import SETTINGS_FILE

_SHOWN = 5
"""So many files that are left out are named."""


@click.command("minify")
@choosing
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=NamedPath(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the copy: a new or an empty one.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Also write the replacements to FILE, a new one outside of DIR. Never send that file.",
)
@click.pass_context
def command(ctx: click.Context, request: Request, folder: Path, mapping: Path | None) -> None:
    """Copy SOURCE... to DIR without names, for bug reports.

    Names, commands, hosts, addresses, users, paths, file names and comments are replaced, equal
    words by equal ones. Conditions, times, calendars, exit codes and limits stay, and lines keep
    their numbers. The copy is written if transpile reads it as it reads the original, up to the
    names. transpile.toml is not copied.

    Exit status: 0 written, 1 nothing was written, or a file was left out, 2 wrong usage.
    """
    _check_places(folder, mapping)
    # Sources are read by their own text alone, as the copy is.
    loaded = load_sources(request.sources, request.dialect, str(folder), request.chosen)
    if not loaded.sources:
        show_diagnostics(request.places.shown(loaded.diagnostics))
        ctx.exit(1)
    copy = _written(loaded, folder, request)
    if mapping is not None:
        _write_mapping(mapping, copy)
    show_diagnostics(request.places.shown(loaded.diagnostics))
    _tell(copy, loaded, folder, request)
    ctx.exit(int(loaded.diagnostics.failed(strict=False)))


def _check_places(folder: Path, mapping: Path | None) -> None:
    """Raise UsageError for a folder with files, and for a mapping inside it or in a wrong place."""
    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty: name a new folder")
    if mapping is None:
        return
    if Path(os.path.realpath(mapping)).is_relative_to(os.path.realpath(folder)):
        raise click.UsageError("--mapping FILE tells the names: write it outside of DIR")
    if os.path.lexists(mapping):
        raise click.UsageError(f"--mapping {mapping} exists and stays as it is: name a new file")
    if not mapping.parent.is_dir():
        raise click.UsageError(f"--mapping {mapping}: {mapping.parent} is not a folder")


def _written(loaded: Loaded, folder: Path, request: Request) -> Copy:
    """The copy, written to the folder. Raises ClickException."""
    try:
        copy = minified(loaded)
        write_copy(loaded, copy, folder, request.dialect)
    except NotSupported as error:
        raise click.ClickException(f"cannot minify {error} yet; nothing is written") from error
    except Refused as error:
        raise click.ClickException(f"{error}; nothing is written") from error
    except Differs as error:
        reason = f"the copy does not read as the original does: {error}; nothing is written"
        raise click.ClickException(reason) from error
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror or error}") from error
    return copy


def _write_mapping(path: Path, copy: Copy) -> None:
    """Write the replacements of files and words. Raises ClickException."""
    data = {"files": dict(copy.paths), "words": dict(copy.mapping)}
    try:
        write_text(path, f"{to_json(data, 1)}\n")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error


def _tell(copy: Copy, loaded: Loaded, folder: Path, request: Request) -> None:
    """Print what was replaced and what was left out."""
    counts = copy.counts
    echo(
        f"copied {count(len(copy.files), 'file')} to {folder}: "
        f"{count(len(copy.mapping), 'word')} replaced in {count(counts.words, 'place')}, "
        f"{count(counts.prose, 'word')} of texts masked, "
        f"{count(counts.comments, 'comment')} emptied"
    )
    left_out = [candidate.label for candidate in loaded.passed_over]
    if request.settings.path is not None and SETTINGS_FILE not in left_out:
        left_out.append(SETTINGS_FILE)
    if left_out:
        more = f" and {len(left_out) - _SHOWN:,} more" if len(left_out) > _SHOWN else ""
        echo(f"not copied: {', '.join(left_out[:_SHOWN])}{more}")
    echo("the copy reads as the original does, up to the names")
    echo("read it before you send it: words of shells and schedulers, and short numbers, stay")
    say_next("check", operand(folder))
