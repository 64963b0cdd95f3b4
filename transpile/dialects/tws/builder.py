"""Builds the box and the jobs of each stream."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lark import Token

from transpile.dialects.tws.clauses import Payload
from transpile.dialects.tws.codes.dependencies import Prompted, UntranslatedCondition
from transpile.dialects.tws.conditions import Conditions, TermError
from transpile.dialects.tws.files import read_opens
from transpile.dialects.tws.jobs import JobReader
from transpile.dialects.tws.logic import both
from transpile.dialects.tws.model import Definition, Entry, Stream
from transpile.dialects.tws.streams import StreamReader
from transpile.dialects.tws.units import Member, Unit
from transpile.dialects.tws.values import (
    Key,
    key_of,
    one_line,
    span_of,
    unquoted,
    words,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    Blocked,
    BoxRule,
    Condition,
    InitialStatus,
    Job,
    Kind,
    Site,
    Status,
    StatusTest,
    Tally,
)
from transpile.sources.text import Span


@dataclass(slots=True)
class StreamBuilder:
    """Builds the jobs of one stream after another.

    `outside` collects prompts, which no workflow answers, and `used` the definitions of recovery
    jobs.
    """

    definitions: Mapping[Key, Definition]
    prompts: Mapping[str, str]
    conditions: Conditions
    outside: dict[str, Blocked]
    site: Site
    diagnostics: Diagnostics
    tally: Tally
    used: set[Key] = field(default_factory=set)

    def build(self, unit: Unit) -> list[Job]:
        """The box that represents the stream, and its jobs."""
        stream = unit.stream
        payload = StreamReader(unit.name, unit, self.diagnostics, self.tally).read()
        box = self._job(unit, payload)
        opened = [file.job(self.diagnostics) for file in read_opens(stream, unit.name, unit)]
        jobs: list[Job] = []
        idle: set[str] = set()
        files: list[Condition] = [Status(file.name, StatusTest.SUCCESS) for file in opened]
        for member in unit.members.values():
            entry = member.entry
            found = JobReader(member.name, unit, self.diagnostics, self.tally).read(member)
            job = self._job(member, found)
            own = self._files(member, job)
            is_first = all(wait.unit is not unit for wait in member.waits.everything)
            before = [*(opened if is_first else ()), *own]
            job = replace(_behind(before, job), box=unit.name, short=entry.name)
            if entry.all("prompt") or any(map(_never_starts, (job, *before))):
                idle.add(member.name)
            elif self.conditions.may_be_suppressed(member):
                files += [Status(file.name, StatusTest.NOT_FAILED) for file in own]
            jobs += [*own, job, *self._recover(member, job)]
        rule, rule_blocked = self._rule(unit, idle, files)
        box = replace(
            box,
            kind=Kind.BOX,
            box_rule=rule,
            rule_blocked=rule_blocked,
            schedule=unit.schedule,
            short=stream.name,
        )
        return [box, *opened, *jobs]

    def _rule(
        self, unit: Unit, idle: set[str], files: list[Condition]
    ) -> tuple[BoxRule | None, Blocked | None]:
        try:
            return self.conditions.rule(unit, idle, files), None
        except TermError as error:
            self._report_untranslated(error, unit.name, unit.stream.span)
            return None, Blocked(UntranslatedCondition, str(error))

    def _report_untranslated(self, error: TermError, name: str, span: Span) -> None:
        found = UntranslatedCondition(name=name, upstream=str(error))
        self.diagnostics.add(found, span, job=name, text=str(error))

    # ---------------------------------------------------------------- jobs

    def _files(self, member: Member, job: Job) -> list[Job]:
        """The jobs that wait for the files of a job, after all its other upstream jobs.

        A suppressed job does not wait for its files.
        """
        return [
            replace(
                file.job(self.diagnostics),
                condition=job.condition,
                condition_text=job.condition_text,
                condition_span=job.condition_span,
            )
            for file in read_opens(member.entry, member.name, member.unit)
        ]

    def _recover(self, member: Member, job: Job) -> list[Job]:
        """The recovery job, which runs if the job fails, and with RERUN the second run after it."""
        if member.recovery.job is None:
            return []
        key = key_of(member.recovery.job, member.entry.workstation)
        span = member.recovery.span or member.entry.span
        name, called = member.recovery_name, member.entry.name
        self.used.add(key)
        reader = JobReader(name, member.unit, self.diagnostics, self.tally)
        payload = reader.define(self.definitions.get(key), key, span)
        recovery = replace(
            self._plain(name, span, payload),
            box=member.unit.name,
            condition=Status(member.name, StatusTest.FAILURE, span=span),
            condition_text=f"{called} failed",
            condition_span=span,
            short=f"{called}_recovery",
        )
        if not member.recovery.reruns:
            return [recovery]
        again = replace(
            job,
            name=member.rerun_name,
            condition=Status(name, StatusTest.SUCCESS, span=span),
            condition_text=f"{called}_recovery succeeded",
            condition_span=span,
            short=f"{called}_rerun",
        )
        return [recovery, again]

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

    def _job(self, owner: Unit | Member, payload: Payload) -> Job:
        """The job for a stream or for a job in it, with its condition."""
        source = owner.entry if isinstance(owner, Member) else owner.stream
        name, span, waits = owner.name, source.span, owner.waits
        job = self._plain(name, span, payload)
        if isinstance(owner, Member) and owner.recovery.retries:
            job = replace(job, retries=owner.recovery.retries)
        stream = owner.unit.stream if isinstance(owner, Member) else owner.stream
        terms = self._answers(source, name, stream.span)
        try:
            terms += self.conditions.of(waits)
        except TermError as error:
            self._report_untranslated(error, name, waits.span or span)
            return replace(job, blocked=Blocked(UntranslatedCondition, f"IF {error}"))
        if not terms:
            return job
        return replace(
            job,
            condition=both(terms),
            condition_text=", ".join(waits.text) or "PROMPT",
            condition_span=waits.span or span,
        )

    def _answers(self, source: Entry | Stream, name: str, origin: Span) -> list[Condition]:
        """The conditions that prompts are answered; a node that fails stands for each prompt."""
        found: list[Condition] = []
        for word, text in asked(source, self.prompts):
            title = f"prompt of {name}" if word.type == "STRING" else f"prompt {word.upper()}"
            span = span_of(word, origin)
            if self.site.external(title) is None:
                self.diagnostics.add(Prompted(name=name, prompt=text), span, job=name, text=text)
            self.outside[title] = Blocked(Prompted, f"nobody has answered: {one_line(text)}")
            found.append(Status(title, StatusTest.SUCCESS, span=span))
        return found


def asked(source: Entry | Stream, prompts: Mapping[str, str]) -> Iterator[tuple[Token, str]]:
    """The words and the texts of the prompts that a job or stream waits for.

    Composer: a prompt whose text begins with a colon needs no answer.
    """
    clauses = source.all("prompt")
    for word in (w for clause in clauses for w in (*words(clause), *words(clause, "STRING"))):
        is_own = word.type == "STRING"
        text = unquoted(word) if is_own else prompts.get(word.upper(), str(word))
        if not text.startswith(":"):
            yield word, text


def _behind(files: list[Job], job: Job) -> Job:
    """The job with a condition that the waits for its files have succeeded."""
    if not files:
        return job
    asked = [job.condition] if job.condition else []
    found = [Status(file.name, StatusTest.SUCCESS, span=file.span) for file in files]
    return replace(job, condition=both([*found, *asked]))


def _never_starts(job: Job) -> bool:
    return job.blocked is not None or job.status is InitialStatus.ON_HOLD
