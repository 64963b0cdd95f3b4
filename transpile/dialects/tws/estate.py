"""Streams and job definitions of an estate, in whatever files they stand, joined to a network."""

from collections.abc import Iterable, Iterator

from transpile.dialects.kit.names import Named
from transpile.dialects.tws.builder import StreamBuilder
from transpile.dialects.tws.calendars import Calendars
from transpile.dialects.tws.codes.objects import (
    JobRepeated,
    ObjectRedefined,
    StartedTogether,
    UnknownWord,
    UnusedDefinition,
)
from transpile.dialects.tws.conditions import Conditions, report_terms
from transpile.dialects.tws.engine import Tws
from transpile.dialects.tws.follows import Resolver
from transpile.dialects.tws.groups import expanded
from transpile.dialects.tws.instances import due, is_started_otherwise, when
from transpile.dialects.tws.model import (
    Definition,
    Entry,
    Parameter,
    Parsed,
    Prompt,
    RunCycleGroup,
    Stream,
)
from transpile.dialects.tws.pairing import running_together
from transpile.dialects.tws.reader import IN_DEFINITIONS, is_inline
from transpile.dialects.tws.recovery import read_recovery
from transpile.dialects.tws.schedules import ScheduleReader
from transpile.dialects.tws.strays import without_strays
from transpile.dialects.tws.tables import table_of
from transpile.dialects.tws.units import Member, Target, Unit, Waits
from transpile.dialects.tws.values import Key, words
from transpile.findings.codes.reading import UnusedCalendar
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Calendar, Network, Site, Tally, Variable
from transpile.model.zones import Zones
from transpile.sources.text import Span


def build_network(parsed: Iterable[Parsed], diagnostics: Diagnostics, site: Site) -> Network:
    """The network of everything that was read: a box for each stream, a job for each of its."""
    estate = _Estate(diagnostics, site)
    for found in parsed:
        estate.add(found)
    return estate.network()


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
        self._calendars = Calendars()
        self._groups: Named[RunCycleGroup] = Named(str.upper)
        self._units: dict[Key, Unit] = {}
        self._members: dict[str, Member] = {}
        self._used: set[Key] = set()
        self._dropped = 0
        self._resolver = Resolver(self._units, diagnostics, site)

    # ---------------------------------------------------------------- definitions

    def add(self, found: Parsed) -> None:
        """Take in one object. The later of two with the same name counts."""
        if isinstance(found, Parameter):
            self._parameters[found.name] = Variable(found.name, found.value)
            self._tables.add(found.name.rpartition(".")[0])
        elif isinstance(found, RunCycleGroup):
            replaced = self._groups.add(found.name, found)
            if replaced is not None:
                self._report_twice(found.name, found.span, replaced.span)
        elif isinstance(found, Prompt):
            self._prompts[found.name] = found.text
        elif isinstance(found, Calendar):
            earlier = self._calendars.add(found.name, found)
            if earlier is not None:
                self._report_twice(found.name, found.span, earlier.span)
        elif isinstance(found, Definition):
            if found.key in self._definitions:
                self._report_twice(found.name, found.span, self._definitions[found.key].span)
            self._definitions[found.key] = found
        else:
            before = self._streams.get(found.key)
            if before is not None:
                self._report_twice(found.title, found.span, before.span)
                found = max(found, before, key=_valid_from)
            self._streams[found.key] = found

    def _report_twice(self, name: str, span: Span, earlier: Span) -> None:
        found = ObjectRedefined(name=name, earlier=_place(earlier))
        self._diagnostics.add(found, span, job=name, text=name)

    def _define_inline(self) -> None:
        """Composer: a definition inside a stream is one for all streams."""
        for stream in self._streams.values():
            for entry in stream.entries:
                if is_inline(entry) and entry.definition not in self._definitions:
                    self._definitions[entry.definition] = _own_definition(entry, stream)

    def _take_out_strays(self, stream: Stream) -> None:
        for stray in without_strays(stream, lambda entry: entry.definition in self._definitions):
            name, word = f"{stream.title}.{stray.owner.name}", stray.word
            self._diagnostics.add(UnknownWord(text=word.name, name=name), word.span, job=name)

    # ---------------------------------------------------------------- units

    def network(self) -> Network:
        """The network of all that was added."""
        self._define_inline()
        for key, stream in self._streams.items():
            self._take_out_strays(stream)
            self._units[key] = self._unit(expanded(stream, self._groups))
        self._resolve()
        builder = StreamBuilder(
            definitions=self._definitions,
            members=self._members,
            prompts=self._prompts,
            conditions=Conditions({u.name: u for u in self._units.values()}, self._members),
            outside=self._resolver.outside,
            site=self._site,
            diagnostics=self._diagnostics,
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
        return Network(
            jobs,
            self._parameters,
            tally=Tally(
                builder.tally.translated,
                builder.tally.noted,
                builder.tally.unsupported + self._dropped,
            ),
            engine=Tws,
            outside=self._resolver.outside,
        )

    def _unit(self, stream: Stream) -> Unit:
        unit = Unit(stream, stream.title)
        unit.when, unit.due = when(stream, unit.name), due(stream)
        unit.table = table_of(stream, self._parameters, self._tables)
        if not is_started_otherwise(stream):
            places = (self._calendars, self._zones)
            reader = ScheduleReader(stream, unit.name, *places, self._diagnostics)
            unit.schedule = reader.schedule()
        for entry in stream.entries:
            name = f"{unit.name}.{entry.name}"
            if entry.name.upper() in unit.members:
                earlier = unit.members[entry.name.upper()].entry.span
                again = JobRepeated(name=name, earlier=_place(earlier))
                self._diagnostics.add(again, entry.span, job=name, text=name)
                self._dropped += len(entry.clauses)
                continue
            definition = self._definition_of(entry, stream)
            member = Member(name, entry, unit, definition)
            if definition is not None:
                member.recovery = read_recovery(definition, name, self._diagnostics)
            unit.members[entry.name.upper()] = member
            self._members[name] = member
        return unit

    def _definition_of(self, entry: Entry, stream: Stream) -> Definition | None:
        if is_inline(entry):
            self._used.add(entry.definition)
            return _own_definition(entry, stream)
        found = self._definitions.get(entry.definition)
        if found is not None:
            self._used.add(found.key)
        return found

    def _resolve(self) -> None:
        trial = Resolver(self._units, Diagnostics(), self._site)
        trial.resolve()
        together = running_together(self._units.values(), trial.links)
        self._resolver = Resolver(self._units, self._diagnostics, self._site, together)
        self._resolver.resolve()
        for name, waits in self._all_waits():
            for choice in waits.choices:
                for wait in choice.options:
                    upstream = self._members.get(wait.name)
                    report_terms(wait, name, upstream, self._diagnostics)
                    if wait.target is Target.JOB:
                        self._members[wait.name].is_asked = True
        self._report_on_demand()

    def _all_waits(self) -> Iterator[tuple[str, Waits]]:
        for unit in self._units.values():
            yield unit.name, unit.waits
            for member in unit.members.values():
                yield member.name, member.waits

    def _report_on_demand(self) -> None:
        """Streams that nothing starts are one workflow where they follow one another."""
        for unit in self._units.values():
            if unit.when is not None:
                continue
            everything = [unit.waits, *(member.waits for member in unit.members.values())]
            for wait in (w for waits in everything for w in waits.everything()):
                member = self._members.get(wait.name)
                other = member.unit.name if member else wait.name
                if wait.target is not Target.OUTSIDE and other != unit.name:
                    self._diagnostics.add(
                        StartedTogether(name=unit.name, upstream=other),
                        wait.span,
                        job=unit.name,
                        text=wait.name,
                    )


def _own_definition(entry: Entry, stream: Stream) -> Definition:
    clauses = [c for c in entry.clauses if c.data in IN_DEFINITIONS]
    name = "#".join(filter(None, entry.definition))
    return Definition(entry.definition, name, entry.span, stream.span, clauses, is_inline=True)


def _valid_from(stream: Stream) -> tuple[int, ...]:
    """The first day of validity as year, month, day."""
    for clause in stream.all("validfrom"):
        parts = str(words(clause, "NAME")[0]).split("/")
        if len(parts) == 3 and all(part.isdigit() and len(part) < 5 for part in parts):
            month, day, year = map(int, parts)
            return (year + 2000 if year < 100 else year, month, day)
    return ()


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"
