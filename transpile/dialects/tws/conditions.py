"""What jobs and streams wait for, as conditions.

Conditional dependencies are looked at once the standard ones are met and what they name has ended.
Where one is false the job is suppressed: it does not run, what follows it is suppressed, too, and
its stream does not wait for it. A job whose standard dependencies are not met stays on hold, and
its stream is stuck.
"""

import itertools
import math
from collections.abc import Iterable, Mapping

from transpile.diagnostics import Diagnostics
from transpile.dialects.tws.reader import TextError, parse, span_of
from transpile.dialects.tws.units import (
    Choice,
    Member,
    RecoveryAction,
    Target,
    Unit,
    Wait,
    Waits,
)
from transpile.dialects.tws.values import Clause, first, inner, spelled, unquoted, words
from transpile.ir import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    BoxRule,
    Condition,
    ExitCode,
    GlobalValue,
    Status,
    StatusTest,
)
from transpile.source import Span

MOST_WAYS = 128
"""So many ways to meet a JOIN are spelled out."""

_SUCCESS, _FAILURE = StatusTest.SUCCESS, StatusTest.FAILURE
_TERMINATED, _DONE = StatusTest.TERMINATED, StatusTest.DONE
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_NEVER = ("FAIL", "ERROR")


class TermError(ValueError):
    """A term of a condition has no translation."""


def both(terms: Iterable[Condition]) -> Condition:
    """All of the terms, as flat as it goes."""
    flat: dict[Condition, None] = {}
    for term in terms:
        flat.update(dict.fromkeys(term.terms if isinstance(term, All) else (term,)))
    return next(iter(flat)) if len(flat) == 1 else All(tuple(flat))


def either(terms: Iterable[Condition]) -> Condition:
    """One of the terms, as flat as it goes."""
    flat: dict[Condition, None] = {}
    for term in terms:
        if term == TRUE:
            return TRUE
        flat.update(dict.fromkeys(term.terms if isinstance(term, AnyOf) else (term,)))
    return next(iter(flat)) if len(flat) == 1 else AnyOf(tuple(flat))


class Conditions:
    """The conditions of an estate; `units` are its streams and `members` their jobs, by name."""

    def __init__(
        self, units: Mapping[str, Unit], members: Mapping[str, Member], diagnostics: Diagnostics
    ) -> None:
        self._units = units
        self._members = members
        self._diagnostics = diagnostics
        self._may_not_run: dict[str, Condition] = {}
        self._open: set[str] = set()

    # ---------------------------------------------------------------- of jobs and streams

    def of(self, waits: Waits) -> list[Condition]:
        """The terms that must all hold. Raises TermError."""
        terms = [self._met(wait) for wait in waits.standard]
        return [*terms, *map(self._chosen, waits.choices)]

    def rule(self, unit: Unit, idle: set[str]) -> BoxRule | None:
        """When the stream succeeds, where that is not when all its jobs do.

        `idle` are the jobs that never start. Raises TermError.
        """
        members = unit.members.values()
        if not any(self._is_special(member) for member in members):
            return None
        terms: dict[Condition, None] = {}
        for member in members:
            terms.update(dict.fromkeys(self._fine(member, idle)))
        text = "every job succeeded, or was not to run"
        return BoxRule(both(terms), None, text, unit.stream.span, at_end=True)

    def _is_special(self, member: Member) -> bool:
        recovers = member.recovery.job is not None
        return recovers or self._continues(member) or self.not_run(member.name) != FALSE

    @staticmethod
    def _continues(member: Member) -> bool:
        """True for a job whose failure is seen, and does not count."""
        plain = member.recovery.job is None and member.is_asked
        return plain and member.recovery.action is RecoveryAction.CONTINUE

    def _fine(self, member: Member, idle: set[str]) -> list[Condition]:
        """What says that the job neither failed nor is on hold."""
        ok = self.ok(member.name)
        suppressed = self.not_run(member.name)
        if suppressed == FALSE:
            return [ok]
        waits = member.waits
        found: list[Condition] = []
        outside = member.name in idle or any(w.target is Target.OUTSIDE for w in _all(waits))
        if outside or member.recovery.job or self._continues(member):
            found.append(either((ok, suppressed)))
        else:
            found.append(Status(member.name, StatusTest.NOT_FAILED))
        for wait in waits.standard:
            if self._is_beyond(wait, member.unit):
                found.append(either((self._met(wait), self.not_run(wait.name))))
        for wait in (w for choice in waits.choices for w in choice.options):
            if self._is_beyond(wait, member.unit):
                found.append(either((Status(wait.name, _DONE), self.not_run(wait.name))))
        return found

    def _is_beyond(self, wait: Wait, unit: Unit) -> bool:
        """True for what stands in another stream of the same run."""
        known = self._members.get(wait.name)
        return wait.target is not Target.OUTSIDE and (known is None or known.unit is not unit)

    # ---------------------------------------------------------------- how something ended

    def ok(self, name: str, span: Span | None = None) -> Condition:
        """That what follows may run: a success, or what recovery makes of a failure."""
        success = Status(name, _SUCCESS, span=span)
        member = self._members.get(name)
        if member is None:
            return success
        action = member.recovery.action
        if member.recovery.job and action is not RecoveryAction.STOP:
            again = action is RecoveryAction.RERUN
            other = member.rerun_name if again else member.recovery_name
            return either((success, Status(other, _SUCCESS, span=span)))
        if self._continues(member):
            return either((success, Status(name, _FAILURE, span=span)))
        return success

    def not_run(self, name: str) -> Condition:
        """That a job or stream was suppressed; FALSE for what never is."""
        if name in self._may_not_run:
            return self._may_not_run[name]
        if name in self._open:
            # A cycle, which is reported elsewhere.
            return FALSE
        self._open.add(name)
        found = self._suppressed(name)
        self._open.discard(name)
        self._may_not_run[name] = found
        return found

    def _suppressed(self, name: str) -> Condition:
        member = self._members.get(name)
        waits = member.waits if member else self._units[name].waits if name in self._units else None
        if waits is None:
            return FALSE
        above = [self.not_run(wait.name) for wait in waits.standard]
        around = self.not_run(member.unit.name) if member else FALSE
        found = [term for term in (around, *above) if term != FALSE]
        if waits.choices:
            met = [self._met(wait) for wait in waits.standard]
            try:
                chosen = [self._opposite(self._chosen(choice)) for choice in waits.choices]
            except TermError:
                chosen = []
            found += [both((*met, either(chosen)))] if chosen else []
        return either(found)

    def _met(self, wait: Wait) -> Condition:
        if wait.target is Target.JOB:
            return self.ok(wait.name, wait.span)
        return Status(wait.name, _SUCCESS, span=wait.span)

    # ---------------------------------------------------------------- conditional dependencies

    def _chosen(self, choice: Choice) -> Condition:
        options = [either(self._terms(wait)) for wait in choice.options]
        if math.comb(len(options), choice.needed) > MOST_WAYS:
            raise TermError(f"JOIN {choice.needed} OF {len(options)}")
        ways = itertools.combinations(options, choice.needed)
        return either(both(way) for way in ways)

    def _terms(self, wait: Wait) -> list[Condition]:
        if not wait.terms:
            return [self._met(wait)]
        return [self._term(wait, term) for term in wait.terms]

    def _term(self, wait: Wait, term: Clause) -> Condition:
        name, span = wait.name, wait.span
        word = str(words(term, "NAME")[0]).upper()
        member = self._members.get(name)
        if words(term, "OPERATOR"):
            if word != "RC" or member is None:
                raise TermError(spelled(term))
            sign = "!=" if (sign := str(words(term, "OPERATOR")[0])) == "<>" else sign
            return ExitCode(name, sign, int(words(term, "NUMBER")[0]), span=span)
        if word == "SUCC":
            return self._succeeded(wait)
        if word == "ABEND":
            return self._abended(wait)
        if word == "EXEC":
            return Status(name, _DONE, span=span)
        if word == "SUPPR":
            return self.not_run(name)
        if word in _NEVER:
            return FALSE
        if member is None or member.definition is None:
            raise TermError(spelled(term))
        return self._output_condition(member, word, span)

    def _succeeded(self, wait: Wait) -> Condition:
        success = Status(wait.name, _SUCCESS, span=wait.span)
        member = self._members.get(wait.name)
        if member and member.recovery.job and member.recovery.action is RecoveryAction.RERUN:
            return either((success, Status(member.rerun_name, _SUCCESS, span=wait.span)))
        return success

    def _abended(self, wait: Wait) -> Condition:
        name, span = wait.name, wait.span
        member = self._members.get(name)
        if member and member.recovery.job and member.recovery.action is RecoveryAction.RERUN:
            last = (member.recovery_name, member.rerun_name)
            ends = [Status(n, test, span=span) for n in last for test in (_FAILURE, _TERMINATED)]
            return either((Status(name, _TERMINATED, span=span), *ends))
        return either((Status(name, _FAILURE, span=span), Status(name, _TERMINATED, span=span)))

    def _output_condition(self, member: Member, word: str, span: Span) -> Condition:
        assert member.definition is not None
        for kind in ("outputcond", "succoutputcond"):
            for clause in member.definition.all(kind):
                if str(words(clause, "NAME")[0]).upper() == word:
                    text = unquoted(words(clause, "STRING")[0])
                    try:
                        return _of_code(parse(text, "expression"), member.name, span)
                    except TextError as error:
                        raise TermError(f"{word}: {text}") from error
        raise TermError(word)

    def _opposite(self, condition: Condition) -> Condition:
        """That a condition is false, given that all it names has ended or was suppressed."""
        if isinstance(condition, All):
            return either(map(self._opposite, condition.terms))
        if isinstance(condition, AnyOf):
            return both(map(self._opposite, condition.terms))
        assert not isinstance(condition, GlobalValue)
        name, span = condition.job, condition.span
        idle = self._idle(name)
        if isinstance(condition, ExitCode):
            other = ExitCode(name, _OPPOSITE[condition.operator], condition.value, span=span)
            return either((other, Status(name, _TERMINATED, span=span), idle))
        ended = {_SUCCESS, _FAILURE, _TERMINATED}
        rest = set() if condition.test is _DONE else ended - {condition.test}
        tests = sorted(rest, key=lambda test: test.value)
        return either((*(Status(name, test, span=span) for test in tests), idle))

    def _idle(self, name: str) -> Condition:
        """That a job did not run although nothing is on hold."""
        base, _, what = name.rpartition(" ")
        member = self._members.get(base)
        if member is None or name in self._members:
            return self.not_run(name)
        idle = either(
            (
                Status(base, _SUCCESS),
                Status(base, _TERMINATED),
                self.not_run(base),
            )
        )
        if what == "recovery":
            return idle
        recovery = member.recovery_name
        return either((idle, Status(recovery, _FAILURE), Status(recovery, _TERMINATED)))


def report_terms(wait: Wait, owner: str, diagnostics: Diagnostics) -> None:
    """Say which terms of an IF mean something else here."""
    for term in wait.terms:
        word = str(words(term, "NAME")[0]).upper()
        fields = {"name": owner, "upstream": wait.name, "text": spelled(term)}
        if word == "EXEC":
            diagnostics.add("A765", wait.span, job=owner, **fields)
        elif word in _NEVER and len(wait.terms) == 1:
            diagnostics.add("A766", wait.span, job=owner, **fields)
        elif word == "ABEND" and wait.target is not Target.OUTSIDE:
            diagnostics.add("A767", wait.span, job=owner, **fields)


def _all(waits: Waits) -> list[Wait]:
    return [*waits.standard, *(wait for choice in waits.choices for wait in choice.options)]


def _of_code(expression: Clause, name: str, span: Span) -> Condition:
    """An expression about a return code as a condition on that job."""
    if expression.data == "comparison":
        sign = str(words(expression, "OPERATOR")[0])
        number = int(words(expression, "NUMBER")[0])
        return ExitCode(name, "!=" if sign == "<>" else sign, number, span=span)
    children = inner(expression, "comparison", "conjunction", "expression", "negated")
    found = [_of_code(child, name, span) for child in children]
    if expression.data == "negated":
        return _negated(found[0])
    return both(found) if expression.data == "conjunction" else either(found)


def _negated(condition: Condition) -> Condition:
    """The opposite for a job that has an exit code."""
    if isinstance(condition, All):
        return either(map(_negated, condition.terms))
    if isinstance(condition, AnyOf):
        return both(map(_negated, condition.terms))
    assert isinstance(condition, ExitCode)
    return ExitCode(
        condition.job, _OPPOSITE[condition.operator], condition.value, span=condition.span
    )


def first_span(clause: Clause, origin: Span) -> Span:
    """Where a clause begins."""
    return span_of(first(clause), origin)
