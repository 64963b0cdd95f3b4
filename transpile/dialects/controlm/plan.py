"""What the scheduler knows of jobs and folders: orders, events, and what follows from an end.

The engines read it as it is; the builder makes conditions and schedules of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from transpile.model import Days
from transpile.sources.text import Span


class On(Enum):
    """The date of an event. FIXED is a day of the year, OFFSET so many days from the order date."""

    ORDER = "ODAT"
    PREVIOUS = "PREV"
    NEXT = "NEXT"
    NONE = "STAT"
    ANY = "****"
    OFFSET = "offset"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date of an event; `number` is the offset, or the month and day as mmdd."""

    on: On = On.ORDER
    number: int = 0

    def __str__(self) -> str:
        if self.on is On.OFFSET:
            return f"{self.number:+04}"
        return f"{self.number:04}" if self.on is On.FIXED else self.on.value


@dataclass(frozen=True, slots=True)
class Event:
    """A named event of a date, which exists or does not."""

    name: str
    date: EventDate
    span: Span


@dataclass(frozen=True, slots=True)
class Every:
    """True if all `terms` are: what a job waits for."""

    terms: "tuple[Wait, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """True if one of the `terms` is."""

    terms: "tuple[Wait, ...]"


Wait: TypeAlias = Event | Every | Some

NOTHING = Every(())
"""A job that waits for no event."""


def events_of(wait: Wait) -> Iterator[Event]:
    """The events of a condition, from left to right."""
    if isinstance(wait, Event):
        yield wait
        return
    for term in wait.terms:
        yield from events_of(term)


@dataclass(frozen=True, slots=True)
class Change:
    """An event is added, or deleted; an event of any date can only be deleted."""

    event: Event
    adds: bool


@dataclass(frozen=True, slots=True)
class End:
    """What follows when a job ends with one of the exit `codes`; None among them is a kill.

    A folder ends with 0 or 1. `reruns`: the job is run again if it may. `forces` are jobs that are
    ordered then, by their names in the network. `stops`: a cyclic job does not run again.
    """

    codes: frozenset[int | None]
    is_ok: bool
    changes: tuple[Change, ...] = ()
    reruns: bool = False
    forces: tuple[str, ...] = ()
    stops: bool = False


class Basis(Enum):
    """What the interval of a cyclic job is counted from."""

    START = "S"
    END = "E"
    TARGET = "T"


@dataclass(frozen=True, slots=True)
class Cycle:
    """A job that runs again and again on its order date.

    Every `intervals` minutes, the last one again and again unless they are a `sequence`, or at the
    `times`, in minutes after midnight.
    """

    intervals: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    basis: Basis = Basis.START
    sequence: bool = False
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A job, or a folder that runs as a whole, as the scheduler knows it.

    `name` is that in the network, `folder` the one that holds it. It is ordered on `days`, each
    time with its folder if they are None, and never by itself if `is_ordered` is false. It starts
    between `start` and `until`, in minutes after midnight of its order date, or of the next day if
    that is earlier than New Day. It stays `max_wait` days in the plan after its order date, and for
    ever if that is None. It runs again at most `reruns` times; if it is cyclic, it runs as often,
    and 0 is no limit. `pause` is the time before it runs again if it is not cyclic.
    `confirms`: a person must say yes first. `is_dummy`: it runs nothing.
    `adjusts`: events of what is not ordered on a day count as added for the members of the folder.
    `zone` is an IANA name, or None for that of the scheduler.
    """

    name: str
    folder: str | None
    is_folder: bool
    days: Days | None
    is_ordered: bool
    wait: Wait = NOTHING
    ends: tuple[End, ...] = ()
    start: int | None = None
    until: int | None = None
    max_wait: int | None = 0
    cycle: Cycle | None = None
    reruns: int = 0
    confirms: bool = False
    is_dummy: bool = False
    adjusts: bool = False
    zone: str | None = None
    pause: Cycle | None = None

    def end(self, code: int | None) -> End:
        """What follows from an exit code."""
        return next(end for end in self.ends if code in end.codes)


def confirmation_of(name: str) -> str:
    """The name of the question to a person that stands before a job."""
    return f"{name} confirmation"


Plan: TypeAlias = tuple[Planned, ...]
"""Everything in the estate, folders before their members."""
