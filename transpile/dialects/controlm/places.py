"""Places: where and when each entry runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.dialects.controlm.entries import Entry
from transpile.dialects.controlm.plan import NOTHING, Cycle, End, Every, Wait
from transpile.dialects.controlm.times import DAY, on_order_date
from transpile.model import Blocked, Days


@dataclass(slots=True)
class Place:
    """An entry with its orders and its times.

    `head` has the clock: the entry itself, or the outermost folder whose runs it is part of.
    It is ordered on `days`, if they are known and it `is_ordered`. It starts between the minutes
    `start` and `until` after midnight of its order date. The workflow that it is part of starts at
    one of the `starts`, in minutes after New Day; it `is_placed` there if it has no time of its
    own, but those of what it waits for. `ends` say what follows from its end; `broken` says why it
    must not run. With `keeps_until` its clock keeps the latest start.
    """

    entry: Entry
    head: "Place | None" = None
    days: Days | None = None
    is_ordered: bool = True
    start: int | None = None
    starts: tuple[int, ...] = (0,)
    is_placed: bool = False
    until: int | None = None
    zone: str | None = None
    cycle: Cycle | None = None
    max_wait: int | None = 0
    wait: Wait = NOTHING
    ends: tuple[End, ...] = ()
    broken: Blocked | None = None
    keeps_until: bool = False
    forced_by: list[tuple["Place", frozenset[int | None]]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in the network."""
        return self.entry.name

    @property
    def top(self) -> "Place":
        """What has the clock."""
        return self.head or self

    @property
    def is_apart(self) -> bool:
        """True for a member of a folder that has days of its own, and so a clock of its own."""
        return self.entry.folder is not None and self.head is None

    @property
    def starts_alike(self) -> tuple[object, ...]:
        """Equal for entries that may share one workflow."""
        return (self.top.days, self.top.zone)


def minute_of_clock(start: int, new_day: int) -> int:
    """The minute after midnight of a start so many minutes after New Day."""
    return (start + new_day) % DAY


def is_next_day(start: int, new_day: int) -> bool:
    """True if a start so many minutes after New Day is on the calendar day after the order date."""
    return start >= DAY - new_day


def minute_in_day(minute: int | None, new_day: int) -> int:
    """Minutes after New Day; what starts without a time starts at New Day."""
    return 0 if minute is None else on_order_date(minute, new_day) - new_day


def waiting(place: Place, places: Mapping[str, Place]) -> list[Place]:
    """The entry, and with a clock of its own also its folders, if they wait: outer ones first."""
    found = [place] if place.wait != NOTHING else []
    around = [places[folder.name] for folder in place.entry.around] if place.head is None else []
    return [*(one for one in reversed(around) if one.wait != NOTHING), *found]


def whole_wait(place: Place, places: Mapping[str, Place]) -> Wait:
    """What an entry waits for; one with a clock of its own also waits for what its folders do."""
    terms = [one.wait for one in waiting(place, places)]
    return terms[0] if len(terms) == 1 else Every(tuple(terms))
