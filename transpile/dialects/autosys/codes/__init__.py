"""The codes of AutoSys JIL."""

from transpile.dialects.autosys.codes import calendars, jobs, text

RANGE = ("A850", "A899")
"""The first and the last number of these codes."""

__all__ = ["RANGE", "calendars", "jobs", "text"]
