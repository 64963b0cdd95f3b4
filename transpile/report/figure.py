"""Figures: what a drawing shows, be it the jobs of a workflow or the workflows of an estate."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from transpile.findings.finding import Level
from transpile.report.overlay import Trace


class Asked(Enum):
    """What a dependency asks of its upstream job.

    WAIT, START and TELL lead from or to nodes about other workflows.
    """

    SUCCESS = "success"
    END = "end"
    FAILURE = "failure"
    CODE = "code"
    ORDER = "order"
    WAIT = "wait"
    START = "start"
    TELL = "tell"


class Edge(NamedTuple):
    """`downstream` waits for `upstream`."""

    upstream: str
    downstream: str
    asked: Asked


class Figure(Protocol):
    """Nodes in boxes, and edges between them; each name stands for one node or box."""

    @property
    def counted(self) -> str:
        """The word for the nodes that a closed box counts."""

    @property
    def edges(self) -> Sequence[Edge]:
        """The edges; each pair of names once."""

    def tree(self) -> Mapping[str, str | None]:
        """The box of each node and box, outer boxes first."""

    def counts(self, name: str) -> bool:
        """True for a node that a closed box counts."""

    def numbers(self) -> Mapping[str, int]:
        """The number of each name, which the page knows it by."""

    def words(self, name: str) -> str:
        """The classes of its shape."""

    def full(self, name: str) -> str:
        """Its whole name."""

    def label(self, name: str) -> str:
        """The text in its shape."""

    def short(self, name: str) -> str:
        """The text in its shape where the page knows the name; empty for the name itself."""

    def caption(self, name: str) -> str:
        """The second line in its shape; empty if it has none."""

    def level(self, name: str) -> Level | None:
        """The most severe level of the findings about it."""

    def trace(self, name: str) -> Trace | None:
        """How it ended in the run that is laid over the drawing, if there is one."""

    def trace_inside(self, box: str) -> Trace | None:
        """How all in a box ended in that run."""

    def worst_inside(self, box: str) -> Level | None:
        """The most severe level of the findings about a box and all in it."""


def shortened(text: str, most: int) -> str:
    """The text with its middle cut out if it is longer than `most` characters."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"
