"""Composer text to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.dialects.tws.chunks import STRING
from transpile.dialects.tws.keywords import RESERVED
from transpile.sources.text import Source

_BEFORE_PROSE = (
    "description|abendprompt|prompt|servicename|servicedescription|servicetags|servicevariables"
)
_PIECES = re.compile(
    rf"""
    ^(?:[ \t]*\#|\*)(?P<ASIDE1>[^\n]*)
  | <<(?P<ASIDE2>(?:(?!<<)[\s\S])*?)>>
  | (?<![^\s:)])(?:{_BEFORE_PROSE})\s*(?P<PROSE>{STRING})
  | ^[ \t]*\$?[\w.-]+\s+(?P<PROSE1>{STRING})(?=\s+\d)
  | (?<!\S)(?:timezone|tz)\s+(?P<ZONE>[^\s:,()]+)
  | (?<!\S)(?:rccondsucc|(?:succ)?outputcond\s+[^\s"]+)\s*(?P<KNOWN1>{STRING})
  | (?P<KNOWN2>"FREQ={STRING[1:]})
  | (?P<NAMES>{STRING[:-1]}"?)
  | (?<![^\s(,:+-])(?P<KNOWN3>\d[\d/:]*%?)(?![^\s),:])
    """,
    re.I | re.M | re.X,
)
_WORDS = """
    freq interval byday bymonth bymonthday byworkday byfreeday daily weekly monthly yearly
    byweekday byhour minutely hourly
    """
_PUBLIC = """
    access calendar calendars cpu cpuname cpuclass domain eventrule eventrules folder folders
    job jobs parm parms prompts resource resources rcg runcyclegroup runcyclegroups schedules
    user users vartables wat members isdefault su mo tu we th fr sa everyday request suppr cont
    canc of all hi go day days weekday weekdays workday workdays attempt succ abend fail error
    exec suppressed succp holidays os unix windows other wnt node tcpaddr master type fta agent
    manager stop continue rerun jobdefinition jsdl jsdle application executable script arguments
    value credential xml version encoding utf amp lt gt quot apos username xmlns path
    interactive name xsi www ibm com scheduling eventruleset eventcondition eventname donotstart
    enqueue parallel custom kill notempty rc and or not
    """
_CALLS = """
    sbs sbj sbd submit sched cancel cs cj release rs rj reply rerun rr kill add replace delete
    modify
    """


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of composer text."""
    return parted(source.text, _PIECES)


MINIFIER = Minifier(pieces, words_of(_WORDS), words_of(_PUBLIC, *RESERVED), words_of(_CALLS))
