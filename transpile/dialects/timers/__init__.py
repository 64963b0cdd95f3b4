"""Timers: crontabs, anacrontabs and systemd units."""

from transpile.dialects.kit.contract import Dialect
from transpile.dialects.timers.codes import RANGE
from transpile.dialects.timers.constructs import CONSTRUCTS
from transpile.dialects.timers.estate import read_networks
from transpile.dialects.timers.handover import hand_over
from transpile.dialects.timers.minify import MINIFIER
from transpile.dialects.timers.operations import OPERATIONS
from transpile.dialects.timers.programs import PROGRAMS
from transpile.dialects.timers.reader import UNIT_SUFFIXES, recognises
from transpile.dialects.timers.settings import TABLE

DIALECT = Dialect(
    name="timers",
    title="Timers",
    suffixes=UNIT_SUFFIXES,
    recognises=recognises,
    read=read_networks,
    constructs=CONSTRUCTS,
    aliases=("crontab", "systemd", "anacron"),
    codes=RANGE,
    programs=PROGRAMS,
    operations=OPERATIONS,
    minifier=MINIFIER,
    hand_over=hand_over,
    tables=(TABLE,),
)
