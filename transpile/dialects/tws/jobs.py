"""Jobs of streams: what they run, and which of their clauses are kept, noted or reported."""

import re
from dataclasses import replace

from transpile.dialects.kit.values import runs
from transpile.dialects.kit.windows import needs_windows
from transpile.dialects.tws.clauses import LOSSES, ClauseReader, Payload, starts_late
from transpile.dialects.tws.codes.dependencies import NeedsConfirmation, UntranslatedClause
from transpile.dialects.tws.codes.objects import NoDefinition, UnknownWord
from transpile.dialects.tws.codes.schedules import OwnTimeInStream
from transpile.dialects.tws.instances import is_over
from transpile.dialects.tws.logic import codes_where
from transpile.dialects.tws.model import IN_DEFINITIONS, RUNNABLE, Definition
from transpile.dialects.tws.reader import TextError, parse
from transpile.dialects.tws.task_body import read_body
from transpile.dialects.tws.units import Member
from transpile.dialects.tws.values import (
    Clause,
    Key,
    first,
    keyword,
    minutes,
    span_of,
    spelled,
    string,
    text,
    unquoted,
    words,
)
from transpile.findings.codes.jobs import (
    AgentVariable,
    NothingToRun,
    UntranslatedType,
    WindowsCommand,
)
from transpile.findings.codes.reading import WrongValue
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, ExitRule, InitialStatus
from transpile.sources.text import Span

_AGENT = re.compile(r"[$%]\{?(UNISON_\w+|TIVOLI_JOB_DATE)")
_PASSED = re.compile(r"\$\{(?:job:|this\.)[^}]*\}")
_HELD = "PRIORITY 0"
_NEVER_FAILS = ExitRule((), fails=True)


class JobReader(ClauseReader):
    """Reads the clauses of one job: those of its definition and those of its stream."""

    def read(self, member: Member) -> Payload:
        """The payload of a job in a stream."""
        entry, payload, definition = member.entry, self._payload, member.definition
        if entry.workstation:
            payload.notes.append(("machine", entry.workstation))
        self.define(definition, entry.definition, entry.span)
        if definition is not None:
            self._continue_after_failure(member)
            if definition.span != entry.span:
                place = f"{definition.span.file}:{definition.span.line}"
                payload.notes.append(("defined in", place))
        if entry.stray:
            payload.blocked = Blocked(UnknownWord, f"{entry.stray} is not known")
        for clause in entry.clauses:
            self._in_stream(clause, member)
        return payload

    def _continue_after_failure(self, member: Member) -> None:
        """With RECOVERY CONTINUE a job whose failure no condition asks for never fails."""
        payload, recovery = self._payload, member.recovery
        if recovery.span is not None:
            payload.notes.append(("recovery", recovery.action.value.lower()))
        if member.continues and not member.is_asked and payload.action is not None:
            payload.action = replace(payload.action, success=_NEVER_FAILS)

    # ---------------------------------------------------------------- the definition

    def define(self, definition: Definition | None, key: Key, span: Span) -> Payload:
        """The payload of a job definition; a missing one is reported at `span`."""
        payload = self._payload
        if definition is None:
            self._report(NoDefinition(name=self._name, definition=str(key)), span, str(key))
            payload.blocked = Blocked(NoDefinition, f"{key} is not defined")
            return payload
        if not definition.all(*RUNNABLE):
            self._nothing_to_run("SCRIPTNAME or DOCOMMAND", definition.span, "")
        for clause in definition.clauses:
            if clause.data in ("script", "command"):
                raw = unquoted(str(clause.children[-1]))
                self._command(raw, definition, span_of(first(clause), definition.origin))
            elif clause.data == "task":
                self._task(clause, definition)
            else:
                self._about(clause, is_inline=definition.is_inline)
        return payload

    def _nothing_to_run(self, key: str, span: Span, raw: str) -> None:
        self._report(NothingToRun(type="job", key=key), span, raw)
        self._payload.blocked = Blocked(NothingToRun, "nothing to run")

    def _command(self, raw: str, definition: Definition, span: Span) -> None:
        """Take the command of the job; report the parts that have no translation."""
        if needs_windows(raw):
            self._report(WindowsCommand(), span, raw)
        for name in sorted({match[1] for match in _AGENT.finditer(raw)}):
            self._report(AgentVariable(name=name), span, name)
        for match in _PASSED.finditer(raw):
            self._report(UntranslatedClause(value=match[0], name=self._name), span, match[0])
        if not raw.strip():
            self._nothing_to_run("a command", span, raw)
        rule = self._success(definition)
        found = text(raw, self._unit.table.lookup)
        self._payload.action = Command(found, success=rule, place=span)
        self._tally.translated += 1

    def _success(self, definition: Definition) -> ExitRule:
        """RCCONDSUCC and each SUCCOUTPUTCOND name exit codes that are a success."""
        conditions = definition.all("rccondsucc")
        good: set[int] = set() if conditions else {0}
        for clause in [*conditions, *definition.all("succoutputcond")]:
            value = string(clause)
            try:
                good |= codes_where(parse(value, "expression"))
            except TextError as error:
                key, expected = str(first(clause)).upper(), f"a condition on RC ({error})"
                span = span_of(words(clause, "STRING")[0], definition.origin)
                self._report(WrongValue(key=key, value=value, expected=expected), span, value)
                self._payload.blocked = Blocked(WrongValue, spelled(clause))
        return ExitRule() if good == {0} else ExitRule(runs(sorted(good)))

    def _task(self, clause: Clause, definition: Definition) -> None:
        body = read_body(str(words(clause, "XML")[0]))
        span = span_of(first(clause), definition.origin)
        self._payload.notes.append(("job_type", body.kind))
        if body.account:
            self._payload.notes.append(("streamlogon", body.account))
        if body.command is not None:
            self._command(body.command, definition, span)
            return
        self._report(UntranslatedType(type=body.kind), span, body.kind)
        self._payload.blocked = Blocked(UntranslatedType, f"job type {body.kind}")
        self._tally.unsupported += 1

    def _about(self, clause: Clause, *, is_inline: bool) -> None:
        kind = clause.data
        if kind == "description":
            self._describe(clause)
        elif kind in ("recovery", "rccondsucc", "succoutputcond", "outputcond"):
            self._tally.translated += 1
        elif kind in ("streamlogon", "tasktype"):
            word, value = clause.children
            self._payload.notes.append((str(word).lower(), unquoted(str(value))))
            self._tally.noted += 1
        elif kind == "flag" and not is_inline:
            self._note(clause)

    # ---------------------------------------------------------------- the stream

    def _in_stream(self, clause: Clause, member: Member) -> None:
        kind = clause.data
        if kind in IN_DEFINITIONS:
            if not member.entry.is_inline:
                self._misplaced(clause)
        elif kind == "flag":
            self._flag(clause)
        elif kind == "keyed":
            self._keyed(clause)
        elif kind in ("maxdur", "mindur"):
            self._duration(clause)
        elif kind in ("at", "schedtime"):
            self._time(clause)
        elif kind in ("statistics", "onuntil") or (
            kind == "until" and starts_late(member.entry.clauses)
        ):
            self._note(clause)
        elif kind in LOSSES:
            self._lose(LOSSES[kind], clause)
        elif kind in ("follows", "join", "opens", "prompt"):
            self._tally.translated += 1

    def _time(self, clause: Clause) -> None:
        """AT delays a job only if it is later than the start of its stream."""
        if clause.data == "at" and is_over(clause, self._unit.stream):
            self._tally.translated += 1
        else:
            self._lose(OwnTimeInStream, clause)

    def _misplaced(self, clause: Clause) -> None:
        """Read a clause of a definition at a job whose definition is elsewhere."""
        if clause.data in ("description", "streamlogon", "tasktype"):
            self._about(clause, is_inline=False)
        else:
            self._lose(UntranslatedClause, clause)

    def _flag(self, clause: Clause) -> None:
        word = str(first(clause)).upper()
        if word == "NOP":
            self._payload.status = InitialStatus.ON_NOEXEC
            self._tally.translated += 1
        elif word == "CONFIRMED":
            self._reporter.report(NeedsConfirmation(name=self._name), clause)
            self._tally.unsupported += 1
            self._payload.blocked = Blocked(
                NeedsConfirmation, "an operator has to confirm how it ended"
            )
        else:
            self._note(clause)

    def _keyed(self, clause: Clause) -> None:
        if spelled(clause).upper() == _HELD:
            self._payload.status = InitialStatus.ON_HOLD
            self._tally.translated += 1
        else:
            self._note(clause)

    def _duration(self, clause: Clause) -> None:
        """MAXDUR with ONMAXDUR KILL is a time limit; the action CONTINUE only informs operators."""
        action = keyword(clause) or "CONTINUE"
        number = words(clause, "NUMBER")
        limit = minutes(number[0]) if number else None
        if action == "CONTINUE":
            self._note(clause)
        elif action == "KILL" and limit and clause.data == "maxdur":
            self._payload.time_limit = limit
            self._tally.translated += 1
        else:
            self._lose(UntranslatedClause, clause)

    def _report(self, finding: Finding, span: Span, shown: str) -> None:
        self._reporter.diagnostics.add(finding, span, job=self._name, text=shown)
