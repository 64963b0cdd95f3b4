"""The codes of Control-M."""

from transpile.dialects.controlm.codes import days, events, jobs, json, texts, variables

RANGE = ("A010", "A079")
"""The first and the last number of these codes."""

__all__ = ["RANGE", "days", "events", "jobs", "json", "texts", "variables"]
