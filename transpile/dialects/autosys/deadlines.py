"""Must times to the deadlines of a job; the attributes stay notes."""

import re

from transpile.dialects.autosys import values
from transpile.dialects.autosys.definition import Definition
from transpile.model.schedule import Deadline, Deadlines

_AFTER = re.compile(r"\+\s*(\d{1,4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_DAY = 24 * 60
_LAST = 3 * _DAY - 1
"""AutoSys: absolute times go up to 71:59, on the second day after the start time."""


def build_deadlines(definition: Definition) -> Deadlines | None:
    """The deadlines of the job; None without any, and where a value makes no sense."""
    found = [_deadlines(definition, key) for key in ("must_start_times", "must_complete_times")]
    return Deadlines(*found) if any(found) else None


def _deadlines(definition: Definition, key: str) -> tuple[Deadline, ...]:
    """`+n` counts from each start time; absolute times belong to the start times one by one.

    A time of day before its start time is one of the next day.
    """
    attribute = definition.attributes.get(key)
    if attribute is None:
        return ()
    texts = _items(attribute.value)
    after = [_AFTER.fullmatch(text) for text in texts]
    if len(texts) == 1 and after[0] is not None:
        return (Deadline(int(after[0][1])),)
    given = definition.attributes.get("start_times")
    starts = (
        [_minute(item) for item in values.items(given.value.replace("\\:", ":"))] if given else []
    )
    musts = [_minute(text) for text in texts]
    if len(starts) != len(musts):
        return ()
    found = []
    for start, must in zip(starts, musts, strict=True):
        if start is None or must is None or must > _LAST or start >= _DAY:
            return ()
        found.append(Deadline(must - start + (_DAY if must < start else 0), divmod(start, 60)))
    return tuple(found)


def _items(value: str) -> list[str]:
    return values.items(value.replace("\\:", ":"))


def _minute(text: str) -> int | None:
    """The minute of a time such as 25:30, counted from midnight."""
    match = _CLOCK.fullmatch(text)
    return int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else None
