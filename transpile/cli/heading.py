"""The heading of reports, from transpile.toml, the names of the sources and the environment."""

import os
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import click

from transpile.cli.options import Request
from transpile.report.heading import Heading
from transpile.sources.printable import printable

EPOCH = "SOURCE_DATE_EPOCH"
MOST_NAMED = 3


def heading_of(request: Request) -> Heading:
    """The title and date in transpile.toml, else the names of the sources and SOURCE_DATE_EPOCH.

    With --wave it names the wave. Times of files do not count: a checkout changes them. Raises
    UsageError.
    """
    given = dict(request.settings.rules.site.report)
    date = given.get("date") or _date(os.environ.get(EPOCH, ""))
    title = printable(given.get("title") or _title(request.sources))
    return Heading(title, date, request.settings.rules.waves.chosen or "")


def _title(sources: Sequence[str]) -> str:
    names = list(dict.fromkeys(map(_name, sources)))
    more = len(names) - MOST_NAMED
    named = ", ".join(names[:MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _name(source: str) -> str:
    """The name of a folder, or of a file without its suffix."""
    if source == "-":
        return "standard input"
    path = Path(os.path.realpath(source))
    return (path.name if path.is_dir() else path.stem) or "estate"


def _date(seconds: str) -> str:
    """The day (UTC) of a number of seconds since 1970; empty for an empty text."""
    if not seconds:
        return ""
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"{EPOCH} must be a number of seconds, not {seconds!r}") from error
