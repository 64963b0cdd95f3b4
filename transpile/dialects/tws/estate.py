"""Joins the streams and job definitions of an estate to a network."""

from collections.abc import Iterable, Iterator
from datetime import date

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.builder import StreamBuilder
from transpile.dialects.tws.calendars import read_date
from transpile.dialects.tws.codes.objects import (
    JobRepeated,
    ObjectRedefined,
    StartedTogether,
    UnknownWord,
    UnusedDefinition,
)
from transpile.dialects.tws.conditions import Conditions, report_terms
from transpile.dialects.tws.day_plan import Planner
from transpile.dialects.tws.engine import Tws
from transpile.dialects.tws.follows import Resolver
from transpile.dialects.tws.groups import expanded
from transpile.dialects.tws.instances import is_started_otherwise, when
from transpile.dialects.tws.model import (
    IN_DEFINITIONS,
    Definition,
    Entry,
    Parameter,
    Parsed,
    Prompt,
    RunCycleGroup,
    Stream,
)
from transpile.dialects.tws.recovery import read_recovery
from transpile.dialects.tws.schedules import ScheduleReader
from transpile.dialects.tws.strays import without_strays
from transpile.dialects.tws.tables import table_of
from transpile.dialects.tws.units import Member, Unit, Waits
from transpile.dialects.tws.values import Key, words
from transpile.findings.codes.reading import UnusedCalendar
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Blocked, Calendar, Network, Site, Tally, Variable
from transpile.model.zones import Zones
from transpile.sources.text import Span


def build_network(parsed: Iterable[Parsed], diagnostics: Diagnostics, site: Site) -> Network:
    """The network of all objects: a box for each stream, and a job for each of its jobs."""
    estate = _Estate(diagnostics, site)
    for found in parsed:
        estate.add(found)
    return estate.network()


_Placed = RunCycleGroup | Calendar | Definition | Stream


class _Estate:
    def __init__(self, diagnostics: Diagnostics, site: Site) -> None:
        self._diagnostics = diagnostics
        self._zones = Zones(dict(site.timezones))
        self._site = site
        self._streams: dict[Key, Stream] = {}
        self._definitions: dict[Key, Definition] = {}
        self._parameters: dict[str, Variable] = {}
        self._tables: set[str] = set()
        self._prompts: dict[str, str] = {}
        self._calendars: Named[Calendar] = Named(str.upper)
        self._groups: Named[RunCycleGroup] = Named(str.upper)
        self._units: dict[Key, Unit] = {}
        self._members: dict[str, Member] = {}
        self._used: set[Key] = set()
        self._tally = Tally()

    # ---------------------------------------------------------------- definitions

    def add(self, found: Parsed) -> None:
        """Add one object. Of two objects with the same name the later one counts."""
        if isinstance(found, Parameter):
            self._parameters[found.name] = Variable(found.name, found.value)
            self._tables.add(found.name.rpartition(".")[0])
        elif isinstance(found, Prompt):
            self._prompts[found.name] = found.text
        else:
            earlier = self._add(found)
            if earlier is not None:
                name = found.title if isinstance(found, Stream) else found.name
                again = ObjectRedefined(name=name, earlier=_place(earlier.span))
                self._diagnostics.add(again, found.span, job=name, text=name)

    def _add(self, found: _Placed) -> _Placed | None:
        """Add an object; returns the earlier one of the same name. Validity orders streams."""
        if isinstance(found, RunCycleGroup):
            return self._groups.add(found.name, found)
        if isinstance(found, Calendar):
            return self._calendars.add(found.name, found)
        if isinstance(found, Definition):
            definition = self._definitions.get(found.key)
            self._definitions[found.key] = found
            return definition
        stream = self._streams.get(found.key)
        self._streams[found.key] = max(found, stream, key=_valid_from) if stream else found
        return stream

    def _define_inline(self) -> None:
        """Composer: a job definition in a stream counts for all streams."""
        for stream in self._streams.values():
            for entry in stream.entries:
                if entry.is_inline and entry.definition not in self._definitions:
                    self._definitions[entry.definition] = _own_definition(entry, stream)

    def _remove_strays(self, stream: Stream) -> None:
        for stray in without_strays(stream, lambda entry: entry.definition in self._definitions):
            name, word = f"{stream.title}.{stray.owner.name}", stray.word
            self._diagnostics.add(UnknownWord(text=word.name, name=name), word.span, job=name)

    # ---------------------------------------------------------------- units

    def network(self) -> Network:
        """The network of all that was added."""
        self._define_inline()
        for key, stream in self._streams.items():
            self._remove_strays(stream)
            self._units[key] = self._unit(expanded(stream, self._groups))
        outside = self._resolve()
        builder = StreamBuilder(
            definitions=self._definitions,
            prompts=self._prompts,
            conditions=Conditions({u.name: u for u in self._units.values()}, self._members),
            outside=outside,
            site=self._site,
            diagnostics=self._diagnostics,
            tally=self._tally,
        )
        jobs = {job.name: job for unit in self._units.values() for job in builder.build(unit)}
        unused = self._definitions.keys() - self._used - builder.used
        found = [(self._definitions[key].name, self._definitions[key].span) for key in unused]
        found += [(group.name, group.span) for group in self._groups.unused()]
        for name, span in found:
            self._diagnostics.add(UnusedDefinition(name=name), span, text=name)
        for calendar in self._calendars.unused():
            self._diagnostics.add(
                UnusedCalendar(name=calendar.name), calendar.span, text=calendar.name
            )
        planner = Planner(self._units, self._prompts, self._calendars, self._zones)
        return Network(
            jobs,
            self._parameters,
            tally=self._tally,
            engine=Tws,
            outside=outside,
            plan=planner.plan(),
        )

    def _unit(self, stream: Stream) -> Unit:
        table = table_of(stream, self._parameters, self._tables)
        unit = Unit(stream, when(stream), table)
        if not is_started_otherwise(stream):
            reader = ScheduleReader(stream, self._calendars, self._zones, self._diagnostics)
            unit.schedule = reader.schedule()
        for entry in stream.entries:
            name = f"{unit.name}.{entry.name}"
            earlier = unit.members.get(entry.name.upper())
            if earlier is not None:
                again = JobRepeated(name=name, earlier=_place(earlier.entry.span))
                self._diagnostics.add(again, entry.span, job=name, text=name)
                self._tally.unsupported += len(entry.clauses)
                continue
            member = Member(name, entry, unit, self._definition_of(entry, stream))
            if member.definition is not None:
                member.recovery = read_recovery(member.definition, name, self._diagnostics)
            unit.members[entry.name.upper()] = self._members[name] = member
        return unit

    def _definition_of(self, entry: Entry, stream: Stream) -> Definition | None:
        self._used.add(entry.definition)
        if entry.is_inline:
            return _own_definition(entry, stream)
        return self._definitions.get(entry.definition)

    def _resolve(self) -> dict[str, Blocked]:
        """Resolve all references; returns those that no workflow runs."""
        resolver = Resolver(self._units, self._diagnostics, self._site)
        resolver.resolve()
        for name, waits in self._all_waits():
            for wait in waits.conditional:
                report_terms(wait, name, self._diagnostics)
                if wait.member is not None:
                    wait.member.is_asked = True
        self._report_on_demand()
        return resolver.outside

    def _all_waits(self) -> Iterator[tuple[str, Waits]]:
        for unit in self._units.values():
            yield unit.name, unit.waits
            for member in unit.members.values():
                yield member.name, member.waits

    def _report_on_demand(self) -> None:
        """Report streams that nothing starts and that form one workflow with another stream."""
        for unit in self._units.values():
            if unit.when is not None:
                continue
            everything = [unit.waits, *(member.waits for member in unit.members.values())]
            for wait in (w for waits in everything for w in waits.everything):
                if wait.unit is not None and wait.unit is not unit:
                    found = StartedTogether(name=unit.name, upstream=wait.unit.name)
                    self._diagnostics.add(found, wait.span, job=unit.name, text=wait.name)


def _own_definition(entry: Entry, stream: Stream) -> Definition:
    key, clauses = entry.definition, entry.all(*IN_DEFINITIONS)
    return Definition(key, str(key), entry.span, stream.span, clauses, is_inline=True)


def _valid_from(stream: Stream) -> date:
    """The first day of validity."""
    days = (read_date(words(clause)[0]) for clause in stream.all("validfrom"))
    return next(filter(None, days), date.min)


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"
