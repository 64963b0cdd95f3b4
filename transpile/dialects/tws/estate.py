"""Streams and job definitions of an estate, in whatever files they stand, joined to a network."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from transpile.diagnostics import Diagnostics
from transpile.dialects.tws.conditions import Conditions, TermError, report_terms
from transpile.dialects.tws.files import Opens, read_opens
from transpile.dialects.tws.follows import Resolver
from transpile.dialects.tws.jobs import JobReader, Payload
from transpile.dialects.tws.logic import both
from transpile.dialects.tws.model import Definition, Entry, Parameter, Parsed, Prompt, Stream
from transpile.dialects.tws.pairing import running_together
from transpile.dialects.tws.reader import IN_DEFINITIONS, is_inline, span_of
from transpile.dialects.tws.recovery import read_recovery
from transpile.dialects.tws.schedules import ScheduleReader
from transpile.dialects.tws.streams import StreamReader
from transpile.dialects.tws.units import Member, RecoveryAction, Target, Unit, Wait, Waits
from transpile.dialects.tws.values import Clause, Key, key_of, unquoted, words
from transpile.ir import (
    Blocked,
    Condition,
    InitialStatus,
    Job,
    Kind,
    Network,
    Status,
    StatusTest,
    Tally,
    Variable,
)
from transpile.source import Span


def build_network(parsed: Iterable[Parsed], diagnostics: Diagnostics) -> Network:
    """The network of everything that was read: a box for each stream, a job for each of its."""
    estate = _Estate(diagnostics)
    for found in parsed:
        estate.add(found)
    return estate.network()


class _Estate:
    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._streams: dict[Key, Stream] = {}
        self._definitions: dict[Key, Definition] = {}
        self._inline: set[Key] = set()
        self._parameters: dict[str, Variable] = {}
        self._prompts: dict[str, str] = {}
        self._units: dict[Key, Unit] = {}
        self._members: dict[str, Member] = {}
        self._used: set[Key] = set()
        self._tally = Tally()
        self._jobs: dict[str, Job] = {}
        self._resolver = Resolver(self._units, diagnostics)

    # ---------------------------------------------------------------- definitions

    def add(self, found: Parsed) -> None:
        """Take in one object. The later of two with the same name counts."""
        if isinstance(found, Parameter):
            self._parameters[found.name] = Variable(found.name, found.value)
        elif isinstance(found, Prompt):
            self._prompts[found.name] = found.text
        elif isinstance(found, Definition):
            if found.key in self._definitions and found.key not in self._inline:
                self._report_twice(found.name, found.span, self._definitions[found.key].span)
            self._inline.discard(found.key)
            self._definitions[found.key] = found
        else:
            earlier = self._streams.get(found.key)
            if earlier is not None:
                first, second = sorted((earlier, found), key=_valid_from)
                self._report_twice(found.title, found.span, earlier.span)
                earlier, found = first, second
            self._streams[found.key] = found

    def _report_twice(self, name: str, span: Span, earlier: Span, code: str = "A752") -> None:
        place = f"{earlier.file}:{earlier.line}"
        self._diagnostics.add(code, span, job=name, text=name, name=name, earlier=place)

    def _define_inline(self) -> None:
        """Composer: a definition inside a stream is one for all streams."""
        for stream in self._streams.values():
            for entry in stream.entries:
                if is_inline(entry) and entry.definition not in self._definitions:
                    self._inline.add(entry.definition)
                    self._definitions[entry.definition] = _own_definition(entry, stream)

    # ---------------------------------------------------------------- units

    def network(self) -> Network:
        """The network of all that was added."""
        self._define_inline()
        for key, stream in self._streams.items():
            self._units[key] = self._unit(stream)
        self._resolve()
        conditions = Conditions(
            {unit.name: unit for unit in self._units.values()}, self._members, self._diagnostics
        )
        for unit in self._units.values():
            self._build(unit, conditions)
        for key, definition in self._definitions.items():
            if key not in self._used:
                name = definition.name
                self._diagnostics.add("A777", definition.span, text=name, name=name)
        return Network(
            self._jobs,
            self._parameters,
            tally=self._tally,
            engine="tws",
            outside=self._resolver.outside,
        )

    def _unit(self, stream: Stream) -> Unit:
        unit = Unit(stream, stream.title)
        reader = ScheduleReader(stream, unit.name, self._diagnostics)
        unit.when, unit.due = reader.when(), reader.due()
        unit.schedule = None if reader.is_started_otherwise() else reader.schedule()
        for entry in stream.entries:
            name = f"{unit.name}.{entry.name}"
            if entry.name.upper() in unit.members:
                earlier = unit.members[entry.name.upper()].entry.span
                self._report_twice(name, entry.span, earlier, "A760")
                self._tally.unsupported += len(entry.clauses)
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
        trial = Resolver(self._units, Diagnostics())
        trial.resolve()
        together = running_together(self._units.values(), trial.links)
        self._resolver = Resolver(self._units, self._diagnostics, together)
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
            for wait in self._waits_of(unit):
                member = self._members.get(wait.name)
                other = member.unit.name if member else wait.name
                if wait.target is not Target.OUTSIDE and other != unit.name:
                    fields = {"name": unit.name, "upstream": other, "text": wait.name}
                    self._diagnostics.add("A774", wait.span, job=unit.name, **fields)

    def _waits_of(self, unit: Unit) -> Iterator[Wait]:
        for waits in (unit.waits, *(member.waits for member in unit.members.values())):
            yield from waits.standard
            yield from (wait for choice in waits.choices for wait in choice.options)

    # ---------------------------------------------------------------- jobs

    def _build(self, unit: Unit, conditions: Conditions) -> None:
        stream = unit.stream
        payload = StreamReader(unit.name, self._diagnostics, self._tally).read(stream)
        opened = read_opens(stream.clauses, unit.name, unit.name, stream.span)
        box = self._job(unit.name, stream.span, unit.waits, payload, stream.clauses, conditions)
        payloads = {
            member.name: JobReader(member.name, self._diagnostics, self._tally).read(member)
            for member in unit.members.values()
        }
        idle = {
            name
            for name, found in payloads.items()
            if found.blocked or found.status is InitialStatus.ON_HOLD
        }
        rule, never_ends = None, None
        try:
            rule = conditions.rule(unit, idle)
        except TermError as error:
            never_ends = Blocked("A768", str(error))
            fields = {"name": unit.name, "upstream": str(error), "text": str(error)}
            self._diagnostics.add("A768", stream.span, job=unit.name, **fields)
        self._jobs[unit.name] = replace(
            box,
            kind=Kind.BOX,
            box_rule=rule,
            never_ends=never_ends,
            schedule=unit.schedule,
            short=stream.name,
        )
        for file in opened:
            self._jobs[file.name] = file.job(self._diagnostics)
        for member in unit.members.values():
            self._member(member, payloads[member.name], opened, conditions)

    def _member(
        self, member: Member, payload: Payload, opened: list[Opens], conditions: Conditions
    ) -> None:
        entry, unit = member.entry, member.unit
        files = read_opens(entry.clauses, member.name, unit.name, unit.stream.span)
        for file in files:
            self._jobs[file.name] = file.job(self._diagnostics)
        first = not any(
            self._members[w.name].unit is unit
            for w in _everything(member.waits)
            if w.name in self._members
        )
        files = [*(opened if first else ()), *files]
        before = [Status(file.name, StatusTest.SUCCESS, span=file.span) for file in files]
        job = self._job(member.name, entry.span, member.waits, payload, entry.clauses, conditions)
        if before:
            asked = [job.condition] if job.condition else []
            job = replace(job, condition=both([*before, *asked]))
        job = replace(job, box=unit.name, short=entry.name)
        self._jobs[member.name] = job
        if member.recovery.job is not None:
            self._recover(member, job)

    def _recover(self, member: Member, job: Job) -> None:
        """The recovery job runs when the job has failed; RERUN lets the job run again behind it."""
        key = key_of(member.recovery.job or "", member.entry.workstation)
        span = member.recovery.span or member.entry.span
        name = member.recovery_name
        definition = self._definitions.get(key)
        if definition is None:
            shown = "#".join(filter(None, key))
            fields = {"name": name, "definition": shown, "text": shown}
            self._diagnostics.add("A754", span, job=name, **fields)
            payload = Payload(blocked=Blocked("A754", f"the definition of {shown} is nowhere"))
        else:
            self._used.add(key)
            payload = JobReader(name, self._diagnostics, self._tally).define(definition)
        entry = member.entry
        failed = Status(member.name, StatusTest.FAILURE, span=span)
        recovery = self._plain(name, span, payload)
        self._jobs[name] = replace(
            recovery,
            box=member.unit.name,
            condition=failed,
            condition_text=f"{entry.name} failed",
            condition_span=span,
            short=f"{entry.name}_recovery",
        )
        if member.recovery.action is RecoveryAction.RERUN:
            self._jobs[member.rerun_name] = replace(
                job,
                name=member.rerun_name,
                condition=Status(name, StatusTest.SUCCESS, span=span),
                condition_text=f"{entry.name}_recovery succeeded",
                condition_span=span,
                short=f"{entry.name}_rerun",
            )

    def _plain(self, name: str, span: Span, payload: Payload) -> Job:
        return Job(
            name=name,
            span=span,
            kind=Kind.COMMAND,
            action=payload.action,
            description=payload.description,
            notes=tuple(payload.notes),
            time_limit=payload.time_limit,
            status=payload.status,
            blocked=payload.blocked,
        )

    def _job(
        self,
        name: str,
        span: Span,
        waits: Waits,
        payload: Payload,
        clauses: list[Clause],
        conditions: Conditions,
    ) -> Job:
        job = self._plain(name, span, payload)
        member = self._members.get(name)
        if member and member.recovery.action is RecoveryAction.RERUN and not member.recovery.job:
            job = replace(job, retries=member.recovery.attempts)
        origin = member.unit.stream.span if member else span
        terms: list[Condition] = self._answers(clauses, name, origin)
        try:
            terms += conditions.of(waits)
        except TermError as error:
            place = waits.span or span
            fields = {"name": name, "upstream": str(error), "text": str(error)}
            self._diagnostics.add("A768", place, job=name, **fields)
            return replace(job, blocked=Blocked("A768", f"IF {error}"))
        if not terms:
            return job
        return replace(
            job,
            condition=both(terms),
            condition_text=", ".join(waits.text) or "PROMPT",
            condition_span=waits.span or span,
        )

    def _answers(self, clauses: list[Clause], name: str, origin: Span) -> list[Condition]:
        """A prompt that nobody has answered: a node that fails stands for it.

        Composer: text that begins with a colon needs no answer.
        """
        found: list[Condition] = []
        for clause in clauses:
            if clause.data != "prompt":
                continue
            for word in (*words(clause, "NAME"), *words(clause, "STRING")):
                is_own = word.type == "STRING"
                title = f"prompt of {name}" if is_own else f"prompt {word.upper()}"
                text = unquoted(word) if is_own else self._prompts.get(word.upper(), str(word))
                if text.startswith(":"):
                    continue
                span = span_of(word, origin)
                self._diagnostics.add("A758", span, job=name, text=text, name=name, prompt=text)
                shown = " ".join(text.split())
                self._resolver.outside[title] = Blocked("A758", f"nobody has answered: {shown}")
                found.append(Status(title, StatusTest.SUCCESS, span=span))
        return found


def _everything(waits: Waits) -> list[Wait]:
    return [*waits.standard, *(wait for choice in waits.choices for wait in choice.options)]


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
