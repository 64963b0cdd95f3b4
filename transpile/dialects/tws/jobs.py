"""Jobs of streams: what they run, and what of their clauses is kept, noted or reported."""

import re
from dataclasses import dataclass, field, replace

from transpile.dialects.kit.values import runs
from transpile.dialects.kit.windows import needs_windows
from transpile.dialects.tws.codes.dependencies import NeedsConfirmation, UntranslatedClause
from transpile.dialects.tws.codes.objects import NoDefinition, UnknownWord
from transpile.dialects.tws.codes.schedules import OwnTimeInStream
from transpile.dialects.tws.instances import is_over
from transpile.dialects.tws.losses import LOSSES, Loss
from transpile.dialects.tws.model import Definition
from transpile.dialects.tws.reader import (
    IN_DEFINITIONS,
    TextError,
    is_inline,
    parse,
    span_of,
)
from transpile.dialects.tws.task_body import read_body
from transpile.dialects.tws.units import Member, RecoveryAction, Table
from transpile.dialects.tws.values import (
    CODES,
    Clause,
    accepts,
    first,
    minutes,
    spelled,
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
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Command, ExitRule, InitialStatus, Tally
from transpile.sources.text import Span

_AGENT = re.compile(r"[$%]\{?(UNISON_\w+|TIVOLI_JOB_DATE)")
_PASSED = re.compile(r"\$\{(?:job:|this\.)[^}]*\}")
_HELD = "PRIORITY 0"
NEVER_FAILS = ExitRule((), fails=True)


@dataclass(slots=True)
class Payload:
    """What is found out about a job; `notes` are for a reader only."""

    action: Command | None = None
    description: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    status: InitialStatus = InitialStatus.ACTIVE
    time_limit: int | None = None
    blocked: Blocked | None = None


def runs_late(clauses: list[Clause]) -> bool:
    """True where ONUNTIL says that it runs after its latest start time all the same."""
    return any(c.data == "onuntil" and _action_of(c) == "CONT" for c in clauses)


def _action_of(clause: Clause) -> str:
    """What ONUNTIL says."""
    return str(words(clause, "UNTIL_ACTION")[0]).upper()


class JobReader:
    """Reads the clauses of one job, those of its definition and those of its stream."""

    def __init__(self, name: str, diagnostics: Diagnostics, tally: Tally, table: Table) -> None:
        self._name = name
        self._diagnostics = diagnostics
        self._tally = tally
        self._table = table
        self._payload = Payload()

    def read(self, member: Member) -> Payload:
        """The payload of a job in a stream."""
        entry, payload = member.entry, self._payload
        if entry.workstation:
            payload.notes.append(("machine", entry.workstation))
        if member.definition is None:
            shown = "#".join(filter(None, member.entry.definition))
            self._report(NoDefinition(name=self._name, definition=shown), entry.span, shown)
            payload.blocked = Blocked(NoDefinition, f"the definition of {shown} is nowhere")
        else:
            self.define(member.definition)
            self._continue_after_failure(member)
            if member.definition.span != entry.span:
                place = member.definition.span
                payload.notes.append(("defined in", f"{place.file}:{place.line}"))
        if entry.stray:
            payload.blocked = Blocked(UnknownWord, f"{entry.stray} is not known")
        for clause in entry.clauses:
            self._in_stream(clause, span_of(first(clause), member.unit.stream.span), member)
        return payload

    def _continue_after_failure(self, member: Member) -> None:
        """RECOVERY CONTINUE: a failure does not count. Where nothing asks for it, nor is it one."""
        payload, recovery = self._payload, member.recovery
        if recovery.span is not None:
            payload.notes.append(("recovery", recovery.action.value.lower()))
        plain = recovery.action is RecoveryAction.CONTINUE and recovery.job is None
        if plain and not member.is_asked and payload.action is not None:
            payload.action = replace(payload.action, success=NEVER_FAILS)

    def define(self, definition: Definition) -> Payload:
        """What the definition says: the command, and when it has succeeded."""
        payload = self._payload
        runnable = [c for kind in ("script", "command", "task") for c in definition.all(kind)]
        if not runnable:
            self._report(
                NothingToRun(type="job", key="SCRIPTNAME or DOCOMMAND"), definition.span, ""
            )
            payload.blocked = Blocked(NothingToRun, "nothing to run")
        for clause in definition.clauses:
            span = span_of(first(clause), definition.origin)
            if clause.data in ("script", "command"):
                self._command(clause, definition, span)
            elif clause.data == "task":
                self._task(clause, definition, span)
            else:
                self._about(clause, is_inline=definition.is_inline)
        return payload

    def _command(self, clause: Clause, definition: Definition, span: Span) -> None:
        self._runs(unquoted(str(list(clause.children)[-1])), definition, span)

    def _runs(self, raw: str, definition: Definition, span: Span) -> None:
        """The command of the job, with what of it has no equal."""
        if needs_windows(raw):
            self._report(WindowsCommand(), span, raw)
        for name in sorted({match[1] for match in _AGENT.finditer(raw)}):
            self._report(AgentVariable(name=name), span, name)
        for match in _PASSED.finditer(raw):
            self._report(UntranslatedClause(value=match[0], name=self._name), span, match[0])
        if not raw.strip():
            self._report(NothingToRun(type="job", key="a command"), span, raw)
            self._payload.blocked = Blocked(NothingToRun, "nothing to run")
        rule = self._success(definition)
        found = text(raw, self._table.lookup)
        self._payload.action = Command(found, success=rule, place=span)
        self._tally.translated += 1

    def _success(self, definition: Definition) -> ExitRule:
        """RCCONDSUCC says which return codes are a success; so does each SUCCOUTPUTCOND."""
        good: set[int] = set()
        clauses = [*definition.all("rccondsucc"), *definition.all("succoutputcond")]
        if not definition.all("rccondsucc"):
            good.add(0)
        for clause in clauses:
            value = unquoted(words(clause, "STRING")[0])
            span = span_of(words(clause, "STRING")[0], definition.origin)
            try:
                expression = parse(value, "expression")
            except TextError as error:
                key, expected = str(first(clause)).upper(), f"a condition on RC ({error})"
                self._report(WrongValue(key=key, value=value, expected=expected), span, value)
                self._payload.blocked = Blocked(WrongValue, spelled(clause))
                continue
            good.update(code for code in CODES if accepts(expression, code))
        return ExitRule() if good == {0} else ExitRule(runs(sorted(good)))

    def _task(self, clause: Clause, definition: Definition, span: Span) -> None:
        body = read_body(str(words(clause, "XML")[0]))
        self._payload.notes.append(("job_type", body.kind))
        if body.account:
            self._payload.notes.append(("streamlogon", body.account))
        if body.command is not None:
            self._runs(body.command, definition, span)
            return
        self._report(UntranslatedType(type=body.kind), span, body.kind)
        self._payload.blocked = Blocked(UntranslatedType, f"job type {body.kind}")
        self._tally.unsupported += 1

    def _about(self, clause: Clause, *, is_inline: bool) -> None:
        payload, kind = self._payload, clause.data
        if kind == "description":
            payload.description = " ".join(unquoted(words(clause, "STRING")[0]).split())
            self._tally.translated += 1
        elif kind in ("recovery", "rccondsucc", "succoutputcond", "outputcond"):
            self._tally.translated += 1
        elif kind in ("streamlogon", "tasktype"):
            keyword, value = clause.children
            payload.notes.append((str(keyword).lower(), unquoted(str(value))))
            self._tally.noted += 1
        elif kind == "flag" and not is_inline:
            self._note(clause)

    # ---------------------------------------------------------------- what the stream says

    def _in_stream(self, clause: Clause, span: Span, member: Member) -> None:
        kind = clause.data
        if kind in IN_DEFINITIONS:
            if not is_inline(member.entry):
                self._misplaced(clause, span)
        elif kind == "flag":
            self._flag(clause, span)
        elif kind == "keyed":
            self._keyed(clause)
        elif kind in ("maxdur", "mindur"):
            self._duration(clause, span)
        elif kind in ("at", "schedtime"):
            self._time(clause, span, member)
        elif kind in ("statistics", "onuntil") or (
            kind == "until" and runs_late(member.entry.clauses)
        ):
            self._note(clause)
        elif kind in LOSSES:
            self._lose(LOSSES[kind], clause, span)
        elif kind in ("follows", "join", "opens", "prompt"):
            self._tally.translated += 1

    def _time(self, clause: Clause, span: Span, member: Member) -> None:
        """AT holds a job back only where it is later than the start of its stream."""
        if clause.data == "at" and is_over(clause, member.unit.stream):
            self._tally.translated += 1
        else:
            self._lose(OwnTimeInStream, clause, span)

    def _misplaced(self, clause: Clause, span: Span) -> None:
        """What belongs into a definition, at a job that has one elsewhere."""
        if clause.data in ("description", "streamlogon", "tasktype"):
            self._about(clause, is_inline=False)
        else:
            self._lose(UntranslatedClause, clause, span)

    def _flag(self, clause: Clause, span: Span) -> None:
        word = str(first(clause)).upper()
        if word == "NOP":
            self._payload.status = InitialStatus.ON_NOEXEC
            self._tally.translated += 1
        elif word == "CONFIRMED":
            self._report(NeedsConfirmation(name=self._name), span, spelled(clause))
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

    def _duration(self, clause: Clause, span: Span) -> None:
        """MAXDUR with ONMAXDUR KILL is a time limit; other reactions only tell somebody."""
        action = str(found[0]).upper() if (found := words(clause, "NAME")) else "CONTINUE"
        number = words(clause, "NUMBER")
        limit = minutes(number[0]) if number else None
        if action == "CONTINUE":
            self._note(clause)
        elif action == "KILL" and limit and clause.data == "maxdur":
            self._payload.time_limit = limit
            self._tally.translated += 1
        else:
            self._lose(UntranslatedClause, clause, span)

    def _note(self, clause: Clause) -> None:
        keyword, _, value = spelled(clause).partition(" ")
        self._payload.notes.append((keyword.lower(), value or "yes"))
        self._tally.noted += 1

    def _lose(self, loss: Loss, clause: Clause, span: Span) -> None:
        shown = spelled(clause)
        self._report(loss(name=self._name, value=shown), span, shown)
        self._tally.unsupported += 1

    def _report(self, finding: Finding, span: Span, shown: str) -> None:
        self._diagnostics.add(finding, span, job=self._name, text=shown)
