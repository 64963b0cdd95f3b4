"""Events: names with a date, which jobs add and delete, and what jobs wait for.

An event is known by its name and a date without a year (33594, 4460). STAT is a date of its own. On
a wait, **** means any date; on a delete, all dates (1396). PREV and NEXT are the dates before and
after on which the job is ordered, ODAT-1 and ODAT+1 for a forced job (1396).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from transpile.dialects.controlm.day_dates import DAY, Dates
from transpile.dialects.controlm.day_orders import Order
from transpile.dialects.controlm.plan import Event, EventDate, Every, On, Plan, Planned, Wait

NO_DATE = -1
"""The key of STAT; that of a date is mmdd."""

NEVER = -2
"""The key of no event: PREV of a job that is not ordered on any date before."""

Key = tuple[str, int | None]
"""A name and the key of a date, or None for any date."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The order, by its job and date, that has added or deleted an event, and when."""

    job: str
    day: date
    at: datetime


class Events:
    """The events that exist."""

    def __init__(self, plan: Plan, dates: Dates) -> None:
        self._dates = dates
        self._there: dict[str, dict[int, Origin]] = {}
        self._gone: dict[Key, Origin] = {}
        self._adders: dict[tuple[str, bool], dict[str, tuple[Planned, list[On]]]] = {}
        self._cyclic = frozenset(planned.name for planned in plan if planned.cycle is not None)
        for planned in plan:
            for event in _added(planned):
                self._note_adder(planned, event)

    def _note_adder(self, planned: Planned, event: Event) -> None:
        key = (event.name, event.date.on is On.NONE)
        found = self._adders.setdefault(key, {})
        found.setdefault(planned.name, (planned, []))[1].append(event.date.on)

    # ---------------------------------------------------------------- names and dates

    def adders(self, event: Event) -> list[tuple[Planned, list[On]]]:
        """The jobs that add an event if they run, and with which dates; not those of one date."""
        dated, on = (False, True), event.date.on
        kinds = dated if on is On.ANY else (on is On.NONE,)
        return [one for kind in kinds for one in self._adders.get((event.name, kind), {}).values()]

    def is_cyclic(self, job: str) -> bool:
        """True if a job runs again and again on its date."""
        return job in self._cyclic

    def key(self, order: Order, event: Event) -> Key:
        """The key of an event that an order asks for, adds or deletes."""
        on, day = event.date.on, order.day
        if on is On.ORDER:
            return event.name, day.month * 100 + day.day
        if on is On.ANY:
            return event.name, None
        if on is On.NONE:
            return event.name, NO_DATE
        if on is On.FIXED:
            return event.name, event.date.number
        other = self.day(order, event.date)
        return event.name, NEVER if other is None else other.month * 100 + other.day

    def day(self, order: Order, when: EventDate) -> date | None:
        """The date that a date of an event means for an order, if it is relative to its own one."""
        if when.on is On.ORDER:
            return order.day
        if when.on is On.OFFSET:
            return order.day + timedelta(days=when.number)
        if when.on not in (On.PREVIOUS, On.NEXT):
            return None
        step = -1 if when.on is On.PREVIOUS else 1
        if order.is_forced:
            return order.day + step * DAY
        return self._dates.nearest(order.planned, order.day, step)

    # ---------------------------------------------------------------- changes

    def add(self, order: Order, event: Event, now: datetime) -> Key:
        """Add an event; returns its key."""
        name, key = self.key(order, event)
        if key is not None and key != NEVER:
            self._there.setdefault(name, {})[key] = Origin(order.name, order.day, now)
            self._gone.pop((name, key), None)
        return name, key

    def delete(self, order: Order, event: Event, now: datetime) -> None:
        """Delete an event, or those of all dates."""
        name, key = self.key(order, event)
        known = self._there.get(name, {})
        for one in [*known] if key is None else [key]:
            if known.pop(one, None) is not None:
                self._gone[name, one] = Origin(order.name, order.day, now)

    def origin(self, order: Order, event: Event) -> Origin | None:
        """Where an event comes from that an order asks for; None if it is not there."""
        name, key = self.key(order, event)
        known = self._there.get(name)
        if not known:
            return None
        return known.get(key) if key is not None else max(known.values(), key=lambda one: one.at)

    def deleted(self, order: Order, event: Event) -> Origin | None:
        """Who deleted an event that an order asks for, if it was there."""
        return self._gone.get(self.key(order, event))


def _added(planned: Planned) -> Iterator[Event]:
    for end in planned.ends:
        yield from (change.event for change in end.changes if change.adds)


def holds(wait: Wait, is_there: Callable[[Event], bool]) -> bool:
    """Whether what a job waits for is there."""
    if isinstance(wait, Event):
        return is_there(wait)
    test = all if isinstance(wait, Every) else any
    return test(holds(term, is_there) for term in wait.terms)
