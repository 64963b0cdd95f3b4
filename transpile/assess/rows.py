"""The workflows of an inventory as rows of a spreadsheet."""

import csv
import io
from typing import Any

from transpile.sources.printable import printable

COLUMNS = (
    *("workflow", "engine", "grade", "hours", "jobs", "boxes", "edges", "depth", "width"),
    *("watched", "cuts", "launch_plans", "errors", "warnings", "waves"),
    "blockers",
)
"""Columns of the table of workflows."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workflows_csv(data: dict[str, Any]) -> str:
    """One row per workflow; the first one has the names of the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in data["workflows"]:
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return text.getvalue()


def _cell(value: Any) -> str:
    """The value as text; a spreadsheet does not take it for a formula."""
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return ("'" if text.startswith(_FORMULA) else "") + printable(text)
