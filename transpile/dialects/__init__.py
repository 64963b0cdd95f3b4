"""The formats that can be read."""

from importlib import import_module

from transpile.dialects.kit.contract import Construct, Dialect
from transpile.dialects.kit.csv_listing import TABLE
from transpile.dialects.kit.programs import OTHERS
from transpile.findings.codes import CODES
from transpile.model import Site
from transpile.model.listings import ListingFormat
from transpile.model.programs import Schedulers
from transpile.sources.text import HEAD

FORMATS = (
    "autosys",
    "dagman",
    "tws",
    "azkaban",
    "controlm",
    "timers",
    "joblist",
)
"""The folders of the formats, in the order in which their readers are asked."""

_NO_SITE = Site()
_FOUND: tuple[Dialect, ...] = tuple(import_module(f"{__name__}.{f}").DIALECT for f in FORMATS)

DIALECTS = {dialect.name: dialect for dialect in _FOUND}

READINGS = {reading.name: reading for dialect in _FOUND for reading in dialect.readings}
"""The questions that the documents of formats leave open, by name."""

SCHEDULERS = Schedulers((*(dialect.programs for dialect in _FOUND), *OTHERS))
"""All schedulers that commands may call."""

TABLES = tuple(name for dialect in _FOUND for name in dialect.tables)
"""The tables of transpile.toml that only one format knows."""

LISTINGS = (*(listing for dialect in _FOUND for listing in dialect.listings), TABLE)
"""All listings of runs, in the order in which they are tried."""


def listing_format(text: str) -> ListingFormat | None:
    """The format of a listing, by its content."""
    return next((found for found in LISTINGS if found.recognises(text)), None)


def by_name(name: str) -> Dialect | None:
    """The dialect of that name or alias."""
    return next((d for d in _FOUND if name == d.name or name in d.aliases), None)


def recognise(path: str, head: str, site: Site = _NO_SITE) -> Dialect | None:
    """The dialect of a file: as transpile.toml says, by suffix, by how its text begins, by both."""
    head = head[:HEAD]
    for dialect in _FOUND:
        if dialect.claims is not None and dialect.claims(path, site):
            return dialect
    named = [d for d in _FOUND if path.lower().endswith(d.suffixes)]
    for dialect in named:
        if dialect.looks_like is None:
            return dialect
    for dialect in _FOUND:
        if dialect.recognises(head):
            return dialect
    return next((d for d in named if d.looks_like is not None and d.looks_like(head)), None)


__all__ = [
    "CODES",
    "DIALECTS",
    "FORMATS",
    "LISTINGS",
    "READINGS",
    "SCHEDULERS",
    "TABLES",
    "Construct",
    "Dialect",
    "by_name",
    "listing_format",
    "recognise",
]
