"""Values of JIL attributes: each reader returns None for what is not of the form."""

import re

from transpile.model import Text, VariableRef, Window
from transpile.model.days import DAYS

_TRUE, _FALSE = ("1", "y", "yes", "t", "true"), ("0", "n", "no", "f", "false")
_GLOBAL = re.compile(r"\$\$(?:\{([^{}\n]+)\}|([A-Za-z_][A-Za-z0-9_]*))")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def unquoted(value: str) -> str:
    """The value without quotes around it, its `\\:` escapes resolved."""
    if '"' not in value and "\\" not in value:
        return value.strip()
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1]:
        value = value[1:-1]
    return value.replace("\\:", ":")


def boolean(value: str) -> bool | None:
    """AutoSys: 1/0, y/n, yes/no, t/f in any case."""
    word = unquoted(value).lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def integer(value: str) -> int | None:
    """A number without a sign."""
    word = unquoted(value)
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def items(value: str) -> list[str]:
    """The parts of a comma list; each part, or the whole, may stand in quotes."""
    return [part for part in (p.strip() for p in value.replace('"', " ").split(",")) if part]


def clock_times(value: str) -> tuple[tuple[int, int], ...] | None:
    """`"8:00, 20:30"` as (hour, minute) pairs, sorted."""
    found = [_CLOCK.fullmatch(item) for item in items(value.replace("\\:", ":"))]
    times = {(int(m[1]), int(m[2])) for m in found if m}
    if not found or None in found or any(h > 23 or m > 59 for h, m in times):
        return None
    return tuple(sorted(times))


def window(value: str) -> Window | None:
    """`"22:00-02:00"` as a run window."""
    ends = [_CLOCK.fullmatch(end.strip()) for end in unquoted(value).split("-")]
    found = [(int(m[1]), int(m[2])) for m in ends if m]
    if len(ends) != 2 or len(found) != 2 or any(h > 23 or m > 59 for h, m in found):
        return None
    opens, closes = (hour * 60 + minute for hour, minute in found)
    return Window(opens, closes)


def minutes(value: str) -> tuple[int, ...] | None:
    """`"0, 15, 30"` as minutes of an hour, sorted."""
    found = [integer(item) for item in items(value)]
    known = {minute for minute in found if minute is not None and minute < 60}
    if not found or None in found or len(known) < len(set(found)):
        return None
    return tuple(sorted(known))


def days(value: str) -> tuple[int, ...] | None:
    """`mo,tu` or `all` as days of the week, Sunday = 0."""
    words = [item.lower() for item in items(value)]
    if words == ["all"]:
        return tuple(range(7))
    if not words or any(word not in DAYS for word in words):
        return None
    return tuple(sorted({DAYS.index(word) for word in words}))


def ranges(value: str) -> tuple[tuple[int, int], ...] | None:
    """`0, 10-20` as pairs of exit codes, both ends in."""
    found = []
    for item in items(value):
        low, dash, high = item.partition("-")
        first, last = integer(low), integer(high) if dash else integer(low)
        if first is None or last is None or last < first:
            return None
        found.append((first, last))
    return tuple(found) or None


def text(value: str) -> Text:
    """The value, `\\:` escapes resolved, with its `$$NAME` and `$${NAME}` globals as holes."""
    value = value.replace("\\:", ":")
    if "$$" not in value:
        return (value,)
    parts: list[str | VariableRef] = []
    at = 0
    for match in _GLOBAL.finditer(value):
        if match.start() > at:
            parts.append(value[at : match.start()])
        parts.append(VariableRef((match[1] or match[2]).strip(), match[0]))
        at = match.end()
    if at < len(value):
        parts.append(value[at:])
    return tuple(parts)


def environment(value: str) -> tuple[tuple[str, str], ...] | None:
    """`NAME=value, "OTHER=two words"` as pairs."""
    found = []
    for item in re.findall(r'(?:[^",]|"[^"]*")+', value):
        name, equals, content = item.strip().strip('"').partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name.strip()):
            return None
        found.append((name.strip(), content.strip().strip('"')))
    return tuple(found) or None
