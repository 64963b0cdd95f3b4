"""Text of a source, made safe to show: terminals obey control characters."""

import json
import re
from typing import Any

_SUSPECT = re.compile(r"[^ -~\n]")


def printable(text: str) -> str:
    """The text with its unprintable characters as Python escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON in which letters of all scripts are plain and the rest is escaped."""
    return _SUSPECT.sub(_escaped, json.dumps(value, indent=indent, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]
