"""What composer text defines, before anything is joined."""

from dataclasses import dataclass, field

from transpile.dialects.tws.values import Clause, Key
from transpile.model import Calendar
from transpile.sources.text import Span


@dataclass(slots=True)
class Definition:
    """A job definition; `name` as spelled, with its workstation. Places count from `origin`.

    `is_inline`: it stands inside a stream.
    """

    key: Key
    name: str
    span: Span
    origin: Span
    clauses: list[Clause]
    is_inline: bool = False

    def all(self, kind: str) -> list[Clause]:
        """Its clauses of one kind."""
        return [clause for clause in self.clauses if clause.data == kind]


@dataclass(slots=True)
class Entry:
    """A job inside a stream. `definition` is the job definition that it runs.

    `name` is what the stream calls it, `clauses` what the stream says about it. `begins_line`: only
    blanks stand before it. `stray` is a word behind it that is not known.
    """

    name: str
    workstation: str
    definition: Key
    span: Span
    clauses: list[Clause]
    has_workstation: bool = False
    begins_line: bool = False
    stray: str = ""


@dataclass(slots=True)
class Stream:
    """A job stream."""

    key: Key
    name: str
    workstation: str
    span: Span
    clauses: list[Clause]
    entries: list[Entry] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Workstation and name, as spelled."""
        return f"{self.workstation}#{self.name}" if self.workstation else self.name

    def all(self, *kinds: str) -> list[Clause]:
        """Its clauses of these kinds."""
        return [clause for clause in self.clauses if clause.data in kinds]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its value; `name` in upper case, with its table if it is of one.

    A parameter of the default table counts under both names.
    """

    name: str
    value: str
    span: Span


@dataclass(slots=True)
class RunCycleGroup:
    """Run cycles that streams name together; `name` as spelled."""

    name: str
    span: Span
    clauses: list[Clause]

    def all(self, *kinds: str) -> list[Clause]:
        """Its clauses of these kinds."""
        return [clause for clause in self.clauses if clause.data in kinds]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt that several jobs may name; `name` in upper case."""

    name: str
    text: str
    span: Span


Parsed = Stream | Definition | Parameter | Prompt | Calendar | RunCycleGroup
