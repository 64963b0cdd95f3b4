"""Times of Control-M: limits of a start, intervals of cyclic jobs, and schedules.

Control-M: the order date is the working day that begins at New Day. A time earlier than New Day
comes on the next calendar day (ctrlm8 8527); with time synonyms it is written with hours from 24 on
(ctrlm9 JefTimeSettingsTo). All minutes here count from midnight of the order date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transpile.dialects.controlm.codes.days import CycleNotRead, TimeNotRead
from transpile.dialects.controlm.day_sets import moved
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.plan import Basis, Cycle
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Days, Schedule
from transpile.sources.text import Span

CYCLE_ATTRIBUTES = (
    *("CYCLIC", "CYCLIC_TYPE", "INTERVAL", "IND_CYCLIC", "CYCLIC_TOLERANCE"),
    *("INTERVAL_SEQUENCE", "CYCLIC_INTERVAL_SEQUENCE", "SPECIFIC_TIMES", "CYCLIC_TIMES_SEQUENCE"),
)
"""The attributes that say when a cyclic job runs again."""

TIME_ATTRIBUTES = ("TIMEFROM", "TIMETO")

NO_LIMIT = ">"
"""The value of TIMETO of a job that may start at any later time."""

DAY = 24 * 60

_TIME = re.compile(r"(\d{1,2}):(\d\d)|(\d{1,2})(\d\d)", re.ASCII)
_INTERVAL = re.compile(r"\+?(\d{1,9})\s*([MHDS]?)", re.ASCII | re.I)
_UNITS = {"S": 1, "": 60, "M": 60, "H": 3600, "D": 24 * 3600}
_BASES = {
    **dict.fromkeys(("", "S", "START"), Basis.START),
    **dict.fromkeys(("E", "END"), Basis.END),
    **dict.fromkeys(("T", "TARGET"), Basis.TARGET),
}
_SEQUENCES = ("V", "INTERVALSEQUENCE")
_TIMES = ("S", "SPECIFICTIMES")
_FIXED = ("", "C", "INTERVAL", "CYCLIC")


def minute_of(text: str) -> int | None:
    """The minutes of a time such as 0930, 09:30 or 930; None if it is none, or no limit (`>`).

    Hours up to 47 are those of the next day.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
    return hour * 60 + minute if hour < 48 and minute < 60 else None


def read_time(element: Element, attribute: str, diagnostics: Diagnostics, name: str) -> int | None:
    """The time of an attribute; None if it sets no limit, or is no time, which is reported."""
    word = element.get(attribute)
    found = minute_of(word)
    if found is None and word not in ("", NO_LIMIT):
        text = element.word(attribute)
        diagnostics.add(
            TimeNotRead(value=text, name=name), element.span(attribute), job=name, text=text
        )
    return found


# -------------------------------------------------------------------- cyclic jobs


def read_cycle(element: Element, diagnostics: Diagnostics, name: str) -> Cycle | None:
    """When a cyclic job runs again; None if it does not, or if that is unknown and reported."""
    if not element.says_yes("CYCLIC"):
        return None
    try:
        return _cycle(element)
    except _Unread as unread:
        text = element.word(unread.attribute)
        lost = CycleNotRead(value=text, name=name)
        diagnostics.add(lost, element.span(unread.attribute), job=name, text=text)
        return None


def read_pause(element: Element) -> Cycle | None:
    """The time before a job is run again that is not cyclic; None if it is run again at once."""
    try:
        found = _cycle(element)
    except _Unread:
        return None
    return found if any(found.intervals) else None


class _Unread(Exception):
    """An attribute of a cyclic job cannot be read."""

    def __init__(self, attribute: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute


def _cycle(element: Element) -> Cycle:
    """The cycle of an element. Raises _Unread."""
    kind = re.sub(r"[\s_]", "", element.get("CYCLIC_TYPE")).upper()
    basis = _BASES.get(element.get("IND_CYCLIC").upper())
    if basis is None:
        raise _Unread("IND_CYCLIC")
    if kind in _TIMES:
        attribute = _given(element, "SPECIFIC_TIMES", "CYCLIC_TIMES_SEQUENCE")
        times = {minute_of(word) for word in _words(element, attribute)}
        tolerance = element.get("CYCLIC_TOLERANCE") or "0"
        if None in times or not times:
            raise _Unread(attribute)
        if not re.fullmatch(r"\d{1,3}", tolerance, re.ASCII):
            raise _Unread("CYCLIC_TOLERANCE")
        found = tuple(sorted(time for time in times if time is not None))
        return Cycle(times=found, basis=basis, tolerance=int(tolerance))
    if kind in _SEQUENCES:
        attribute = _given(element, "INTERVAL_SEQUENCE", "CYCLIC_INTERVAL_SEQUENCE")
        intervals = tuple(_interval(word, attribute) for word in _words(element, attribute))
        if not intervals:
            raise _Unread(attribute)
        return Cycle(intervals, basis=basis, sequence=True)
    if kind not in _FIXED:
        raise _Unread("CYCLIC_TYPE")
    return Cycle((_interval(element.get("INTERVAL") or "0", "INTERVAL"),), basis=basis)


def _given(element: Element, attribute: str, other: str) -> str:
    """The one of two spellings of an attribute that the element has."""
    return other if other in element.attributes else attribute


def _words(element: Element, attribute: str) -> Iterator[str]:
    return filter(None, re.split(r"[\s,;]+", element.get(attribute)))


def _interval(word: str, attribute: str) -> int:
    """The minutes of an interval such as 00030M. Raises _Unread; seconds must make up minutes."""
    match = _INTERVAL.fullmatch(word.strip())
    seconds = int(match[1]) * _UNITS[match[2].upper()] if match else 1
    if seconds % 60:
        raise _Unread(attribute)
    return seconds // 60


def cyclic_starts(
    cycle: Cycle, start_minute: int, until_minute: int | None, new_day: int, limit: int
) -> tuple[int, ...] | None:
    """The minutes of all starts of a cyclic job on its order date; None if no clock says them.

    They follow from its first start, as if no run took longer than its interval, or from its times.
    None is after `until_minute` nor at the next New Day, and there are `limit` of them at most, if
    that is not 0. Starts on the next calendar day have more minutes than a day.
    """
    first = on_order_date(start_minute, new_day)
    end = new_day + DAY
    if until_minute is not None:
        until = on_order_date(until_minute, new_day)
        if until < first:
            return None
        end = min(end, until + 1)
    if cycle.times:
        times = sorted({on_order_date(time, new_day) for time in cycle.times})
        found = [time for time in times if first <= time < end]
        return tuple(found[:limit] if limit else found)
    if limit == 1:
        return (first,)
    if cycle.basis is Basis.END or not cycle.intervals or 0 in cycle.intervals:
        return None
    found = list(_repeated(cycle, first, end))
    return tuple(found[:limit] if limit else found)


def _repeated(cycle: Cycle, first: int, end: int) -> Iterator[int]:
    """The starts from the first one until the end, which is left out."""
    minute, number = first, 0
    while minute < end:
        yield minute
        if cycle.sequence and number >= len(cycle.intervals):
            return
        minute += cycle.intervals[min(number, len(cycle.intervals) - 1)]
        number += 1


def on_order_date(minute: int, new_day: int) -> int:
    """A time of the order date, at or after New Day, in minutes after midnight."""
    return minute + DAY if minute < new_day else minute


# -------------------------------------------------------------------- schedules


def clock(
    days: Days, minutes: Sequence[int], new_day: int, zone: str | None, span: Span, *, placed: bool
) -> Schedule:
    """The schedule of starts at these minutes of each order date. There is at least one minute.

    Raises ValueError if starts are on other calendar days and it is unknown which ones those are:
    never for days of this format.
    """
    later: dict[int, set[tuple[int, int]]] = {}
    for minute in minutes:
        count, rest = divmod(on_order_date(minute, new_day), DAY)
        later.setdefault(count, set()).add(divmod(rest, 60))
    found = []
    for count, times in sorted(later.items()):
        on = moved(days, count, span)
        if on is None:
            raise ValueError("the days cannot be moved")
        found.append(Schedule(span, on, tuple(sorted(times)), timezone=zone, placed=placed))
    return replace(found[0], also=tuple(found[1:]))
