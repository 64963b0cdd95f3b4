"""Builds the jobs of folders and their members."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from transpile.dialects.controlm.codes.events import ForcedTwice, LooseBracket, MixedConditions
from transpile.dialects.controlm.codes.jobs import (
    AdjustLost,
    EndFolderLost,
    LatestStart,
    NewDayRemoves,
    OrderedByHand,
)
from transpile.dialects.controlm.commands import CommandReader, Payload
from transpile.dialects.controlm.conditions import Conditions
from transpile.dialects.controlm.day_sets import covers
from transpile.dialects.controlm.effects import Effects, report_date
from transpile.dialects.controlm.elements import YES, Element
from transpile.dialects.controlm.entries import Entry, Reporter
from transpile.dialects.controlm.orders import Orders
from transpile.dialects.controlm.places import Place, is_next_day, whole_wait
from transpile.dialects.controlm.plan import NOTHING, Event, Wait, confirmation_of, events_of
from transpile.dialects.controlm.times import DAY
from transpile.dialects.controlm.variables import Scope, Variables
from transpile.dialects.controlm.waits import BracketError, Waits, date_of, read_waits, shown
from transpile.findings.codes.jobs import ResourceIgnored
from transpile.findings.codes.reading import WrongValue
from transpile.model import (
    TRUE,
    All,
    Approval,
    Blocked,
    Condition,
    Job,
    Kind,
    Status,
    StatusTest,
    simplified,
)

_WEEK = 7 * DAY

_COMMANDS = ("PRECMD", "POSTCMD")
"""Variables whose value the agent runs as a command, before or after that of the job."""


@dataclass(slots=True)
class Builder:
    """Builds the jobs of an estate; `effects` are those of each entry."""

    places: Mapping[str, Place]
    effects: Mapping[str, Effects]
    conditions: Conditions
    orders: Orders
    commands: CommandReader
    variables: Variables
    reporter: Reporter
    _removes: bool = False

    def build(self) -> Iterator[Job]:
        """All jobs, each folder before its members."""
        scopes: dict[str, Scope] = {}
        for place in self.places.values():
            entry = place.entry
            outer = scopes[entry.folder.name] if entry.folder else None
            late = is_next_day(place.starts[0], self.orders.new_day)
            scopes[place.name] = scope = self.variables.scope(
                entry.element, outer, place.name, days_late=int(late)
            )
            yield from self._jobs(place, scope)

    def _jobs(self, place: Place, scope: Scope) -> Iterator[Job]:
        entry, effects = place.entry, self.effects[place.name]
        payload = Payload(kind=Kind.BOX)
        entry.taken.update(("TASKTYPE", "APPL_TYPE"))
        if not entry.is_folder:
            payload = self.commands.read(entry, scope, effects)
        entry.told.update(map(id, _settings(entry.element)))
        condition = self._condition(place)
        element = entry.element
        schedule = self.orders.schedule(place)
        self._report(place)
        job = Job(
            place.name,
            element.span(),
            payload.kind,
            box=place.entry.folder.name if place.head is not None and place.entry.folder else None,
            action=payload.action,
            condition=None if condition == TRUE else condition,
            condition_text=shown(place.wait) if place.wait != NOTHING else "",
            condition_span=next((e.span for e in events_of(place.wait)), None),
            description=" ".join(entry.take("DESCRIPTION").split()),
            notes=(*self._about(entry), *self._resources(entry)),
            schedule=schedule,
            retries=effects.retries if place.cycle is None else 0,
            time_limit=payload.time_limit,
            blocked=payload.blocked or self._blocked(place, effects),
            short=entry.title,
            alerts=effects.alerts,
        )
        yield from self._confirmed(place, job)
        self.reporter.finish(entry)

    def _blocked(self, place: Place, effects: Effects) -> Blocked | None:
        if place.broken is not None:
            return place.broken
        if effects.blocked is None:
            return None
        return Blocked(effects.blocked, "how it ends depends on its output")

    def _about(self, entry: Entry) -> list[tuple[str, str]]:
        holder = entry.container.get("FOLDER_NAME")
        is_plain = entry.container.tag == "FOLDER" and holder
        return [*([("folder", holder)] if is_plain else []), *self.reporter.notes_of(entry)]

    def _confirmed(self, place: Place, job: Job) -> Iterator[Job]:
        """The job, behind a question to a person where it needs one."""
        if not place.entry.flag("CONFIRM"):
            yield job
            return
        name = confirmation_of(place.name)
        within = _WEEK if place.max_wait is None else (place.max_wait + 1) * DAY
        yield replace(
            job,
            name=name,
            kind=Kind.COMMAND,
            action=Approval(f"May {place.name} run?", within),
            notes=(),
            description="",
            retries=0,
            time_limit=None,
            blocked=None,
            alerts=(),
            short=f"{place.entry.title} confirmation",
            schedule=None if place.head else job.schedule,
        )
        asked = Status(name, StatusTest.SUCCESS, span=job.span)
        later = job.schedule
        if later is not None and place.head is None:
            later = replace(later, placed=True)
        yield replace(job, condition=asked, condition_text="confirmed", schedule=later)

    # ---------------------------------------------------------------- conditions

    def _condition(self, place: Place) -> Condition:
        found = [self.conditions.of(place), self.conditions.forced(place)]
        if place.forced_by and place.is_ordered and place.days is not None:
            for other, _ in place.forced_by:
                twice = ForcedTwice(name=other.name, target=place.name)
                self.reporter.report(twice, other.entry)
            found.pop()
        return simplified(All(tuple(found)))

    # ---------------------------------------------------------------- what is lost

    def _report(self, place: Place) -> None:
        entry = place.entry
        waits = whole_wait(place, self.places) != NOTHING
        waits |= any(self.places[folder.name].wait != NOTHING for folder in entry.around)
        if place.until is not None and waits and not place.keeps_until:
            found = LatestStart(name=place.name, value=entry.element.word("TIMETO"))
            self.reporter.report(found, entry, "TIMETO")
        if entry.flag("END_FOLDER") and entry.folder is not None:
            ends = EndFolderLost(name=place.name, folder=entry.folder.name)
            self.reporter.report(ends, entry, "END_FOLDER")
        if not place.is_ordered and not place.forced_by:
            self._report_by_hand(place)
        if adjusts(entry):
            self._report_adjusted(place)
        if place.wait != NOTHING and place.max_wait is not None and place.is_ordered:
            self._report_removal(place)

    def _report_by_hand(self, place: Place) -> None:
        """A job that nothing orders would start with those that it waits for."""
        if place.head is not None:
            return
        for other in self.conditions.above(place):
            if other.top.is_ordered:
                found = OrderedByHand(name=place.name, upstream=other.name)
                self.reporter.report(found, place.entry)
                return

    def _report_removal(self, place: Place) -> None:
        """Report, once, a job that waits for another one of its workflow."""
        alike = (p for p in self.conditions.above(place) if p.starts_alike == place.starts_alike)
        if not self._removes and any(alike):
            self._removes = True
            self.reporter.report(NewDayRemoves(name=place.name), place.entry)

    def _report_adjusted(self, place: Place) -> None:
        mine = place.top.days
        for event in events_of(place.wait):
            for producer in self.conditions.producers.get(event.name, ()):
                theirs = producer.place.top.days
                if mine is None or theirs is None or mine == theirs or covers(theirs, mine):
                    continue
                found = AdjustLost(name=place.name, producer=producer.place.name, event=event.name)
                self.reporter.diagnostics.add(found, event.span, job=place.name, text=event.name)

    def _resources(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Reports resources: nothing on Flyte holds a job back for them."""
        for element in entry.each("QUANTITATIVE", "CONTROL"):
            value = element.get("NAME")
            if element.tag == "QUANTITATIVE":
                value = f"{value} {element.get('QUANT') or 1}"
            else:
                value = f"{value} {'shared' if element.get('TYPE') == 'S' else 'exclusive'}"
            self.reporter.lose_statement(ResourceIgnored(value=value), entry, element)
            yield "resource", value


def _settings(element: Element) -> Iterator[Element]:
    """The variables of a job; not those with which the agent runs more than its command."""
    for variable in element.all("VARIABLE", "PARAM"):
        if variable.get("NAME").lstrip("%").upper() not in _COMMANDS:
            yield variable


def adjusts(entry: Entry) -> bool:
    """True if events of jobs that are not ordered do not hold the members of the folder back."""
    folders = [*([entry] if entry.is_folder else []), *entry.around]
    words = [folder.take("ADJUST_COND").upper() for folder in folders]
    return any(word in (*YES, "D", "DUMMY") for word in words)


def read_wait(place: Place, mixed: str, reporter: Reporter) -> None:
    """Set what an entry waits for; `mixed` is the meaning of and and or without brackets."""
    entry = place.entry
    terms = []
    for element in entry.each("INCOND"):
        date = date_of(element.get("ODATE"))
        if date is None:
            report_date(entry, element, reporter)
            place.broken = Blocked(WrongValue, f"it waits for an event of {element.get('ODATE')}")
            continue
        terms.append((element, Event(element.get("NAME"), date, element.span())))
    try:
        waits = read_waits(terms)
    except BracketError:
        reporter.report(LooseBracket(name=entry.name), entry)
        place.broken = Blocked(LooseBracket, "the brackets around its conditions do not match")
        return
    place.wait = _chosen(place, waits, mixed, terms, reporter)


def _chosen(
    place: Place,
    waits: Waits,
    mixed: str,
    terms: Iterable[tuple[object, Event]],
    reporter: Reporter,
) -> Wait:
    if not waits.is_mixed:
        return waits.and_first
    taken, other = waits.and_first, waits.one_of_the_others
    if mixed != "and first":
        taken, other = other, taken
    text = ", ".join(event.name for _, event in terms)
    found = MixedConditions(name=place.name, text=text, reading=shown(taken), other=shown(other))
    reporter.report(found, place.entry)
    return taken
