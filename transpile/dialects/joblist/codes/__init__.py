"""The codes of lists of jobs."""

from transpile.dialects.joblist.codes import jobs, lists

RANGE = ("A730", "A749")
"""The first and the last number of the codes."""

__all__ = ["RANGE", "jobs", "lists"]
