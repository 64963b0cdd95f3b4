"""JIL to pieces for `transpile minify`, by statement and attribute."""

import difflib
import re
from collections.abc import Iterator

from transpile.dialects.autosys.calendar_records import CYCLE_KEYS, EXTENDED_KEYS
from transpile.dialects.autosys.calendars import CALENDARS
from transpile.dialects.autosys.catalogue import (
    EXPRESSIONS,
    KNOWN,
    OTHER_STATUSES,
    PLATFORM_VERBS,
    SCHEDULE_KEYS,
)
from transpile.dialects.autosys.reader import Attribute, Row, Statement, read_statements
from transpile.dialects.autosys.rule_words import DAYS, MONTHS, WORDS
from transpile.dialects.autosys.templates import Templates
from transpile.dialects.autosys.values import unquoted
from transpile.dialects.kit.pieces import Minifier, Piece, Places, Treatment, parted, words_of
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source

_PROSE = frozenset("description notification_msg svcdesk_desc".split())
_CALENDARS = frozenset("run_calendar exclude_calendar holcal cyccal".split())
_OF_THE_FORMAT = (SCHEDULE_KEYS - _CALENDARS - {"timezone"}) | frozenset(CYCLE_KEYS) | frozenset("""
    alarm_if_fail alarm_if_terminated auto_delete auto_hold avg_runtime box_terminator condition
    continuous elevated fail_codes heartbeat_interval interactive job_load job_terminator job_type
    max_exit_success max_run_alarm min_run_alarm must_complete_times must_start_times n_retrys
    notification_alarm_types notification_emailaddress_on_alarm permission priority resources
    send_notification service_desk status success_codes svcdesk_imp svcdesk_pri svcdesk_sev
    term_run_time ulimit watch_file_change_type watch_file_change_value watch_file_min_size
    watch_file_recursive watch_file_type watch_interval watch_no_change workday non_workday holiday
    adjust type factor max_load res_type amount
    """.split())
"""Attributes whose values are words of the format, and numbers."""

_RULES = words_of(*WORDS, "cwek day month year workd")
WORDS_OF_JIL = (
    words_of(*KNOWN, *PLATFORM_VERBS, *OTHER_STATUSES, *DAYS, *MONTHS, *EXTENDED_KEYS, *CYCLE_KEYS)
    | frozenset(
        f"{before}{word}{behind}"
        for word in _RULES
        for before in ("", "x")
        for behind in ("", "x", "m")
    )
    | words_of("""
    insert_job update_job override_job delete_job delete_box insert_global update_global value
    delete_global calendar extended_calendar ext_calendar cycle success failure done terminated
    notrunning exitcode and or not on_hold on_ice on_noexec cmd ft fw yes no true false all su
    mo tu we th fr sa monday tuesday wednesday thursday friday saturday sunday gx ge wx mx me
    exist notexist generate shrink grow size quantity free node_name max_load factor res_type
    amount
    """)
)
_CALLS = words_of("""
    force startjob change_status kill killjob set_global job_on_hold job_off_hold job_on_ice
    job_off_ice job_on_noexec job_off_noexec comment deletejob alarm
    """)
_PUBLIC = words_of("and or auto_job_name autorun autopid autoserv autouser")

_ATOM = re.compile(
    r"(?P<KNOWN1>\b[A-Za-z]+[ \t]*)\((?P<NAMES1>[^(),^\"&|]*)(?P<NAMES2>\^\w+[ \t]*)?"
    r"(?P<KNOWN2>,[^()]*)?\)(?:(?<=\))[ \t]*[!<>=]{1,2}[ \t]*"
    r"(?P<NAMES3>\"[^\"]*\"|(?=\S*[A-Za-z])[^\s()&|\"]+))?"
)
_BEHIND_NAME = (
    re.compile(r"(?<!\s)(?P<KNOWN>\s+delete)\Z"),
    re.compile(r"(?P<KNOWN>[ \t]value(?=:))"),
)
"""What a statement may hold behind a name: override_job cancels, insert_global gives a value."""

_COMMENT = re.compile(r"/\*(?P<ASIDE1>[\s\S]*?)\*/|#(?P<ASIDE2>[^\n]*)|/\*(?P<ASIDE3>[^\n]*)")


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of a JIL file; text in front of all statements is in none."""
    hidden = Templates(source, {}, Diagnostics()).source
    known = list(_Pieces(hidden).of_statements())
    at = 0
    for piece in (*known, Piece(len(source.text), len(source.text), Treatment.NAMES)):
        for match in _COMMENT.finditer(source.text, at, piece.start):
            start, end = next(
                match.span(name) for name in match.groupdict() if match[name] is not None
            )
            yield Piece(start, end, Treatment.ASIDE)
        yield piece
        at = piece.end


class _Pieces:
    """Finds the pieces of statements in their text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._places = Places(source.text)

    def of_statements(self) -> Iterator[Piece]:
        """The pieces of all statements, in order."""
        for statement in read_statements(self._source, Diagnostics()):
            yield from sorted(self._statement(statement))

    def _statement(self, statement: Statement) -> Iterator[Piece]:
        start = self._places.offset(statement.span.line, statement.span.column)
        yield Piece(start, start + len(statement.verb), Treatment.KNOWN)
        start = self._places.offset(statement.span.line, statement.name_column)
        yield from self._name(statement, start)
        for row in statement.rows:
            is_date = statement.verb in CALENDARS
            yield from self._row(row, Treatment.KNOWN if is_date else Treatment.NAMES)
        for attribute in statement.attributes:
            yield from self._attribute(attribute, statement.verb in CALENDARS)

    def _name(self, statement: Statement, start: int) -> Iterator[Piece]:
        name, text = statement.name, self._text
        line_end = text.find("\n", start) % (len(text) + 1)
        # Quotes and escapes make the name longer than it is.
        ends = range(start + len(name), line_end + 1)
        end = next((at for at in ends if unquoted(text[start:at]) == name), start)
        if self._text[start:end]:
            yield from parted(
                text, _BEHIND_NAME[statement.verb.endswith("_global")], start=start, end=end
            )

    def _attribute(self, attribute: Attribute, of_calendar: bool) -> Iterator[Piece]:
        start = self._places.offset(attribute.span.line, attribute.span.column)
        yield Piece(start, start + len(attribute.key), _of_key(attribute.key))
        start = self._places.offset(attribute.span.line, attribute.column)
        end = start + len(attribute.value)
        treatment = _treatment(attribute)
        if attribute.key in EXPRESSIONS and not of_calendar:
            yield from parted(self._text, _ATOM, Treatment.KNOWN, start, end)
        elif attribute.value:
            yield Piece(start, end, treatment)
        if attribute.comment:
            start = self._text.index(attribute.comment, end)
            yield Piece(start + 2, start + len(attribute.comment) - 2, Treatment.ASIDE)
        for row in attribute.rows:
            yield from self._row(row, treatment)

    def _row(self, row: Row, treatment: Treatment) -> Iterator[Piece]:
        start = self._places.offset(row.span.line, row.span.column)
        yield Piece(start, start + len(row.text), treatment)


def _of_key(key: str) -> Treatment:
    """How the name of an attribute is treated: one that looks misspelled stays as it is."""
    is_close = key not in KNOWN and difflib.get_close_matches(key, KNOWN, 1)
    return Treatment.KEEP if is_close else Treatment.KNOWN


def _treatment(attribute: Attribute) -> Treatment:
    """How the value of an attribute is treated, apart from a condition."""
    if attribute.key in _PROSE:
        return Treatment.PROSE
    if attribute.key == "timezone":
        return Treatment.ZONE
    return Treatment.KNOWN if attribute.key in _OF_THE_FORMAT else Treatment.NAMES


MINIFIER = Minifier(pieces, WORDS_OF_JIL, _PUBLIC, _CALLS)
