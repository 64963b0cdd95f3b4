"""Words for parts of an inventory, as text and the page print them."""

from collections.abc import Iterator, Mapping
from typing import Any

from transpile.assess.effort import SETTLED


def rule_in_words(rule: Mapping[str, int]) -> Iterator[str]:
    """The rule of the effort as lines of at most 80 characters."""
    line = "minutes:"
    for number, (part, minutes) in enumerate(rule.items()):
        sign = "," if number < len(rule) - 1 else ""
        word = f" {minutes} per {part}{sign}"
        if len(line) + len(word) > 80:
            yield line
            line = " "
        line += word
    yield line


def settled_kinds() -> str:
    """The kinds of needs that take minutes."""
    return ", ".join(kind.value for kind in SETTLED)


def said_calendar(row: Mapping[str, Any]) -> str:
    """The days of a calendar in words."""
    if not row["found"]:
        return "missing"
    if row["days"] is None:
        return "by rules"
    if not row["days"]:
        return "no dates"
    return f"{row['days']:,} from {row['first']} to {row['last']}"


def said_clock(row: Mapping[str, Any]) -> str:
    """The start times in words, without those that are too many to read."""
    times = str(row["times"])
    return times if len(times) <= 40 else times[:40].rpartition(",")[0] + ", ..."
