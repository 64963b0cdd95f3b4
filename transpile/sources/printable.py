"""Escapes text of sources for terminals, which obey control characters."""

import json
import re
from collections.abc import Sequence
from typing import Any

_SUSPECT = re.compile(r"[^ -~\n]")


def printable(text: str) -> str:
    """The text with Python escapes for unprintable characters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON, with escapes for unprintable characters only."""
    return _SUSPECT.sub(_escaped, json.dumps(value, indent=indent, ensure_ascii=False))


def count(number: int, noun: str) -> str:
    """`1 job`, `2 jobs`."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first names, and the number of the others: `a, b and 3 more`."""
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if names[most:] else "")


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]
