"""Instances of streams: tells which streams are due at the same times by comparing run cycles."""

from typing import NamedTuple

from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.rules import REQUEST, key_of_day
from transpile.dialects.tws.values import (
    Clause,
    clock,
    first,
    inner,
    keyword,
    nested,
    signed,
    spelled,
    words,
)
from transpile.model.zones import zone_named


class _Moment(NamedTuple):
    """A start time in a normal form; empty strings for what the source does not say."""

    kind: str
    time: str
    later: str
    zone: str

    @property
    def minute(self) -> int | None:
        """Minutes from the beginning of the day; None if the time is invalid."""
        time = clock(self.time) if self.time else (0, 0)
        return None if time is None else (signed(self.later) * 24 + time[0]) * 60 + time[1]


def when(stream: Stream) -> frozenset[str] | None:
    """A value that is equal for streams that are due at the same times; None if never due."""
    if is_started_otherwise(stream):
        return frozenset((f"{stream.title} alone",))
    found = {
        f"{_days(c)} {sorted(_moments(stream, c))} {_repeats([c])}" for c in due_cycles(stream)
    }
    return _others(stream) | found if found else None


def is_started_otherwise(stream: Stream) -> bool:
    """True for a draft, and for a stream that an event starts."""
    drafts = (first(c).upper() == "DRAFT" for c in stream.all("flag"))
    return any(drafts) or bool(stream.all("startcond"))


def due_cycles(stream: Stream) -> list[Clause]:
    """The run cycles of a stream other than those ON REQUEST."""
    return [c for c in stream.all("on") if any(key_of_day(d) != REQUEST for d in inner(c, "day"))]


def times_of(stream: Stream, cycle: Clause, *kinds: str) -> list[Clause]:
    """The times of a run cycle: its own, else those of the stream."""
    return nested(cycle, "window", *kinds) or stream.all(*kinds)


def zone_of(stream: Stream) -> str | None:
    """The time zone that the stream names."""
    zones = [str(words(clause)[0]) for clause in stream.all("timezone")]
    return zones[-1] if zones else None


def is_over(time: Clause, stream: Stream) -> bool:
    """True if the time has passed at each start of the stream."""
    wanted = _moment(time, stream)
    starts = [m for cycle in due_cycles(stream) for m in _moments(stream, cycle, "at")]
    if not starts or is_started_otherwise(stream) or {m.zone for m in starts} != {wanted.zone}:
        return False
    end = wanted.minute
    found = [start.minute for start in starts]
    return end is not None and all(minute is not None and end <= minute for minute in found)


def _others(stream: Stream) -> frozenset[str]:
    """The clauses outside of run cycles that decide on which days the stream is due."""
    found = stream.all("except", "freedays", "validto")
    return frozenset(f"{c.data} {spelled(c).upper()}" for c in found)


def _repeats(cycles: list[Clause]) -> str:
    repeats = (every for cycle in cycles for every in nested(cycle, "window", "every"))
    return " ".join(spelled(every).upper() for every in repeats)


def _days(cycle: Clause) -> str:
    days = ",".join(sorted(key_of_day(day) for day in inner(cycle, "day")))
    rule = "".join(keyword(c, "FDRULE") for c in inner(cycle, "fdrule"))
    # With an interval the first day decides all others.
    limits = ("validfrom", "validto") if "INTERVAL=" in days else ("validto",)
    until = [spelled(c).upper() for c in nested(cycle, "runcycle", *limits)]
    subsets = [spelled(c).upper() for c in inner(cycle, "subset")]
    return f"{days} {rule} {until} {subsets}"


def _moments(stream: Stream, cycle: Clause, *preferred: str) -> list[_Moment]:
    """The start times of a run cycle; only those of a `preferred` kind if there are any."""
    found = times_of(stream, cycle, *preferred) or times_of(stream, cycle, "at", "schedtime")
    return [_moment(time, stream) for time in found] or [_Moment("", "", "", _zone("", stream))]


def _moment(time: Clause, stream: Stream) -> _Moment:
    return _Moment(
        str(time.data),
        f"{words(time, 'NUMBER')[0]:>04}",
        "".join("".join(words(time, "OFFSET")).split()),
        _zone("".join(words(time)), stream),
    )


def _zone(word: str, stream: Stream) -> str:
    """The time zone that `word` or else the stream names, equal for all names of one zone."""
    name = word or zone_of(stream) or ""
    return zone_named(name) or name.lower()
