"""Job files, properties, flows and settings to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.azkaban.alerts import EMAILS
from transpile.dialects.azkaban.flows import OF_NODES, OF_TRIGGERS
from transpile.dialects.azkaban.job_types import KEYS, LINES
from transpile.dialects.azkaban.model import FailureAction
from transpile.dialects.azkaban.reader import JOB, kind_of
from transpile.dialects.azkaban.run_values import PROJECT_NAME, SHELL_VARIABLES, START_PARTS
from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.sources.text import Source

_SETTINGS = r"""
    ^[ \t]*(?P<KNOWN1>(?:retries|retry\.backoff|maxWaitMins)[ \t]*[=:][ \t]*["']?\d+)(?![\w.])
  | ^[ \t]*(?P<KNOWN2>azkaban-flow-version[^\n]*)
  | ^[ \t]*value:(?P<KNOWN3>(?:[ \t]+["']?[A-Z\d*?/,\#-]+["']?){5,7})[ \t]*$
"""
_PROPERTIES = re.compile(rf"^[ \t]*[\#!](?P<ASIDE>[^\n]*)|{_SETTINGS}", re.M | re.X)
_FLOW = re.compile(rf"^[ \t]*\#(?P<ASIDE>[^\n]*)|{_SETTINGS}", re.M | re.X)
_PUBLIC = """
    flow noop hadoopjava hadoopshell condition config type dependencies depends on retries retry
    backoff exponential root node env working dir succeed failure notification job name cron
    value trigger schedule params param one success failed all done version
    date flowid jobid innodes action execution url link id uuid attempt status
    """
_CALLS = """
    ajax executeflow scheduleflow schedulecronflow cancelflow pauseflow resumeflow
    retryfailedjobs removesched upload execid project flow manager session run execute schedule
    cancel build create
    """


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of a file of a project."""
    return parted(source.text, _PROPERTIES if kind_of(source) == JOB else _FLOW)


MINIFIER = Minifier(
    pieces,
    public=words_of(
        _PUBLIC,
        *OF_NODES,
        *OF_TRIGGERS,
        *EMAILS,
        *LINES,
        *(re.sub(r"\\\\.", ".", pattern.pattern) for pattern in KEYS.values()),
        *SHELL_VARIABLES,
        *START_PARTS,
        PROJECT_NAME,
        *(action.value for action in FailureAction),
    ),
    calls=words_of(_CALLS),
    names_files=True,
)
