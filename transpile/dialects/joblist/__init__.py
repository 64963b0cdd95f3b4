"""Plain lists of jobs: tables, YAML, JSON, drawings of Graphviz and pairs of names."""

from transpile.dialects.joblist.codes import RANGE
from transpile.dialects.joblist.constructs import CONSTRUCTS
from transpile.dialects.joblist.estate import read_networks
from transpile.dialects.joblist.handover import hand_over
from transpile.dialects.joblist.minify import MINIFIER
from transpile.dialects.joblist.operations import OPERATIONS
from transpile.dialects.joblist.programs import PROGRAMS
from transpile.dialects.joblist.reader import looks_like, recognises
from transpile.dialects.joblist.settings import PAIRS, TABLE, claims
from transpile.dialects.kit.contract import Dialect

DIALECT = Dialect(
    name="joblist",
    title="Job list",
    suffixes=(".dot", ".gv", *PAIRS),
    recognises=recognises,
    read=read_networks,
    constructs=CONSTRUCTS,
    minifier=MINIFIER,
    hand_over=hand_over,
    codes=RANGE,
    looks_like=looks_like,
    programs=PROGRAMS,
    operations=OPERATIONS,
    tables=(TABLE,),
    claims=claims,
)
