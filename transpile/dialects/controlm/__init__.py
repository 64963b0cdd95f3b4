"""BMC Control-M: XML exports and JSON of the Automation API."""

import re
from collections.abc import Sequence

from transpile.dialects.controlm.codes import RANGE
from transpile.dialects.controlm.constructs import CONSTRUCTS
from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.controlm.estate import build_network
from transpile.dialects.controlm.handover import definitions
from transpile.dialects.controlm.minify import MINIFIER
from transpile.dialects.controlm.operations import OPERATIONS
from transpile.dialects.controlm.programs import PROGRAMS
from transpile.dialects.controlm.reader import JSON, read_elements
from transpile.dialects.kit.contract import Dialect, Handover, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source

_XML = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
    r"<(?:[\w.-]+:)?(?:DEFTABLE|DEFCAL|WORKSPACE|FOLDER|SMART_FOLDER|TABLE|SMART_TABLE|SCHED_TABLE|SCHED_GROUP)"
    r"(?=[\s>/])",
    re.I | re.S,
)
_TYPE = re.compile(r'"Type"\s*:\s*"(?:(?:Simple|Sub)?Folder"|Job:\w)')


def _recognises(head: str) -> bool:
    """True if the text begins as an export does, or as JSON with folders or jobs."""
    head = head.lstrip("\ufeff")
    return bool(_XML.match(head) or (JSON.match(head) and _TYPE.search(head)))


def _read(sources: Sequence[Source], diagnostics: Diagnostics, site: Site) -> list[Network]:
    elements = [found for source in sources for found in read_elements(source, diagnostics)]
    return [build_network(elements, diagnostics, site)]


def _hand_over(sources: Sequence[Source], _: Site, gone: Leaving) -> Handover:
    return definitions(sources, gone)


DIALECT = Dialect(
    name="controlm",
    title="Control-M",
    suffixes=(".controlm",),
    recognises=_recognises,
    read=_read,
    constructs=CONSTRUCTS,
    codes=RANGE,
    aliases=("control-m",),
    programs=PROGRAMS,
    operations=OPERATIONS,
    minifier=MINIFIER,
    hand_over=_hand_over,
    readings=ControlMDays.readings,
)
