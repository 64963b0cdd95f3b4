"""Azkaban: projects of job files (Flow 1.0) or flow files (Flow 2.0)."""

import re

from transpile.dialects.azkaban.codes import RANGE
from transpile.dialects.azkaban.constructs import CONSTRUCTS
from transpile.dialects.azkaban.day_engine import AzkabanDays
from transpile.dialects.azkaban.estate import read_networks
from transpile.dialects.azkaban.handover import hand_over
from transpile.dialects.azkaban.minify import MINIFIER
from transpile.dialects.azkaban.operations import OPERATIONS
from transpile.dialects.azkaban.programs import PROGRAMS
from transpile.dialects.azkaban.reader import SETTINGS
from transpile.dialects.kit.contract import Dialect

_NODES = re.compile(r"^nodes[ \t]*:[ \t]*(?:#.*)?$", re.M)
_NAME = re.compile(r"^[ \t]*(?:-[ \t]+)?name[ \t]*:[ \t]*\S", re.M)
_NODE_TYPE = re.compile(r"^[ \t]*(?:-[ \t]+)?type[ \t]*:[ \t]*\w", re.M)
_TYPE = re.compile(r"^[ \t]*type[ \t]*=[ \t]*\w", re.M)
_OTHER = re.compile(
    r"^[ \t]*(?:command(?:\.\d+)?|dependencies|flow\.name|retries|java\.class|(?:hive|pig)\.script"
    r"|execution-jar)[ \t]*=",
    re.M,
)
_KEY = re.compile(r"^[ \t]*(?:-[ \t]+)?[A-Za-z][\w.-]*[ \t]*[=:]", re.M)


def _recognises(head: str) -> bool:
    flow = all(pattern.search(head) for pattern in (_NODES, _NAME, _NODE_TYPE))
    job = _TYPE.search(head) and _OTHER.search(head)
    return bool(flow or job or SETTINGS.search(head))


def _looks_like(head: str) -> bool:
    return "\0" not in head and not head.lstrip().startswith("<") and bool(_KEY.search(head))


DIALECT = Dialect(
    name="azkaban",
    title="Azkaban",
    suffixes=(".flow", ".job", ".project"),
    recognises=_recognises,
    read=read_networks,
    constructs=CONSTRUCTS,
    codes=RANGE,
    looks_like=_looks_like,
    programs=PROGRAMS,
    operations=OPERATIONS,
    minifier=MINIFIER,
    hand_over=hand_over,
    readings=AzkabanDays.readings,
)
