"""The format HTCondor DAGMan: DAG files, and the submit descriptions that they name."""

import re

from transpile.dialects.dagman.codes import RANGE
from transpile.dialects.dagman.constructs import CONSTRUCTS
from transpile.dialects.dagman.day_engine import DagmanDays
from transpile.dialects.dagman.estate import PEGASUS, RESCUE, read_networks
from transpile.dialects.dagman.handover import hand_over
from transpile.dialects.dagman.minify import MINIFIER
from transpile.dialects.dagman.operations import OPERATIONS
from transpile.dialects.dagman.programs import PROGRAMS
from transpile.dialects.kit.contract import Dialect

_WORDS = (
    r"job|node|final|subdag\s+external|splice|parent|vars|retry|config|include|submit[-_]description"
    r"|script|done|category|maxjobs|priority|abort[-_]dag[-_]on|node[-_]status[-_]file|dot"
)
_FIRST = re.compile(rf"(?:\s|#[^\n]*(?:\n|\Z)|//[^\n]*(?:\n|\Z))*(?:{_WORDS})[ \t]+\S", re.I)


def _recognises(head: str) -> bool:
    known = head.lstrip().startswith(RESCUE) or PEGASUS.match(head)
    return bool(known or _FIRST.match(head))


DIALECT = Dialect(
    name="dagman",
    title="HTCondor DAGMan",
    suffixes=(".dag",),
    recognises=_recognises,
    read=read_networks,
    constructs=CONSTRUCTS,
    codes=RANGE,
    aliases=("condor", "htcondor"),
    programs=PROGRAMS,
    operations=OPERATIONS,
    minifier=MINIFIER,
    hand_over=hand_over,
    readings=DagmanDays.readings,
)
