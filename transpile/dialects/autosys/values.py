"""Readers for the values of JIL attributes; None means that the form is wrong."""

import re

from transpile.dialects.kit.texts import with_variables
from transpile.dialects.kit.values import time_of_day
from transpile.model import Text, VariableRef, Window
from transpile.model.days import DAYS

_TRUE, _FALSE = ("1", "y", "yes", "t", "true"), ("0", "n", "no", "f", "false")
_GLOBAL = re.compile(r"\$\$(?:\{([^{}\n]+)\}|([A-Za-z_][A-Za-z0-9_]*))")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def unquoted(value: str) -> str:
    """The value without enclosing quotes and with `\\:` unescaped."""
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
    """The items of a comma-separated list; quotes are dropped."""
    return [part for part in (p.strip() for p in value.replace('"', " ").split(",")) if part]


def _clock(text: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(text)
    return time_of_day(int(match[1]), int(match[2])) if match else None


def clock_times(value: str) -> tuple[tuple[int, int], ...] | None:
    """`"8:00, 20:30"` as sorted pairs (hour, minute)."""
    found = [_clock(item) for item in items(value.replace("\\:", ":"))]
    times = {time for time in found if time}
    return None if not found or None in found else tuple(sorted(times))


def window(value: str) -> Window | None:
    """`"22:00-02:00"` as a run window."""
    ends = [_clock(end.strip()) for end in unquoted(value).split("-")]
    found = [hour * 60 + minute for hour, minute in filter(None, ends)]
    return Window(*found) if len(ends) == len(found) == 2 else None


def minutes(value: str) -> tuple[int, ...] | None:
    """`"0, 15, 30"` as sorted minutes of an hour."""
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
    """`0, 10-20` as pairs (first, last) of exit codes."""
    found = []
    for item in items(value):
        low, dash, high = item.partition("-")
        first, last = integer(low), integer(high) if dash else integer(low)
        if first is None or last is None or last < first:
            return None
        found.append((first, last))
    return tuple(found) or None


def text(value: str) -> Text:
    """The value with `\\:` unescaped and the globals `$$NAME`, `$${NAME}` as references."""
    value = value.replace("\\:", ":")
    return with_variables(
        value, _GLOBAL, lambda match: VariableRef((match[1] or match[2]).strip(), match[0])
    )


def environment(value: str) -> tuple[tuple[str, str], ...] | None:
    """`NAME=value, "OTHER=two words"` as pairs (name, value)."""
    found = []
    for item in re.findall(r'(?:[^",]|"[^"]*")+', value):
        name, equals, content = item.strip().strip('"').partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name.strip()):
            return None
        found.append((name.strip(), content.strip().strip('"')))
    return tuple(found) or None
