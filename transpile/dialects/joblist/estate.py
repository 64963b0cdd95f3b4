"""Turns sources into networks, one or several for each list."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from transpile.dialects.joblist.builder import Kept, build_networks
from transpile.dialects.joblist.model import JobList
from transpile.dialects.joblist.reader import read_lists
from transpile.dialects.joblist.settings import (
    ListSettings,
    read_list_settings,
    report_unused,
    settings_of,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.zones import Zones
from transpile.sources.text import Source


@dataclass(slots=True)
class _Read:
    """A list, the folders of its file, what the team says about it, and what is known of it."""

    found: JobList
    folders: tuple[str, ...]
    settings: ListSettings
    kept: Kept


def read_networks(
    sources: Sequence[Source], diagnostics: Diagnostics, site: Site
) -> Iterator[Network]:
    """The networks of all lists. Where titles are equal, the folders go before them."""
    settings = read_list_settings(site, diagnostics)
    report_unused(settings, sources, diagnostics)
    zones = Zones(dict(site.timezones))
    lists = [read for source in sources for read in _lists_of(source, settings, diagnostics)]
    count = Counter(read.found.title for read in lists)
    taken: Counter[str] = Counter()
    for read in lists:
        title = read.found.title
        if count[title] > 1:
            title = "_".join((*read.folders, title))
            taken[title] += 1
            read.found.title = title if taken[title] == 1 else f"{title}_{taken[title]}"
        if read.found.jobs or read.found.boxes:
            yield from build_networks(read.found, read.settings, zones, read.kept, diagnostics)
        else:
            for each in read.kept.kept:
                diagnostics.record(each)


def _lists_of(
    source: Source, settings: Sequence[ListSettings], diagnostics: Diagnostics
) -> Iterator[_Read]:
    own = settings_of(source, settings)
    kept = Kept()
    for found in read_lists(source, own, kept):
        yield _Read(found, PurePath(source.label).parts[:-1], own, kept)
        kept = Kept()
    # Nothing came of it.
    for each in kept.kept:
        diagnostics.record(each)
