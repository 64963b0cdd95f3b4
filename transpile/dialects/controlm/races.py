"""Reports events that one job deletes while another one waits for them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from transpile.dialects.controlm.codes.events import EventDeleted, EventRace
from transpile.dialects.controlm.conditions import Conditions
from transpile.dialects.controlm.effects import dates_of
from transpile.dialects.controlm.entries import Reporter
from transpile.dialects.controlm.places import Place, whole_wait
from transpile.dialects.controlm.plan import Event, EventDate, Every, On, Wait, events_of
from transpile.findings.finding import Finding
from transpile.model import Days

_Key: TypeAlias = tuple[str, EventDate]
_Start: TypeAlias = tuple[int | None, str | None, Days | None, str | None, frozenset[_Key]]

_MOST = 20
"""Maximum number of pairs that are reported about one event."""


def report_races(places: Mapping[str, Place], conditions: Conditions, reporter: Reporter) -> None:
    """Report each job that may wait for an event which another one has deleted.

    Jobs that wait for the same at the same time start together: none of them is late.
    """
    starts: dict[str, _Start] = {}
    waiting: dict[str, dict[EventDate, dict[_Start, list[Place]]]] = {}
    for place in places.values():
        events = dict.fromkeys((e.name, e.date) for e in events_of(place.wait))
        if events:
            starts[place.name] = start = _start(place, frozenset(events))
        for name, date in events:
            waiting.setdefault(name, {}).setdefault(date, {}).setdefault(start, []).append(place)
    order = _Order(places, conditions)
    left: dict[_Key, int] = {}
    for deleter in places.values():
        own = starts.get(deleter.name)
        for name, date in dates_of(deleter.ends, adds=False):
            found = _late(deleter, _needed(waiting.get(name, {}), date, own), order)
            for other, is_certain in islice(found, left.setdefault((name, date), _MOST)):
                left[name, date] -= 1
                kind: type[EventDeleted] | type[EventRace] = EventRace
                kind = EventDeleted if is_certain else kind
                finding: Finding = kind(deleter=deleter.name, event=name, name=other.name)
                reporter.diagnostics.add(
                    finding, other.entry.element.span(), job=other.name, text=name
                )


def _start(place: Place, events: frozenset[_Key]) -> _Start:
    """Equal for entries that start at the same moment."""
    folder = place.entry.folder
    return place.start, place.zone, place.top.days, folder.name if folder else None, events


def _needed(
    waiting: Mapping[EventDate, Mapping[_Start, list[Place]]], date: EventDate, own: _Start | None
) -> Iterator[tuple[Place, bool]]:
    """The jobs that wait for the event which is deleted, but do not start with the deleter.

    Each comes with the truth of asking on a later day for the event of this one.

    A delete of any date is one of all dates. A job of a later day may ask for the event of this
    one.
    """
    for each in (each for each in waiting if date.on is On.ANY or _is_earlier(each, date)):
        for start, places in waiting.get(each, {}).items():
            is_later = date.on is not On.ANY and each != date
            if start != own or is_later:
                yield from ((place, is_later) for place in places)


def _is_earlier(asked: EventDate, deleted: EventDate) -> bool:
    """True if two jobs may mean one event and the one that deletes it is not of the later day."""
    if asked == deleted or {asked.on, deleted.on} & {On.NONE, On.ANY, On.FIXED}:
        return asked == deleted
    return _days_on(asked) < _days_on(deleted)


def _days_on(date: EventDate) -> int:
    """The days to the date of an event; the previous and the next date may be any day off."""
    near = {On.ORDER: 0, On.PREVIOUS: -1, On.NEXT: 1}
    return date.number if date.on is On.OFFSET else near[date.on]


def _late(
    deleter: Place, waiting: Iterable[tuple[Place, bool]], order: "_Order"
) -> Iterator[tuple[Place, bool]]:
    """The jobs that may start after the event has been deleted, and whether that is certain.

    Those that wait come with the truth of being of a later day.
    """
    for other, is_later in waiting:
        if (other is deleter and not is_later) or _holds(deleter, other):
            continue
        if is_later:
            yield other, False
        elif not order.is_behind(deleter, other):
            yield other, order.is_behind(other, deleter)


def _holds(folder: Place, member: Place) -> bool:
    """True if the folder holds the member: it ends after that has started."""
    return any(around is folder.entry for around in member.entry.around)


class _Order:
    """Which jobs start only after others have ended."""

    def __init__(self, places: Mapping[str, Place], conditions: Conditions) -> None:
        self._places = places
        self._producers = conditions.producers
        self._above: dict[str, tuple[str, ...]] = {}
        self._levels: dict[str, int] = {}

    def is_behind(self, place: Place, other: Place) -> bool:
        """True if the one starts only after the other has started."""
        # What is above a job has a lower level: only those between the two count.
        lowest = self._level(other.name)
        seen: set[str] = set()
        pending = [place.name]
        while pending:
            for above in self._directly(pending.pop()):
                if above == other.name:
                    return True
                if above not in seen and self._level(above) > lowest:
                    seen.add(above)
                    pending.append(above)
        return False

    def _level(self, name: str) -> int:
        """The length of the longest way down to an entry. In circles, which never start, any."""
        if name not in self._levels:
            begun: set[str] = set()
            pending = [name]
            while pending:
                above = self._directly(pending[-1])
                missing = [a for a in above if a not in self._levels and a not in begun]
                if missing and pending[-1] not in begun:
                    begun.add(pending[-1])
                    pending += missing
                    continue
                levels = (self._levels.get(each, 0) for each in above)
                self._levels[pending.pop()] = 1 + max(levels, default=0)
        return self._levels[name]

    def _directly(self, name: str) -> tuple[str, ...]:
        """The only producers of the events that an entry and its folders wait for."""
        if name not in self._above:
            self._above[name] = tuple(dict.fromkeys(self._read(self._places[name])))
        return self._above[name]

    def _read(self, place: Place) -> Iterator[str]:
        yield from (folder.name for folder in place.entry.around)
        for event in _needed_events(whole_wait(place, self._places)):
            known = self._producers.get(event.name, ())
            if len(known) == 1:
                yield known[0].place.name


def _needed_events(wait: Wait) -> Iterator[Event]:
    """The events without which the wait does not end."""
    if isinstance(wait, Event):
        yield wait
    elif isinstance(wait, Every):
        for term in wait.terms:
            yield from _needed_events(term)
