"""The codes of Azkaban projects."""

from transpile.dialects.azkaban.codes import flows, jobs, projects

RANGE = ("A800", "A849")
"""The first and last code."""

__all__ = ["RANGE", "flows", "jobs", "projects"]
