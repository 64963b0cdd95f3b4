"""Findings about sources that cannot be read."""

from collections.abc import Iterable

from transpile.cli.console import echo
from transpile.cli.places import Places
from transpile.findings.codes.reading import BinarySource, NoSource, UnknownFormat, UnreadableSource
from transpile.findings.diagnostics import Diagnostic

_UNREAD = (BinarySource, NoSource, UnknownFormat, UnreadableSource)


def unread(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings about sources that cannot be read."""
    return [found for found in diagnostics if found.kind in _UNREAD]


def report_unread(diagnostics: Iterable[Diagnostic], places: Places) -> bool:
    """Print these findings on standard error, whatever the format; True if there are any."""
    shown = places.shown(unread(diagnostics))
    for found in shown:
        echo(str(found), err=True)
    return bool(shown)
