"""The dialect of AutoSys JIL."""

from collections.abc import Iterator, Sequence

from transpile.dialects.autosys.codes import RANGE
from transpile.dialects.autosys.constructs import CONSTRUCTS
from transpile.dialects.autosys.day_readings import READINGS as DAY_READINGS
from transpile.dialects.autosys.estate import build_estate
from transpile.dialects.autosys.handover import definitions
from transpile.dialects.autosys.listings import LISTINGS
from transpile.dialects.autosys.minify import MINIFIER
from transpile.dialects.autosys.operations import OPERATIONS
from transpile.dialects.autosys.programs import PROGRAMS
from transpile.dialects.autosys.reader import Statement, begins_with_statement, read_statements
from transpile.dialects.autosys.readings import CALENDAR_READINGS
from transpile.dialects.autosys.templates import Templates
from transpile.dialects.kit.contract import Dialect, Handover, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.zones import Zones
from transpile.sources.text import Source


def _read(sources: Sequence[Source], diagnostics: Diagnostics, site: Site) -> list[Network]:
    statements = _statements(sources, diagnostics, site)
    zones = Zones(dict(site.timezones))
    return [build_estate(statements, diagnostics, zones, dict(site.readings))]


def _statements(
    sources: Sequence[Source], diagnostics: Diagnostics, site: Site
) -> Iterator[Statement]:
    values = dict(site.templates)
    for source in sources:
        templates = Templates(source, values, diagnostics)
        for statement in read_statements(templates.source, diagnostics):
            templates.fill(statement)
            yield statement


def _hand_over(sources: Sequence[Source], site: Site, gone: Leaving) -> Handover:
    return definitions(_statements(sources, Diagnostics(), site), gone)


DIALECT = Dialect(
    name="autosys",
    title="AutoSys JIL",
    suffixes=(".jil",),
    recognises=begins_with_statement,
    read=_read,
    constructs=CONSTRUCTS,
    codes=RANGE,
    aliases=("jil",),
    programs=PROGRAMS,
    operations=OPERATIONS,
    listings=LISTINGS,
    minifier=MINIFIER,
    hand_over=_hand_over,
    can_start=True,
    readings=(*CALENDAR_READINGS, *DAY_READINGS),
)
