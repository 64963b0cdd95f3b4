"""System variables, and the places in commands for values that only a run knows."""

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from transpile.dialects.controlm.functions import Clock, DatePart, FunctionError, ShellPart, Value
from transpile.dialects.kit.texts import Hole, merged
from transpile.model import Text, VariableRef

ORDER_DATE = "ODATE"
"""The variable of the network that is the start of the run."""

NAMES: dict[str, tuple[str, ...]] = {
    "JOBNAME": ("JOBNAME", "MEMNAME", "FOLDER_NAME"),
    "MEMNAME": ("MEMNAME",),
    "MEMLIB": ("MEMLIB",),
    "APPLIC": ("APPLICATION",),
    "APPL": ("APPLICATION",),
    "APPLGROUP": ("SUB_APPLICATION",),
    "GROUP": ("SUB_APPLICATION",),
    "NODEID": ("NODEID", "NODEGRP"),
    "OWNER": ("RUN_AS",),
    "DATACENTER": ("DATACENTER",),
    "SCHEDTAB": ("PARENT_FOLDER",),
}
"""Variables that have the value of an attribute of the job."""

INHERITED = frozenset(("DATACENTER", "APPLICATION", "SUB_APPLICATION"))
"""Of these attributes, those that a folder gives its jobs."""

_DATES = {
    f"{dollar}{letter}{name}": (clock, form)
    for letter, clock in (("O", Clock.ORDER), ("R", Clock.WORKING), ("", Clock.NOW))
    for dollar, name, form in (
        ("", "DATE", "ymd"),
        ("$", "DATE", "Ymd"),
        ("", "YEAR", "y"),
        ("$", "YEAR", "Y"),
        ("", "MONTH", "m"),
        ("", "DAY", "d"),
        ("", "JULDAY", "j"),
        ("$", "JULDAY", "Yj"),
        ("", "CENT", "C"),
        ("$", "CENT", "C"),
    )
} | {"TIME": (Clock.NOW, "HMS")}

_ONLY_THERE = frozenset("""
    COMPSTAT TABLE_ID TIMEID TIMEF AVG_TIME $AVGELAP $MAXELAP $MINELAP
    WDAY OWDAY RWDAY WEEK OWEEK RWEEK $WEEK $OWEEK $RWEEK MONNAM OMONNAM RMONNAM
    SMART_ORDERID LIBMEMSYM
    """.split())
"""Those without a value in a workflow. Days of the week and names of months depend on the site."""

RUN_NAME = "${FLYTE_INTERNAL_EXECUTION_ID}"
_RUN_COUNT = "$((${FLYTE_ATTEMPT_NUMBER:-0} + 1))"
_SHELL_NAME = re.compile(r"\$\{?\w*\Z")
_BLANKS = re.compile(r"BLANK(\d{0,2})", re.ASCII)


class NoValue(Exception):
    """A value that a workflow has not, or not in this place; the message says why."""


def of_the_system(key: str, word: str, *, cyclic: bool) -> Value | None:
    """The value of the system variable `word`; None for a variable of users. Raises NoValue."""
    if key in _DATES:
        clock, letters = _DATES[key]
        if clock is Clock.WORKING:
            raise NoValue(f"{word} is the working day on which the job runs")
        return tuple(DatePart(clock, letter, word) for letter in letters)
    if key == "ORDERID":
        return (ShellPart(RUN_NAME, word),)
    if key in ("RUNCOUNT", "RN"):
        if cyclic:
            raise NoValue(f"{word} counts the runs of a cyclic job")
        return (ShellPart(_RUN_COUNT, word),)
    if key in NAMES:
        raise NoValue(f"no attribute says what {word} is")
    if key in _ONLY_THERE:
        raise NoValue(f"{word} has a value only in Control-M")
    blanks = _BLANKS.fullmatch(key)
    return None if blanks is None else (" " * int(blanks[1] or 1),)


def of_the_run(value: Value, zone: str | None, before: int) -> Iterator[Hole | ShellPart]:
    """The parts of a value, with what a run has in place of dates.

    It starts so many days after its order date, `before` New Day. Raises FunctionError.
    """
    clocks = groupby(
        value, lambda part: (part.clock, part.days) if isinstance(part, DatePart) else None
    )
    for key, group in clocks:
        parts = list(group)
        dates = [part for part in parts if isinstance(part, DatePart)]
        if key is None:
            yield from (part for part in parts if not isinstance(part, DatePart))
            continue
        clock, days = key
        letters = "".join(part.letter for part in dates)
        if clock is Clock.ORDER:
            yield _of_the_start(letters, dates[0].word, days - before, zone)
        elif days:
            raise FunctionError(f"{dates[0].word} {days:+} days is known only in a run")
        else:
            yield ShellPart(_clock(letters, zone), dates[0].word)


def _clock(letters: str, zone: str | None) -> str:
    """Shell text for the date or time at which the job starts."""
    around = f"TZ={shlex.quote(zone)} " if zone else ""
    return f"$({around}date +{''.join(f'%{letter}' for letter in letters)})"


def _of_the_start(letters: str, word: str, days: int, zone: str | None) -> VariableRef:
    """The order date, or a part of it: of the time at which the run starts, or of a day away."""
    form = "".join(f"%{letter}" for letter in letters)
    shown = f"{form} {days:+}" if days else form
    return VariableRef(ORDER_DATE, word, part=shown, zone=zone or "")


def in_shell(parts: Sequence[Hole | ShellPart]) -> Text:
    """The text of a command. Raises NoValue.

    Control-M inserts values before a shell reads the text, so between single quotes, too.
    """
    inserted = [part for part in parts if isinstance(part, ShellPart)]
    written = "".join(part for part in parts if isinstance(part, str))
    if inserted and ("<<" in written or "$'" in written or _quotes_inside(written)):
        raise NoValue(f"{inserted[0].word} is known only in a run, and the quoting is involved")
    found: list[Hole] = []
    quotes = _Quotes()
    for part in parts:
        if isinstance(part, ShellPart):
            found.append(quotes.around(part))
            continue
        found.append(part)
        if inserted:
            quotes.read(part if isinstance(part, str) else " ")
    text = merged(found)
    dates = [part for part in text if isinstance(part, VariableRef) and part.part]
    if dates and _is_read_in_place(text):
        raise NoValue(f"{dates[0].text} is known only in a run, and the quoting is involved")
    return text


def _is_read_in_place(text: Text) -> bool:
    """True if emitted tasks cannot pass the values in the environment.

    Behind `$` a value is part of a name, and inside a substitution quoting starts anew. Parts of
    the start time reach commands through the environment only.
    """
    written = "".join(part for part in text if isinstance(part, str))
    before = (a for a, b in pairwise(text) if isinstance(b, VariableRef))
    in_name = any(isinstance(part, str) and _SHELL_NAME.search(part) for part in before)
    return in_name or _quotes_inside(written)


def _quotes_inside(written: str) -> bool:
    """True if a command with a substitution may have quotes inside it."""
    return ("`" in written or "$(" in written) and ("'" in written or "\\" in written)


class _Quotes:
    """The quotes that are open at a place in a command, and what a value there would go on with."""

    def __init__(self) -> None:
        self._open = ""
        self._before = ""

    def read(self, text: str) -> None:
        """Go on behind this text."""
        for character in text:
            escaped = self._before == "\\"
            self._before = "" if escaped else self._behind(character)
            if escaped:
                continue
            if not self._open and character in "'\"":
                self._open = character
            elif character == self._open:
                self._open = ""

    def _behind(self, character: str) -> str:
        """A backslash, or a dollar sign if the name of a shell variable may go on."""
        if self._open == "'":
            return ""
        if character in "\\$":
            return character
        return self._before if character.isalnum() or character in "_{" else ""

    def around(self, part: ShellPart) -> str:
        """The shell text of a part in this place. Raises NoValue."""
        if self._before:
            raise NoValue(f"{part.word} is known only in a run, and {self._before} is before it")
        return f"'\"{part.text}\"'" if self._open == "'" else part.text
