"""Turns sources into networks: one for all crontabs, one for all anacrontabs, one per service."""

from collections.abc import Iterator, Sequence

from transpile.dialects.timers.builder import build_anacrontabs, build_crontabs
from transpile.dialects.timers.reader import sorted_out
from transpile.dialects.timers.settings import read_timer_settings
from transpile.dialects.timers.unit_builder import build_units
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source


def read_networks(
    sources: Sequence[Source], diagnostics: Diagnostics, site: Site
) -> Iterator[Network]:
    """The networks of all files."""
    settings = read_timer_settings(site, diagnostics)
    files = sorted_out(sources)
    if files.crontabs:
        yield from build_crontabs(files.crontabs, settings, diagnostics)
    if files.anacrontabs:
        yield from build_anacrontabs(files.anacrontabs, settings, diagnostics)
    if files.units:
        yield from build_units(files.units, settings, diagnostics)
