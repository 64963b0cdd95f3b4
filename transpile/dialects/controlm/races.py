"""Reports events that one job deletes while another one waits for them."""

from collections.abc import Iterable, Iterator, Mapping

from transpile.dialects.controlm.codes.events import EventDeleted, EventRace
from transpile.dialects.controlm.conditions import Conditions
from transpile.dialects.controlm.effects import dates_of
from transpile.dialects.controlm.entries import Reporter
from transpile.dialects.controlm.places import Place, whole_wait
from transpile.dialects.controlm.plan import Event, EventDate, Every, On, Wait, events_of
from transpile.findings.finding import Finding

_Key = tuple[str, EventDate]

_MOST = 20
"""Maximum number of pairs that are reported about one event."""


def report_races(places: Mapping[str, Place], conditions: Conditions, reporter: Reporter) -> None:
    """Report each job that may wait for an event which another one has deleted.

    Jobs that wait for the same at the same time start together: none of them is late.
    """
    waiting: dict[_Key, list[Place]] = {}
    for place in places.values():
        for key in dict.fromkeys((e.name, e.date) for e in events_of(place.wait)):
            waiting.setdefault(key, []).append(place)
    order = _Order(places, conditions)
    for deleter in places.values():
        for name, date in dates_of(deleter.ends, adds=False):
            found = list(_late(deleter, _needed(waiting, name, date), order))
            for other, is_certain in found[:_MOST]:
                kind: type[EventDeleted] | type[EventRace] = EventRace
                kind = EventDeleted if is_certain else kind
                finding: Finding = kind(deleter=deleter.name, event=name, name=other.name)
                reporter.diagnostics.add(
                    finding, other.entry.element.span(), job=other.name, text=name
                )


def _needed(waiting: Mapping[_Key, list[Place]], name: str, date: EventDate) -> Iterator[Place]:
    """The jobs that wait for the event which is deleted; one of any date deletes all."""
    if date.on is not On.ANY:
        yield from waiting.get((name, date), ())
        return
    for (other, _), places in waiting.items():
        if other == name:
            yield from places


def _late(
    deleter: Place, waiting: Iterable[Place], order: "_Order"
) -> Iterator[tuple[Place, bool]]:
    """The jobs that may start after the event has been deleted, and whether that is certain."""
    for other in waiting:
        if other is deleter or _together(deleter, other) or _holds(deleter, other):
            continue
        if order.is_behind(deleter, other):
            continue
        yield other, order.is_behind(other, deleter)


def _together(one: Place, other: Place) -> bool:
    """True if both start at the same moment."""
    times = [
        (p.start, p.zone, p.top.days, p.entry.folder and p.entry.folder.name) for p in (one, other)
    ]
    waits = [{(e.name, e.date) for e in events_of(p.wait)} for p in (one, other)]
    return times[0] == times[1] and waits[0] == waits[1]


def _holds(folder: Place, member: Place) -> bool:
    """True if the folder holds the member: it ends after that has started."""
    around = member.entry.folder
    while around is not None:
        if around is folder.entry:
            return True
        around = around.folder
    return False


class _Order:
    """Which jobs start only after others have ended."""

    def __init__(self, places: Mapping[str, Place], conditions: Conditions) -> None:
        self._places = places
        self._producers = conditions.producers
        self._above: dict[str, frozenset[str]] = {}

    def is_behind(self, place: Place, other: Place) -> bool:
        """True if the one starts only after the other has started."""
        return other.name in self._all_above(place.name)

    def _all_above(self, name: str) -> frozenset[str]:
        if name not in self._above:
            found: set[str] = set()
            pending = [name]
            while pending:
                place = self._places[pending.pop()]
                for above in self._directly(place):
                    if above not in found:
                        found.add(above)
                        pending.append(above)
            self._above = {name: frozenset(found)}
        return self._above[name]

    def _directly(self, place: Place) -> Iterator[str]:
        """The only producers of the events that an entry and its folders wait for."""
        folders = place.entry.folder
        while folders is not None:
            yield folders.name
            folders = folders.folder
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
