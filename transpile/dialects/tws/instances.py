"""Which streams are due at the same times: their run cycles compared word for word."""

from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.rules import REQUEST, items, key_of_day
from transpile.dialects.tws.units import Due
from transpile.dialects.tws.values import Clause, clock, first, inner, signed, spelled, words
from transpile.model.zones import zone_named

TIMES = ("at", "schedtime")


def when(stream: Stream, name: str) -> frozenset[str] | None:
    """Equal for streams whose instances are due at the same times; None when none ever is."""
    if is_started_otherwise(stream):
        return frozenset((f"{name} alone",))
    found = {f"{_days(c)} {sorted(_moments(stream, c))} {_repeats(c)}" for c in due_cycles(stream)}
    return _others(stream) | found if found else None


def due(stream: Stream) -> Due | None:
    """The days and the time, where it is due at one time on each of them."""
    cycles = due_cycles(stream)
    moments = {m for cycle in cycles for m in _moments(stream, cycle, "schedtime")}
    repeats = any(_repeats(cycle) for cycle in cycles)
    if is_started_otherwise(stream) or len(moments) != 1 or repeats:
        return None
    _, number, later, zone = moments.pop()
    time = clock(number) if number else None
    if time is None:
        return None
    days = {f"{_days(cycle)} {later} {zone}" for cycle in cycles}
    return Due(_others(stream) | days, time[0] * 60 + time[1])


def is_started_otherwise(stream: Stream) -> bool:
    """True for a draft, and for a stream that an event starts."""
    drafts = (first(c).upper() == "DRAFT" for c in stream.all("flag"))
    return any(drafts) or bool(stream.all("startcond"))


def due_cycles(stream: Stream) -> list[Clause]:
    """The run cycles that are due by themselves."""
    found = stream.all("on")
    return [c for c in found if any(key_of_day(i) != REQUEST for i in items(c))]


def times_of(stream: Stream, clause: Clause, *kinds: str) -> list[Clause]:
    """The times of a run cycle: its own, else those of the stream."""
    own = [c for window in inner(clause, "window") for c in inner(window, *kinds)]
    return own or stream.all(*kinds)


def zone_of(stream: Stream) -> str | None:
    """The time zone that the stream names."""
    zones = [words(clause, "NAME")[0] for clause in stream.all("timezone")]
    return zones[-1] if zones else None


def is_over(time: Clause, stream: Stream) -> bool:
    """True for a time that has come by each start of the stream."""
    wanted = _minute(_moment(time, stream))
    starts = [m for cycle in due_cycles(stream) for m in _moments(stream, cycle, "at")]
    zones = {zone for *_, zone in [_moment(time, stream), *starts]}
    if wanted is None or not starts or is_started_otherwise(stream) or len(zones) > 1:
        return False
    found = [_minute(start) for start in starts]
    return all(minute is not None and wanted <= minute for minute in found)


def _minute(moment: tuple[str, str, str, str]) -> int | None:
    """Minutes from the beginning of the day; the day itself where no time is named."""
    _, number, later, _ = moment
    time = clock(number) if number else (0, 0)
    return None if time is None else (signed(later or "0") * 24 + time[0]) * 60 + time[1]


def _others(stream: Stream) -> frozenset[str]:
    """What else says on which days the stream is due."""
    found = stream.all("except", "freedays", "validto")
    return frozenset(f"{c.data} {spelled(c).upper()}" for c in found)


def repeats_of(cycle: Clause) -> list[Clause]:
    """The EVERY clauses of a run cycle."""
    return [every for window in inner(cycle, "window") for every in inner(window, "every")]


def _repeats(cycle: Clause) -> str:
    return " ".join(spelled(every).upper() for every in repeats_of(cycle))


def _days(clause: Clause) -> str:
    days = ",".join(sorted(key_of_day(item) for item in items(clause)))
    rule = "".join(words(c, "FDRULE")[0].upper() for c in inner(clause, "fdrule"))
    # With an interval the first day decides about all others.
    limits = ("validfrom", "validto") if "INTERVAL=" in days else ("validto",)
    cycles = inner(clause, "runcycle")
    until = [spelled(c).upper() for cycle in cycles for c in inner(cycle, *limits)]
    return f"{days} {rule} {until}"


def _moments(stream: Stream, clause: Clause, *preferred: str) -> list[tuple[str, str, str, str]]:
    """The times of a run cycle, equal however spelled; if there are, `preferred` ones alone."""
    found = times_of(stream, clause, *preferred) if preferred else []
    found = found or times_of(stream, clause, *TIMES)
    nothing = ("", "", "", _zone(zone_of(stream) or ""))
    return [_moment(time, stream) for time in found] or [nothing]


def _moment(time: Clause, stream: Stream) -> tuple[str, str, str, str]:
    return (
        str(time.data),
        f"{words(time, 'NUMBER')[0]:>04}",
        "".join("".join(words(time, "OFFSET")).split()),
        _zone("".join(words(time, "NAME")) or zone_of(stream) or ""),
    )


def _zone(word: str) -> str:
    """Equal for the names of one zone."""
    return zone_named(word) or word.lower()
