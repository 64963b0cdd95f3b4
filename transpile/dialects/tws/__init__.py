"""IBM/HCL Workload Scheduler (Tivoli, Maestro): composer text."""

import re
from collections.abc import Sequence

from transpile.dialects.kit.contract import Dialect, Handover, Leaving
from transpile.dialects.tws.chunks import SECTIONS
from transpile.dialects.tws.codes import RANGE
from transpile.dialects.tws.constructs import CONSTRUCTS
from transpile.dialects.tws.day_engine import TwsDays
from transpile.dialects.tws.estate import build_network
from transpile.dialects.tws.handover import definitions
from transpile.dialects.tws.keywords import RESERVED
from transpile.dialects.tws.listings import LISTINGS
from transpile.dialects.tws.minify import MINIFIER
from transpile.dialects.tws.operations import OPERATIONS
from transpile.dialects.tws.programs import PROGRAMS
from transpile.dialects.tws.reader import read_objects
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source

_SKIPPED = re.compile(r"\s+|#[^\n]*|(?<![^\n])\*[^\n]*|<<[^>]*>>")
"""Blanks and comments."""

_OBJECT = re.compile(
    rf"\$(?:{SECTIONS})(?!\S)"
    r"|(?P<stream>schedule)[ \t]+(?P<workstation>[^\s:#]+\#)?[^\s:]+"
    r"|[\w@^/.-]+\#[\w@^/.-]+\s+(?:scriptname|docommand|task|streamlogon)(?![^\s\"<])"
    r"|cpuname[ \t]+\S+(?!\S)[\s\S]{0,400}?\bos[ \t]+\w"
    r"|vartable[ \t]+\S+\s+(?:description|isdefault|members)(?![^\s\"])"
    r"|runcyclegroup[ \t]+\S+\s+(?:description|vartable|freedays|on|except|at)(?![^\s\"])",
    re.I,
)
_GOES_ON = re.compile(rf"[:$]|(?:{'|'.join(sorted(RESERVED))})(?![^\s\"(:])", re.I)
_END = re.compile(r"^[ \t]*end[ \t]*$", re.I | re.M)


def _recognises(head: str) -> bool:
    """True if the text begins with an object of composer.

    `SCHEDULE` and a word may also be prose: a keyword must follow, or an END in its own line.
    """
    match = _OBJECT.match(head, _skip(head, 0))
    if match is None or not match["stream"] or match["workstation"]:
        return match is not None
    after = _skip(head, match.end())
    return bool(_GOES_ON.match(head, after) or _END.search(head, after))


def _skip(text: str, at: int) -> int:
    """The offset of the next text behind blanks and comments."""
    while match := _SKIPPED.match(text, at):
        at = match.end()
    return at


def _read(sources: Sequence[Source], diagnostics: Diagnostics, site: Site) -> list[Network]:
    parsed = (found for source in sources for found in read_objects(source, diagnostics))
    return [build_network(parsed, diagnostics, site)]


def _hand_over(sources: Sequence[Source], _: Site, gone: Leaving) -> Handover:
    return definitions(sources, gone)


DIALECT = Dialect(
    name="tws",
    title="IBM Workload Scheduler composer text",
    suffixes=(".tws",),
    recognises=_recognises,
    read=_read,
    constructs=CONSTRUCTS,
    codes=RANGE,
    aliases=("iws", "maestro", "composer"),
    programs=PROGRAMS,
    operations=OPERATIONS,
    listings=LISTINGS,
    minifier=MINIFIER,
    hand_over=_hand_over,
    readings=TwsDays.readings,
)
