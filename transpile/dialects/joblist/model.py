"""A list of jobs as its file says it, whatever its shape."""

from dataclasses import dataclass, field
from typing import NamedTuple

from transpile.dialects.kit.values import Value
from transpile.findings.finding import Finding
from transpile.sources.text import Span

MOST_JOBS = 200_000
"""Maximum number of jobs in a list: they are kept in memory as a whole."""

MOST_EDGES = 1_000_000
"""Maximum number of predecessors in a list."""


class Reference(NamedTuple):
    """What a job comes after. It is one name if `is_exact`, else a text with one name or several.

    `when` is what the job asks of it, if it says so for this one alone. `is_box`: the name is that
    of a box, even if a job has it, too.
    """

    text: str
    span: Span
    is_exact: bool = True
    when: Value | None = None
    is_box: bool = False


@dataclass(slots=True)
class Entry:
    """A job, or a box, as it is listed.

    `values` are by meaning. `number` is a second name, under which others may come after it.
    `left_out` is what a drawing says that it does not show. `unknown` says why it is not known what
    the job comes after.
    """

    name: str
    span: Span
    box: str | None = None
    is_box: bool = False
    number: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    after: list[Reference] = field(default_factory=list)
    environment: tuple[tuple[str, str], ...] = ()
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: Value | None = None
    unknown: Finding | None = None


@dataclass(slots=True)
class JobList:
    """A list: its jobs and boxes by name, and what it says about the whole.

    A box may have the name of a job: `boxes` has the boxes, `jobs` the others.
    """

    title: str
    span: Span
    jobs: dict[str, Entry] = field(default_factory=dict)
    boxes: dict[str, Entry] = field(default_factory=dict)
    schedule: Value | None = None
    timezone: Value | None = None
    noted: int = 0
