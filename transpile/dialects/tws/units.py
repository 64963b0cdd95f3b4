"""Streams with their jobs joined to the definitions, and what each of them waits for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from transpile.dialects.tws.model import Definition, Entry, Stream
from transpile.dialects.tws.values import Clause, spelled
from transpile.model import Schedule
from transpile.sources.text import Span

HELD = ("PRIORITY 0", "LIMIT 0")
"""What keeps a stream on hold."""


class Target(Enum):
    """What a reference names. OUTSIDE is all that no workflow of the estate runs."""

    JOB = "job"
    STREAM = "stream"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Wait:
    """One reference of a FOLLOWS. `terms` are those of its IF, none for a standard dependency."""

    target: Target
    name: str
    span: Span
    terms: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A conditional dependency: so many of these have to hold."""

    needed: int
    options: tuple[Wait, ...]
    span: Span


@dataclass(slots=True)
class Waits:
    """What a job or stream waits for; `text` is how the source says it."""

    standard: list[Wait] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    span: Span | None = None

    def everything(self) -> list[Wait]:
        """Every reference, conditional or not."""
        chosen = (wait for choice in self.choices for wait in choice.options)
        return [*self.standard, *chosen]


class RecoveryAction(Enum):
    """What happens when a job abends."""

    STOP = "STOP"
    CONTINUE = "CONTINUE"
    RERUN = "RERUN"


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recovery options of a job; `job` is the name of the recovery job as spelled."""

    action: RecoveryAction = RecoveryAction.STOP
    job: str | None = None
    attempts: int = 1
    span: Span | None = None


@dataclass(slots=True)
class Member:
    """A job of a stream; `is_asked`: a condition asks how it ended."""

    name: str
    entry: Entry
    unit: "Unit"
    definition: Definition | None
    recovery: Recovery = field(default_factory=Recovery)
    is_asked: bool = False
    waits: Waits = field(default_factory=Waits)

    @property
    def recovery_name(self) -> str:
        """The name of its recovery job in the network."""
        return f"{self.name} recovery"

    @property
    def rerun_name(self) -> str:
        """The name of its second run, behind the recovery job."""
        return f"{self.name} rerun"


@dataclass(frozen=True, slots=True)
class Due:
    """When a stream is due that is due once on each of its days: `minute` counts from midnight."""

    days: frozenset[str]
    minute: int


@dataclass(frozen=True, slots=True)
class Table:
    """The variable table of a stream. `lost` are the clauses that name one that is not kept."""

    name: str
    parameters: Collection[str]
    lost: tuple[Clause, ...]

    def lookup(self, parameter: str) -> str:
        """The full name of a parameter: its table's, if that has it, else that of the default."""
        full = f"{self.name}.{parameter}"
        return full if full in self.parameters else parameter


@dataclass(slots=True)
class Unit:
    """A stream. `when` is equal for streams that start together; None when nothing starts it.

    `due` is None where it is not due once a day.
    """

    stream: Stream
    name: str
    members: dict[str, Member] = field(default_factory=dict)
    schedule: Schedule | None = None
    when: frozenset[str] | None = None
    due: Due | None = None
    table: Table = Table("", (), ())

    @property
    def is_held(self) -> bool:
        """True where none of its jobs starts before somebody releases them."""
        return any(spelled(clause).upper() in HELD for clause in self.stream.all("keyed"))

    waits: Waits = field(default_factory=Waits)
