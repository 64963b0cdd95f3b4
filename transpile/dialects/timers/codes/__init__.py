"""The codes of timers."""

from transpile.dialects.timers.codes import cron, units

RANGE = ("A080", "A099")
"""The first and last code."""

__all__ = ["RANGE", "cron", "units"]
