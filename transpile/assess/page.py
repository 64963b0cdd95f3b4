"""Writes an inventory as a page that needs no other file and no network."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from transpile.assess.wording import rule_in_words, said_calendar, said_clock, settled_kinds
from transpile.report.templates import policy_hash, render, resource
from transpile.sources.printable import printable

STYLES = ("plain.css", "inventory.css")


def inventory_page(data: dict[str, Any]) -> str:
    """The page of an inventory."""
    style, script = "".join(map(resource, STYLES)), resource("inventory.js")
    shown = _printable(data)
    return render(
        "inventory.html",
        style=style,
        script=script,
        style_hash=policy_hash(style),
        script_hash=policy_hash(script),
        data=shown,
        needs=[(kind, list(rows)) for kind, rows in groupby(shown["needs"], itemgetter("kind"))],
        rule=" ".join(line.strip() for line in rule_in_words(data["minutes_rule"])),
        settled=settled_kinds(),
        has_waves=any(row["waves"] for row in data["workflows"]),
        said_calendar=said_calendar,
        said_clock=said_clock,
    )


def _printable(value: Any) -> Any:
    """The value, with escapes for control characters in its texts."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {_printable(key): _printable(item) for key, item in value.items()}
    return value
