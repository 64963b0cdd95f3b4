"""Reads files in which a scheduler recorded or forecast its runs."""

from datetime import datetime, timezone
from pathlib import Path

import click

from transpile.cli.options import Request
from transpile.dialects import LISTINGS, listing_format
from transpile.model.listings import Listed, ListingFormat, ListingSetting
from transpile.model.zones import Zones

UTC = "UTC"


def scheduler_zone(request: Request) -> str:
    """The zone of times without one: that of the scheduler in transpile.toml, else UTC."""
    return Zones(dict(request.settings.rules.site.timezones)).default or UTC


def read_listing(path: Path, text: str, zone: str, option: str) -> tuple[ListingFormat, Listed]:
    """The format and the content of a listing. Raises UsageError for an unknown format."""
    form = listing_format(text)
    if form is None:
        known = "; ".join(each.title for each in LISTINGS)
        raise click.UsageError(f"{option} {path}: unknown format; known: {known}")
    return form, form.read(text, ListingSetting(zone, datetime.now(timezone.utc).date()))
