"""IBM/HCL Workload Scheduler (Tivoli, Maestro): composer text."""

import re
from collections.abc import Sequence

from transpile.diagnostics import Diagnostics
from transpile.dialects.contract import Dialect
from transpile.dialects.tws.constructs import CONSTRUCTS
from transpile.dialects.tws.estate import build_network
from transpile.dialects.tws.reader import read_objects
from transpile.ir import Network, Site
from transpile.ir.zones import Zones
from transpile.source import Source

_LEAD = r"(?:\s|^[ \t]*\#[^\n]*|^\*[^\n]*|<<[^>]*>>)*"
_HEADER = (
    r"(?:on|except|validfrom|timezone|tz|description|draft|vartable|freedays|at|schedtime|until"
    r"|startcond|deadline|carryforward|matching|follows|join|needs|opens|prompt|priority|limit|keysched)(?![^\s])"
)
_OBJECTS = (
    r"\$(?:schedules?|jobs|calendars?|resources?|prompts?|parms?|vartables?)(?![^\s])"
    rf"|schedule[ \t]+\S+\s*(?::|{_HEADER})"
    r"|[\w@^/.-]+\#[\w@^/.-]+\s+(?:scriptname|docommand)(?![^\s\"])"
    r"|cpuname[ \t]+\S+[\s\S]{0,400}?\bos[ \t]+\w+"
)
_FIRST = re.compile(rf"{_LEAD}(?:{_OBJECTS})", re.I | re.M)


def _recognises(head: str) -> bool:
    return _FIRST.match(head) is not None


def _read(sources: Sequence[Source], diagnostics: Diagnostics, site: Site) -> list[Network]:
    parsed = (found for source in sources for found in read_objects(source, diagnostics))
    return [build_network(parsed, diagnostics, Zones(dict(site.timezones)))]


DIALECT = Dialect(
    name="tws",
    title="IBM Workload Scheduler composer text",
    suffixes=(".tws",),
    recognises=_recognises,
    read=_read,
    constructs=CONSTRUCTS,
    aliases=("iws", "maestro", "composer"),
)
