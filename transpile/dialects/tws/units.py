"""Streams and their jobs, joined to the definitions, and what each of them waits for."""

from dataclasses import dataclass, field
from enum import Enum

from transpile.dialects.tws.model import Definition, Entry, Stream
from transpile.dialects.tws.tables import Table
from transpile.dialects.tws.values import Clause, spelled
from transpile.model import Schedule
from transpile.model.condition import Begun
from transpile.sources.text import Span

HELD = ("PRIORITY 0", "LIMIT 0")
"""Clauses that put a stream on hold."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One reference of a FOLLOWS; `terms` are those of its IF, empty without one.

    It means a whole stream if `member` is None, and something outside of the estate if `unit` is
    None. Its run began in the span `begun`, if that is known. `criteria` are those of an instance;
    None means the same one.
    """

    name: str
    span: Span
    unit: "Unit | None" = None
    member: "Member | None" = None
    terms: tuple[Clause, ...] = ()
    begun: Begun | None = None
    criteria: tuple[Clause, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A conditional dependency: `needed` of the options must hold."""

    needed: int
    options: tuple[Wait, ...]


@dataclass(slots=True)
class Waits:
    """What a job or stream waits for; `text` holds the clauses as spelled."""

    standard: list[Wait] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    span: Span | None = None

    @property
    def conditional(self) -> list[Wait]:
        """The references of conditional dependencies."""
        return [wait for choice in self.choices for wait in choice.options]

    @property
    def everything(self) -> list[Wait]:
        """Every reference, conditional or not."""
        return [*self.standard, *self.conditional]


class RecoveryAction(Enum):
    """What the source does when a job abends."""

    STOP = "STOP"
    CONTINUE = "CONTINUE"
    RERUN = "RERUN"


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recovery options of a job; `job` is the name of the recovery job as spelled.

    The job waits `pause` minutes before it runs again.
    """

    action: RecoveryAction = RecoveryAction.STOP
    job: str | None = None
    attempts: int = 1
    span: Span | None = None
    pause: int = 0

    @property
    def retries(self) -> int:
        """How often the job runs again without a recovery job."""
        return 0 if self.job or self.action is not RecoveryAction.RERUN else self.attempts

    @property
    def reruns(self) -> bool:
        """True if the job runs again after its recovery job."""
        return self.job is not None and self.action is RecoveryAction.RERUN


@dataclass(slots=True)
class Member:
    """A job of a stream; `name` in the network, `is_asked` if a condition tests how it ended."""

    name: str
    entry: Entry
    unit: "Unit"
    definition: Definition | None
    recovery: Recovery = field(default_factory=Recovery)
    is_asked: bool = False
    waits: Waits = field(default_factory=Waits)

    @property
    def continues(self) -> bool:
        """True if its failure does not fail the stream."""
        return self.recovery.action is RecoveryAction.CONTINUE and self.recovery.job is None

    @property
    def recovery_name(self) -> str:
        """The name of its recovery job in the network."""
        return f"{self.name} recovery"

    @property
    def rerun_name(self) -> str:
        """The name of its second run, after the recovery job."""
        return f"{self.name} rerun"


@dataclass(slots=True)
class Unit:
    """A stream.

    `when` is equal for streams that start together, and None if nothing starts the stream.
    """

    stream: Stream
    when: frozenset[str] | None
    table: Table
    schedule: Schedule | None = None
    members: dict[str, Member] = field(default_factory=dict)
    waits: Waits = field(default_factory=Waits)

    @property
    def name(self) -> str:
        """Its name in the network."""
        return self.stream.title

    @property
    def is_held(self) -> bool:
        """True if its jobs start only after somebody releases them."""
        return any(spelled(clause).upper() in HELD for clause in self.stream.all("keyed"))
