"""Events to conditions: an event exists once a job that adds it has ended so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from transpile.dialects.controlm.codes.events import (
    EventNeverAdded,
    EventOfCycle,
    OtherDate,
    UndatedEvent,
)
from transpile.dialects.controlm.effects import dates_of
from transpile.dialects.controlm.entries import Reporter
from transpile.dialects.controlm.places import Place, waiting, whole_wait
from transpile.dialects.controlm.plan import End, Event, EventDate, Every, On, Wait, events_of
from transpile.dialects.controlm.times import DAY
from transpile.dialects.kit.values import runs
from transpile.findings.finding import Finding
from transpile.model import (
    TRUE,
    All,
    AnyOf,
    Blocked,
    Condition,
    Days,
    ExitCode,
    Site,
    Status,
    StatusTest,
)
from transpile.model.condition import Begun
from transpile.sources.text import Span

_EARLY = 60
"""By how many minutes a run may begin before the day of the job that looks at it."""

_FIRST, _YEARS = date(2026, 1, 1), 4
"""The days that are compared for the previous and the next scheduling date."""


@dataclass(frozen=True, slots=True)
class Producer:
    """A job or folder that adds an event of a date if it ends with one of the `codes`."""

    place: Place
    date: EventDate
    codes: frozenset[int | None]


class _Elsewhen(Exception):
    """The run that adds the event is of another day, and cannot be told."""


@dataclass(slots=True)
class Conditions:
    """Makes conditions of events. `outside` collects the events that no job adds."""

    places: Mapping[str, Place]
    site: Site
    reporter: Reporter
    outside: dict[str, Blocked] = field(default_factory=dict)
    _producers: dict[str, list[Producer]] | None = None

    @property
    def producers(self) -> dict[str, list[Producer]]:
        """The jobs that add each event, in source order."""
        if self._producers is None:
            self._producers = {}
            for place in self.places.values():
                for (name, day), codes in dates_of(place.ends, adds=True).items():
                    found = Producer(place, day, frozenset(codes))
                    self._producers.setdefault(name, []).append(found)
        return self._producers

    def above(self, place: Place) -> Iterator[Place]:
        """What adds the events that an entry waits for."""
        for event in events_of(whole_wait(place, self.places)):
            for producer in self.producers.get(event.name, ()):
                yield producer.place

    def of(self, place: Place) -> Condition:
        """The condition that an entry waits for; each folder around it stays as long as it may."""
        found = (
            self._of(place, one.wait, self._by(place, one.max_wait))
            for one in waiting(place, self.places)
        )
        return All(tuple(found))

    def _of(self, place: Place, wait: Wait, by: int | None) -> Condition:
        if isinstance(wait, Event):
            return self._event(place, wait, by)
        kind = All if isinstance(wait, Every) else AnyOf
        return kind(tuple(self._of(place, term, by) for term in wait.terms))

    def _event(self, place: Place, event: Event, by: int | None) -> Condition:
        terms: list[Condition] = []
        reason = ""
        undated = False
        for producer in self.producers.get(event.name, ()):
            try:
                found = self._added_by(place, event, producer, by)
            except _Elsewhen as error:
                reason = str(error)
                continue
            terms += [found] if found is not None else []
            undated |= found is not None and event.date.on in (On.ANY, On.NONE)
        if undated:
            shown = UndatedEvent(event=event.name, date=str(event.date), name=place.name)
            self._report(shown, place, event)
        if not terms:
            terms = [self._outside(place, event, reason)]
        return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))

    def _added_by(
        self, place: Place, event: Event, producer: Producer, by: int | None
    ) -> Condition | None:
        """The condition that this producer has added the event; None if it adds another date."""
        asked, added = event.date, producer.date
        other = producer.place
        if asked.on is On.ANY or (asked.on is On.NONE and added.on is On.NONE):
            return meets(other, producer.codes, None, event.span)
        if On.NONE in (asked.on, added.on):
            return None
        if On.FIXED in (asked.on, added.on):
            if asked == added:
                raise _Elsewhen("it has a fixed date")
            return None
        apart = self._apart(place, asked) - self._apart(other, added)
        begun = self._begun(place, other, apart)
        if begun is not None and other.top.cycle is not None:
            cyclic = EventOfCycle(producer=other.name, event=event.name, name=place.name)
            self._report(cyclic, place, event)
        return meets(other, producer.codes, begun, event.span, None if begun is None else by)

    def _apart(self, place: Place, on: EventDate) -> int:
        """How many days the date of an event is after the order date."""
        if on.on is On.OFFSET:
            return on.number
        if on.on is On.ORDER:
            return 0
        gaps = _gaps(place.top.days)
        if len(gaps) != 1:
            raise _Elsewhen("the days of its orders are not always equally far apart")
        gap = next(iter(gaps))
        return gap if on.on is On.NEXT else -gap

    def _begun(self, place: Place, other: Place, apart: int) -> Begun | None:
        """The span in which the run begins that adds the event, from the start of the one asking.

        An order belongs to the working day between two New Days.
        """
        if place.top is other.top:
            if apart:
                raise _Elsewhen("it is of another run of the same workflow")
            return None
        if apart and _may_join(place, other):
            raise _Elsewhen("it is of another run of the same workflow")
        if place.top.zone != other.top.zone:
            raise _Elsewhen("the two have different time zones")
        begin = apart * DAY - place.starts[0]
        if other.top.is_ordered:
            first, last = other.starts[0], other.starts[-1]
            if other.top.cycle is not None:
                last = DAY - 1
            # The runs of the days before and after are a day away.
            room = max(DAY - 1 - (last - first), 0) // 2
            return begin + first - room, begin + last + room
        return begin - _EARLY, begin + DAY - 1 - _EARLY

    def _by(self, place: Place, max_wait: int | None) -> int | None:
        """The minutes after its start at which New Day removes what still waits."""
        return None if max_wait is None else (max_wait + 1) * DAY - place.starts[0]

    def _outside(self, place: Place, event: Event, reason: str) -> Condition:
        """The condition on an event that no job of the estate adds."""
        name = event.name if event.name not in self.places else f"event {event.name}"
        shown = str(event.date)
        found: Finding = EventNeverAdded(event=event.name, date=shown, name=place.name)
        if reason:
            found = OtherDate(event=event.name, date=shown, name=place.name, reason=reason)
            name = f"{event.name} {event.date}"
        if self.site.external(name) is None:
            self._report(found, place, event)
        self.outside[name] = Blocked(type(found), f"nothing adds {name}")
        return Status(name, StatusTest.SUCCESS, span=event.span)

    def _report(self, found: Finding, place: Place, event: Event) -> None:
        self.reporter.diagnostics.add(found, event.span, job=place.name, text=event.name)

    def forced(self, place: Place) -> Condition:
        """The condition that another job forces the entry; true if none does."""
        found = []
        for by, codes in place.forced_by:
            try:
                begun = self._begun(place, by, 0)
            except _Elsewhen:
                begun = None
            found.append(meets(by, codes, begun, by.entry.element.span()))
        return AnyOf(tuple(found)) if found else TRUE


def _may_join(one: Place, other: Place) -> bool:
    """True if the two may share a workflow."""
    if one.starts_alike != other.starts_alike:
        return False
    return one.is_placed or other.is_placed or one.starts == other.starts


def meets(
    place: Place,
    codes: Iterable[int | None],
    begun: Begun | None,
    span: Span,
    by: int | None = None,
) -> Condition:
    """The condition that an entry has ended with one of these exit codes, `by` a time at most."""
    left = set(codes)
    good, bad = _split(place.ends)
    tests: list[StatusTest] = []
    for kind, found in ((StatusTest.SUCCESS, good), (StatusTest.FAILURE, bad)):
        if found and found <= left:
            tests.append(kind)
            left -= found
    if None in left:
        tests.append(StatusTest.TERMINATED)
        left.discard(None)
    if len(tests) == 3:
        tests = [StatusTest.DONE]
    name = place.name
    terms: list[Condition] = [Status(name, test, span=span, begun=begun, by=by) for test in tests]
    for low, high in runs(sorted(code for code in left if code is not None)):
        bounds = _bounds(low, high)
        exits = tuple(ExitCode(name, s, n, span=span, begun=begun, by=by) for s, n in bounds)
        terms.append(exits[0] if len(exits) == 1 else All(exits))
    return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))


def _bounds(low: int, high: int) -> tuple[tuple[str, int], ...]:
    """The comparisons that exit codes in a range meet; all codes are between 0 and 255."""
    if low == high:
        return (("=", low),)
    above = ((">=", low),) if low > 0 else ()
    below = (("<=", high),) if high < 255 else ()
    return (*above, *below) or ((">=", 0),)


def _split(ends: Iterable[End]) -> tuple[set[int | None], set[int | None]]:
    """The exit codes that end OK, and the others; kills are in neither."""
    good: set[int | None] = set()
    bad: set[int | None] = set()
    for end in ends:
        (good if end.is_ok else bad).update(end.codes - {None})
    return good, bad


@lru_cache(maxsize=256)
def _gaps(days: Days | None) -> frozenset[int]:
    """The numbers of days between two orders."""
    if days is None:
        return frozenset()
    all_days = (_FIRST + timedelta(days=number) for number in range(_YEARS * 365))
    found: Iterator[date] = (day for day in all_days if day in days)
    return frozenset((after - before).days for before, after in pairwise(found))
