"""The catalogue of diagnostic codes: one entry a code, the same for every dialect."""

from transpile.findings.codes import (
    archive,
    azkaban,
    conditions,
    dagman,
    deadlines,
    jobs,
    limits,
    mapping,
    reading,
    schedules,
    settings,
    target,
    tws,
)
from transpile.findings.codes.entry import Code, Level

CODES: dict[str, Code] = {
    **reading.CODES,
    **jobs.CODES,
    **conditions.CODES,
    **dagman.CODES,
    **tws.CODES,
    **azkaban.CODES,
    **target.CODES,
    **deadlines.CODES,
    **limits.CODES,
    **schedules.CODES,
    **settings.CODES,
    **archive.CODES,
    **mapping.CODES,
}

_AREAS = {
    "A1": "reading",
    "A2": "jobs",
    "A3": "conditions",
    "A4": "boxes and order",
    "A5": "schedules",
    "A6": "limits of Flyte",
    "A7": "DAG files",
    "A75": "composer text",
    "A8": "Azkaban",
    "A9": "output and settings",
}
"""What the codes are about, each from its first number on."""


def area_of(code: str) -> str:
    """What a code is about."""
    return _AREAS[max(first for first in _AREAS if first <= code)]


__all__ = ["CODES", "Code", "Level", "area_of"]
