"""Crontabs, anacrontabs and units to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.kit.cron import NICKNAMES
from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.dialects.timers.cron_names import TAKES_COMMAND
from transpile.dialects.timers.reader import sorted_out
from transpile.dialects.timers.service_limits import EXIT_NAMES, SIGNALS
from transpile.dialects.timers.system_users import SURE_USERS
from transpile.dialects.timers.unit_words import OTHER_TYPES, SECTIONS
from transpile.sources.text import Source

_VARIABLES = r"""
  | ^[ \t]*["']?(?:CRON_)?TZ["']?[ \t]*=[ \t]*(?P<ZONE>[^\n]*)
  | ^[ \t]*["']?(?:RANDOM_DELAY|START_HOURS_RANGE)["']?[ \t]*=(?P<KNOWN>[^\n]*)
  | ^[ \t]*["']?[^\s=]+["']?[ \t]*=[^\n]*
"""
_CRONTAB = re.compile(
    rf"""
    ^[ \t]*\#(?P<KNOWN1>[^\n]*(?:\bdow\b|day[ ]of[ ]week|[*][ ][*][ ][*][ ][*][ ][*])[^\n]*)
  | ^[ \t]*\#(?P<PROSE>[^\n]*)
    {_VARIABLES}
  | ^[ \t]*-?(?P<KNOWN2>@\w+|[0-9*~]\S*(?:[ \t]+\S+){{4}})(?!\S)
    """,
    re.I | re.M | re.X,
)
_ANACRONTAB = re.compile(
    rf"""
    ^[ \t]*\#(?P<ASIDE>[^\n]*)
    {_VARIABLES}
  | ^[ \t]*(?P<KNOWN1>(?:\d+|@\w+)[ \t]+\d+)(?!\S)
    """,
    re.I | re.M | re.X,
)
_COUNTED = (
    r"On(?:Active|Boot|Startup|UnitActive|UnitInactive)Sec|\w+Sec|Type|Restart|RemainAfterExit"
    r"|RemainAfterElapse|Persistent|SuccessExitStatus|RestartPreventExitStatus"
    r"|RestartForceExitStatus|StartLimit\w+|UMask|Memory\w+|CPU\w+|Limit\w+|Nice|Tasks\w+|\w+Mode"
    r"|DefaultDependencies|FixedRandomDelay|WakeSystem|DeferReactivation|OnClockChange"
    r"|OnTimezoneChange|KillSignal|Private\w+|Protect\w+|NoNewPrivileges|\w+Policy|ExitType"
)
_UNIT = re.compile(
    rf"""
    ^\#[ ](?P<NAMES>/\S+\.(?:timer|service|target|conf|{"|".join(OTHER_TYPES)})[ \t]*)$
  | ^[ \t]*[\#;](?P<ASIDE>[^\n]*)
  | ^[ \t]*\[(?P<KNOWN>[^\n]*)
  | ^[ \t]*(?P<KNOWN1>(?:Description|Documentation)[ \t]*=)(?P<PROSE>(?:\\\n|[^\n])*)
  | ^[ \t]*(?P<KNOWN2>OnCalendar[ \t]*=(?:[ \t]*[^\s]+(?:[ \t]+[^\s]+)*?)?)
        (?P<ZONE>[ \t]+[A-Za-z][\w/+-]*)?[ \t]*$
  | ^[ \t]*(?P<KNOWN3>(?:{_COUNTED})[ \t]*=(?:\\\n|[^\n])*)
  | ^[ \t]*(?P<KNOWN4>[A-Z][A-Za-z0-9-]*[ \t]*=)
    """,
    re.M | re.X,
)
_WORDS = """
    yes no true false on off oneshot simple exec forking dbus notify idle always failure
    abnormal abort watchdog success usec msec sec second seconds s min minute minutes m h hr
    hour hours d day days w week weeks month months y year years infinity us ms daily weekly
    monthly yearly quarterly semiannually hourly minutely annually process mixed control none
    full strict dom mon dow user command of shared optional
    """
_PUBLIC = """
    cron crontab anacron anacrontab anacrontabs systemd system units conf etc d cron_tz
    content_type content_transfer_encoding random_delay start_hours_range timer service target
    network online multi user timers basic sysinit default graphical local fs remote time sync
    shutdown rescue suspend hibernate sleep append file journal inherit truncate kmsg tty
    console today tomorrow yesterday next last day days week month year now chronic cronic
    invocation_id journal_stream trigger_unit monitor service_result exit_code exit_status
    mainpid run parts sigterm sigkill sigint sighup core mem fifo lsb
    """
_CALLS = """
    start stop restart try_restart reload_or_restart enable disable mask unmask isolate
    reset_failed daemon_reload show status is_active is_failed is_enabled list_timers list_jobs
    """
_KEYS = frozenset().union(*SECTIONS.values())


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of a file, by what it is."""
    files = sorted_out([source])
    if files.units:
        return parted(source.text, _UNIT)
    return parted(source.text, _ANACRONTAB if files.anacrontabs else _CRONTAB)


MINIFIER = Minifier(
    pieces,
    words_of(
        _WORDS,
        *EXIT_NAMES,
        *SIGNALS,
        *NICKNAMES,
        "reboot midnight",
        *SECTIONS,
        *_KEYS,
        *OTHER_TYPES,
    ),
    words_of(_PUBLIC, *SURE_USERS, *TAKES_COMMAND),
    words_of(_CALLS),
    names_files=True,
)
