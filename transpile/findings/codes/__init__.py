"""The codes that any format may cause; those of one format are in its folder of `dialects`."""

from transpile.findings.codes import (
    boxes,
    clocks,
    conditions,
    jobs,
    limits,
    mapping,
    output,
    reading,
    schedules,
)
from transpile.findings.finding import CODES

_AREAS = {
    "A0": "one format",
    "A1": "reading",
    "A2": "jobs",
    "A3": "conditions",
    "A4": "boxes and order",
    "A5": "schedules",
    "A6": "limits of Flyte",
    "A7": "one format",
    "A8": "one format",
    "A9": "output and settings",
}
"""The subject of the codes that begin so."""


def area_of(code: str) -> str:
    """The subject of a code."""
    return _AREAS[code[:2]]


__all__ = [
    "CODES",
    "area_of",
    "boxes",
    "clocks",
    "conditions",
    "jobs",
    "limits",
    "mapping",
    "output",
    "reading",
    "schedules",
]
