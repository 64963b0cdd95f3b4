"""The codes that any format may cause; a dialect's folder holds those of its format."""

from transpile.findings.codes import (
    boxes,
    clocks,
    conditions,
    cuts,
    flyte2,
    jobs,
    limits,
    mapping,
    output,
    reading,
    schedules,
    standins,
    waves,
)
from transpile.findings.finding import CODES

__all__ = [
    "CODES",
    "boxes",
    "clocks",
    "conditions",
    "cuts",
    "flyte2",
    "jobs",
    "limits",
    "mapping",
    "output",
    "reading",
    "schedules",
    "standins",
    "waves",
]
