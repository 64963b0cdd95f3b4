"""Objects that composer text defines, before the builder joins them."""

from dataclasses import dataclass, field

from transpile.dialects.tws.values import Clause, Key, of_kind
from transpile.model import Calendar
from transpile.sources.text import Span

IN_DEFINITIONS = frozenset("""
    abendprompt command description outputcond rccondsucc recovery script streamlogon succoutputcond
    task tasktype
    """.split())
"""Clauses of job definitions. A stream may contain them at a job that it defines itself."""

RUNNABLE = ("script", "command", "task")
"""Clauses that say what a job runs."""


class _Object:
    """An object with clauses."""

    __slots__ = ()
    clauses: list[Clause]

    def all(self, *kinds: str) -> list[Clause]:
        """Its clauses of these kinds, in order."""
        return of_kind(self.clauses, *kinds)


@dataclass(slots=True)
class Definition(_Object):
    """A job definition; `name` as spelled, with its workstation.

    The places of its words count from `origin`: its own place, or that of the stream around it if
    it `is_inline`.
    """

    key: Key
    name: str
    span: Span
    origin: Span
    clauses: list[Clause]
    is_inline: bool = False


@dataclass(slots=True)
class Entry(_Object):
    """A job in a stream: its `name` there, and the key of its job `definition`.

    `clauses` are those in the stream. `begins_line` if only blanks stand before it in its line.
    `stray` is the first unknown word behind it.
    """

    name: str
    workstation: str
    definition: Key
    span: Span
    clauses: list[Clause]
    has_workstation: bool = False
    begins_line: bool = False
    stray: str = ""

    @property
    def is_inline(self) -> bool:
        """True if the stream itself defines the job."""
        return bool(self.all(*RUNNABLE))


@dataclass(slots=True)
class Stream(_Object):
    """A job stream; names as spelled."""

    key: Key
    name: str
    workstation: str
    span: Span
    clauses: list[Clause]
    entries: list[Entry] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Workstation and name."""
        return f"{self.workstation}#{self.name}" if self.workstation else self.name


@dataclass(slots=True)
class RunCycleGroup(_Object):
    """Run cycles that several streams may use; `name` as spelled."""

    name: str
    span: Span
    clauses: list[Clause]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its value; `name` in upper case, as `TABLE.NAME` if it is in a table.

    A parameter of the default table is read twice: with and without the table.
    """

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that jobs and streams may name; `name` in upper case."""

    name: str
    text: str
    span: Span


Parsed = Stream | Definition | Parameter | Prompt | Calendar | RunCycleGroup
