"""What the engine over days knows of streams: their run cycles, times, references and jobs."""

from dataclasses import dataclass
from enum import Enum

from transpile.dialects.tws.units import Recovery
from transpile.dialects.tws.values import Clause
from transpile.model import Schedule


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day, in minutes from the beginning of the day of an instance.

    Without a `zone` it is in that of the stream.
    """

    minute: int
    zone: str | None = None


class Late(Enum):
    """What becomes of a job or stream that has not started by its latest start time."""

    SUPPRESS = "SUPPR"
    CONTINUE = "CONT"
    CANCEL = "CANC"


@dataclass(frozen=True, slots=True)
class Until:
    """A latest start time; one that is asked `once` no longer counts when the stream is ready."""

    moment: Moment
    action: Late
    once: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a job: its earliest and latest start, its deadline, its repetition.

    It is repeated `every` so many minutes until `every_end`. With `kills` the job is killed at its
    deadline.
    """

    at: Moment | None = None
    until: Until | None = None
    deadline: Moment | None = None
    kills: bool = False
    every: int = 0
    every_end: Moment | None = None


class Kind(Enum):
    """What a term of IF asks about. UNKNOWN terms cannot be read."""

    SUCC = "SUCC"
    ABEND = "ABEND"
    STARTED = "EXEC"
    SUPPRESSED = "SUPPR"
    NEVER = "FAIL"
    CODE = "RC"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of IF; one about the return code is true for these `codes`."""

    kind: Kind
    codes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reference:
    """A stream, or a `job` in it, that something follows; nothing in the plan without a `stream`.

    It is of the same instance without `criteria`. `terms` are those of IF.
    """

    stream: str = ""
    job: str | None = None
    criteria: tuple[Clause, ...] | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A conditional dependency: `needed` of the options must hold."""

    needed: int
    options: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Follows:
    """What a job or stream waits for; `asks`: an operator has to answer a prompt, too."""

    standard: tuple[Reference, ...] = ()
    choices: tuple[Choice, ...] = ()
    asks: bool = False

    @property
    def everything(self) -> tuple[Reference, ...]:
        """Every reference, conditional or not."""
        return (*self.standard, *(one for choice in self.choices for one in choice.options))


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job of a stream; `files` are the names of the jobs that wait for its files.

    One that `is_first` follows no job of its stream. An operator confirms the end of a `confirmed`
    one.
    """

    name: str
    follows: Follows
    times: Times
    recovery: Recovery
    files: tuple[str, ...] = ()
    is_first: bool = True
    is_held: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """When instances of a stream are due: the `schedule` says their places in the plan.

    They start there if they `wait`, else at the start of the day. That day is `later` days before
    the one of the schedule.
    """

    schedule: Schedule
    waits: bool
    later: int = 0
    until: Until | None = None
    deadline: Moment | None = None


class Overlap(Enum):
    """What an instance does while the one before is not complete."""

    PARALLEL = "PARALLEL"
    ENQUEUE = "ENQUEUE"
    DO_NOT_START = "DONOTSTART"


@dataclass(frozen=True, slots=True)
class PlannedStream:
    """A stream; `is_carried`: CARRYFORWARD. `files` are the jobs that wait for its own files."""

    name: str
    jobs: tuple[PlannedJob, ...]
    follows: Follows
    cycles: tuple[Cycle, ...]
    files: tuple[str, ...] = ()
    is_held: bool = False
    is_carried: bool = False
    overlap: Overlap = Overlap.PARALLEL


StreamPlan = tuple[PlannedStream, ...]
"""The streams of an estate."""
