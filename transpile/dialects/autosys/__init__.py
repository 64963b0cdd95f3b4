"""AutoSys JIL: statements, the estate they build, and its jobs."""

from collections.abc import Sequence

from transpile.diagnostics import Diagnostics
from transpile.dialects.autosys.constructs import CONSTRUCTS
from transpile.dialects.autosys.estate import build_estate
from transpile.dialects.autosys.statements import begins_with_statement, read_statements
from transpile.dialects.contract import Dialect
from transpile.ir import Network, Site
from transpile.ir.zones import Zones
from transpile.source import Source


def _read(sources: Sequence[Source], diagnostics: Diagnostics, site: Site) -> list[Network]:
    statements = (s for source in sources for s in read_statements(source, diagnostics))
    return [build_estate(statements, diagnostics, Zones(dict(site.timezones)))]


DIALECT = Dialect(
    name="autosys",
    title="AutoSys JIL",
    suffixes=(".jil",),
    recognises=begins_with_statement,
    read=_read,
    constructs=CONSTRUCTS,
    aliases=("jil",),
)
