"""The codes of composer text."""

from transpile.dialects.tws.codes import dependencies, objects, schedules

RANGE = ("A750", "A799")
"""The first and the last number of these codes."""

__all__ = ["RANGE", "dependencies", "objects", "schedules"]
