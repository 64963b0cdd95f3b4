"""Makes the plan for the engine over days: the clauses of streams that a workflow may not keep."""

from collections.abc import Mapping
from dataclasses import replace

from lark import Tree

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.builder import asked
from transpile.dialects.tws.day_model import (
    Choice,
    Cycle,
    Follows,
    Kind,
    Late,
    Moment,
    Overlap,
    PlannedJob,
    PlannedStream,
    Reference,
    StreamPlan,
    Term,
    Times,
    Until,
)
from transpile.dialects.tws.files import read_opens
from transpile.dialects.tws.follows import Asker, Resolver, matching
from transpile.dialects.tws.instances import due_cycles, times_of
from transpile.dialects.tws.logic import codes_where, comparison
from transpile.dialects.tws.model import Definition, Entry, Stream
from transpile.dialects.tws.reader import TextError, parse
from transpile.dialects.tws.schedules import ScheduleReader
from transpile.dialects.tws.units import Member, Unit, Wait, Waits
from transpile.dialects.tws.values import (
    Clause,
    Key,
    clock,
    first,
    inner,
    keyword,
    minutes,
    nested,
    of_kind,
    signed,
    spelled,
    string,
    words,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar, Schedule, Site
from transpile.model.condition import COMPARISONS
from transpile.model.zones import Zones, zone_named
from transpile.sources.text import Span

_HELD = "PRIORITY 0"
_ALWAYS = {
    "SUCC": Kind.SUCC,
    "ABEND": Kind.ABEND,
    "EXEC": Kind.STARTED,
    "SUPPR": Kind.SUPPRESSED,
    "FAIL": Kind.NEVER,
    "ERROR": Kind.NEVER,
}


class _PlanResolver(Resolver):
    """Resolves references to what they mean in the plan, not in a workflow; reports nothing."""

    def __init__(self, units: Mapping[Key, Unit]) -> None:
        super().__init__(units, Diagnostics(), Site())

    def _of_instance(self, asker: Asker, wait: Wait, criteria: list[Clause]) -> Wait:
        return replace(wait, criteria=tuple(criteria or matching(asker.unit)))

    def _earlier(
        self,
        asker: Asker,
        span: Span,
        word: str,
        member: Member | None,
        criteria: list[Clause],
    ) -> Wait | None:
        found = tuple(criteria or matching(asker.unit))
        return Wait(word, span, asker.unit, member, criteria=found)


class Planner:
    """Makes the plan of an estate."""

    def __init__(
        self,
        units: Mapping[Key, Unit],
        prompts: Mapping[str, str],
        calendars: Named[Calendar],
        zones: Zones,
    ) -> None:
        self._units = units
        self._prompts = prompts
        self._calendars = calendars
        self._zones = zones
        self._resolver = _PlanResolver(units)

    def plan(self) -> StreamPlan:
        """All streams."""
        return tuple(map(self._stream, self._units.values()))

    def _stream(self, unit: Unit) -> PlannedStream:
        stream = unit.stream
        flags = {str(first(clause)).upper() for clause in stream.all("flag")}
        overlaps = [keyword(clause) for clause in stream.all("onoverlap")]
        known = {overlap.value: overlap for overlap in Overlap}
        return PlannedStream(
            name=unit.name,
            jobs=tuple(self._job(member) for member in unit.members.values()),
            follows=self._follows(self._resolver.waits_of(unit), stream),
            cycles=tuple(self._cycles(unit)),
            files=tuple(file.name for file in read_opens(stream, unit.name, unit)),
            is_held=unit.is_held,
            is_carried="CARRYFORWARD" in flags,
            overlap=known.get(overlaps[-1] if overlaps else "", Overlap.PARALLEL),
        )

    def _job(self, member: Member) -> PlannedJob:
        entry = member.entry
        waits = self._resolver.waits_of(member.unit, member)
        return PlannedJob(
            name=member.name,
            follows=self._follows(waits, entry),
            times=self._times(entry.clauses),
            recovery=member.recovery,
            files=tuple(file.name for file in read_opens(entry, member.name, member.unit)),
            is_first=all(wait.unit is not member.unit for wait in waits.everything),
            is_held=any(spelled(clause).upper() == _HELD for clause in entry.all("keyed")),
            confirmed=any(str(first(c)).upper() == "CONFIRMED" for c in entry.all("flag")),
        )

    # ---------------------------------------------------------------- references

    def _follows(self, waits: Waits, source: Entry | Stream) -> Follows:
        choices = (Choice(c.needed, tuple(map(_reference, c.options))) for c in waits.choices)
        asks = any(True for _ in asked(source, self._prompts))
        return Follows(tuple(map(_reference, waits.standard)), tuple(choices), asks)

    # ---------------------------------------------------------------- times

    def _cycles(self, unit: Unit) -> list[Cycle]:
        """The run cycles; one for all of them if their instances differ in nothing but days."""
        stream, cycles = unit.stream, due_cycles(unit.stream)
        if unit.schedule is None or not cycles:
            return []
        if len({_kind_of(stream, cycle) for cycle in cycles}) == 1:
            return [self._cycle(stream, cycles[0], unit.schedule)]
        found = []
        for cycle in cycles:
            clauses = [c for c in stream.clauses if c is cycle or c not in stream.all("on")]
            alone = replace(stream, clauses=clauses)
            reader = ScheduleReader(alone, self._calendars, self._zones, Diagnostics())
            schedule = reader.schedule()
            if schedule is not None:
                found.append(self._cycle(stream, cycle, schedule))
        return found

    def _cycle(self, stream: Stream, cycle: Clause, schedule: Schedule) -> Cycle:
        starts = times_of(stream, cycle, "at") or times_of(stream, cycle, "schedtime")
        offsets = words(starts[-1], "OFFSET") if starts else []
        window = [clause for found in inner(cycle, "window") for clause in _clauses(found)]
        own = self._times(window)
        others = self._times(stream.clauses)
        repeats = bool(of_kind(window, "every"))
        return Cycle(
            schedule=schedule,
            waits=bool(times_of(stream, cycle, "at")) or repeats,
            later=signed(offsets[0]) if offsets else 0,
            until=own.until or others.until,
            deadline=own.deadline or others.deadline,
        )

    def _times(self, clauses: list[Clause]) -> Times:
        actions = [keyword(clause, "UNTIL_ACTION") for clause in of_kind(clauses, "onuntil")]
        action = Late(actions[-1]) if actions else Late.SUPPRESS
        until = None
        for clause in of_kind(clauses, "until"):
            moment = self._moment(clause)
            once = str(first(clause)).upper() == "JSUNTIL"
            until = Until(moment, action, once) if moment else until
        every, end = 0, None
        for clause in of_kind(clauses, "every"):
            rate, *ends = words(clause, "NUMBER")
            every = minutes(rate) or 0
            end = self._moment(clause, len(ends)) if ends else None
        late = [keyword(clause) for clause in of_kind(clauses, "onlate")]
        return Times(
            at=self._last(clauses, "at"),
            until=until,
            deadline=self._last(clauses, "deadline"),
            kills="KILL" in late,
            every=every,
            every_end=end,
        )

    def _last(self, clauses: list[Clause], kind: str) -> Moment | None:
        found = [self._moment(clause) for clause in of_kind(clauses, kind)]
        return found[-1] if found else None

    def _moment(self, clause: Clause, place: int = 0) -> Moment | None:
        """The time of a clause; None if it is invalid."""
        time = clock(words(clause, "NUMBER")[place])
        if time is None:
            return None
        later = sum(signed(offset) for offset in words(clause, "OFFSET"))
        zones = words(clause)
        zone = self._zones.find(str(zones[-1])) or zone_named(str(zones[-1])) if zones else None
        return Moment((later * 24 + time[0]) * 60 + time[1], zone)


def _clauses(clause: Clause) -> list[Clause]:
    return [child for child in clause.children if isinstance(child, Tree)]


def _kind_of(stream: Stream, cycle: Clause) -> tuple[object, ...]:
    """Equal for run cycles whose instances have the same times, apart from their starts."""
    starts = times_of(stream, cycle, "at") or times_of(stream, cycle, "schedtime")
    offsets = [str(word) for clause in starts for word in words(clause, "OFFSET")]
    window = nested(cycle, "window", "until", "onuntil", "deadline")
    return (
        bool(times_of(stream, cycle, "at") or nested(cycle, "window", "every")),
        tuple(offsets),
        tuple(spelled(clause).upper() for clause in window),
    )


# -------------------------------------------------------------------- references


def _reference(wait: Wait) -> Reference:
    if wait.unit is None:
        return Reference()
    job = wait.member.name if wait.member else None
    definition = wait.member.definition if wait.member else None
    terms = tuple(_term(term, definition) for term in wait.terms)
    return Reference(wait.unit.name, job, wait.criteria, terms)


def _term(term: Clause, definition: Definition | None) -> Term:
    word = keyword(term)
    if words(term, "OPERATOR"):
        is_code = word == "RC" and definition is not None
        return Term(Kind.CODE, _codes(term)) if is_code else Term(Kind.UNKNOWN)
    if word in _ALWAYS:
        return Term(_ALWAYS[word])
    named = definition.all("outputcond", "succoutputcond") if definition else []
    for clause in named:
        if keyword(clause) == word:
            try:
                return Term(Kind.CODE, codes_where(parse(string(clause), "expression")))
            except TextError:
                break
    return Term(Kind.UNKNOWN)


def _codes(term: Clause) -> frozenset[int]:
    sign, number = comparison(term)
    return frozenset(code for code in range(256) if COMPARISONS[sign](code, number))
