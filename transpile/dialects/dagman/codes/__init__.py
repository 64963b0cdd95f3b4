"""The codes of DAG files."""

from transpile.dialects.dagman.codes import dags, nodes

RANGE = ("A701", "A729")
"""The first and the last number of the codes."""

__all__ = ["RANGE", "dags", "nodes"]
