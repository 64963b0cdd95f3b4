"""Tables, trees, drawings and pairs to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.joblist.actions import COMMANDS, NOOP
from transpile.dialects.joblist.boxes import TYPES
from transpile.dialects.joblist.conditions import RULES
from transpile.dialects.joblist.conditions import WORDS as STATUSES
from transpile.dialects.joblist.dot_syntax import LAYOUT
from transpile.dialects.joblist.keys import ENVIRONMENT, WORDS
from transpile.dialects.joblist.settings import UNITS, WHOLE
from transpile.dialects.joblist.tree_reader import CONTAINERS, FOR_READERS, TITLES
from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.sources.text import Source

_COUNTED = "retries|retry|timeout|time[_ -]?limit|execution_timeout"
_AREAS = (
    "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Etc|Europe|Indian"
    "|Pacific|US"
)
_PIECES = re.compile(
    rf"""
    ^[ \t]*(?:\#|//)(?P<ASIDE>[^\n]*)
  | \b(?:{_COUNTED})["']?[ \t]*[:=][ \t]*(?P<KNOWN>["']?\d[\w.]*)
  | (?<![\w/])(?P<ZONE>(?:{_AREAS})/\w[\w/+-]*)
    """,
    re.I | re.M | re.X,
)
_PUBLIC = """
    depends on job task step name nr no time limit trigger rule cron zone exit code
    graph digraph subgraph strict node edge cluster label shape style color fontname fontsize
    lr tb rl bt missing gate waits until dir back both forward hourly daily weekly monthly yearly
    annually midnight left out its schedule workflows overview rounded
    rankdir rank compound lhead ltail tooltip url fillcolor width height arrowhead same invis
    hours hour hr hrs h minutes minute min mins m seconds second sec secs s days day d
    fs ss ff sf true false yes no null none and or not success failure if
    """


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of a list of jobs."""
    return parted(source.text, _PIECES)


MINIFIER = Minifier(
    pieces,
    public=words_of(
        _PUBLIC,
        *(word for words in (*WORDS.values(), *STATUSES.values()) for word in words.split()),
        *(*NOOP, *COMMANDS, *TYPES, *RULES, *ENVIRONMENT, *UNITS, *WHOLE),
        *LAYOUT,
        *(*CONTAINERS, *FOR_READERS, *TITLES),
    ),
    names_files=True,
)
