"""Orders: on which days, and at what times, the scheduler starts folders and jobs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from transpile.dialects.controlm.codes.jobs import (
    DependentTimes,
    MemberApart,
    NewDayAssumed,
    OrderAssumed,
    OtherOrder,
    RepetitionLost,
    RepetitionSkips,
    RetroLost,
)
from transpile.dialects.controlm.days import (
    DAY_ATTRIBUTES,
    REFERENCE_TAGS,
    RULE_TAGS,
    DayReader,
    Ordered,
)
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.entries import Entry, Reporter, title_of
from transpile.dialects.controlm.places import Place, minute_in_day, minute_of_clock
from transpile.dialects.controlm.plan import NOTHING
from transpile.dialects.controlm.readings import NEW_DAY, ORDER
from transpile.dialects.controlm.times import (
    CYCLE_ATTRIBUTES,
    TIME_ATTRIBUTES,
    clock,
    cyclic_starts,
    read_cycle,
    read_time,
)
from transpile.findings.codes.schedules import NoTimeZone, UnknownTimeZone
from transpile.model import Schedule
from transpile.model.zones import Zones

_BY_HAND = ("MANUAL", "NONE", "-")
_DAILY = ("SYSTEM", "AUTOMATIC", "DAILY")
FOREVER = 99
"""Control-M: so many days in the plan are all days."""


class Orders:
    """Finds the orders of all entries; `chosen` are the answers of the site to open questions."""

    def __init__(
        self,
        days: DayReader,
        zones: Zones,
        chosen: Mapping[str, str],
        new_day: int,
        reporter: Reporter,
    ) -> None:
        self._days = days
        self._zones = zones
        self._chosen = chosen
        self._reporter = reporter
        self.new_day = new_day
        self._seen: set[int] = set()
        self._new_day_is_told = False

    def places(self, entries: Iterable[Entry]) -> dict[str, Place]:
        """The place of each entry, by its name."""
        found: dict[str, Place] = {}
        orders: dict[str, Ordered] = {}
        for entry in entries:
            around = orders[entry.folder.name] if entry.folder else None
            orders[entry.name] = self._days.ordered(entry.element, around, entry.name)
            found[entry.name] = self._place(entry, orders[entry.name], found)
        return found

    def _place(self, entry: Entry, ordered: Ordered, known: Mapping[str, Place]) -> Place:
        element, diagnostics = entry.element, self._reporter.diagnostics
        around = known[entry.folder.name] if entry.folder else None
        place = Place(entry)
        place.zone = self._zone(entry, around)
        place.start = read_time(element, "TIMEFROM", diagnostics, entry.name)
        place.until = read_time(element, "TIMETO", diagnostics, entry.name)
        most = entry.take("MAXWAIT")
        days = int(most) if most.isdecimal() else FOREVER if most else 0
        place.max_wait = None if days >= FOREVER else days
        place.cycle = read_cycle(element, diagnostics, entry.name)
        entry.taken.update((*DAY_ATTRIBUTES, *CYCLE_ATTRIBUTES, *TIME_ATTRIBUTES))
        entry.told.update(id(child) for child in element.all(*RULE_TAGS, *REFERENCE_TAGS))
        entry.taken.add("FOLDER_ORDER_METHOD")
        place.days = ordered.days
        place.is_ordered = not ordered.is_unknown and not ordered.is_never
        if place.is_ordered:
            place.is_ordered = around.is_ordered if around else self._is_ordered(entry)
        if around is not None and (ordered.with_folder or not around.is_ordered):
            place.head = around.top
            place.days = around.days
        if place.is_apart and entry.folder:
            apart = MemberApart(name=entry.name, folder=entry.folder.name)
            self._reporter.report(apart, entry)
        if entry.flag("RETRO"):
            self._reporter.report(RetroLost(name=entry.name), entry, "RETRO")
        return place

    def _zone(self, entry: Entry, around: Place | None) -> str | None:
        word = entry.take("TIMEZONE")
        if not word:
            return around.zone if around else self._zones.default
        zone = self._zones.find(word)
        if zone is None:
            self._reporter.report(UnknownTimeZone(timezone=word), entry, "TIMEZONE")
        elif around is not None and zone != around.zone:
            other = DependentTimes(name=entry.name, folder=around.name)
            self._reporter.report(other, entry, "TIMEZONE")
            return around.zone
        return zone

    def _is_ordered(self, entry: Entry) -> bool:
        """True if the scheduler orders the folder, or that of the job, by itself."""
        holder = entry.container
        method = holder.get("FOLDER_ORDER_METHOD")
        if method.upper() in _BY_HAND:
            return False
        if method.upper() in _DAILY:
            return True
        is_new = id(holder) not in self._seen
        self._seen.add(id(holder))
        if method:
            if is_new:
                found = OtherOrder(name=title_of(holder), method=method)
                self._add(found, holder, "FOLDER_ORDER_METHOD")
            return True
        reading = self._chosen.get(ORDER.name, ORDER.default)
        if is_new:
            assumed = OrderAssumed(name=title_of(holder), reading=reading)
            self._add(assumed, holder, "")
        return reading == "daily"

    def _add(self, finding: OtherOrder | OrderAssumed, element: Element, key: str) -> None:
        name = title_of(element)
        self._reporter.diagnostics.add(finding, element.span(key), job=name, text=name)

    # ---------------------------------------------------------------- schedules

    def schedule(self, place: Place) -> Schedule | None:
        """The start times of an entry that has a clock.

        Without a time it starts at New Day. If it waits for what starts on the same days, its time
        is a mere place in the plan: it may start whenever the others do.
        """
        if place.head is not None or not place.is_ordered or place.days is None:
            return self._member(place)
        if not place.days.rules:
            return None
        minutes = self._minutes(place)
        return self._clock(place, minutes, placed=place.is_placed, skips=len(minutes) > 1)

    def _member(self, place: Place) -> Schedule | None:
        """The time before which a member of a folder does not start, if that is later."""
        if place.cycle is not None:
            reason = "nothing orders it by itself" if place.head is None else "its folder starts it"
            lost = RepetitionLost(name=place.name, reason=reason)
            self._reporter.report(lost, place.entry, "CYCLIC")
        folder = place.top
        if place.start is None or place.head is None or not folder.is_ordered:
            return None
        first = minute_in_day(place.start, self.new_day)
        if first <= place.starts[0] or folder.days is None or not folder.days.rules:
            return None
        place.days = folder.days
        return self._clock(place, (place.start,), placed=False, skips=False)

    def _minutes(self, place: Place) -> tuple[int, ...]:
        """The start times in minutes after midnight; those of a cyclic job if a clock has them."""
        start = minute_of_clock(place.starts[0], self.new_day)
        if place.cycle is None:
            if place.starts == (0,) and place.start is None:
                self._assume_new_day(place)
            return (start,)
        reason = ""
        if place.wait != NOTHING:
            reason = "it waits for events"
        elif place.entry.is_folder:
            reason = "it is a folder"
        most = place.entry.number("MAXRERUN")
        starts = cyclic_starts(place.cycle, start, place.until, self.new_day, most)
        if not reason and starts is None:
            reason = "its interval counts from the end of a run"
        if reason or starts is None:
            lost = RepetitionLost(name=place.name, reason=reason)
            self._reporter.report(lost, place.entry, "CYCLIC")
            return (start,)
        self._reporter.report(RepetitionSkips(name=place.name), place.entry, "CYCLIC")
        place.keeps_until = True
        return starts

    def _clock(
        self, place: Place, minutes: tuple[int, ...], *, placed: bool, skips: bool
    ) -> Schedule | None:
        key = "TIMEFROM" if place.entry.element.get("TIMEFROM") else ""
        span = place.entry.element.span(key)
        assert place.days is not None
        if place.zone is None:
            if place.entry.element.get("TIMEZONE"):
                return None
            self._reporter.report(NoTimeZone(), place.entry, key)
        found = clock(place.days, minutes, self.new_day, place.zone, span, placed=placed)
        return replace(found, skips=skips)

    def _assume_new_day(self, place: Place) -> None:
        if NEW_DAY.name not in self._chosen and not self._new_day_is_told:
            self._new_day_is_told = True
            time = f"{self.new_day // 60:02}:{self.new_day % 60:02}"
            self._reporter.report(NewDayAssumed(time=time), place.entry)
