"""Time spans of units, such as `1h 30min`."""

import re

_UNITS = {
    "": 1.0,
    **dict.fromkeys(("usec", "us", "\u00b5s", "\u03bcs"), 1e-6),
    **dict.fromkeys(("msec", "ms"), 1e-3),
    **dict.fromkeys(("seconds", "second", "sec", "s"), 1.0),
    **dict.fromkeys(("minutes", "minute", "min", "m"), 60.0),
    **dict.fromkeys(("hours", "hour", "hr", "h"), 3600.0),
    **dict.fromkeys(("days", "day", "d"), 86400.0),
    **dict.fromkeys(("weeks", "week", "w"), 7 * 86400.0),
    **dict.fromkeys(("months", "month", "M"), 2629800.0),
    **dict.fromkeys(("years", "year", "y"), 31557600.0),
}
_PIECE = re.compile(
    r"(?=\.?[0-9])(?P<number>[0-9]{0,18}(?:\.[0-9]{1,18})?)[ \t]*"
    r"(?P<unit>[a-zA-Z\u00b5\u03bc]*)[ \t]*"
)
_LONGEST = 1000

FOREVER = float("inf")


def seconds_of(text: str) -> float:
    """The seconds of a time span; a number alone counts seconds. Raises ValueError."""
    text = text.strip()
    if text == "infinity":
        return FOREVER
    total, place = 0.0, 0
    if not text or len(text) > _LONGEST:
        raise ValueError("it is no time span")
    while place < len(text):
        match = _PIECE.match(text, place)
        if match is None or match["unit"] not in _UNITS:
            raise ValueError("it is no time span such as 1h 30min")
        total += float(match["number"]) * _UNITS[match["unit"]]
        place = match.end()
    return total


def spelled(seconds: float) -> str:
    """The time span as text, such as 1h 30min."""
    if seconds == FOREVER:
        return "infinity"
    left, parts = round(seconds, 3), []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        count = int(left // size)
        left -= count * size
        parts += [f"{count}{unit}"] if count else []
    parts += [f"{round(left, 3):g}s"] if round(left, 3) or not parts else []
    return " ".join(parts)
